"""Making a report's PDF, from the server's side: in a child process, one at a time.

Typst keeps what it has laid out: a server that set reports itself would grow by hundreds of MiB. A process for each
costs about 0.2 s, gives its memory back, and neither loads anything into the server nor holds up its threads.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import interviewer
from interviewer.errors import PdfUnavailable
from interviewer.pdf.limits import AT_ONCE, MAX_WAITING, QUEUE_SECONDS, WALL_SECONDS

logger = logging.getLogger(__name__)

BUSY = "Too many reports are being made into PDFs just now. Try again in a moment."
FAILED = "The PDF of this report could not be made just now. Try again, or print the report's page."

_COMMAND = (sys.executable, "-B", "-m", "interviewer.pdf.worker")
_ROOT = Path(interviewer.__file__).resolve().parents[1]


class PdfMaker:
    """Makes the PDFs of one server, `at_once` side by side; so many more may wait, and a PDF may take so long."""

    def __init__(
        self, at_once: int = AT_ONCE, max_waiting: int = MAX_WAITING, wall_seconds: float = WALL_SECONDS
    ) -> None:
        self._wall_seconds = wall_seconds
        self._queue = threading.BoundedSemaphore(at_once + max_waiting)
        self._turns = threading.BoundedSemaphore(at_once)

    def make(self, report: dict[str, Any]) -> bytes:
        """The PDF of a finished interview's record (design 6.3). Raises PdfUnavailable when it cannot be made now."""
        if not self._queue.acquire(blocking=False):
            raise PdfUnavailable(BUSY)
        try:
            if not self._turns.acquire(timeout=QUEUE_SECONDS):
                raise PdfUnavailable(BUSY)
            try:
                return _ask_worker(report, self._wall_seconds)
            finally:
                self._turns.release()
        finally:
            self._queue.release()


def _ask_worker(report: dict[str, Any], wall_seconds: float) -> bytes:
    """What the worker wrote. Its own error output may hold a candidate's words and is not logged."""
    try:
        done = subprocess.run(  # noqa: S603  # our own module; the record goes in as bytes
            _COMMAND,
            input=json.dumps(report).encode(),
            capture_output=True,
            timeout=wall_seconds,
            cwd=_ROOT,
            env={"PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])},  # no key reaches it
            start_new_session=True,  # Ctrl-C stops the server, which finishes what it has in hand
            check=True,
        )
    except subprocess.TimeoutExpired:
        logger.error("the PDF of interview %s was not made within %s s", report["session_id"], wall_seconds)
        raise PdfUnavailable(FAILED) from None
    except subprocess.CalledProcessError as error:
        logger.error("making the PDF of interview %s ended with %s", report["session_id"], error.returncode)
        raise PdfUnavailable(FAILED) from None
    except OSError as error:
        logger.error("no process to make a PDF in: %s", error)
        raise PdfUnavailable(FAILED) from error
    return done.stdout
