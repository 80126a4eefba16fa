"""The process that opens an uploaded file: `python -m interviewer.resume.worker`, bytes in, one JSON object out.

A file made to harm the reader can crash, starve or hang this process, and nothing else: it has little memory and
time, writes no files, and knows no settings. Its reply is {"text", "pages"} or {"refused": message}.
"""

import json
import sys

from interviewer.children.limiting import limit_this_process
from interviewer.errors import InvalidField
from interviewer.resume import refusals
from interviewer.resume.kinds import kind_of
from interviewer.resume.limits import CPU_SECONDS, MAX_CHARS, MEMORY_BYTES
from interviewer.resume.plain import read_plain
from interviewer.resume.rough import RoughText
from interviewer.resume.tidy import tidy


def read(data: bytes) -> RoughText:
    """The tidied text of a file. Raises InvalidField that says which kind of file cannot be taken, and what to do."""
    if not data.strip(b" \t\r\n\x00"):
        raise refusals.refused(refusals.EMPTY)
    rough = _rough(data)
    text = tidy(rough.text)
    if not any(character.isalnum() for character in text):
        raise refusals.refused(refusals.EMPTY)
    if len(text) > MAX_CHARS:
        raise refusals.refused(refusals.TOO_MUCH_TEXT)
    return RoughText(text, rough.pages)


def _rough(data: bytes) -> RoughText:
    """Each library is loaded only for the files it reads: loading them takes longer than reading."""
    match kind_of(data):
        case "pdf":
            from interviewer.resume.pdf import read_pdf

            return read_pdf(data)
        case "docx":
            from interviewer.resume.word import read_docx

            return read_docx(data)
        case _:
            return read_plain(data)


def main() -> int:
    """Read standard input, write the reply; the exit status. Python's own errors end it with 1."""
    limit_this_process(MEMORY_BYTES, CPU_SECONDS)
    try:
        found = read(sys.stdin.buffer.read())
        reply: dict[str, object] = {"text": found.text, "pages": found.pages}
    except InvalidField as error:
        reply = {"refused": error.message}
    sys.stdout.write(json.dumps(reply))  # ASCII, whatever the locale
    return 0


if __name__ == "__main__":
    sys.exit(main())
