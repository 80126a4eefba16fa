"""Interviews in progress: one small JSON file each in DATA_DIR/in_progress, replaced atomically (promise P7).

Interviews that wait for an evaluation, and abandoned ones, stay here too; a finished one moves to interviews.json.
"""

import contextlib
import logging
import math
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from interviewer.errors import InterviewNotFound, StorageUnavailable
from interviewer.interview.model import Interview
from interviewer.storage.durable import file_lock, read_file, remove_file, replace_file

logger = logging.getLogger(__name__)

SESSION_ID = re.compile(r"[0-9a-z]{8}")


class LiveInterviews:
    """The interviews that are not in interviews.json. Ids that are none are unknown, never a path."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / "in_progress"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageUnavailable(f"{self.folder} could not be made: {error.strerror}.") from error

    @contextlib.contextmanager
    def lock(self, session_id: str, *, longest_wait: float = math.inf) -> Iterator[bool]:
        """Hold one interview for oneself, across threads and processes; yields whether it is held.

        It yields False when someone else still has it after `longest_wait` seconds; 0 asks once. Raises
        InterviewNotFound for what cannot be an id.
        """
        self._check(session_id)
        lock_path = self.folder / f"{session_id}.lock"
        with file_lock(lock_path, longest_wait=longest_wait) as held:
            try:
                yield held
            finally:
                if held and not self.exists(session_id):
                    remove_file(lock_path)

    def load(self, session_id: str) -> Interview | None:
        """The interview, or None. A file that cannot be read is set aside, logged, and counts as none."""
        self._check(session_id)
        path = self._path(session_id)
        try:
            return Interview.model_validate_json(read_file(path))
        except FileNotFoundError:
            return None
        except (IsADirectoryError, PermissionError) as error:
            self._set_aside(path, str(error.strerror))
            return None
        except OSError as error:
            raise StorageUnavailable(f"{path.name} could not be read: {error.strerror}.") from error
        except ValidationError as error:
            self._set_aside(path, f"{error.error_count()} faults")
            return None

    def exists(self, session_id: str) -> bool:
        """Whether the interview is here."""
        self._check(session_id)
        return self._path(session_id).exists()

    def stamp(self, session_id: str) -> int | None:
        """What changes whenever the interview is saved, or None without it: its time of change in nanoseconds."""
        self._check(session_id)
        try:
            return self._path(session_id).stat().st_mtime_ns
        except FileNotFoundError:
            return None

    def save(self, interview: Interview) -> None:
        """Put the interview on disk; durable when it returns. Raises StorageUnavailable."""
        replace_file(self._path(interview.session_id), interview.model_dump_json().encode())

    def remove(self, session_id: str) -> None:
        """Take the interview off the disk, with whatever was set aside of it. The caller holds its lock."""
        self._check(session_id)
        for path in list(self.folder.iterdir()):
            if path.name.lstrip(".").startswith(f"{session_id}.") and path.suffix != ".lock":
                shutil.rmtree(path) if path.is_dir() else remove_file(path)

    def ids(self) -> list[str]:
        """The ids of all interviews here, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.json") if SESSION_ID.fullmatch(path.stem))

    def all(self) -> list[Interview]:
        """All interviews here, oldest first."""
        found = [interview for session_id in self.ids() if (interview := self.load(session_id))]
        return sorted(found, key=lambda interview: (interview.started_at, interview.session_id))

    def _set_aside(self, path: Path, why: str) -> None:
        aside = path.with_name(f"{path.name}.broken-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        try:
            path.rename(aside)
        except OSError as error:
            raise StorageUnavailable(f"{path.name} could not be set aside: {error.strerror}.") from error
        logger.warning("%s is damaged (%s) and was set aside as %s", path, why, aside.name)

    def _path(self, session_id: str) -> Path:
        return self.folder / f"{session_id}.json"

    @staticmethod
    def _check(session_id: str) -> None:
        if not SESSION_ID.fullmatch(session_id):
            raise InterviewNotFound("There is no interview with this id.")
