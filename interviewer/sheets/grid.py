"""Where the rows of a worksheet are: found by their keys just before each write, since people sort and insert."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any

from gspread.utils import rowcol_to_a1

from interviewer.sheets.http_client import PatientHTTPClient
from interviewer.sheets.layout import Request, Worksheet, header_texts, key_text, range_in, read_ranges
from interviewer.tables.cells import Cell
from interviewer.tables.rows import Row, Table

Key = tuple[str, ...]
ValueRange = dict[str, Any]

GROWTH_ROWS = 5_000
"""By so many rows at a time a grid grows: not by one, which would be a call each time."""


@dataclass(frozen=True)
class Grid:
    """A worksheet with the 1-based row of each key, and the first row under which nothing stands in any column."""

    worksheet: Worksheet
    rows: dict[Key, int]
    first_free: int


def key_of(table: Table, row: Row) -> Key:
    """What tells a row apart in its table."""
    return tuple(key_text(row[name]) for name in table.keys)


def read_grids(http: PatientHTTPClient, spreadsheet: str, worksheets: list[Worksheet]) -> list[Grid] | None:
    """Where the rows are now, in two calls: headers and key columns, and what stands below the last key in any column.

    None when a header is not what `worksheets` say: somebody has moved columns since they were read.
    """
    columns = [(each, name) for each in worksheets for name in each.table.keys]
    headers = [range_in(each.table, "1:1") for each in worksheets]
    read = read_ranges(http, spreadsheet, [*headers, *(_column(each, name) for each, name in columns)])
    if [header_texts(rows) for rows in read[: len(headers)]] != [each.header for each in worksheets]:
        return None
    by_column = {
        (each.table.title, name): values for (each, name), values in zip(columns, read[len(headers) :], strict=True)
    }
    rows = [_rows([by_column[each.table.title, name] for name in each.table.keys]) for each in worksheets]
    below = [max(found.values(), default=1) + 1 for found in rows]
    open_ended = [
        (place, range_in(each.table, f"A{first}:{rowcol_to_a1(each.row_count, each.column_count)}"))
        for place, (each, first) in enumerate(zip(worksheets, below, strict=True))
        if first <= each.row_count
    ]
    others = read_ranges(http, spreadsheet, [cells for _, cells in open_ended])
    for (place, _), values in zip(open_ended, others, strict=True):
        below[place] += len(values)  # of people's own: they stay as they are
    return [Grid(*parts) for parts in zip(worksheets, rows, below, strict=True)]


def _column(worksheet: Worksheet, name: str) -> str:
    letters = rowcol_to_a1(1, worksheet.places[name] + 1).rstrip("1")
    return range_in(worksheet.table, f"{letters}1:{letters}")  # from the header on: there may be no second row


def _rows(columns: list[list[list[Any]]]) -> dict[Key, int]:
    """The row of each key; of two rows with the same key the upper one."""
    found: dict[Key, int] = {}
    for number, cells in enumerate(zip_longest(*columns, fillvalue=[]), start=1):
        key = tuple(key_text(cell[0]) if cell else "" for cell in cells)
        if all(key) and number > 1:
            found.setdefault(key, number)
    return found


def placed(grid: Grid, rows: Iterable[Row]) -> tuple[list[tuple[int, Row]], int]:
    """((row number, row) for each, first free row after them): where it is already, else below everything."""
    numbers, free, found = dict(grid.rows), grid.first_free, []
    for row in rows:
        key = key_of(grid.worksheet.table, row)
        if key not in numbers:
            numbers[key], free = free, free + 1
        found.append((numbers[key], row))
    return found, free


def growth(worksheet: Worksheet, first_free: int) -> int:
    """How many rows to add so that the grid holds those before `first_free`: none, or a step of many."""
    lacking = first_free - 1 - worksheet.row_count
    return max(0, -(-lacking // GROWTH_ROWS) * GROWTH_ROWS)


def grow(worksheet: Worksheet, rows: int) -> Request:
    """The request that adds rows to the grid."""
    return {"appendDimension": {"sheetId": worksheet.sheet_id, "dimension": "ROWS", "length": rows}}


def value_ranges(worksheet: Worksheet, numbered: list[tuple[int, Row]]) -> Iterator[ValueRange]:
    """The rows as ranges to write: of our columns alone, neighbours together, so that no other cell is touched."""
    for row_run in _runs(dict(numbered)):
        for column_run in _runs({place: name for name, place in worksheet.places.items()}):
            (top, _), (bottom, _) = row_run[0], row_run[-1]
            (left, _), (right, _) = column_run[0], column_run[-1]
            cells = f"{rowcol_to_a1(top, left + 1)}:{rowcol_to_a1(bottom, right + 1)}"
            values: list[list[Cell]] = [[row[name] for _, name in column_run] for _, row in row_run]
            yield {"range": range_in(worksheet.table, cells), "majorDimension": "ROWS", "values": values}


def _runs(by_place: dict[int, Any]) -> list[list[tuple[int, Any]]]:
    """The items in the order of their places, in lists of neighbours without a gap."""
    ordered = sorted(by_place.items())
    groups = groupby(enumerate(ordered), key=lambda item: item[1][0] - item[0])
    return [[pair for _, pair in group] for _, group in groups]
