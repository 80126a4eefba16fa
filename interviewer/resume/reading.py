"""Reading an uploaded file, from the server's side: in a child process, a few at a time.

PDFium is C++ and not thread-safe, and a file may be made to crash, hang or swell whatever opens it. A lock would guard
against the threads alone; a process of its own for each file guards the server against all of it and costs 0.1 s.
"""

import json
import logging
from typing import Any

from interviewer.children.running import ChildFailed, NoChild, run_module
from interviewer.children.waiting_room import RoomFull, WaitingRoom
from interviewer.errors import ReaderBusy
from interviewer.resume import refusals
from interviewer.resume.limits import AT_ONCE, MAX_WAITING, QUEUE_SECONDS, WALL_SECONDS
from interviewer.resume.rough import RoughText

logger = logging.getLogger(__name__)

_room = WaitingRoom(AT_ONCE, MAX_WAITING, QUEUE_SECONDS)


def read_resume_file(data: bytes) -> RoughText:
    """The text of a PDF, DOCX or plain text file, and how many pages it has (None but for a PDF).

    Raises InvalidField (field `file`) when it cannot be taken: why, and what to do. Raises ReaderBusy when too many
    others are being read.
    """
    try:
        with _room.served():
            reply = _ask_worker(data)
    except RoomFull:
        raise ReaderBusy("Too many files are being read just now. Try again in a moment.") from None
    if "refused" in reply:
        raise refusals.refused(reply["refused"])
    return RoughText(reply["text"], reply["pages"])


def _ask_worker(data: bytes) -> dict[str, Any]:
    try:
        reply: dict[str, Any] = json.loads(
            run_module("interviewer.resume.worker", data=data, wall_seconds=WALL_SECONDS)
        )
    except (ChildFailed, ValueError) as error:
        logger.warning("a file of %d bytes was not read: %s", len(data), error)
        raise refusals.refused(refusals.TOO_MUCH) from None
    except NoChild as error:
        logger.error("no process to read a file in: %s", error)
        raise ReaderBusy("The server cannot read files just now. Try again, or paste the text.") from error
    return reply
