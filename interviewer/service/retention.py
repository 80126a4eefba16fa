"""Which interviews are older than whoever runs this wants to keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from interviewer.errors import StorageUnavailable
from interviewer.interview.checks import well_formed_id
from interviewer.storage.array_format import parse_line, read_lines
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.storage.record_checks import JsonRecord
from interviewer.storage.recordings import Recordings
from interviewer.storage.snapshot import INTERVIEWS, snapshot


@dataclass(frozen=True)
class Outdated:
    """The ids to delete, and how many finished interviews were passed over.

    That is for want of a readable time or of an id that the API could delete.
    """

    session_ids: tuple[str, ...]
    passed_over: int


def outdated(data_dir: Path, live: LiveInterviews, before: datetime) -> Outdated:
    """The interviews whose last time lies before this: that of their end, or of the last activity in a live one.

    Recordings without an interview, which a restore may leave, count as one that ended when they last changed. Reads
    the files as a storage keeps them, one record at a time. Raises StorageUnavailable.
    """
    with snapshot(data_dir) as state:
        if INTERVIEWS in state.unreadable:
            raise StorageUnavailable(f"{INTERVIEWS} could not be read: {state.unreadable[INTERVIEWS]}.")
        records = (parse_line(line) for _, line in read_lines(state.files[INTERVIEWS]))
        found, passed_over = _finished_times(records)
    found.update(_live_times(live, found))
    left_alone = ((name, moment) for name, moment in Recordings(data_dir).last_changes() if name not in found)
    found.update(left_alone)
    return Outdated(tuple(session_id for session_id, moment in found.items() if moment < before), passed_over)


def _finished_times(records: Iterable[JsonRecord]) -> tuple[dict[str, datetime], int]:
    found: dict[str, datetime] = {}
    passed_over = 0
    for record in records:
        moment = _last_time(record)
        if moment is None or not well_formed_id(record.get("session_id")):
            passed_over += 1
        else:
            found[record["session_id"]] = moment
    return found, passed_over


def _live_times(live: LiveInterviews, finished: dict[str, datetime]) -> Iterator[tuple[str, datetime]]:
    for interview in live.all():
        if interview.session_id not in finished:
            yield interview.session_id, interview.ended_at or interview.last_activity_at


def _last_time(record: JsonRecord) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(record.get("ended_at") or record.get("timestamp")))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # as the listing reads older, hand-made records
