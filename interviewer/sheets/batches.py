"""Interviews on their way into the sheet, gathered into as much as one call may write."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from interviewer.sheets.grid import Grid, key_of
from interviewer.storage.record_checks import JsonRecord, plain_record
from interviewer.tables.cells import SHEETS_CELL, cut
from interviewer.tables.digests import digest
from interviewer.tables.rows import ANSWERS, INTERVIEWS, Row, answer_rows, interview_row

BATCH_BYTES = 2_000_000
"""The most that one call writes, unless one interview alone is more. Source: Google's recommendation for a payload."""


@dataclass(frozen=True)
class Batched:
    """One interview on its way: its rows in both tables, cut to what a cell holds, and their hash before the cut."""

    session_id: str
    rows: dict[str, list[Row]]
    digest: str
    size: int  # bytes in a call, about

    @classmethod
    def made_of(cls, record: JsonRecord) -> "Batched":
        """The rows of a record. Raises ValueError without a session_id, and for what JSON cannot hold."""
        record = plain_record(record)
        session_id = record.get("session_id")
        if not isinstance(session_id, str) or not session_id.strip():
            raise ValueError("session_id: an interview needs one")
        rows = {
            INTERVIEWS.title: [_cut(interview_row(record))],
            ANSWERS.title: [_cut(row) for row in answer_rows(record)],
        }
        return cls(session_id, rows, digest(record), len(orjson.dumps(rows)))

    def is_in(self, grids: list[Grid]) -> bool:
        """Whether the sheet has all its rows."""
        return all(key_of(grid.worksheet.table, row) in grid.rows for grid in grids for row in self.of(grid))

    def of(self, grid: Grid) -> list[Row]:
        """Its rows in the grid's table."""
        return self.rows[grid.worksheet.table.title]

    @property
    def row_count(self) -> int:
        """How many rows it has."""
        return sum(map(len, self.rows.values()))


def batches(items: Iterable[Batched]) -> Iterator[list[Batched]]:
    """The items in lists of about BATCH_BYTES."""
    batch: list[Batched] = []
    size = 0
    for item in items:
        if batch and size + item.size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += item.size
    if batch:
        yield batch


def _cut(row: Row) -> Row:
    return {name: cut(value, SHEETS_CELL) for name, value in row.items()}
