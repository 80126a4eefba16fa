"""Coding questions and the judgement of code, which is read and never run."""
