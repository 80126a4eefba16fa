"""The form of a file: a JSON array with one record a line, and what can be saved of it when it is damaged.

    [
    {"session_id": "..."},
    {"session_id": "..."}
    ]

The body ends before the last three bytes, "\\n]\\n", whatever the file holds; an empty array is those two lines. So
appending is writing a separator, the record and the closing bytes from there on.
"""

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import orjson

from interviewer.storage.record_checks import JsonRecord

OPEN, CLOSE = b"[", b"\n]\n"
EMPTY = OPEN + CLOSE


def encode(record: JsonRecord) -> bytes:
    """One record as its line, without separator. Newlines in its text are escaped by JSON."""
    return orjson.dumps(record)


def joined(lines: Iterable[bytes]) -> bytes:
    """A whole file of these encoded records."""
    body = b",\n".join(lines)
    return OPEN + (b"\n" + body if body else b"") + CLOSE


def separator(body_end: int) -> bytes:
    """What stands between the body and the next record: nothing but a newline after the opening bracket."""
    return b"\n" if body_end == len(OPEN) else b",\n"


def body_end(size: int) -> int:
    """Where the body of a whole file of this size (bytes) ends."""
    return size - len(CLOSE)


def read_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(offset, encoded record) of each line of a file in our form, streaming. Raises ValueError for any other form."""
    if file.readline() != b"[\n":
        raise ValueError("the first line is not [")
    offset = 2
    line = file.readline()
    while line != b"]\n":
        following = file.readline()
        last = following == b"]\n"
        if not line.endswith(b"\n" if last else b",\n") or not following:
            raise ValueError(f"the line at byte {offset} does not end as a record does")
        yield offset, line[: -1 if last else -2]
        offset += len(line)
        line = following
    if file.read(1):
        raise ValueError("something stands after the last line")


def parse_line(line: bytes) -> JsonRecord:
    """The record of a line. Raises ValueError when it is no JSON object."""
    record = orjson.loads(line)
    if not isinstance(record, dict):
        raise ValueError("not an object")
    return record


def parse_any_form(raw: bytes) -> list[JsonRecord] | None:
    """The records of a valid JSON array of objects in whatever form an editor saved it; None when it is none."""
    try:
        records = json.loads(raw.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError):
        return None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        return None
    return records


def recover_records(raw: bytes) -> tuple[list[JsonRecord], int]:
    """(every whole record in damaged bytes, in order; how many places could not be read).

    A record is an outermost JSON object with a session_id that still parses. Bytes that are no UTF-8 spoil only the
    record they are in, and a broken record only its own line.
    """
    text = raw.decode("utf-8", errors="surrogateescape")
    decoder = json.JSONDecoder()
    records: list[JsonRecord] = []
    lost = 0
    at = text.find("{")
    while at != -1:
        try:
            record, end = decoder.raw_decode(text, at)
            if "session_id" in record and _is_text(text[at:end]):
                records.append(record)
            else:
                lost += 1
        except (ValueError, RecursionError):
            newline = text.find("\n", at)
            end = len(text) if newline == -1 else newline
            lost += 1
        at = text.find("{", end)
    return records, lost


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes that were no UTF-8 came in as lone surrogates
        return False
    return True
