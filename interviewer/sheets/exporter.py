"""Interviews into the sheet, each once: in batches, by few calls, noted on disk when they are there."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from google.oauth2.service_account import Credentials

from interviewer.errors import ExportRunning, ExportStopped, GoogleSheetsError, SheetLayoutError, SheetsRefusal
from interviewer.sheets.batches import Batched, batches
from interviewer.sheets.export_state import NOTHING_KNOWN, ExportState
from interviewer.sheets.finding import find_spreadsheet
from interviewer.sheets.grid import Grid, ValueRange, grow, growth, placed, read_grids, value_ranges
from interviewer.sheets.http_client import PatientHTTPClient
from interviewer.sheets.layout import Request, Worksheet, prepared
from interviewer.sheets.pacing import Pacing, pausing
from interviewer.sheets.patience import WITHOUT_HURRY, Patience
from interviewer.storage.durable import file_lock
from interviewer.storage.record_checks import JsonRecord

LOCK_NAME = ".google_sheets.lock"
LOCK_POLL_S = 0.1


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
        self._seen: list[Worksheet] | None = None  # in this export
        self._pause = pausing(check)
        self._state = ExportState(folder)
        pacing = Pacing(self._state, self._pause)
        self._http = PatientHTTPClient(credentials, pacing, self._pause, patience, self._note)

    def export(self, records: Iterable[JsonRecord], advance: Advance = lambda _: None) -> Exported:
        """Make the sheet hold these interviews as they are now; `advance` is told of each that is through.

        Those that the sheet has, unchanged since their last export, are left alone. Interrupted at any point, the same
        call again goes on without a row twice. Raises GoogleSheetsError when the sheet cannot be written; what was
        written before that stays noted. One that Google refuses by itself is in `refused`, and the others go on.
        """
        done = Exported()
        with self._alone(), self._noting_errors():
            spreadsheet = self._opened()
            self._seen = None
            grids = self._read(spreadsheet)
            just_read: list[Grid] | None = grids
            for batch in batches(self._changed(records, grids, done, advance)):
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

    def _changed(
        self, records: Iterable[JsonRecord], grids: list[Grid], done: Exported, advance: Advance
    ) -> Iterator[Batched]:
        """Those that the sheet does not have as they are."""
        known = self._state.entries(self._name)
        for record in records:
            item = Batched.made_of(record)
            if known.get(item.session_id, NOTHING_KNOWN).digest == item.digest and item.is_in(grids):
                done.unchanged += 1
                advance(1)
            else:
                yield item

    def _write_noted(
        self, spreadsheet: str, batch: list[Batched], done: Exported, just_read: list[Grid] | None = None
    ) -> None:
        """Write a batch and note it. One that Google refuses is halved until the interview is found that it refuses."""
        digests = {item.session_id: item.digest for item in batch}
        try:
            self._write(spreadsheet, batch, just_read or self._read(spreadsheet))
        except SheetsRefusal as error:
            self._seen = None  # it may have been about a grid that is not as it was
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
        """Where everything is now. Worksheets that were seen are taken to be as they were, as long as they look so."""
        if self._seen and (grids := read_grids(self._http, spreadsheet, self._seen)):
            return grids
        self._seen = prepared(self._http, spreadsheet)
        if grids := read_grids(self._http, spreadsheet, self._seen):
            return grids
        raise SheetLayoutError("Somebody is moving columns of the worksheets just now. Try again in a moment.")

    def _write(self, spreadsheet: str, batch: list[Batched], grids: list[Grid]) -> None:
        grown: list[Worksheet] = []
        requests: list[Request] = []
        ranges: list[ValueRange] = []
        for grid in grids:
            rows = [row for item in batch for row in item.of(grid)]
            numbered, first_free = placed(grid, rows)
            rows_to_add = growth(grid.worksheet, first_free)
            requests += [grow(grid.worksheet, rows_to_add)] if rows_to_add else []
            grown.append(replace(grid.worksheet, row_count=grid.worksheet.row_count + rows_to_add))
            ranges += value_ranges(grid.worksheet, numbered)
        if requests:
            self._http.batch_update(spreadsheet, {"requests": requests})
            self._seen = grown
        self._http.values_batch_update(spreadsheet, {"valueInputOption": "RAW", "data": ranges})

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's exports for oneself. Raises ExportRunning when another one does not end in time."""
        end = time.monotonic() + self._patience.seconds
        while True:
            with file_lock(self._lock_path, longest_wait=0) as held:
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
            self._note(error)
            raise
        self._state.note_error(self._name, None)

    def _note(self, error: GoogleSheetsError) -> None:
        self._state.note_error(self._name, str(error))
