"""A circuit breaker: after repeated failures nobody waits for a dead server."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from interviewer.errors import LLMPaused, LLMRefused, LLMUnavailable

logger = logging.getLogger(__name__)

FAILURES_TO_OPEN = 3
"""Failures of whole calls (retries included) in a row."""

OPEN_SECONDS = 10.0
"""How long it stays open; the worker promises to notice a server's return within 30 s."""

LONGEST_PAUSE = 30.0
"""The most that a server's Retry-After can ask for."""


class CircuitBreaker:
    """Closed: calls go through. Open: they fail at once. Half-open, when that time is over: one call goes through as a
    trial; its success closes the breaker, its failure opens it again.

    Of many calls that fail at the same time the first three open it, and the rest count for nothing: a call that was
    let through before an opening tells nothing about the time after it. The same goes for such a call's success.

    `clock` counts seconds and never runs backwards. Safe to share between threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._era = 0  # grows at each opening and trial, so that results of earlier calls are known as such
        self._failures = 0
        self._open_until: float | None = None
        self._trial = False

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Run one call. LLMUnavailable out of it is a failure; LLMRefused is a success, for the server is alive.

        Any other exception says nothing about the server. Raises LLMPaused without running it while open.
        """
        era = self._admit()
        try:
            yield
        except LLMUnavailable:
            self._failed(era)
            raise
        except LLMRefused:
            self._succeeded(era)
            raise
        except BaseException:
            self._abandoned(era)
            raise
        self._succeeded(era)

    def pause(self, seconds: float) -> None:
        """Open, for as long as the server asked for, at most LONGEST_PAUSE. Never shortens an opening."""
        with self._lock:
            self._open(min(seconds, LONGEST_PAUSE))

    def close(self) -> None:
        """Let calls through: the server is known to be alive."""
        with self._lock:
            if self._open_until is not None:
                logger.warning("the LLM server is back")
            self._failures = 0
            self._trial = False
            self._open_until = None
            self._era += 1

    def seconds_left(self) -> float:
        """Seconds until a call may go through; 0 when one may now, or when a trial is running."""
        with self._lock:
            return 0.0 if self._open_until is None else max(0.0, self._open_until - self._clock())

    def _admit(self) -> int:
        with self._lock:
            if self._open_until is None:
                return self._era
            left = self._open_until - self._clock()
            if left > 0:
                raise LLMPaused(f"The LLM server failed just now; the next try is in {math.ceil(left)} s.")
            if self._trial:
                raise LLMPaused("The LLM server failed lately; another call is trying it now.")
            self._trial = True
            self._era += 1
            return self._era

    def _failed(self, era: int) -> None:
        with self._lock:
            if era != self._era:
                return
            self._failures += 1
            if self._trial or self._failures >= FAILURES_TO_OPEN:
                self._open(OPEN_SECONDS)

    def _succeeded(self, era: int) -> None:
        with self._lock:
            if era != self._era:
                return
            self._failures = 0
            if self._trial:
                self._trial = False
                self._open_until = None
                logger.warning("the LLM server is back")

    def _abandoned(self, era: int) -> None:
        with self._lock:
            if era == self._era:
                self._trial = False  # the next call is the trial

    def _open(self, seconds: float) -> None:
        until = self._clock() + seconds
        self._open_until = until if self._open_until is None else max(until, self._open_until)
        self._failures = 0
        self._trial = False
        self._era += 1
        logger.warning("calls of the LLM pause for %.0f s", seconds)
