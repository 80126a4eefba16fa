"""Few requests are worked on at a time, so that each asks its model early instead of all of them late.

Python computes in one thread at a time. A hundred answers that arrive together and share that thread all reach the
model when the last of them does, and their replies are read at the same pace again. In turn, the first replies come
back while the last requests go out; and a thread that waits for its turn costs nothing, while one that waits for the
interpreter keeps asking for it. docs/llm.md has what that gains.

This orders work and protects nothing: whoever has waited `LONGEST_WAIT` for a turn goes on without one.
"""

import contextlib
import threading
from collections import deque
from collections.abc import Iterator

AT_A_TIME = 2
"""One computes while the other writes to the disk."""

LONGEST_WAIT = 2.0
"""Seconds."""


class Turns:
    """So many turns at a time, given in the order of asking. Safe for many threads, each of which has one at most."""

    def __init__(self, at_a_time: int) -> None:
        self._lock = threading.Lock()
        self._free = at_a_time
        self._queue: deque[threading.Lock] = deque()
        self._mine = threading.local()

    @property
    def in_line(self) -> int:
        """How many threads wait for a turn."""
        with self._lock:
            return len(self._queue)

    @contextlib.contextmanager
    def at_work(self, *, next_in_line: bool = False) -> Iterator[None]:
        """Have a turn until the end of the block; `next_in_line` for a thread that helps one that has had its turn."""
        self._take(next_in_line)
        try:
            yield
        finally:
            self._give_up()

    @contextlib.contextmanager
    def waiting(self, *, next_in_line: bool = False) -> Iterator[None]:
        """Give up this thread's turn, if it has one, while it waits for a model, a lock or another thread.

        `next_in_line` for what comes back from another thread that has waited already.
        """
        had_one = self._give_up()
        try:
            yield
        finally:
            if had_one:
                self._take(next_in_line)

    def _take(self, next_in_line: bool) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                self._mine.turn = True
                return
            called = threading.Lock()
            called.acquire()
            if next_in_line:
                self._queue.appendleft(called)
            else:
                self._queue.append(called)
        self._mine.turn = called.acquire(timeout=LONGEST_WAIT) or not self._left(called)

    def _left(self, called: threading.Lock) -> bool:
        """Leave the queue; False if the turn came in the last moment."""
        with self._lock:
            if called not in self._queue:
                return False
            self._queue.remove(called)
            return True

    def _give_up(self) -> bool:
        """Whether there was a turn to give up; it goes to the first in line."""
        if not getattr(self._mine, "turn", False):
            return False
        self._mine.turn = False
        with self._lock:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._free += 1
        return True


_of_this_process = Turns(AT_A_TIME)
"""One for all, as the interpreter is."""

at_work, waiting = _of_this_process.at_work, _of_this_process.waiting
