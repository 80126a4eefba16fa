"""What the tests read out of a PDF, as a reader's program would: by PDFium."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

POINTS_PER_MM = 72 / 25.4


class Font(NamedTuple):
    """A font that a text is drawn with; `size` is that of its embedded file in bytes."""

    name: str
    embedded: bool
    size: int


class Shape(NamedTuple):
    """A filled path: its colour in hex, its width and height in points."""

    colour: str
    width: float
    height: float


def text_of(data: bytes) -> str:
    """The text of all pages, white space evened out."""
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in opened(data)).split())


def opened(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def _objects(data: bytes, kind: int) -> Iterator[Any]:
    for page in opened(data):
        yield from page.get_objects(filter=[kind], max_depth=5)


def fonts_of(data: bytes) -> set[Font]:
    return {_font(pdfium.FPDFTextObj_GetFont(each)) for each in _objects(data, pdfium.FPDF_PAGEOBJ_TEXT)}


def _font(handle: Any) -> Font:
    length = pdfium.FPDFFont_GetBaseFontName(handle, None, 0)
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(handle, name, length)
    size = ctypes.c_size_t()
    pdfium.FPDFFont_GetFontData(handle, None, 0, size)
    return Font(name.value.decode(), pdfium.FPDFFont_GetIsEmbedded(handle) == 1, size.value)


def shapes_of(data: bytes) -> list[Shape]:
    return [_shape(each) for each in _objects(data, pdfium.FPDF_PAGEOBJ_PATH)]


def _shape(each: Any) -> Shape:
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(each, *colour)
    left, bottom, right, top = each.get_bounds()
    return Shape("#" + "".join(f"{part.value:02x}" for part in colour[:3]), right - left, top - bottom)


def web_addresses(data: bytes) -> int:
    """How many places lead out of the document."""
    return sum(
        pdfium.FPDFAction_GetType(pdfium.FPDFLink_GetAction(link)) not in (0, pdfium.PDFACTION_GOTO)
        for page in opened(data)
        for link in _links(page)
    )


def _links(page: pypdfium2.PdfPage) -> Iterator[Any]:
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, place, link):
        yield link


def letters_outside(data: bytes, margin_mm: float) -> list[tuple[int, str]]:
    """(page, letter) of each that is not wholly within the margins at the left and the right."""
    found = []
    for number, page in enumerate(opened(data), 1):
        texts = page.get_textpage()
        least, most = margin_mm * POINTS_PER_MM - 1, page.get_width() - margin_mm * POINTS_PER_MM + 1
        for place in range(texts.count_chars()):
            left, _, right, _ = texts.get_charbox(place)
            letter = texts.get_text_range(place, 1)
            if letter.strip() and (left < least or right > most):
                found.append((number, letter))
    return found


def bookmarks_of(document: pypdfium2.PdfDocument) -> list[str]:
    return [mark.get_title() for mark in document.get_toc()]


def language_of(document: pypdfium2.PdfDocument) -> str:
    """The language of a tagged document; none of one that is not tagged."""
    if not pdfium.FPDFCatalog_IsTagged(document):
        return ""
    room = (ctypes.c_ushort * 20)()
    length = pdfium.FPDFCatalog_GetLanguage(document, room, ctypes.sizeof(room))
    return bytes(room)[: length - 2].decode("utf-16-le")


def rightmost(data: bytes, letter: str) -> float:
    """How far the rightmost one of a letter is from the right side of its page, in millimetres."""
    distances: list[float] = [
        (page.get_width() - texts.get_charbox(place)[2]) / POINTS_PER_MM
        for page in opened(data)
        for texts in [page.get_textpage()]
        for place in range(texts.count_chars())
        if texts.get_text_range(place, 1) == letter
    ]
    return min(distances)
