"""The two tables as an Excel workbook: text is text, whatever it begins with, and numbers are numbers."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from interviewer.errors import StorageUnavailable, TableTooLong
from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.cells import EXCEL_CELL, Cell, cut
from interviewer.tables.rows import ANSWERS, INTERVIEWS, TABLES, Row, answer_rows, interview_row

MOST_ROWS = 1_048_575
"""Below the header. Source: Microsoft's "Excel specifications and limits"."""


def write_workbook(path: Path, records: Iterable[JsonRecord]) -> None:
    """Write the interviews into a new file, one at a time. Raises TableTooLong, StorageUnavailable, OSError."""
    try:
        _write(path, records)
    except LxmlError as error:  # what openpyxl writes its temporary files with hides the OSError
        raise StorageUnavailable(f"The disk took no more: {error}.") from error


def _write(path: Path, records: Iterable[JsonRecord]) -> None:
    book = Workbook(write_only=True)
    sheets = {table.title: _Sheet(book, table.title, table.columns) for table in TABLES}
    for record in records:
        sheets[INTERVIEWS.title].add(interview_row(record))
        for row in answer_rows(record):
            sheets[ANSWERS.title].add(row)
    book.save(path)


class _Sheet:
    def __init__(self, book: Workbook, title: str, columns: tuple[str, ...]) -> None:
        self._sheet: Any = book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._columns = columns
        self._rows = 0
        bold = [WriteOnlyCell(self._sheet, value=name) for name in columns]
        for each in bold:
            each.font = Font(bold=True)
        self._sheet.append(bold)

    def add(self, row: Row) -> None:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise TableTooLong(f"Excel holds {MOST_ROWS:,} rows, and there are more. Export to a .csv file.")
        self._sheet.append([self._cell(row[name]) for name in self._columns])

    def _cell(self, value: Cell) -> Any:
        made = WriteOnlyCell(self._sheet, value=cut(value, EXCEL_CELL))
        if isinstance(value, str):
            made.data_type = "s"  # openpyxl takes text with = at its beginning for a formula
        return made
