"""Interviews into the sheet, each once: in batches, by few calls, noted on disk when they are there."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from google.oauth2.service_account import Credentials

from interviewer.errors import ExportRunning, ExportStopped, GoogleSheetsError, SheetsRefusal
from interviewer.sheets.export_state import NOTHING_KNOWN, ExportState
from interviewer.sheets.finding import find_spreadsheet
from interviewer.sheets.grid import Grid, ValueRange, growth, key_of, placed, read_grids, value_ranges
from interviewer.sheets.http_client import PatientHTTPClient
from interviewer.sheets.layout import Request, prepared
from interviewer.sheets.pacing import Pacing, pausing
from interviewer.sheets.patience import WITHOUT_HURRY, Patience
from interviewer.storage.durable import file_lock
from interviewer.storage.record_checks import JsonRecord, plain_record
from interviewer.tables.cells import SHEETS_CELL, cut
from interviewer.tables.digests import digest
from interviewer.tables.rows import ANSWERS, INTERVIEWS, Row, answer_rows, interview_row

LOCK_NAME = ".google_sheets.lock"
BATCH_BYTES = 2_000_000
"""The most that one call writes, unless one interview alone is more. Source: Google's recommendation for a payload."""

LOCK_POLL_S = 0.1


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


@dataclass
class Exported:
    """What an export did: rows written, interviews by what became of them, and why some were refused."""

    rows_changed: int = 0
    exported: int = 0
    unchanged: int = 0
    refused: dict[str, str] = field(default_factory=dict)


Advance = Callable[[int], object]


class SheetExporter:
    """Exports from one data folder into one spreadsheet, given by name, id or address.

    `check` is called while it waits; what that raises ends the export. Two in one data folder take turns.
    """

    def __init__(
        self,
        credentials: Credentials,
        folder: Path,
        sheet_name: str,
        *,
        patience: Patience = WITHOUT_HURRY,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._name = sheet_name
        self._lock_path = folder / LOCK_NAME
        self._patience = patience
        self._pause = pausing(check)
        self._state = ExportState(folder)
        pacing = Pacing(self._state, self._pause)
        self._http = PatientHTTPClient(credentials, pacing, self._pause, patience)

    def export(self, records: Iterable[JsonRecord], advance: Advance = lambda _: None) -> Exported:
        """Make the sheet hold these interviews as they are now; `advance` is told of each that is through.

        Those that the sheet has, unchanged since their last export, are left alone. Interrupted at any point, the same
        call again goes on without a row twice. Raises GoogleSheetsError when the sheet cannot be written; what was
        written before that stays noted. One that Google refuses by itself is in `refused`, and the others go on.
        """
        done = Exported()
        with self._alone(), self._noting_errors():
            spreadsheet = self._opened()
            grids = self._read(spreadsheet)
            just_read: list[Grid] | None = grids
            for batch in self._batches(records, grids, done, advance):
                self._write_noted(spreadsheet, batch, done, just_read)
                just_read = None  # people may move rows meanwhile
                advance(len(batch))
        return done

    def check_access(self) -> None:
        """Open the spreadsheet and read its worksheets' names. Raises GoogleSheetsError when that cannot be done."""
        with self._alone(), self._noting_errors():
            self._http.fetch_sheet_metadata(self._opened(), params={"fields": "sheets.properties.title"})

    def _opened(self) -> str:
        spreadsheet = find_spreadsheet(self._http, self._name)
        self._state.opened(self._name, spreadsheet)
        return spreadsheet

    def _batches(
        self, records: Iterable[JsonRecord], grids: list[Grid], done: Exported, advance: Advance
    ) -> Iterator[list[Batched]]:
        """What must be written, in lists of about BATCH_BYTES."""
        known = self._state.entries(self._name)
        batch: list[Batched] = []
        size = 0
        for record in records:
            item = Batched.made_of(record)
            if known.get(item.session_id, NOTHING_KNOWN).digest == item.digest and item.is_in(grids):
                done.unchanged += 1
                advance(1)
                continue
            if batch and size + item.size > BATCH_BYTES:
                yield batch
                batch, size = [], 0
            batch.append(item)
            size += item.size
        if batch:
            yield batch

    def _write_noted(
        self, spreadsheet: str, batch: list[Batched], done: Exported, just_read: list[Grid] | None = None
    ) -> None:
        """Write a batch and note it. One that Google refuses is halved until the interview is found that it refuses."""
        digests = {item.session_id: item.digest for item in batch}
        try:
            self._write(spreadsheet, batch, just_read or self._read(spreadsheet))
        except SheetsRefusal as error:
            if len(batch) > 1:
                self._write_noted(spreadsheet, batch[: len(batch) // 2], done)
                self._write_noted(spreadsheet, batch[len(batch) // 2 :], done)
                return
            self._state.failed(self._name, digests, str(error))
            done.refused[batch[0].session_id] = str(error)
        except ExportStopped:
            raise
        except GoogleSheetsError as error:
            self._state.failed(self._name, digests, str(error))
            raise
        else:
            self._state.exported(self._name, digests)
            done.exported += len(batch)
            done.rows_changed += sum(item.row_count for item in batch)

    def _read(self, spreadsheet: str) -> list[Grid]:
        return read_grids(self._http, spreadsheet, prepared(self._http, spreadsheet))

    def _write(self, spreadsheet: str, batch: list[Batched], grids: list[Grid]) -> None:
        requests: list[Request] = []
        ranges: list[ValueRange] = []
        for grid in grids:
            rows = [row for item in batch for row in item.of(grid)]
            numbered, first_free = placed(grid, rows)
            requests += growth(grid, first_free)
            ranges += value_ranges(grid.worksheet, numbered)
        if requests:
            self._http.batch_update(spreadsheet, {"requests": requests})
        self._http.values_batch_update(spreadsheet, {"valueInputOption": "RAW", "data": ranges})

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's exports for oneself. Raises ExportRunning when another one does not end in time."""
        end = time.monotonic() + self._patience.seconds
        while True:
            with file_lock(self._lock_path, wait=False) as held:
                if held:
                    yield
                    return
            if time.monotonic() > end:
                raise ExportRunning("Another export to Google Sheets is at work. Try again in a moment.")
            self._pause(LOCK_POLL_S)

    @contextlib.contextmanager
    def _noting_errors(self) -> Iterator[None]:
        """Keep on disk whether the sheet can be written, for whoever asks about its health."""
        try:
            yield
        except ExportStopped:
            raise
        except GoogleSheetsError as error:
            self._state.note_error(self._name, str(error))
            raise
        self._state.note_error(self._name, None)


def _cut(row: Row) -> Row:
    return {name: cut(value, SHEETS_CELL) for name, value in row.items()}
