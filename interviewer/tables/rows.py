"""The two tables and their rows, made from the records of interviews.json (design 6.3). Pure.

A record that a script saved with less in it has empty cells for what it lacks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from interviewer.audit.views import feedback_text
from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.cells import Cell, cell

Row = dict[str, Cell]
"""A row by column, in the table's order."""


@dataclass(frozen=True)
class Table:
    """A table: its title, its columns in their order, and those of them that tell its rows apart."""

    title: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]


INTERVIEWS = Table(
    "Interviews",
    (
        *("session_id", "timestamp", "candidate_name", "candidate_experience", "interview_type", "difficulty"),
        *("average_score", "overall_score", "score_interval", "hire_recommendation"),
        *("completed_questions", "total_questions", "completion_method", "status"),
        *("summary", "strengths", "weaknesses", "recommendations", "job_description"),
    ),
    ("session_id",),
)

ANSWERS = Table(
    "Answers",
    (
        *("session_id", "question_number", "question", "answer", "score", "feedback"),
        *("topic", "difficulty", "time_taken", "hints_used", "code_submission"),
    ),
    ("session_id", "question_number"),
)

TABLES = (INTERVIEWS, ANSWERS)


def interview_row(record: JsonRecord) -> Row:
    """The row of an interview in INTERVIEWS."""
    return _row(INTERVIEWS, record | {"status": record.get("status") or "completed"})


def answer_rows(record: JsonRecord) -> list[Row]:
    """The rows of an interview's answers in ANSWERS, in their order."""
    session_id, items = record.get("session_id"), record.get("questions_and_answers")
    if not isinstance(items, list):
        return []
    return [
        _row(ANSWERS, item | {"session_id": session_id, "question_number": item.get("question_number") or place})
        for place, item in enumerate(items, start=1)
        if isinstance(item, dict)
    ]


def _row(table: Table, record: JsonRecord) -> Row:
    return {name: cell(SHOWN_AS.get(name, _as_it_is)(record.get(name))) for name in table.columns}


def _as_it_is(value: Any) -> Any:
    return value


def interval_text(interval: object) -> str | None:
    """A score interval in words: "6.1-7.2" could be read as a date."""
    if not isinstance(interval, list | tuple) or len(interval) != 2:
        return None
    return f"{interval[0]} to {interval[1]}"


SHOWN_AS: dict[str, Callable[[Any], Any]] = {"score_interval": interval_text, "feedback": feedback_text}
"""Columns that hold something else than the field of their name."""
