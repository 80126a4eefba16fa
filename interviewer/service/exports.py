"""Exports to Google Sheets: those that are due, in the background; one, when asked for; and where each stands.

What is due is told by the disk: an interview whose rows are not, with this hash, noted as exported. So nothing hooks
into a candidate's request, and what an outage or a restart delays goes out later. The queue between disk and sheet is
short: the rest waits where it is.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from interviewer.errors import (
    ExportRunning,
    ExportStopped,
    GoogleSheetsError,
    InterviewNotFound,
    SheetsNotConfigured,
    SheetsUnreachable,
    WrongState,
)
from interviewer.interview.checks import well_formed_id
from interviewer.interview.model import Interview
from interviewer.service.due_exports import DueExports
from interviewer.sheets.export_state import NOTHING_KNOWN, ExportState
from interviewer.sheets.patience import SOMEBODY_WAITS, WITHOUT_HURRY, Patience
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.digests import digest
from interviewer.tables.waiting import waiting_record

if TYPE_CHECKING:
    from google.oauth2.service_account import Credentials

    from interviewer.sheets.exporter import SheetExporter

logger = logging.getLogger(__name__)

Health = Literal["off", "ready", "error"]
ExportStatus = dict[str, str | None]
"""`export_status` (pending, exported, failed, or null where nothing is exported) and `export_error`."""

NOT_EXPORTED: ExportStatus = {"export_status": None, "export_error": None}

PAUSES_S = (2, 4, 8, 15, 30)
"""How long the background rests after so many failures in a row: it finds Google's return within half a minute."""


