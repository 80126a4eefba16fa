"""The latest time that interviews bear: what a clock must not run behind after a restart."""

from collections.abc import Iterator
from datetime import datetime

from interviewer.interview.model import Interview
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews


def latest_stored_time(storage: DataStorage, live: LiveInterviews) -> datetime | None:
    """The latest time in live interviews and in finished ones; None without any.

    Cheap: for the finished ones it was kept while the file was indexed. The times of answers.json and
    job_descriptions.json are never after those of their interview.
    """
    finished = storage.latest_update()
    found = [finished] if finished else []
    found.extend(moment for interview in live.all() for moment in _times(interview) if moment.tzinfo is not None)
    return max(found, default=None)


def _times(interview: Interview) -> Iterator[datetime]:
    yield interview.last_activity_at
    yield from (turn.failure.at for turn in interview.turns if turn.failure is not None)
