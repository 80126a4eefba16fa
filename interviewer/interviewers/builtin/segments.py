"""A posting cut into sentences and bullet points, each with the section it stands in.

Real postings lose their line breaks on the way ("...at HMS.Will work with...", "SQLData wranglingFeature engineering"),
so the breaks are put back first, where case and known names show that two words were never one.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass

from interviewer.interviewers.builtin.sections import (
    EMBEDDED_HEADING,
    FIELD,
    Section,
    heading_section,
    inline_heading,
    is_company_talk,
)

MAX_CHARS = 50_000
TAGS = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<(/?)(?:p|div|li|ul|ol|br|h\d|tr|td|section)\b[^>]{0,300}>", re.I | re.S
)
INLINE_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
BULLET = re.compile(r"\s*[•·▪▫●○■□◦‣⁃➢➤✓✔★►➔→]\s*|(?:^|\s)\*+\s+|(?:^|\n)\s*[-–—o]\s+")
DASH_BULLET = re.compile(r"(?<=[\w.)])\s-(?=[A-Z0-9])|(?<=\w)- (?=[A-Z][a-z])")
NUMBERED = re.compile(r"(?:(?<=[\s;:])|^)\(?\d{1,2}[.)]\s*(?=[A-Z])")
WIDE_GAP = re.compile(r"[ \t\u3000]{2,}(?=[A-Z0-9\"“(\[])|\t+")
SENTENCE_END = re.compile(
    r"(?<![A-Z]\.[A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bInc)(?<!\b[A-Z])[.!?]+[\"”’)]*\s+(?=[\"“(]?[A-Z0-9¿¡])|[。！？]+|(?<=[.!?])\s*\n|\n"
)
RUN_ON = re.compile(
    r"(?<=[a-z)]) (?=(?:Overall knowledge|Ability to|Knowledge of|Excellent \w+|Experience (?:with|in|using)|Must (?:be|have)|Strong \w+ (?:and|skills)"
    r"|Working (?:closely|with|knowledge)|This position|Proficien\w+ (?:in|with)|Familiar(?:ity)? with|Willingness to|Responsible for|Will be|Please)\b)"
)
GLUED_STOP = re.compile(r"(?<=[a-z)\dA-Z]{2})([.!?:;])(?!Net\b|Js\b)(?=[A-Z][a-z’']+(?:[\s,A-Z]|$))")
CAMEL = re.compile(r"[^\s,;:(/]*[a-z)\d][A-Z][^\s,;:()/]*")
WORD_RUN = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])|(?<=[a-z)][)\d])(?=[A-Z][a-z]{1,})|(?<=\d{4})(?=[A-Z][a-z])")
OPENERS = frozenset(
    "ability able about accountabilities additional all also an and any applicants are as assist assists at be benefits bonus build can candidate "
    "candidates communicates coordinate create demonstrated design develop documents duties each ensure excellent experience "
    "experienced expertise exposure familiar familiarity for from good have help high how if implement in is job key knowledge lead learn "
    "maintain maintains manage manages may minimum must need needs no other our overall participate participates perform "
    "performs plus possess prefer preferred prepare proficiency proficient provide provides qualifications required "
    "requirements responsibilities responsible review seeking skills solid strong support take technical the this those to "
    "understanding use we what when who will with work working would you your".split()
)


@dataclass(frozen=True)
class Segment:
    """One sentence or bullet point. `opening` is a label before a colon ("Valuation reports"), or ""."""

    text: str
    section: Section
    opening: str = ""


def clean(text: str) -> str:
    """`text` without HTML, control characters and odd spaces; at most 50,000 characters."""
    text = html.unescape(text[:MAX_CHARS])
    text = INLINE_TAGS.sub(" ", TAGS.sub("\n", text))
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return "".join(char if char in "\n\t" or unicodedata.category(char)[0] != "C" else " " for char in text)


def unglue(text: str, names: Set[str]) -> str:
    """`text` with a line break where two passages were run together. `names` are spellings to leave whole."""
    text = GLUED_STOP.sub(r"\1\n", text)
    return CAMEL.sub(lambda match: "\n".join(_pieces(match.group(), names)), text)


def _pieces(token: str, names: Set[str]) -> Iterator[str]:
    """The parts of a token such as "PythonSQLData": known names, and words that begin with a capital."""
    if token.strip(".*'’\"") in names or "@" in token or "www" in token:
        yield token
        return
    start = 0
    for cut in _cuts(token, names):
        if token[start:cut]:
            yield token[start:cut]
        start = cut
    yield token[start:]


def _cuts(token: str, names: Set[str]) -> list[int]:
    cuts: list[int] = []
    start = 0
    for position in range(2, len(token) - 1):
        if token[position].isupper() and _is_seam(token[start:position], token[position:], names):
            cuts.append(position)
            start = position
    return cuts


def _is_seam(left: str, right: str, names: Set[str]) -> bool:
    """Whether a new passage begins at `right`: after a known name, a plain word or a year, or with an opening word."""
    if left in names and (right[1:2].islower() or any(right.startswith(name) for name in _heads(right, names))):
        return True
    word = re.match(r"[A-Z][a-z’']*", right)
    before = re.search(r"[a-z]{2,}$|[a-z]\)$|\d{4}$|\bMIS$", left)
    if not before or not word:
        return False
    if left[:1].islower() or not left[:1].isalpha() or re.search(r"[)\d]$", left) or "/" in left or "-" in left:
        return len(word.group()) > 1 or bool(_heads(right, names)) or right[1:2] in ("", "'", "’")
    return word.group().casefold() in OPENERS or bool(heading_section(left))


def _heads(text: str, names: Set[str]) -> list[str]:
    return [text[:end] for end in range(2, min(len(text), 20) + 1) if text[:end] in names]


def split(text: str) -> list[str]:
    """The sentences and bullet points of a cleaned, unglued text, in order."""
    text = re.sub(r"\n((?:\w+ )?(?:Requirements|Responsibilities|Qualifications|Duties|Benefits))\s*[-–](?=\w)", r"\n\1\n", EMBEDDED_HEADING.sub(r"\n\1", text))
    for pattern in (RUN_ON, BULLET, DASH_BULLET, NUMBERED, WIDE_GAP):
        text = pattern.sub("\n", text)
    pieces: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        pieces.append(text[start : match.end()])
        start = match.end()
    pieces.append(text[start:])
    return [piece for piece in (re.sub(r"\s+", " ", piece).strip() for piece in pieces) if piece]


def read_segments(text: str, names: Set[str]) -> list[Segment]:
    """All segments of a posting but its headings. Each keeps the section of the heading above it."""
    section: Section = "body"
    segments: list[Segment] = []
    for piece in split(unglue(clean(text), names)):
        rest = piece
        label, colon, after = piece.partition(":")
        if opened := heading_section(label if colon else piece):
            section, rest = opened, after.strip()
        elif inline := inline_heading(piece):
            section, rest = inline
        if re.search(r"\b(?:you (?:will|['’]ll)|the following(?: duties)?|will include)\s*:?$", rest.replace("you’ll", "you will")):
            section = "duties"
        if rest:
            is_field = bool(colon and FIELD.fullmatch(label.strip()))
            opening, rest = _opening(rest)
            segments.append(Segment(rest, "boilerplate" if is_field or is_company_talk(rest) else section, opening))
    return segments


def _opening(text: str) -> tuple[str, str]:
    """("Valuation reports", "Calculate ...") from "Valuation reports: Calculate ...", else ("", text)."""
    match = re.match(r"([A-Z][^.:;!?]{2,60}):\s+(?=[A-Z])", text)
    return (match.group(1), text[match.end() :]) if match else ("", text)
