"""The data folder as it is at one moment, for readers that must not change it, while servers write.

The three files are opened once each: what is open stays as it is, whatever is written meanwhile (`turning_copies`).
The order makes the parts fit together. An interview leaves in_progress after interviews.json has it, and its answers
are in answers.json before that, so with

    1. in_progress read    2. interviews.json opened    3. answers.json and job_descriptions.json opened
    4. in_progress read again

a finished interview is in 1 or in 2, its answers are in 3, and no interview in progress in 4 is behind its answers in 3
(what answers.json lacks of it, a start of the server adds). One that is in 1 and not in 4 finished or was deleted in
between: then everything is opened anew. A deletion under way can be caught half way; `verify` names what is left.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from interviewer.storage.live_interviews import SESSION_ID

INTERVIEWS, ANSWERS, POSTINGS = "interviews.json", "answers.json", "job_descriptions.json"
FILES = (INTERVIEWS, ANSWERS, POSTINGS)
LIVE_FOLDER = "in_progress"
MOST_ATTEMPTS = 20  # one takes milliseconds, and only a finish or a deletion within these spoils it


@dataclass(frozen=True)
class Snapshot:
    """The files open for reading, and the interviews in progress by id: their bytes, None for one that is unreadable.

    What could not be opened of the three is in `unreadable` instead, with the reason.
    """

    files: dict[str, BinaryIO]
    unreadable: dict[str, str]
    live: dict[str, bytes | None]

    @property
    def size(self) -> int:
        """All of it, in bytes."""
        opened = sum(os.fstat(file.fileno()).st_size for file in self.files.values())
        return opened + sum(len(content or b"") for content in self.live.values())


@contextlib.contextmanager
def snapshot(data_dir: Path) -> Iterator[Snapshot]:
    """The folder as it is now; the files are closed at the end. Writes nothing, makes nothing, locks nothing."""
    folder = data_dir / LIVE_FOLDER
    for attempt in range(1, MOST_ATTEMPTS + 1):
        before = _read_live(folder)
        with contextlib.ExitStack() as opened:
            taken = _open_files(data_dir, opened)
            taken.live.update(_read_live(folder))
            gone = before.keys() - taken.live.keys()
            if gone and attempt < MOST_ATTEMPTS:
                continue
            taken.live.update({session_id: before[session_id] for session_id in gone})  # rather twice than not at all
            yield taken
            return


def _open_files(data_dir: Path, opened: contextlib.ExitStack) -> Snapshot:
    taken = Snapshot({}, {}, {})
    for name in FILES:
        try:
            taken.files[name] = opened.enter_context((data_dir / name).open("rb"))
        except OSError as error:
            taken.unreadable[name] = error.strerror or type(error).__name__
    return taken


def _read_live(folder: Path) -> dict[str, bytes | None]:
    """Each is replaced atomically, so one read gets it whole; one that vanishes meanwhile is passed over."""
    found: dict[str, bytes | None] = {}
    for path in sorted(folder.glob("*.json")):
        if not SESSION_ID.fullmatch(path.stem):
            continue
        try:
            found[path.stem] = path.read_bytes()
        except FileNotFoundError:
            continue
        except OSError:
            found[path.stem] = None
    return found
