"""The worksheets and their header rows: made once, then only read.

What is missing is made in one call, which Google carries out whole or not at all: a worksheet, a header in an empty one
(bold, and frozen), a column at the right end of one that lacks it.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from interviewer.errors import SheetLayoutError, SheetsRefusal
from interviewer.sheets.http_client import PatientHTTPClient
from interviewer.tables.rows import TABLES, Table

Request = dict[str, Any]

ROWS_AT_FIRST = 1_000


@dataclass(frozen=True)
class Worksheet:
    """A table's worksheet: the size of its grid, and its header row as texts."""

    table: Table
    sheet_id: int
    row_count: int
    column_count: int
    header: tuple[str, ...]

    @property
    def places(self) -> dict[str, int]:
        """The 0-based column of each of the table's columns that the header names, by name, case aside."""
        found = {text.strip().casefold(): place for place, text in reversed(list(enumerate(self.header)))}
        return {name: found[name] for name in self.table.columns if name in found}

    @property
    def missing(self) -> list[str]:
        """The table's columns that the header does not name."""
        return [name for name in self.table.columns if name not in self.places]


def range_in(table: Table, cells: str) -> str:
    """A range of the table's worksheet in A1 notation."""
    return f"'{table.title}'!{cells}"


def prepared(http: PatientHTTPClient, spreadsheet: str) -> list[Worksheet]:
    """The worksheets of both tables with all columns in their headers, which are made where they are missing.

    Raises SheetLayoutError when a worksheet has a header without the columns that tell its rows apart.
    """
    found = read_worksheets(http, spreadsheet)
    if requests := _missing(found):
        try:
            http.batch_update(spreadsheet, {"requests": requests})
        except SheetsRefusal:  # they may be there already, by an earlier try whose answer was lost
            found = read_worksheets(http, spreadsheet)
            if _missing(found):
                raise
        else:
            found = read_worksheets(http, spreadsheet)
    return [found[table.title] for table in TABLES]


def _missing(found: dict[str, Worksheet]) -> list[Request]:
    return [request for table in TABLES for request in _to_make(table, found.get(table.title))]


def read_worksheets(http: PatientHTTPClient, spreadsheet: str) -> dict[str, Worksheet]:
    """The worksheets that there are of ours, by title, as they are now."""
    metadata = http.fetch_sheet_metadata(spreadsheet, params={"fields": "sheets.properties"})
    properties = {each["properties"]["title"]: each["properties"] for each in metadata.get("sheets", [])}
    there = [table for table in TABLES if table.title in properties]
    headers = read_ranges(http, spreadsheet, [range_in(table, "1:1") for table in there])
    found = {}
    for table, rows in zip(there, headers, strict=True):
        grid = properties[table.title]["gridProperties"]
        sheet_id = properties[table.title]["sheetId"]
        found[table.title] = Worksheet(table, sheet_id, grid["rowCount"], grid["columnCount"], header_texts(rows))
    return found


def header_texts(rows: list[list[Any]]) -> tuple[str, ...]:
    """The header in what was read of a first row."""
    return tuple(str(text) for text in (rows[0] if rows else []))


def read_ranges(http: PatientHTTPClient, spreadsheet: str, ranges: list[str]) -> list[list[list[Any]]]:
    """The values of each range, row by row, without empty ends; numbers as numbers."""
    if not ranges:
        return []
    got = http.values_batch_get(spreadsheet, ranges, params={"valueRenderOption": "UNFORMATTED_VALUE"})
    return [each.get("values", []) for each in got["valueRanges"]]


def _to_make(table: Table, there: Worksheet | None) -> list[Request]:
    if there is None:
        sheet_id = secrets.randbelow(2**30)  # one of our choice, so that the next requests can name it
        grid = {"rowCount": ROWS_AT_FIRST, "columnCount": len(table.columns), "frozenRowCount": 1}
        properties = {"sheetId": sheet_id, "title": table.title, "gridProperties": grid}
        return [{"addSheet": {"properties": properties}}, *_header(sheet_id, table.columns, 0)]
    if not any(text.strip() for text in there.header):
        return [
            *_widened(there, len(table.columns)),
            *_header(there.sheet_id, table.columns, 0),
            _frozen(there.sheet_id),
        ]
    lost = [name for name in table.keys if name not in there.places]
    if lost:
        raise SheetLayoutError(
            f"The worksheet {table.title} has no column {' and no column '.join(lost)}. Put that header back, or "
            "rename the worksheet: then a new one is made."
        )
    end = len(there.header)
    return [*_widened(there, end + len(there.missing)), *_header(there.sheet_id, tuple(there.missing), end)]


def _widened(worksheet: Worksheet, columns: int) -> list[Request]:
    lacking = columns - worksheet.column_count
    if lacking <= 0:
        return []
    return [{"appendDimension": {"sheetId": worksheet.sheet_id, "dimension": "COLUMNS", "length": lacking}}]


def _header(sheet_id: int, names: tuple[str, ...], column: int) -> list[Request]:
    if not names:
        return []
    bold = {"textFormat": {"bold": True}}
    cells = [{"userEnteredValue": {"stringValue": name}, "userEnteredFormat": bold} for name in names]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": column}
    fields = "userEnteredValue,userEnteredFormat.textFormat.bold"
    return [{"updateCells": {"start": start, "rows": [{"values": cells}], "fields": fields}}]


def _frozen(sheet_id: int) -> Request:
    properties = {"sheetId": sheet_id, "gridProperties": {"frozenRowCount": 1}}
    return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}}


def key_text(value: object) -> str:
    """A key as the sheet gives it back: one that somebody typed in again may have become a number."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return text.strip()
