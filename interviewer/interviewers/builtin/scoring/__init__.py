"""Scoring an answer: coverage of key points or parts of an account, order of words, communication."""
