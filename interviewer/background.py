"""Work beside the requests: closing idle interviews. Started by the server only, and run in one process at a time."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from interviewer.errors import InterviewerError
from interviewer.storage.durable import file_lock

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0


class Sweeper:
    """Calls `sweep` at once and then every minute, in its own thread, while it holds the lock of the data folder.

    Several servers on one folder all have a sweeper; at each turn one of them gets the lock and sweeps.
    """

    def __init__(self, data_dir: Path, sweep: Callable[[], object], every_seconds: float = SWEEP_SECONDS) -> None:
        self._lock_path = data_dir / ".sweeper.lock"
        self._sweep = sweep
        self._every_seconds = every_seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the current turn, and wait for that."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                with file_lock(self._lock_path, wait=False) as held:
                    if held:
                        self._sweep()
            except InterviewerError as error:  # a full disk now; the next turn tries again
                logger.error("idle interviews could not be closed: %s", error)
            except Exception:  # a mistake of ours must not end all sweeping without a word
                logger.exception("closing idle interviews failed")
            if self._stopped.wait(self._every_seconds):
                return
