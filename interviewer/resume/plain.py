"""The text of a plain file: UTF-8, UTF-16 with a byte order mark, else Windows-1252."""

import codecs

from interviewer.resume import refusals
from interviewer.resume.rough import RoughText

MAX_CONTROL_SHARE = 0.01  # text has no control characters but white space; binary data is full of them
WHITE = "\t\n\r\f\v"


def read_plain(data: bytes) -> RoughText:
    """Decode `data`. Raises InvalidField for what is no text in these encodings."""
    text = _decoded(data)
    controls = sum(ord(character) < 32 and character not in WHITE for character in text)
    if controls > MAX_CONTROL_SHARE * len(text):
        raise refusals.unsupported("neither a document nor text")
    return RoughText(text)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _strict(data, "cp1252")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise refusals.refused(refusals.BROKEN_TEXT) from None
