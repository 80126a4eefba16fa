"""Finished interviews as two tables for a spreadsheet: a row an interview, a row an answer."""
