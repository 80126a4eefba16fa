"""Where and until when a job was held, from the lines around its title."""

import re
from collections.abc import Iterator

from interviewer.interviewers.builtin.reading.resume_names import BRACKETS, is_name, job_title, plain_case
from interviewer.interviewers.builtin.reading.resume_sections import DATE, Statement, cells, without_dates

MAX_EMPLOYER_WORDS = 7
MAX_HEADING_WORDS = 9
MAX_EMPLOYER_CHARS = 60
HEADER_LINES = 2  # above and below the title: employer, place, dates
PRESENT = 9999
NOW = re.compile(r"\b(?:present|current(?:ly)?|now|today|ongoing|to date)\b", re.I)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SHORT_YEAR = re.compile(r"(?<=[A-Za-z])[’'](\d\d)\b")
AFTER_TITLE = re.compile(r"\s*(?:\bat\b|@|[,|:]|\s[–—-])\s+(.+)", re.I)
LEGAL_FORM = re.compile(r".{2,60}?,? (?:Inc|Ltd|LLC|LLP|GmbH|Corp|PLC|Pvt\.? Ltd)\b\.?(?: & Co\.? KG)?")
MONTH = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d", re.I)
PLACE = re.compile(r"[\w .'’-]+, (?:[A-Z]{2}|[A-Z][a-z]+)")
NO_EMPLOYER = re.compile(
    r"(?:self[- ]?employed|freelance|remote|hybrid|on-?site|full[- ]?time|part[- ]?time|contract|various|n/?a"
    r"|intern(?:ship)?|volunteer|student|confidential|projects?|experience|profile|summary)\b.*",
    re.I,
)
SMALL_WORDS = frozenset("of the and for de la le du des von der y et e di da do in at a an & at und".split())


def employer_of(text: str, statements: list[Statement], position: int, title: str) -> str | None:
    """The employer that stands with a title: behind it, in the line below or above, or elsewhere in its line."""
    own = statements[position]
    parts = [cell for _, cell in cells(text, own.start, own.first_line_end)]
    for cell in parts:
        at = cell.casefold().find(title.casefold())
        behind = AFTER_TITLE.match(cell, at + len(title)) if at >= 0 else None
        if behind and (name := _employer(behind.group(1))):
            return name
    for line in _neighbours(statements, position):
        first = next((cell for _, cell in cells(text, line.start, line.first_line_end)), "")
        if not job_title(first) and (name := _employer(first)):
            return name
    others = (cell for cell in parts if title.casefold() not in cell.casefold() and not PLACE.fullmatch(cell))
    return next((name for cell in others if (name := _employer(cell))), None)


def heading_in(text: str, header: list[Statement]) -> str | None:
    """What a job's header calls the job, be it the title, the employer or both: its first part without the dates."""
    for line in header:
        for _, cell in cells(text, line.start, line.first_line_end):
            name = without_dates(BRACKETS.sub("", cell)).strip(" ,;:|–—-·")
            if _employer(cell) and is_name(name.rstrip("."), MAX_HEADING_WORDS) and len(name) <= MAX_EMPLOYER_CHARS:
                return plain_case(name)
    return None


def held_until(text: str, statements: list[Statement], position: int) -> int | None:
    """The year in which a job ended, PRESENT for one that goes on, None where no date stands with the title."""
    for line in (statements[position], *_neighbours(statements, position, HEADER_LINES)):
        said = text[line.start : line.first_line_end]
        dated = DATE.search(said)
        years = [int(year) for year in YEAR.findall(said)] + [2000 + int(year) for year in SHORT_YEAR.findall(said)]
        if (dated or years) and NOW.search(said):
            return PRESENT
        if years:
            return max(years)
    return None


def _neighbours(statements: list[Statement], position: int, lines: int = 1) -> Iterator[Statement]:
    """The unbulleted lines below a title and then above it that may belong to its header."""
    own = statements[position]
    for below in statements[position + 1 : position + 1 + lines]:
        if below.bulleted or below.section != own.section:
            break
        yield below
    nearer = own
    for above in reversed(statements[max(0, position - lines) : position]):
        if nearer.after_gap or above.bulleted or above.section != own.section:
            break
        yield above
        nearer = above


def _employer(written: str) -> str | None:
    """A line or a part of one as an employer's name with its legal form, without place and dates, or None."""
    bare = without_dates(BRACKETS.sub("", written)).strip(" ,;:|–—-·")
    legal = LEGAL_FORM.match(bare)
    name = legal.group() if legal else re.split(r"\s+[–—-]\s+|,|\s{2,}", bare)[0].strip()
    words = name.split()
    if not is_name(name.rstrip("."), MAX_EMPLOYER_WORDS) or len(name) > MAX_EMPLOYER_CHARS:
        return None
    if NO_EMPLOYER.fullmatch(name) or MONTH.match(name) or not (name[0].isupper() or name[0].isdigit()):
        return None
    if any(word[0].islower() and word.casefold() not in SMALL_WORDS for word in words):
        return None
    return plain_case(name)
