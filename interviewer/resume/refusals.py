"""Why a file cannot be taken, and what to do about it: each message is shown to whoever uploaded the file."""

from interviewer.errors import InvalidField
from interviewer.resume.limits import MAX_CHARS, MAX_PAGES

PASTE = "or paste the text"

EMPTY = f"The file is empty: there is nothing to read in it. Choose another file {PASTE}."
SCANNED = f"The PDF is scanned: it has pages, but no text in them. Upload a PDF with text, {PASTE}."
ENCRYPTED = f"The file is encrypted. Save it without a password and upload that, {PASTE}."
BROKEN_PDF = f"The PDF is broken and cannot be opened. Save or export it again, {PASTE}."
BROKEN_DOCX = f"The DOCX is broken and cannot be opened. Save it again, {PASTE}."
BROKEN_TEXT = f"The text file is broken: its characters cannot be read. Save it as UTF-8, {PASTE}."
MACROS = f"The document holds macros. Save it as a plain DOCX or a PDF and upload that, {PASTE}."
TOO_MUCH = (
    f"The file is broken, or takes too much time or memory to read. Export it again as a simple PDF or DOCX, {PASTE}."
)
TOO_MANY_PAGES = f"The file is too long: it has more than {MAX_PAGES} pages. Upload the resume alone, {PASTE}."
TOO_MUCH_TEXT = (
    f"The file is too long: it has more than {MAX_CHARS:,} characters of text. Upload the resume alone, {PASTE}."
)


def refused(message: str) -> InvalidField:
    """The error that says why this upload cannot be taken."""
    return InvalidField("file", message)


def unsupported(what: str) -> InvalidField:
    """The error for a file of a type that is not read; `what` names it, such as "an image"."""
    return refused(f"The file is {what}, an unsupported type. PDF, DOCX and plain text are taken; upload one, {PASTE}.")
