"""The text of a DOCX: paragraphs, lists, tables, text boxes and content controls, in their order.

python-docx opens the package; its own walk leaves out content controls, text boxes and tracked insertions, in which
templates for resumes keep much of their text. Links are never followed, pictures and fields never run.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from interviewer.resume import refusals
from interviewer.resume.limits import MAX_RAW_CHARS
from interviewer.resume.rough import RoughText

PARAGRAPH, TABLE, ROW, CELL = (qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc"))
BOX = qn("w:txbxContent")
FALLBACK = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same box again, for old readers
)
NOT_TEXT = {FALLBACK, qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sectPr")}
WRITTEN = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\xad",
}
TEXT = qn("w:t")
NUMBERED = f"{qn('w:pPr')}/{qn('w:numPr')}"
STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
DAMAGE = (
    *(OpcError, zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, NotImplementedError),
    *(KeyError, ValueError, AttributeError, RuntimeError),  # python-docx stumbles so over parts that are not there
)


def read_docx(data: bytes) -> RoughText:
    """The text of the document's header and body. Raises InvalidField: broken, too long, or empty."""
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [*_header(document), *_blocks(document.element.body)]
    except DAMAGE:
        raise refusals.refused(refusals.BROKEN_DOCX) from None
    text = "\n".join(lines)
    if len(text) > MAX_RAW_CHARS:
        raise refusals.refused(refusals.TOO_MUCH_TEXT)
    return RoughText(text)


def _header(document: Document) -> Iterator[str]:
    """The first section's header: where some templates keep the name."""
    section = document.sections[0] if len(document.sections) else None
    for header in (section.first_page_header, section.header) if section else ():
        if not header.is_linked_to_previous:
            yield from _blocks(header._element)


def _blocks(parent: etree._Element) -> Iterator[str]:
    """The lines below an element, whatever wraps them."""
    for child in parent:
        if child.tag == PARAGRAPH:
            yield from _paragraph(child)
        elif child.tag == TABLE:
            yield from _rows(child)
        elif child.tag not in NOT_TEXT:
            yield from _blocks(child)


def _rows(table: etree._Element) -> Iterator[str]:
    """A row of short cells is one line with gaps; one with a cell of several lines is read cell by cell."""
    for row in table.iter(ROW):
        if next(row.iterancestors(TABLE)) is not table:
            continue  # of a table in a cell: that cell reads it
        cells = [list(_blocks(cell)) for cell in row.iter(CELL) if next(cell.iterancestors(ROW)) is row]
        if all(len(lines) <= 1 for lines in cells):
            yield "\t".join(line for lines in cells for line in lines if line.strip())
        else:
            yield from (line for lines in cells for line in lines)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    boxes: list[etree._Element] = []
    text = "".join(_written(paragraph, boxes))
    yield f"• {text}" if text.strip() and _is_listed(paragraph) else text
    for box in boxes:
        yield from _blocks(box)


def _written(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The characters of a paragraph; text boxes anchored in it are put into `boxes`."""
    for child in element:
        if child.tag == BOX:
            boxes.append(child)
        elif child.tag == TEXT:
            yield child.text or ""
        elif child.tag in WRITTEN:
            yield WRITTEN[child.tag]
        elif child.tag not in NOT_TEXT:
            yield from _written(child, boxes)


def _is_listed(paragraph: etree._Element) -> bool:
    style = paragraph.find(STYLE)
    return paragraph.find(NUMBERED) is not None or (
        style is not None and str(style.get(qn("w:val"), "")).startswith("List")
    )
