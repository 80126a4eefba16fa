"""What an interview cost at the LLM: calls, tokens, seconds, retries."""

import threading

from pydantic import Field

from interviewer.records import Record


class Usage(Record):
    """A sum over LLM calls. `seconds` is the time spent waiting, calls side by side counted each, one decimal."""

    calls: int = Field(default=0, ge=0)
    tokens_in: int = Field(default=0, ge=0)
    tokens_out: int = Field(default=0, ge=0)
    seconds: float = Field(default=0.0, ge=0)
    retries: int = Field(default=0, ge=0)

    def plus(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(
            calls=self.calls + other.calls,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            seconds=round(self.seconds + other.seconds, 1),
            retries=self.retries + other.retries,
        )


class Meter:
    """Adds up the usage of one step of an interview, whose calls may run in several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls = self._tokens_in = self._tokens_out = self._retries = 0
        self._seconds = 0.0

    def add(
        self, *, calls: int = 0, tokens_in: int = 0, tokens_out: int = 0, seconds: float = 0.0, retries: int = 0
    ) -> None:
        """Count this too."""
        with self._lock:
            self._calls += calls
            self._tokens_in += tokens_in
            self._tokens_out += tokens_out
            self._seconds += seconds
            self._retries += retries

    def total(self) -> Usage:
        """What was counted so far."""
        with self._lock:
            return Usage(
                calls=self._calls,
                tokens_in=self._tokens_in,
                tokens_out=self._tokens_out,
                seconds=round(self._seconds, 1),
                retries=self._retries,
            )
