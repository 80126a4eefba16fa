"""Values as cells that every spreadsheet can hold: numbers, and text without what XML or a sheet cannot take. Pure."""

import json
import math
import re

Cell = str | int | float

CUT_MARK = "\n[... cut here: the whole text is in interviews.json]"
"""How a text ends that was longer than a cell can be."""

SHEETS_CELL = 50_000
"""The most that a cell of Google Sheets holds. Source: Google's "Files you can store in Google Drive"."""

EXCEL_CELL = 32_767
"""The most that a cell of Excel holds. Source: Microsoft's "Excel specifications and limits"."""

LARGEST_WHOLE = 2**53
"""Spreadsheets keep numbers as doubles: a larger one would come back as another."""

_NEWLINES = re.compile(r"\r\n?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cell(value: object) -> Cell:
    """A value of a record as a cell: numbers stay numbers, a list becomes a line an item, None the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value if math.isfinite(value) and abs(value) <= LARGEST_WHOLE else str(value)
    if isinstance(value, list | tuple):
        return "\n".join(str(cell(item)) for item in value)
    return readable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


def readable(text: str) -> str:
    r"""The text with line ends as \n, and a visible sign for each control character, which XML cannot hold."""
    if text.replace("\n", "").isprintable():  # nearly always, and ten times as fast
        return text
    return _UNPRINTABLE.sub(lambda found: _sign(ord(found.group())), _NEWLINES.sub("\n", text))


def cut(value: Cell, longest: int) -> Cell:
    """The value; text over `longest` is cut and ends with CUT_MARK.

    Length is counted in UTF-16 code units, as spreadsheets count: an emoji is two.
    """
    if not isinstance(value, str) or _units(value) <= longest:
        return value
    kept = value.encode("utf-16-le")[: 2 * (longest - _units(CUT_MARK))]
    return kept.decode("utf-16-le", errors="ignore") + CUT_MARK  # "ignore": the cut may have parted a pair


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _sign(code: int) -> str:
    """Unicode's picture of a control character, or the replacement character where there is none."""
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
