"""A bound on how many ask at once for what a server does for a few at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class RoomFull(Exception):
    """Too many wait already, or one has waited for too long."""


class WaitingRoom:
    """`at_once` are served side by side, up to `max_waiting` wait for that, each for at most `seconds`.

    Past that nobody waits: each that does holds a thread of the server. Safe for many threads.
    """

    def __init__(self, at_once: int, max_waiting: int, seconds: float) -> None:
        self._places = threading.BoundedSemaphore(at_once + max_waiting)
        self._served = threading.BoundedSemaphore(at_once)
        self._seconds = seconds

    @contextmanager
    def served(self) -> Iterator[None]:
        """Wait, and be served until the end of the block. Raises RoomFull."""
        if not self._places.acquire(blocking=False):
            raise RoomFull
        try:
            if not self._served.acquire(timeout=self._seconds):
                raise RoomFull
            try:
                yield
            finally:
                self._served.release()
        finally:
            self._places.release()
