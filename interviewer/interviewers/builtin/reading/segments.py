"""A posting cut into sentences and bullet points, each with the section it stands in.

Real postings lose their line breaks on the way ("...at HMS.Will work with...", "SQLData wranglingFeature engineering"),
so the breaks are put back first, where case and known names show that two words were never one.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass

from interviewer.interviewers.builtin.reading.sections import (
    EMBEDDED_HEADING,
    FIELD,
    OPENS_DUTIES,
    Section,
    heading_section,
    inline_heading,
    is_company_talk,
)
from interviewer.interviewers.builtin.reading.wording import any_of, listed

MAX_CHARS = 50_000
BREAK_TAGS = re.compile(r"</?(?:p|div|li|ul|ol|br|h\d|tr|td|section)\b[^<>]{0,300}>", re.I)
TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
HIDDEN = ("script", "style")
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
LONG_TOKEN = re.compile(r"[!-~]{61,}")  # no word, and long ones cost the patterns below quadratic time
LONG_RUN = re.compile(r"(\S{120})")
MAX_SEGMENT_CHARS = 1_000
BULLET = re.compile(r"\s*[•·▪▫●○■□◦‣⁃➢➤✓✔★►➔→]\s*|(?:^|\s)\*+\s+|(?:^|\n)\s*[-–—o]\s+")
HEADING_DASH = re.compile(r"\n((?:\w+ )?(?:Requirements|Responsibilities|Qualifications|Duties|Benefits))\s*[-–](?=\w)")
DASH_BULLET = re.compile(r"(?<=[\w.)])\s-(?=[A-Z0-9])|(?<=\w)- (?=[A-Z][a-z])")
NUMBERED = re.compile(r"(?:(?<=[\s;:])|^)\(?\d{1,2}[.)]\s*(?=[A-Z])")
WIDE_GAP = re.compile(r"[ \t\u3000]{2,}(?=[A-Z0-9\"“(\[])|\t+")
SENTENCE_END = re.compile(
    r"(?<![A-Z]\.[A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bInc)(?<!\b[A-Z])[.!?]+[\"”’)]*\s+(?=[\"“(]?(?:[^\W_a-z]|[¿¡]))|[。！？؟]+|(?<=[.!?])\s*\n|\n"
)
RUN_ON = re.compile(rf"(?<=[a-z)]) (?={any_of('run_on')}\b)")
GLUED_STOP = re.compile(r"(?<=[a-z)\dA-Z]{2})([.!?:;])(?!Net\b|Js\b)(?=[A-Z][a-z’']+(?:[\s,A-Z]|$))")
CAMEL = re.compile(r"[^\s,;:(/]*[a-z)\d][A-Z][^\s,;:()/]*")
OPENERS = listed("opener")  # words that sentences and bullets of postings begin with


@dataclass(frozen=True)
class Segment:
    """One sentence or bullet point. `opening` is a label before a colon ("Valuation reports"), or ""."""

    text: str
    section: Section
    opening: str = ""


def clean(text: str) -> str:
    """`text` without HTML, control characters, long gaps and endless words; at most 50,000 characters."""
    text = html.unescape(text[:MAX_CHARS])
    for element in HIDDEN:
        text = _without_element(text, element)
    text = TAGS.sub(" ", BREAK_TAGS.sub("\n", text))
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    text = LONG_RUN.sub(r"\1\n", LONG_TOKEN.sub(" ", INVISIBLE.sub(" ", text)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]{3,}", "  ", text))


def _without_element(text: str, element: str) -> str:
    """`text` without <element>...</element>, contents included."""
    lowered, kept, start = text.casefold() if text.isascii() else text, [], 0
    while (opened := lowered.find(f"<{element}", start)) >= 0 and (closed := lowered.find(f"</{element}", opened)) >= 0:
        kept.append(text[start:opened])
        start = closed
    return " ".join([*kept, text[start:]])


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
    text = HEADING_DASH.sub(r"\n\1\n", EMBEDDED_HEADING.sub(r"\n\1", text))
    for pattern in (RUN_ON, BULLET, DASH_BULLET, NUMBERED, WIDE_GAP):
        text = pattern.sub("\n", text)
    pieces: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        pieces.append(text[start : match.end()])
        start = match.end()
    pieces.append(text[start:])
    return [part for piece in pieces if piece.strip() for part in _wrapped(" ".join(piece.split()))]


def _wrapped(text: str) -> Iterator[str]:
    """`text` in parts of at most 1,000 characters, cut between words."""
    while len(text) > MAX_SEGMENT_CHARS:
        cut = text.rfind(" ", 0, MAX_SEGMENT_CHARS) + 1 or MAX_SEGMENT_CHARS
        yield text[:cut].strip()
        text = text[cut:]
    yield text


def read_segments(text: str, names: Set[str]) -> list[Segment]:
    """All segments of a posting but its headings, once each. Each keeps the section of the heading above it."""
    section: Section = "body"
    segments: dict[Segment, None] = {}
    for piece in split(unglue(clean(text), names)):
        rest = piece
        label, colon, after = piece.partition(":")
        if opened := heading_section(label if colon else piece):
            section, rest = opened, after.strip()
        elif inline := inline_heading(piece):
            section, rest = inline
        if OPENS_DUTIES.search(rest):
            section = "duties"
        if rest:
            is_field = bool(colon and FIELD.fullmatch(label.strip()))
            opening, rest = _opening(rest)
            kept: Section = "boilerplate" if is_field or is_company_talk(rest) else section
            segments[Segment(rest, kept, opening)] = None
    return list(segments)


def _opening(text: str) -> tuple[str, str]:
    """("Valuation reports", "Calculate ...") from "Valuation reports: Calculate ...", else ("", text)."""
    match = re.match(r"([A-Z][^.:;!?]{2,60}):\s+(?=[A-Z])", text)
    return (match.group(1), text[match.end() :]) if match else ("", text)
