"""The hiring team's use cases: list, look up, count, delete."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from interviewer.errors import InterviewNotFound, RecordingNotFound
from interviewer.interview.checks import well_formed_id
from interviewer.interview.progress import progress_of
from interviewer.interview.report import live_summary
from interviewer.service import listing
from interviewer.service.audit import AuditService
from interviewer.service.exports import SheetExports
from interviewer.service.kept_sounds import kept_recording_ids
from interviewer.service.listing import ListedStatus, Query
from interviewer.speech.kinds import type_of_suffix
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.storage.record_checks import JsonRecord
from interviewer.storage.recordings import Recordings


class DataService:
    """What can be asked of the stored interviews, finished and live."""

    def __init__(self, storage: DataStorage, live: LiveInterviews, exports: SheetExports | None = None) -> None:
        """Without `exports`, they are off."""
        self._storage = storage
        self._live = live
        self._recordings = Recordings(storage.folder)
        self.exports = exports or SheetExports(storage, live, None, "")
        self.audit = AuditService(storage, live, self.exports)

    def list_interviews(self, query: Query) -> tuple[int, list[JsonRecord]]:
        """(how many match, the asked page of them): finished ones in file order, then live ones, oldest first."""
        if query.is_plain_page:
            stop = None if query.limit is None else query.offset + query.limit
            return self._storage.count_interviews(), self._told(list(self._storage.interviews(query.offset, stop)))
        total, found = listing.select(self._records(query.status), query)
        return total, self._told(found)

    def _told(self, records: list[JsonRecord]) -> list[JsonRecord]:
        """The records with where each stands with its export, if there are exports at all."""
        if not self.exports.is_on:
            return records
        standing = self.exports.statuses()
        return [standing(record) | record for record in records]  # a live one has been told already

    def all_finished(self) -> tuple[int, BinaryIO]:
        """(how many finished interviews, their JSON array as a file to be sent as it is). The caller closes it."""
        return self._storage.open_interviews()

    def _records(self, status: ListedStatus) -> Iterator[JsonRecord]:
        """What the status asks to look at, one at a time; an interview that is just being filed comes once."""
        if status in ("completed", "all"):
            yield from self._storage.interviews()
        if status != "completed":
            standing = self.exports.statuses()
            for interview in self._live.all():
                if self._storage.get_interview_by_id(interview.session_id) is None:
                    yield live_summary(interview) | (standing(interview) if self.exports.is_on else {})

    def statistics(self) -> dict[str, Any]:
        """Counts and means over the finished interviews."""
        return self._storage.get_statistics()

    def finished(self, session_id: str) -> JsonRecord:
        """A finished interview. Raises InterviewNotFound for an unknown or unfinished one."""
        record = self._storage.get_interview_by_id(session_id)
        if record is None:
            raise InterviewNotFound("There is no finished interview with this id.")
        return record

    def progress(self, session_id: str) -> JsonRecord:
        """What is known of an interview without a report. Raises InterviewNotFound for an unknown or finished one."""
        interview = self._live.load(session_id) if well_formed_id(session_id) else None
        if interview is None or self._storage.get_interview_by_id(session_id) is not None:
            raise InterviewNotFound("There is no interview in progress with this id.")
        return progress_of(interview)

    def kept_sound(self, session_id: str, recording_id: str) -> tuple[Path, str]:
        """The file of a recording that the candidate agreed to have kept and has sent, and its media type.

        The type is that of a kind we take, never one that a record says. Raises InterviewNotFound, and
        RecordingNotFound when no such sound is kept.
        """
        record = self._storage.get_interview_by_id(session_id) or self.progress(session_id)
        if recording_id not in kept_recording_ids(record):
            raise RecordingNotFound("No sound of this recording is kept.")
        file = self._recordings.sound_file(session_id, recording_id)
        if file is None:
            raise RecordingNotFound("The sound of this recording is gone from the data folder.")
        return file, type_of_suffix(file.suffix)

    def delete(self, session_id: str) -> None:
        """Remove a candidate's interview, in any state, from every file. Raises InterviewNotFound."""
        with self._live.lock(session_id):
            had_recordings = self._recordings.remove(session_id) if well_formed_id(session_id) else False
            was_live = self._live.exists(session_id)
            was_stored = self._storage.delete_interview(session_id)
            self._live.remove(session_id)
        self.exports.forget(session_id)
        if not (was_live or was_stored or had_recordings):
            raise InterviewNotFound("There is no interview with this id.")
