"""The text of a PDF, by PDFium: it keeps words apart where other readers glue them."""

import pypdfium2
import pypdfium2.raw as pdfium

from interviewer.resume import refusals
from interviewer.resume.limits import MAX_PAGES, MAX_RAW_CHARS
from interviewer.resume.rough import RoughText

PASSWORD_ERRORS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
MIN_LETTERS = 40  # a page; a scanner's stamp alone ("Scanned with ...") stays below
BROKEN_WORD = str.maketrans({"\x02": "-\n", "\ufffe": "-\n"})  # PDFium's sign for a word broken at a line's end
DRAWN_HYPHEN = str.maketrans({"\xad": "-"})  # on paper a hyphen that is there is seen, whatever its code


def read_pdf(data: bytes) -> RoughText:
    """The text of all pages, in the order PDFium reads them.

    Raises InvalidField: broken, encrypted, scanned, empty, too long. PDFium is not thread-safe: call this in a
    process with one thread.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in PASSWORD_ERRORS
        raise refusals.refused(refusals.ENCRYPTED if locked else refusals.BROKEN_PDF) from None
    count = len(document)
    if count > MAX_PAGES:
        raise refusals.refused(refusals.TOO_MANY_PAGES)
    pages: list[str] = []
    drawn = False
    try:
        for page in document:
            pages.append(_page_text(page))
            drawn = drawn or pdfium.FPDFPage_CountObjects(page) > 0
            if sum(map(len, pages)) > MAX_RAW_CHARS:
                raise refusals.refused(refusals.TOO_MUCH_TEXT)
    except pypdfium2.PdfiumError:
        raise refusals.refused(refusals.BROKEN_PDF) from None
    letters = sum(character.isalnum() for page_text in pages for character in page_text)
    if letters == 0 or (letters < MIN_LETTERS * count and _has_image(document)):
        raise refusals.refused(refusals.SCANNED if drawn else refusals.EMPTY)
    return RoughText("\n\n".join(pages), count)


def _page_text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    if textpage.count_chars() > MAX_RAW_CHARS:
        raise refusals.refused(refusals.TOO_MUCH_TEXT)
    text: str = textpage.get_text_bounded(errors="replace")
    return text.translate(BROKEN_WORD).translate(DRAWN_HYPHEN)


def _has_image(document: pypdfium2.PdfDocument) -> bool:
    return any(next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]), None) for page in document)
