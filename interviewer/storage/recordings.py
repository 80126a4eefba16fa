"""Recordings of candidates: one folder an interview in DATA_DIR/recordings, two files a recording.

`ID.json` says what was heard, until the answer is sent or the interview ends; the sound itself lies beside it only
where it may be kept. Whatever else lies in an interview's folder, as a crash leaves it behind, goes with the next
`settle`. The caller holds the interview's lock.
"""

import contextlib
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from interviewer.errors import InterviewNotFound, StorageUnavailable
from interviewer.records import Record
from interviewer.spoken import Delivery, KeptSound
from interviewer.storage.durable import read_file, remove_file, replace_file, sync_folder
from interviewer.storage.live_interviews import SESSION_ID

FOLDER = "recordings"
RECORDING_ID = re.compile(r"[0-9a-f]{16}")
PRIVATE = 0o600


class Recording(Record):
    """What was recorded for a question (1-based)."""

    question_number: int
    delivery: Delivery
    sound: KeptSound | None


class Recordings:
    """The recordings of one data folder. Ids that are none are unknown, never a path."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._folder = data_dir / FOLDER

    def keep(self, session_id: str, number: int, delivery: Delivery, sound: tuple[bytes, str] | None) -> Recording:
        """Keep what was heard, and the sound (its bytes, its file's suffix) where one is given; durable on return.

        Raises StorageUnavailable, and leaves no sound behind then.
        """
        folder = self._of(session_id)
        self._make(folder)
        kept = None
        if sound is not None:
            data, suffix = sound
            path = folder / f"{delivery.recording_id}{suffix}"
            replace_file(path, data, mode=PRIVATE)  # before its note: a note always tells the truth
            place = path.relative_to(self._data_dir).as_posix()
            kept = KeptSound(file=place, size=len(data), sha256=hashlib.sha256(data).hexdigest())
        recording = Recording(question_number=number, delivery=delivery, sound=kept)
        try:
            replace_file(
                self._note(session_id, delivery.recording_id), recording.model_dump_json().encode(), mode=PRIVATE
            )
        except StorageUnavailable:
            if kept is not None:
                with contextlib.suppress(StorageUnavailable):
                    remove_file(self._data_dir / kept.file)
            raise
        return recording

    def find(self, session_id: str, recording_id: str) -> Recording | None:
        """A recording whose answer has not been sent yet, or None."""
        if not RECORDING_ID.fullmatch(recording_id):
            return None
        try:
            return Recording.model_validate_json(read_file(self._note(session_id, recording_id)))
        except (FileNotFoundError, ValidationError):
            return None
        except OSError as error:
            raise StorageUnavailable(f"A recording could not be read: {error.strerror}.") from error

    def sound_file(self, session_id: str, recording_id: str) -> Path | None:
        """The file of a sound that is kept, or None."""
        if not RECORDING_ID.fullmatch(recording_id):
            return None
        found = self._of(session_id).glob(f"{recording_id}.*")
        return next((path for path in found if path.suffix != ".json"), None)

    def settle(self, session_id: str, open_question: int | None, kept: Iterable[KeptSound]) -> None:
        """Remove what belongs neither to the question that is still open nor to the sounds that are kept.

        That is what was recorded for questions that are done, and whatever a crash has left behind.
        """
        folder = self._of(session_id)
        if not folder.is_dir():
            return
        staying = {self._data_dir / sound.file for sound in kept}
        for note in folder.glob("*.json"):
            recording = self.find(session_id, note.stem)
            if recording is not None and recording.question_number == open_question:
                staying |= {note} | ({self._data_dir / recording.sound.file} if recording.sound else set())
        for path in list(folder.iterdir()):
            if path not in staying and not path.is_dir():
                remove_file(path)
        with contextlib.suppress(OSError):
            folder.rmdir()  # if nothing is left in it

    def remove(self, session_id: str) -> bool:
        """Remove all recordings of an interview; whether there were any."""
        folder = self._of(session_id)
        if not folder.exists():
            return False
        try:
            shutil.rmtree(folder)
            sync_folder(self._folder)
        except OSError as error:
            raise StorageUnavailable(f"Recordings could not be removed: {error.strerror}.") from error
        return True

    def last_changes(self) -> Iterator[tuple[str, datetime]]:
        """The ids of the interviews that have recordings, and when those last changed."""
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                if SESSION_ID.fullmatch(folder.name):
                    yield folder.name, datetime.fromtimestamp(folder.stat().st_mtime, UTC)

    def _note(self, session_id: str, recording_id: str) -> Path:
        return self._of(session_id) / f"{recording_id}.json"

    def _of(self, session_id: str) -> Path:
        if not SESSION_ID.fullmatch(session_id):
            raise InterviewNotFound("There is no interview with this id.")
        return self._folder / session_id

    def _make(self, folder: Path) -> None:
        try:
            if not folder.is_dir():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                sync_folder(self._folder)
                sync_folder(self._data_dir)
        except OSError as error:
            raise StorageUnavailable(f"{FOLDER} could not be made: {error.strerror}.") from error
