"""When a failed request is sent again: how often, and after which pause."""

import email.utils
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom

_RANDOM = SystemRandom()
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


@dataclass(frozen=True)
class Retrying:
    """At most `tries` requests, with pauses of "full jitter": anything between 0 and a limit that doubles.

    Threads that failed together so don't come back together
    (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). All in seconds.
    """

    tries: int = 4
    base: float = 0.5
    cap: float = 8.0

    def pause(self, failed: int, retry_after: float | None) -> float:
        """Seconds to wait after the `failed`th failure (from 1), never less than the server asked for."""
        if retry_after is not None:
            return retry_after + _RANDOM.uniform(0, self.base)
        return _RANDOM.uniform(0, min(self.cap, self.base * 2 ** (failed - 1)))


def read_retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of a Retry-After header, in either of its forms; None without one that makes sense.

    A date is taken relative to the answer's own Date, so that a clock that is wrong on either side does no harm.
    """
    value = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    at = _read_date(value)
    if at is None:
        return None
    return max(0.0, (at - (_read_date(headers.get("Date", "")) or datetime.now(UTC))).total_seconds())


def _read_date(value: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
