"""Filtering, sorting and paging of interviews for GET /api/data/interviews (design 5, "Listing"). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from interviewer.storage.record_checks import JsonRecord

ListedStatus = Literal["completed", "in_progress", "awaiting_evaluation", "abandoned", "all"]
SortField = Literal["timestamp", "candidate_name", "average_score", "overall_score", "duration"]


@dataclass(frozen=True)
class Query:
    """What to list. `since` and `until` are inclusive; `limit` None lists all from `offset` on."""

    status: ListedStatus = "completed"
    q: str | None = None
    min_score: float | None = None
    difficulty: str | None = None
    interview_type: str | None = None
    user_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    sort: SortField | None = None
    descending: bool = False
    limit: int | None = None
    offset: int = 0

    @property
    def is_plain_page(self) -> bool:
        """Whether it asks for finished interviews in file order, unfiltered: then no other record need be read."""
        return replace(self, limit=None, offset=0) == Query()


def select(records: Iterable[JsonRecord], query: Query) -> tuple[int, list[JsonRecord]]:
    """(how many match, the asked page of them), in the given order unless `sort` says otherwise."""
    found = [record for record in records if matches(record, query)]  # keeps what matches, not what was read
    if query.sort is not None:
        found = _sorted(found, query.sort, descending=query.descending)
    end = None if query.limit is None else query.offset + query.limit
    return len(found), found[query.offset : end]


def matches(record: JsonRecord, query: Query) -> bool:
    """Whether one record passes every filter."""
    score = record.get("average_score")
    return (
        query.status in ("all", record.get("status") or "completed")
        and (query.difficulty is None or record.get("difficulty") == query.difficulty)
        and (query.interview_type is None or record.get("interview_type") == query.interview_type)
        and (query.user_id is None or record.get("user_id") == query.user_id)
        and (query.min_score is None or (isinstance(score, int | float) and score >= query.min_score))
        and (query.q is None or _mentions(record, query.q.casefold()))
        and _within(record, query.since, query.until)
    )


def _mentions(record: JsonRecord, needle: str) -> bool:
    texts = [record.get(name) or "" for name in ("candidate_name", "job_description", "session_id")]
    return any(needle in str(text).casefold() for text in [*texts, *(record.get("topics") or [])])


def _within(record: JsonRecord, since: datetime | None, until: datetime | None) -> bool:
    if since is None and until is None:
        return True
    try:
        moment = datetime.fromisoformat(str(record.get("timestamp")))
    except ValueError:  # a hand-made record: it has no time to lie within
        return False
    if moment.tzinfo is None:  # an older or hand-made record; ours carry an offset
        moment = moment.replace(tzinfo=UTC)
    return (since is None or moment >= since) and (until is None or moment <= until)


def _sorted(records: list[JsonRecord], field: SortField, *, descending: bool) -> list[JsonRecord]:
    """Sorted by the field, names regardless of case; equal ones keep their order, those without a value come last."""
    kind = str if field in ("timestamp", "candidate_name") else int | float
    present = [record for record in records if isinstance(record.get(field), kind)]
    absent = [record for record in records if not isinstance(record.get(field), kind)]
    return sorted(present, key=lambda record: _sort_key(record[field]), reverse=descending) + absent


def _sort_key(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
