"""A spreadsheet as Sheets v4 keeps one: grids with an edge, cells of limited length, refusals in Google's words."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

from gspread.utils import a1_to_rowcol

LONGEST_CELL = 50_000
MOST_CELLS = 10_000_000
Json = dict[str, Any]
Cell = str | int | float | bool


class Refused(Exception):
    """An answer that is no success: status, Google's name for it, message, reason in the details."""

    def __init__(self, status: int, name: str, message: str, reason: str | None = None) -> None:
        super().__init__(message)
        self.status, self.name, self.message, self.reason = status, name, message, reason


def invalid(message: str) -> Refused:
    return Refused(400, "INVALID_ARGUMENT", message)


class Sheet:
    """One worksheet: cells by 1-based (row, column)."""

    def __init__(self, sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> None:
        self.sheet_id, self.title, self.rows, self.columns = sheet_id, title, rows, columns
        self.frozen = 0
        self.cells: dict[tuple[int, int], Cell] = {}
        self.formulas: set[tuple[int, int]] = set()
        self.bold: set[tuple[int, int]] = set()

    def put(self, row: int, column: int, value: Cell) -> None:
        if isinstance(value, str) and len(value.encode("utf-16-le")) // 2 > LONGEST_CELL:
            raise invalid("Your input contains more than the maximum of 50000 characters in a single cell.")
        if isinstance(value, dict | list):
            raise invalid(f"Invalid value at 'data[0].values' (type.googleapis.com/google.protobuf.ListValue), {value}")
        if value == "":
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = value

    def read(self, top: int, left: int, bottom: int, right: int) -> list[list[Cell]]:
        """The values without empty ends, as the API gives them."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), value in self.cells.items():
            if top <= row <= bottom and left <= column <= right:
                found.setdefault(row, {})[column] = value
        last = max(found, default=top - 1)
        rows = []
        for row in range(top, last + 1):
            cells = found.get(row, {})
            rows.append([cells.get(column, "") for column in range(left, max(cells, default=left - 1) + 1)])
        return rows

    @property
    def values(self) -> list[list[Cell]]:
        """Everything."""
        return self.read(1, 1, self.rows, self.columns)

    @property
    def records(self) -> list[dict[str, Cell]]:
        """The rows below the header, by column name; an empty cell is ""."""
        header, *rows = self.values or [[]]
        return [
            {str(name): row[place] if place < len(row) else "" for place, name in enumerate(header)} for row in rows
        ]

    @property
    def properties(self) -> Json:
        grid = {"rowCount": self.rows, "columnCount": self.columns, "frozenRowCount": self.frozen}
        return {"sheetId": self.sheet_id, "title": self.title, "index": 0, "gridProperties": grid}


class Spreadsheet:
    """What a person made and shared with some accounts; at first with the worksheet that Google puts in."""

    def __init__(self, key: str, name: str, editors: set[str], viewers: set[str] | None = None) -> None:
        self.key, self.name, self.editors, self.viewers = key, name, editors, viewers or set()
        self.trashed = False
        self.sheets = {"Sheet1": Sheet(0, "Sheet1")}

    def __getitem__(self, title: str) -> Sheet:
        return self.sheets[title]

    def metadata(self) -> Json:
        return {"sheets": [{"properties": sheet.properties} for sheet in self.sheets.values()]}

    def batch_get(self, query: str) -> Json:
        asked = parse_qs(query)
        found = []
        for text in asked["ranges"]:
            sheet, *corners = self._range(text)
            rows = sheet.read(*corners)
            found.append({"range": text, "majorDimension": "ROWS"} | ({"values": rows} if rows else {}))
        return {"spreadsheetId": self.key, "valueRanges": found}

    def values_batch_update(self, body: Json) -> Json:
        """All or nothing."""
        raw = {"RAW": True, "USER_ENTERED": False}[body["valueInputOption"]]
        writes = [write for data in body["data"] for write in self._writes(data)]
        scratch = Sheet(-1, "scratch")
        for _, _, _, value in writes:
            scratch.put(1, 1, value)
        for sheet, row, column, value in writes:
            sheet.put(row, column, value)
            if not raw and isinstance(value, str) and value.startswith("="):
                sheet.formulas.add((row, column))
        return {"spreadsheetId": self.key, "totalUpdatedCells": len(writes)}

    def _writes(self, data: Json) -> Iterator[tuple[Sheet, int, int, Cell]]:
        sheet, top, left, bottom, right = self._range(data["range"])
        for row, values in enumerate(data["values"], start=top):
            for column, value in enumerate(values, start=left):
                if row > bottom or column > right:
                    raise invalid(f"Requested writing within range [{data['range']}], but tried writing to more")
                if value is not None:  # null leaves a cell as it is
                    yield sheet, row, column, value

    def batch_update(self, body: Json) -> Json:
        """All or nothing: what fails is found before anything is done."""
        titles, ids = set(self.sheets), {sheet.sheet_id for sheet in self.sheets.values()}
        for place, request in enumerate(body["requests"]):
            properties = request.get("addSheet", {}).get("properties")
            if properties and (properties["title"] in titles or properties["sheetId"] in ids):
                raise invalid(f"Invalid requests[{place}].addSheet: A sheet with this name or id already exists.")
        for request in body["requests"]:
            ((kind, arguments),) = request.items()
            REQUESTS[kind](self, arguments)
        return {"spreadsheetId": self.key, "replies": [{} for _ in body["requests"]]}

    def by_id(self, sheet_id: int) -> Sheet:
        return next(sheet for sheet in self.sheets.values() if sheet.sheet_id == sheet_id)

    def add_sheet(self, arguments: Json) -> None:
        properties = arguments["properties"]
        grid = properties["gridProperties"]
        sheet = Sheet(properties["sheetId"], properties["title"], grid["rowCount"], grid["columnCount"])
        sheet.frozen = grid.get("frozenRowCount", 0)
        self.sheets[sheet.title] = sheet

    def append_dimension(self, arguments: Json) -> None:
        sheet, length = self.by_id(arguments["sheetId"]), arguments["length"]
        rows = sheet.rows + (length if arguments["dimension"] == "ROWS" else 0)
        columns = sheet.columns + (length if arguments["dimension"] == "COLUMNS" else 0)
        others = sum(other.rows * other.columns for other in self.sheets.values() if other is not sheet)
        if others + rows * columns > MOST_CELLS:
            raise invalid(
                "Invalid requests[0].appendDimension: This action would increase the number of cells in the workbook "
                "above the limit of 10000000 cells."
            )
        sheet.rows, sheet.columns = rows, columns

    def update_cells(self, arguments: Json) -> None:
        start = arguments["start"]
        sheet = self.by_id(start["sheetId"])
        for row, line in enumerate(arguments["rows"], start["rowIndex"] + 1):
            for column, value in enumerate(line["values"], start["columnIndex"] + 1):
                if column > sheet.columns or row > sheet.rows:
                    raise invalid("Invalid requests[0].updateCells: Attempting to write outside the grid.")
                sheet.put(row, column, value["userEnteredValue"]["stringValue"])
                if value["userEnteredFormat"]["textFormat"]["bold"]:
                    sheet.bold.add((row, column))

    def update_sheet_properties(self, arguments: Json) -> None:
        properties = arguments["properties"]
        self.by_id(properties["sheetId"]).frozen = properties["gridProperties"]["frozenRowCount"]

    def _range(self, text: str) -> tuple[Sheet, int, int, int, int]:
        """A worksheet and 1-based top, left, bottom, right, within its grid."""
        found = re.fullmatch(r"'((?:[^']|'')+)'!([A-Z]*)(\d*):([A-Z]*)(\d*)", text)
        if not found or found[1] not in self.sheets:
            raise invalid(f"Unable to parse range: {text}")
        sheet = self.sheets[found[1]]
        left, right = (_column(letters) for letters in (found[2], found[4]))
        box = (int(found[3] or 1), left or 1, int(found[5] or sheet.rows), right or sheet.columns)
        if box[0] > sheet.rows or box[2] > sheet.rows or box[3] > sheet.columns:
            raise invalid(f"Range ({text}) exceeds grid limits. Max rows: {sheet.rows}, max columns: {sheet.columns}")
        return sheet, *box


def _column(letters: str) -> int:
    return a1_to_rowcol(f"{letters}1")[1] if letters else 0


REQUESTS: dict[str, Callable[[Spreadsheet, Json], None]] = {
    "addSheet": Spreadsheet.add_sheet,
    "appendDimension": Spreadsheet.append_dimension,
    "updateCells": Spreadsheet.update_cells,
    "updateSheetProperties": Spreadsheet.update_sheet_properties,
}
