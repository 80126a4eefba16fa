"""GoogleSheetsStorage: what scripts import to put interviews into a spreadsheet (design, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.errors import GoogleSheetsError, StorageUnavailable
from interviewer.settings import SheetsAccess

if TYPE_CHECKING:
    from google.oauth2.service_account import Credentials

    from interviewer.sheets.exporter import Advance, Exported


class GoogleSheetsStorage:
    """Exports finished interviews to Google Sheets, each once.

    `credentials_file` is the key file of a service account, by default the setting GOOGLE_SHEETS_CREDENTIALS. What was
    exported is noted in `storage_dir`, by default the setting DATA_DIR. gspread and google-auth are loaded when one of
    these is made.
    """

    def __init__(self, credentials_file: str | Path | None = None, storage_dir: str | Path | None = None) -> None:
        access = SheetsAccess()
        self._folder = Path(storage_dir) if storage_dir is not None else access.data_dir
        self._path = Path(credentials_file) if credentials_file is not None else access.google_sheets_credentials
        self.sheet_name = access.google_sheets_name  # of the setting GOOGLE_SHEETS_NAME
        self._credentials: Credentials | None = None
        self._fault: GoogleSheetsError | None = None
        from interviewer.sheets.credentials import load_credentials  # importing data_storage must not load Google's

        try:
            self._credentials = load_credentials(self._path)
        except GoogleSheetsError as error:
            self._fault = error

    def is_initialized(self) -> bool:
        """Whether the credentials could be read. Google is not asked."""
        return self._credentials is not None

    def export_interview(self, interview: dict[str, Any], sheet_name: str = "Interview Data") -> int:
        """Export one interview; how many rows changed. Raises GoogleSheetsError with what to do."""
        return self.export_all_interviews([interview], sheet_name)

    def export_all_interviews(self, interviews: Iterable[dict[str, Any]], sheet_name: str = "Interview Data") -> int:
        """Export interviews; how many rows changed. One that is in the sheet as it is now changes nothing.

        `sheet_name` is the spreadsheet's name, id or address. Raises GoogleSheetsError with what to do, also when
        Google refused some of them and took the others; ValueError for an interview without a session_id, or that JSON
        cannot hold.
        """
        done = self.export(interviews, sheet_name)
        if done.refused:
            session_id, reason = next(iter(done.refused.items()))
            more = f" and {len(done.refused) - 1} more" if len(done.refused) > 1 else ""
            raise GoogleSheetsError(f"{session_id}{more} not exported: {reason}")
        return done.rows_changed

    def export(
        self, interviews: Iterable[dict[str, Any]], sheet_name: str, advance: Advance = lambda _: None
    ) -> Exported:
        """The same, with all that became of them; `advance` is told of each that is through."""
        from interviewer.sheets.exporter import SheetExporter

        if self._credentials is None:
            raise self._fault or GoogleSheetsError("There are no credentials.")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageUnavailable(f"{self._folder} could not be made: {error.strerror}.") from error
        return SheetExporter(self._credentials, self._folder, sheet_name).export(interviews, advance)
