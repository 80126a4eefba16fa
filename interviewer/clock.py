"""Time for everything that is stored: UTC, and never running backwards within a process."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import PlainSerializer

Clock = Callable[[], datetime]

Moment = Annotated[datetime, PlainSerializer(lambda moment: moment.isoformat(), return_type=str, when_used="json")]
"""A time in a record: written as ISO 8601 with its offset ("+00:00", which every fromisoformat reads; "Z" not)."""


def steady_clock() -> Clock:
    """A clock that reads the wall once, now, and counts monotonic time from there.

    An operator or NTP that sets the wall clock back during an interview changes no duration. Where the system has it
    (Linux), a clock is used that goes on while the machine sleeps.
    """
    source = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    wall, mark = datetime.now(UTC), time.clock_gettime(source)
    return lambda: wall + timedelta(seconds=time.clock_gettime(source) - mark)
