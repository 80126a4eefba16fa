"""The pure part: the state machine and the numbers of a report. No files, no clock, no Flask."""
