"""What a file is, told by its content: a name or a declared type may say anything."""

import io
import zipfile
from typing import Literal

from interviewer.errors import InvalidField
from interviewer.resume import refusals
from interviewer.resume.limits import MAX_MEMBERS, MAX_UNPACKED_BYTES

Kind = Literal["pdf", "docx", "text"]

PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 1024  # bytes; some producers write a line of their own before it
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of old Office files, and of encrypted new ones
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<svg")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
MACRO_MARK = "vbaproject"


def kind_of(data: bytes) -> Kind:
    """What `data` is. Raises InvalidField for what is not read: it names the type and those that are."""
    if PDF_MARK in data[:PDF_MARK_WITHIN] and (data.lstrip().startswith(PDF_MARK) or b"endobj" in data):
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(CONTAINER):
        raise _container(data)
    _refuse_known(data)
    if b"\x00" in data and not data.startswith(BYTE_ORDER_MARKS):
        raise refusals.unsupported("neither a document nor text")
    return "text"


def _refuse_known(data: bytes) -> None:
    if data.startswith(IMAGES) or data[4:12] in (b"ftypheic", b"ftypavif") or data[8:12] == b"WEBP":
        raise refusals.unsupported("an image")
    if data.startswith(b"{\\rtf"):
        raise refusals.unsupported("an RTF document")
    if data[:PDF_MARK_WITHIN].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(MARKUP):
        raise refusals.unsupported("a web page or XML")


def _container(data: bytes) -> InvalidField:
    if ENCRYPTED_PACKAGE in data:
        return refusals.refused(refusals.ENCRYPTED)
    return refusals.unsupported("an old Office document (.doc)")


def _zip_kind(data: bytes) -> Kind:
    """Looks at the list of members only: nothing is unpacked before its size is known."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise refusals.refused(refusals.BROKEN_DOCX) from None
    names = {member.filename.casefold() for member in members}
    if "[content_types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise refusals.unsupported("a zip that is no DOCX")
    if any(member.flag_bits & 1 for member in members):
        raise refusals.refused(refusals.ENCRYPTED)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise refusals.refused(refusals.TOO_MUCH)
    if any(MACRO_MARK in name for name in names):
        raise refusals.refused(refusals.MACROS)
    return "docx"
