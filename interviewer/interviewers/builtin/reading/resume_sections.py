"""The parts of a resume: headings, lines that belong together, and what in them is only contact data or a date.

All positions are half-open character positions in the text, so that every excerpt is the text's own words.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

ResumeSection = Literal[
    "head", "summary", "experience", "education", "skills", "projects", "languages", "contact", "other"
]

_NOUNS_OF: dict[ResumeSection, str] = {
    "experience": "experience experiences employment career history internships internship volunteering",
    "education": "education academics coursework courses studies schooling",
    "skills": "skills skill technologies technology competencies expertise software tools strengths abilities "
    "stack toolkit proficiencies frameworks",
    "projects": "projects project",
    "summary": "summary profile objective about overview statement",
    "languages": "languages language",
    "contact": "contact contacts references reference referees",
    "other": "awards honors honours achievements accomplishments certifications certificates certification "
    "certificate seminars interests hobbies publications community information activities affiliations "
    "memberships presentation presentations writing patents extracurricular committees trainings workshops "
    "licenses licences",
}
_NOUNS = {word: section for section, words in _NOUNS_OF.items() for word in words.split()}
_MODIFIERS = frozenset(
    """and or key core technical professional work working relevant selected personal other additional academic research
    industry main my me of the soft hard computer general snapshot areas volunteer leadership program special career
    past previous recent employment digital libraries databases it a i""".split()
)
MAX_HEADING_WORDS = 7
MARKER = re.compile(r"(?:[•·▪‣◦∙*➢✓►–—-]|\d{1,2}[.)]|o(?=\s))\s+")
LABEL = re.compile(r"([A-Z][\w &/,.+-]{1,40}?)\s*:\s*(?=\S)")
WIDE_GAP = re.compile(r"[^\S\n]{2,}")
GAP = re.compile(r"\s{2,}|\t|\s+\|\s+|\s+·\s+")
# Every repeat is bounded: a text made for it must not take more time than its length.
CONTACT = re.compile(
    r"[^\s@]{1,64}@\S+|\bhttps?:\S+|\bwww\.\S+|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|net|org|io|dev|me|edu|co|in|ai|design|example|page)"
    r"\b(?:/\S*)?|\b(?:linkedin|github|behance)\b(?::?\s*[/@]\S+)?"
    r"|(?<!\d)(?!\(?(?:19|20)\d\d ?- ?(?:19|20)\d\d\b)\+?\(?\d[\d ().+-]{7,24}\d",  # a telephone, not "2019 - 2023"
    re.I,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|spring|summers?|fall|autumn|winter|expected|since|from|q[1-4])"
)
DATE = re.compile(
    rf"\(?\b(?:{_MONTH}[\s.,’']{{0,4}}){{0,3}}(?:(?:\d{{1,2}}[/.])?\b(?:19|20)\d\d\b|(?<=[a-z])[’']\d\d\b)", re.I
)
LONG_LINE = 60  # characters; a bullet's line this long may go on in the next one


class Label(NamedTuple):
    """What stands before a line's content, as in "Languages: Python, SQL". `end` is where the content begins."""

    text: str
    section: ResumeSection | None
    end: int


@dataclass(frozen=True)
class Statement:
    """One or more lines that say one thing. `body` is where the text after the bullet begins."""

    start: int
    body: int
    end: int
    section: ResumeSection
    marker: str
    first_line_end: int
    after_gap: bool

    @property
    def bulleted(self) -> bool:
        """Whether it stands behind a bullet."""
        return bool(self.marker)


def heading_of(text: str) -> ResumeSection | None:
    """The section that a line (or a label) opens, or None when it is no heading."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if not 1 <= len(words) <= MAX_HEADING_WORDS or len(text) > 80 or text.rstrip().endswith((".", ",", ";")):
        return None
    nouns = [_NOUNS[word] for word in words if word in _NOUNS]
    if not nouns or any(word not in _NOUNS and word not in _MODIFIERS for word in words):
        return None
    return nouns[0] if text.strip("•*#_– -")[:1].isupper() else None


def read_statements(text: str) -> list[Statement]:
    """All that the resume says, in order, without its headings and empty lines."""
    found: list[Statement] = []
    section: ResumeSection = "head"
    position, gap = 0, True
    for line in text.split("\n"):
        start = position + len(line) - len(line.lstrip())
        end = position + len(line.rstrip())
        position += len(line) + 1
        if start >= end:
            gap = True
            continue
        said = text[start:end]
        if (opened := heading_of(said)) is not None:
            section, gap = opened, True
            continue
        if not gap and found and _goes_on(text, found[-1], said):
            last = found[-1]
            found[-1] = Statement(
                last.start, last.body, end, last.section, last.marker, last.first_line_end, last.after_gap
            )
            continue
        mark = MARKER.match(said)
        body = start + mark.end() if mark and mark.end() < len(said) else start
        found.append(Statement(start, body, end, section, said[0] if body > start else "", end, gap))
        gap = False
    return found


def _goes_on(text: str, last: Statement, line: str) -> bool:
    """Whether a line is the rest of the statement above it."""
    if MARKER.match(line) or DATE.search(line) or LABEL.match(line):
        return False
    if last.section in ("head", "skills", "languages", "contact") and not last.bulleted:
        return False
    before = text[last.start : last.end].rpartition("\n")[2]
    if line[0].islower():
        return True
    return last.bulleted and len(before) >= LONG_LINE and not before.rstrip().endswith((".", ";"))


def label_of(text: str, statement: Statement) -> Label | None:
    """The label of a statement: up to a colon, or a known heading before a wide gap."""
    second = MARKER.match(text, statement.body, statement.end)  # "• - Languages: ..." as some PDFs give it
    body = second.end() if second else statement.body
    if match := LABEL.match(text, body, statement.end):
        return Label(match.group(1), heading_of(match.group(1)), match.end())
    gap = WIDE_GAP.search(text, body, statement.first_line_end)
    section = heading_of(text[body : gap.start()]) if gap else None
    return Label(text[body : gap.start()], section, gap.end()) if gap and section else None


def cells(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The parts of a line that gaps or bars set apart, as (position, text); contact data is left out."""
    found: list[tuple[int, str]] = []
    position = start
    for match in [*GAP.finditer(text, start, end), None]:
        stop = match.start() if match else end
        cell = text[position:stop].strip()
        if cell and not CONTACT.search(cell):
            found.append((position, cell))
        position = match.end() if match else end
    return found


def without_dates(text: str) -> str:
    """A header's text up to its first date: "DevOps Engineer" of "DevOps Engineer Sep. 2023 - Mar. 2024"."""
    match = DATE.search(text)
    return (text[: match.start()] if match else text).strip(" ,;:|–—-(·")
