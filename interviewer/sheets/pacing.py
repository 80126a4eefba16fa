"""Google's quota: at most 60 reads and 60 writes a minute for an account, over all processes on a data folder.

Source: Google Sheets API, "Usage limits". When each call was made stands on disk, so that a process that was killed and
started again does not begin anew.
"""

import time
from collections.abc import Callable
from typing import Literal, Protocol

Kind = Literal["read", "write"]

WINDOW_S = 60.0
MOST_IN_WINDOW = 50  # of 60: what left here a minute ago may arrive late, and people use the account too

SLICE_S = 0.2  # a pause looks so often whether it should end


class CallLog(Protocol):
    """Where calls are noted, for all processes."""

    def note_call(self, kind: Kind, now: float, window: float, most: int) -> float:
        """Note a call if there were fewer than `most` in the last `window` seconds; else, how long to wait."""


class Pacing:
    """Lets calls through at the quota's pace."""

    def __init__(self, log: CallLog, pause: Callable[[float], None]) -> None:
        self._log = log
        self._pause = pause

    def wait(self, kind: Kind) -> None:
        """Return when a call may be made; it is noted as made."""
        while (seconds := self._log.note_call(kind, time.time(), WINDOW_S, MOST_IN_WINDOW)) > 0:
            self._pause(seconds)


def pausing(check: Callable[[], None]) -> Callable[[float], None]:
    """A sleep that calls `check` several times a second; what that raises ends it."""

    def pause(seconds: float) -> None:
        end = time.monotonic() + seconds
        check()
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(SLICE_S, left))
            check()

    return pause
