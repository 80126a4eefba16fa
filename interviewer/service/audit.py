"""The audit views: every interview as a row, and every answer of one interview as a row."""

from collections.abc import Iterator

from interviewer.audit import views
from interviewer.audit.views import Row
from interviewer.errors import InterviewNotFound
from interviewer.interview.checks import well_formed_id
from interviewer.interview.report import live_summary
from interviewer.service.exports import SheetExports
from interviewer.service.listing import Query, matches
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews


class Page:
    """The rows from `offset` on, at most `limit`, one at a time.

    `total` is how many there are before limit and offset; it is known when the rows are through.
    """

    def __init__(self, rows: Iterator[Row], query: Query, first: int = 0, total: int | None = None) -> None:
        """`rows` begin with the one at place `first` (0-based). Without a `total` they are counted, to the last."""
        self._rows = rows
        self._query = query
        self._first = first
        self._is_counted = total is not None
        self.total = total or 0

    def __iter__(self) -> Iterator[Row]:
        start, limit = self._query.offset, self._query.limit
        for place, row in enumerate(self._rows, self._first):
            is_past = limit is not None and place >= start + limit
            if is_past and self._is_counted:
                return
            if not self._is_counted:
                self.total = place + 1
            if place >= start and not is_past:
                yield row


class AuditService:
    """The audit views over the stored interviews, finished and live."""

    def __init__(self, storage: DataStorage, live: LiveInterviews, exports: SheetExports) -> None:
        self._storage = storage
        self._live = live
        self._exports = exports

    def summary(self, query: Query) -> Page:
        """interview_summary: finished interviews in file order, then live ones, oldest first.

        Takes the query's status, since, until, user_id, limit and offset. Finished interviews are read one at a
        time, from the file as it is when the first row is asked for; without a filter, those of the page alone.
        """
        live = self._live_rows(query) if query.status != "completed" else {}
        if query.status not in ("completed", "all"):
            return Page(iter(live.values()), query)
        if query != Query(status=query.status, limit=query.limit, offset=query.offset):
            return Page(self._rows(query, live), query)
        count = self._storage.count_interviews()
        first = min(query.offset, count)
        return Page(self._rows(query, live, first), query, first, count + len(live))

    def _rows(self, query: Query, live: dict[str, Row], first: int = 0) -> Iterator[Row]:
        """The matching rows from a place in the file on; an interview filed meanwhile comes once, as live as it was."""
        standing = self._exports.statuses()
        for record in self._storage.interviews(first):
            if record.get("session_id") not in live and matches(record, query):
                yield views.summary_of_finished(record) | standing(record)
        yield from live.values()

    def _live_rows(self, query: Query) -> dict[str, Row]:
        """The rows of matching live interviews by id: small, without posting and answers."""
        rows = {}
        standing = self._exports.statuses()
        for session_id in self._live.ids():
            interview = self._live.load(session_id)
            if interview is None or not matches(live_summary(interview), query):
                continue
            if self._storage.get_interview_by_id(session_id) is None:
                rows[session_id] = views.summary_of_live(interview) | standing(interview)
        return dict(sorted(rows.items(), key=lambda item: (item[1]["start_time"], item[0])))

    def responses(self, session_id: str) -> list[Row]:
        """question_responses: the answers of one interview, in their order. Raises InterviewNotFound.

        An interview leaves the live ones only after interviews.json has it, so the live ones are asked first.
        """
        interview = self._live.load(session_id) if well_formed_id(session_id) else None
        if interview is not None:
            return views.responses_of_live(interview)
        record = self._storage.get_interview_by_id(session_id)
        if record is None:
            raise InterviewNotFound("There is no interview with this id.")
        return views.responses_of_finished(record, self._storage.get_answers(session_id))
