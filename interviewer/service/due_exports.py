"""Which interviews are due to be exported, told by the disk alone, a few at a time."""

from collections.abc import Iterator

from interviewer.sheets.export_state import NOTHING_KNOWN, ExportState
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.digests import digest
from interviewer.tables.waiting import waiting_record

LOOKED_AT_ONCE = 5_000
"""Records read in one look, about half a second's work: a server that starts has candidates to answer too."""

MOST_AT_ONCE = 200
"""Interviews taken up at once. All that wait could be too many for the memory; between two turns others may export."""


class DueExports:
    """The interviews whose rows are not, as they are now, noted as exported.

    interviews.json is read from where the last look ended: more only comes at its end, unless its generation says that
    records were replaced or removed; then it is read again from the beginning. One that Google refuses is not taken
    up again until then.
    """

    def __init__(self, storage: DataStorage, live: LiveInterviews, state: ExportState, sheet_name: str) -> None:
        self._storage = storage
        self._live = live
        self._state = state
        self._sheet_name = sheet_name
        self._generation: int | None = None
        self._looked_at = 0
        self._queue: list[str] = []
        self._waiting: dict[str, tuple[int | None, JsonRecord | None]] = {}

    def next_records(self) -> list[JsonRecord]:
        """The next ones, as they are now, at most MOST_AT_ONCE. The same again until `are_done`."""
        self._fill_queue()
        finished = [self._storage.get_interview_by_id(session_id) for session_id in self._queue]
        found = [record for record in finished if record is not None]  # one may have been deleted meanwhile
        return [*found, *self._due(self._awaiting())]

    def are_done(self, records: list[JsonRecord]) -> None:
        """Take these out of the queue: exported, or refused for good."""
        done = {record["session_id"] for record in records}
        self._queue = [session_id for session_id in self._queue if session_id not in done]
        for session_id in done & self._waiting.keys():
            self._waiting[session_id] = (self._waiting[session_id][0], None)

    def _fill_queue(self) -> None:
        generation, count = self._storage.interviews_extent()
        if generation != self._generation:
            self._generation, self._looked_at, self._queue = generation, 0, []
        end = min(count, self._looked_at + LOOKED_AT_ONCE)
        while self._looked_at < end and len(self._queue) < MOST_AT_ONCE:
            stop = min(end, self._looked_at + MOST_AT_ONCE - len(self._queue))
            records = list(self._storage.interviews(self._looked_at, stop))
            self._looked_at = stop
            self._queue += [str(record["session_id"]) for record in self._due(records)]

    def _due(self, records: list[JsonRecord]) -> list[JsonRecord]:
        whole = [record for record in records if isinstance(record.get("session_id"), str) and record["session_id"]]
        known = self._state.entries(self._sheet_name, [record["session_id"] for record in whole])
        return [record for record in whole if known.get(record["session_id"], NOTHING_KNOWN).digest != digest(record)]

    def _awaiting(self) -> list[JsonRecord]:
        stored = self._storage.get_interview_by_id  # one that is being filed now is due as a finished one
        return [record for record in self._look_at_live() if stored(record["session_id"]) is None]

    def _look_at_live(self) -> Iterator[JsonRecord]:
        """The interviews that have ended and wait for an evaluation; only those that changed are read again."""
        before, self._waiting = self._waiting, {}
        for session_id in self._live.ids():
            stamp = self._live.stamp(session_id)
            seen = before.get(session_id)
            if seen is None or seen[0] != stamp:
                interview = self._live.load(session_id)
                waits = interview is not None and interview.status == "awaiting_evaluation"
                seen = (stamp, waiting_record(interview) if interview is not None and waits else None)
            self._waiting[session_id] = seen
            if seen[1] is not None:
                yield seen[1]
