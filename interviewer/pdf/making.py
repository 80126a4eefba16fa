"""Making a report's PDF, from the server's side: in a child process, one at a time.

Typst keeps what it has laid out: a server that set reports itself would grow by hundreds of MiB. A process for each
costs about 0.2 s, gives its memory back, and neither loads anything into the server nor holds up its threads.
"""

import json
import logging
from typing import Any

from interviewer.children.running import ChildFailed, NoChild, run_module
from interviewer.children.waiting_room import RoomFull, WaitingRoom
from interviewer.errors import PdfUnavailable
from interviewer.pdf.limits import AT_ONCE, MAX_WAITING, QUEUE_SECONDS, WALL_SECONDS

logger = logging.getLogger(__name__)

BUSY = "Too many reports are being made into PDFs just now. Try again in a moment."
FAILED = "The PDF of this report could not be made just now. Try again, or print the report's page."


class PdfMaker:
    """Makes the PDFs of one server, `at_once` side by side; so many more may wait, and a PDF may take so long."""

    def __init__(
        self, at_once: int = AT_ONCE, max_waiting: int = MAX_WAITING, wall_seconds: float = WALL_SECONDS
    ) -> None:
        self._wall_seconds = wall_seconds
        self._room = WaitingRoom(at_once, max_waiting, QUEUE_SECONDS)

    def make(self, report: dict[str, Any]) -> bytes:
        """The PDF of a finished interview's record (design 6.3). Raises PdfUnavailable when it cannot be made now."""
        try:
            with self._room.served():
                return run_module(
                    "interviewer.pdf.worker", data=json.dumps(report).encode(), wall_seconds=self._wall_seconds
                )
        except RoomFull:
            raise PdfUnavailable(BUSY) from None
        except (ChildFailed, NoChild) as error:
            logger.error("the PDF of interview %s was not made: %s", report["session_id"], error)
            raise PdfUnavailable(FAILED) from error
