"""Work beside the requests, started by the server only, and run in one process at a time."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from interviewer.errors import InterviewerError
from interviewer.storage.durable import file_lock

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
PENDING_SECONDS = 3.0
EXPORT_SECONDS = 1.0
CUT_SECONDS = 1.0  # a moment to end well


class BackgroundTask:
    """Does `work` at once and then again and again, in its own thread, while it holds the task's lock in the folder.

    `work` is given a function that says whether it should come to an end. Several servers on one folder all have the
    task; at each turn one of them gets the lock and works. Nobody waits for the end of one that `may_be_cut`: what it
    was at, the next start takes up.
    """

    def __init__(
        self,
        name: str,
        data_dir: Path,
        work: Callable[[Callable[[], bool]], object],
        every_seconds: float,
        *,
        may_be_cut: bool = False,
    ) -> None:
        self._name = name
        self._lock_path = data_dir / f".{name}.lock"
        self._work = work
        self._every_seconds = every_seconds
        self._may_be_cut = may_be_cut
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def end_soon(self) -> None:
        """End with what is in hand."""
        self._stopped.set()

    def join(self, seconds: float) -> None:
        """Wait for the end, at most so long; for work that may be cut only a moment."""
        self._thread.join(min(seconds, CUT_SECONDS) if self._may_be_cut else seconds)

    def _run(self) -> None:
        while True:
            try:
                with file_lock(self._lock_path, longest_wait=0) as held:
                    if held:
                        self._work(self._stopped.is_set)
            except InterviewerError as error:  # a full disk now; the next turn tries again
                logger.error("%s: could not be done now: %s", self._name, error)
            except Exception:  # a mistake of ours must not end the work without a word
                logger.exception("%s failed", self._name)
            if self._stopped.wait(self._every_seconds):
                return