class SheetExports:
    """The exports of one data folder. Without credentials it is off, and costs nothing."""

    def __init__(
        self,
        storage: DataStorage,
        live: LiveInterviews,
        credentials_file: Path | None,
        sheet_name: str,
        patience: Patience = WITHOUT_HURRY,
    ) -> None:
        """`patience` is that of the background."""
        self._storage = storage
        self._live = live
        self._credentials_file = credentials_file
        self.sheet_name = sheet_name
        self._patience = patience
        self._state = ExportState(storage.folder)
        self._due = DueExports(storage, live, self._state, sheet_name)
        self._fault: str | None = None
        self._reached = False
        self._failures = 0
        self._not_before = 0.0
        if self.is_on:
            self._read_credentials_at_start()

    @property
    def is_on(self) -> bool:
        """Whether credentials are set, good or bad."""
        return self._credentials_file is not None

    def health(self) -> Health:
        """Whether the sheet could be written the last time somebody tried, as far as anybody has."""
        if not self.is_on:
            return "off"
        return "error" if self._state.error(self.sheet_name) else "ready"

    def statuses(self) -> Callable[[JsonRecord | Interview], ExportStatus]:
        """What tells where an interview stands, finished or live; what is known of all is read now."""
        if not self.is_on:
            return lambda _: NOT_EXPORTED
        known = self._state.entries(self.sheet_name)

        def status(found: JsonRecord | Interview) -> ExportStatus:
            record = _as_exported(found)
            if record is None:
                return NOT_EXPORTED
            standing = (entry := known.get(str(record["session_id"]), NOTHING_KNOWN)).standing(digest(record))
            return {"export_status": standing, "export_error": entry.reason if standing == "failed" else None}

        return status

    def forget(self, session_id: str) -> None:
        """Drop what is noted of a deleted interview. Its rows in the sheet stay: only people delete there."""
        self._state.forget(session_id)

    def export_one(self, session_id: str) -> int:
        """Export one interview now; how many rows changed.

        Raises InterviewNotFound, WrongState for one that has not finished, GoogleSheetsError.
        """
        record = self._ended(session_id)
        try:
            done = self._exporter(SOMEBODY_WAITS).export([record])
        except ExportRunning as error:
            if why := self._state.error(self.sheet_name):  # the one that is at work gets no further, and this is why
                raise SheetsUnreachable(why) from error
            raise
        if done.refused:
            raise GoogleSheetsError(done.refused[session_id])
        return done.rows_changed

    def work(self, is_stopping: Callable[[], bool]) -> int:
        """Export what is due, if there is anything and no pause; how many interviews went out."""
        if not self.is_on or time.monotonic() < self._not_before:
            return 0
        records = self._due.next_records()
        if self._reached and not records:
            return 0
        try:
            exported = self._work_off(records, is_stopping)
        except (ExportStopped, ExportRunning):
            return 0
        except GoogleSheetsError as error:
            self._take_failure(records, error)
            return 0
        if self._fault or not self._reached:
            logger.info("Google Sheets: ready")
        self._fault, self._reached, self._failures = None, True, 0
        return exported

    def _work_off(self, records: list[JsonRecord], is_stopping: Callable[[], bool]) -> int:
        def check() -> None:
            if is_stopping():
                raise ExportStopped("The server is about to end.")

        exporter = self._exporter(self._patience, check)
        if not records:
            exporter.check_access()
            return 0
        done = exporter.export(records)
        self._due.are_done(records)
        if done.refused:
            named = " ".join(filter(well_formed_id, done.refused))  # a script may have saved any text as an id
            logger.error("Google Sheets refused %d interviews: %s", len(done.refused), named)
        return done.exported

    def _take_failure(self, records: list[JsonRecord], error: GoogleSheetsError) -> None:
        """Note it where people look, say it once in the log, and rest."""
        self._state.note_error(self.sheet_name, str(error))
        self._state.failed(self.sheet_name, {str(each["session_id"]): digest(each) for each in records}, str(error))
        if self._fault != str(error):
            logger.error("Google Sheets: %s", error.for_log)
        self._fault = str(error)
        pause = float(PAUSES_S[min(self._failures, len(PAUSES_S) - 1)])
        asked = error.retry_after if isinstance(error, SheetsUnreachable) else None
        self._failures += 1
        self._not_before = time.monotonic() + max(pause, asked or 0.0)

    def _exporter(self, patience: Patience, check: Callable[[], None] = lambda: None) -> "SheetExporter":
        from interviewer.sheets.exporter import SheetExporter  # Google's libraries are loaded where they are used

        folder = self._storage.folder
        return SheetExporter(self._credentials(), folder, self.sheet_name, patience=patience, check=check)

    def _credentials(self) -> "Credentials":
        """Read anew each time: whoever mends the file need not start the server again."""
        if self._credentials_file is None:
            raise SheetsNotConfigured("Google Sheets is not set up: GOOGLE_SHEETS_CREDENTIALS names no key file.")
        from interviewer.sheets.credentials import load_credentials

        return load_credentials(self._credentials_file)

    def _read_credentials_at_start(self) -> None:
        """Say at once what is wrong with the file; and load Google's libraries before the first candidate comes."""
        from interviewer.sheets import exporter  # noqa: F401

        try:
            self._credentials()
        except GoogleSheetsError as error:
            self._fault = str(error)
            self._state.note_error(self.sheet_name, self._fault)
            logger.error("Google Sheets: %s", error.for_log)

    def _ended(self, session_id: str) -> JsonRecord:
        record = self._storage.get_interview_by_id(session_id)
        if record is not None:
            return record
        interview = self._live.load(session_id) if well_formed_id(session_id) else None
        if interview is None:
            raise InterviewNotFound("There is no interview with this id.")
        record = _as_exported(interview)
        if record is None:
            raise WrongState("This interview has not finished: there is nothing to export.")
        return record


def _as_exported(found: JsonRecord | Interview) -> JsonRecord | None:
    """The record that is exported of an interview; None for one that is not, or not yet."""
    if isinstance(found, Interview):
        return waiting_record(found) if found.status == "awaiting_evaluation" else None
    return found if found.get("session_id") and found.get("status") in (None, "completed") else None
