"""Time for everything that is stored: UTC, never running backwards, neither within a process nor after a restart."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import PlainSerializer

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]

Moment = Annotated[datetime, PlainSerializer(lambda moment: moment.isoformat(), return_type=str, when_used="json")]
"""A time in a record: written as ISO 8601 with its offset ("+00:00", which every fromisoformat reads; "Z" not)."""

FARTHEST = timedelta(days=36_525)
"""A stored time a century ahead of the wall is nobody's clock, but a placeholder: 9999-12-31 in a script's record."""

WORTH_A_WARNING = timedelta(seconds=1)


def _monotonic_seconds() -> float:
    """Seconds that never run back; where the system has it (Linux), also while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(frozen=True)
class TimeSource:
    """Where a clock has its time from: the wall's (with offset; may jump), and seconds since whenever (never back)."""

    wall: Callable[[], datetime] = lambda: datetime.now(UTC)
    seconds: Callable[[], float] = _monotonic_seconds


SYSTEM_TIME = TimeSource()


def steady_clock(source: TimeSource = SYSTEM_TIME, not_before: datetime | None = None) -> Clock:
    """A clock that reads the wall once, now, and counts monotonic time from there.

    An operator or NTP that sets the wall clock during an interview changes no duration. `not_before` is the latest time
    that was stored: where the wall, set back since, is behind it, the clock goes on from there.
    """
    start, mark = source.wall(), source.seconds()
    if not_before is not None and start < not_before < start + FARTHEST:
        if not_before - start >= WORTH_A_WARNING:
            logger.warning(
                "the system's clock is %s behind the latest stored time; ours goes on from that one", not_before - start
            )
        start = not_before
    return lambda: start + timedelta(seconds=source.seconds() - mark)
