"""Reading an uploaded file, from the server's side: in a child process, a few at a time.

PDFium is C++ and not thread-safe, and a file may be made to crash, hang or swell whatever opens it. A lock would guard
against the threads alone; a process of its own for each file guards the server against all of it and costs 0.1 s.
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
from interviewer.errors import ReaderBusy
from interviewer.resume import refusals
from interviewer.resume.limits import AT_ONCE, QUEUE_SECONDS, WALL_SECONDS
from interviewer.resume.rough import RoughText

logger = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-B", "-m", "interviewer.resume.worker")
_ROOT = Path(interviewer.__file__).resolve().parents[1]
_turns = threading.BoundedSemaphore(AT_ONCE)


def read_resume_file(data: bytes) -> RoughText:
    """The text of a PDF, DOCX or plain text file, and how many pages it has (None but for a PDF).

    Raises InvalidField (field `file`) when it cannot be taken: why, and what to do. Raises ReaderBusy when too many
    others are being read.
    """
    if not _turns.acquire(timeout=QUEUE_SECONDS):
        raise ReaderBusy("Too many files are being read just now. Try again in a moment.")
    try:
        reply = _ask_worker(data)
    finally:
        _turns.release()
    if "refused" in reply:
        raise refusals.refused(reply["refused"])
    return RoughText(reply["text"], reply["pages"])


def _ask_worker(data: bytes) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603  # our own module; the file goes in as bytes
            _COMMAND,
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=_ROOT,
            env={"PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])},  # no key reaches it
            start_new_session=True,  # Ctrl-C stops the server, which finishes what it has in hand
            check=True,
        )
        reply: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        logger.warning("a file of %d bytes was not read within %s s", len(data), WALL_SECONDS)
        raise refusals.refused(refusals.TOO_MUCH) from None
    except (subprocess.CalledProcessError, ValueError) as error:
        logger.warning("the reader of a file of %d bytes ended with %s", len(data), getattr(error, "returncode", 0))
        raise refusals.refused(refusals.TOO_MUCH) from None
    except OSError as error:
        logger.error("no process to read a file in: %s", error)
        raise ReaderBusy("The server cannot read files just now. Try again, or paste the text.") from error
    return reply
