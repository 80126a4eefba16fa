"""Rows as CSV (RFC 4180) that a spreadsheet opens right and runs nothing of. Pure.

It begins with a byte order mark: without it Excel reads UTF-8 as the machine's old code page. Python reads it with
`encoding="utf-8-sig"`, the import of the sqlite3 shell drops it. Null is an empty cell; lists and objects are JSON
text.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

BYTE_ORDER_MARK = "\ufeff"

FORMULA = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff']*[=+\-@＝＋－＠]")
"""What a spreadsheet may take for a formula, also behind white space and characters that it drops.

Full width signs count in Japanese Excel. Apostrophes are among what may stand before it so that escaping is
reversible: a cell is escaped exactly when it matches, and an escaped one still does.
Source: OWASP, CSV Injection.
"""


class _Line:
    """What csv.writer writes to: hands each line back, so that nothing is gathered."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The header line and one line a row, each with its line end; to be encoded as UTF-8."""
    writer = csv.writer(_Line())  # the default dialect is that of RFC 4180: commas, quotes doubled, CRLF
    yield BYTE_ORDER_MARK + _written(writer.writerow(columns))
    for row in rows:
        yield _written(writer.writerow([cell(row[name]) for name in columns]))


def cell(value: object) -> str | int | float:
    """A value as it goes into a cell: numbers as numbers, text so that it is no formula."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return escaped(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def escaped(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _written(line: object) -> str:
    """What `_Line.write` gave back through csv.writer, which is typed as if it always were a count."""
    return str(line)
