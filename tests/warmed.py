"""Loaded once by the process that the tests' servers are forked from: all that each of them would load and learn.

Each worker of the test run has one such process (Python's own forkserver). A server forked from it is a process like
any other, with memory, sockets and locks of its own; it starts after 0.1 s of computing instead of 1.7.
"""

import multiprocessing

import app
from interviewer.interviewers.builtin.learned import learned

learned()
main = app.main

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload([__name__])
