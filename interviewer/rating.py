"""Reads the rating out of a free-text reply of a model; finds none rather than inventing one."""

import itertools
import re
from decimal import Decimal
from typing import NamedTuple

SCALES = (5, 10, 100)
MAX_DIGITS = 20
"""A longer number is no rating; one up to this length is scaled exactly within Decimal's 28 digits."""

ASCII_TWINS = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full width forms: digits, slash, colon, percent
    **dict.fromkeys(map(ord, "\u2044\u2215"), "/"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),  # invisible: dropped
}
QUOTE_LINE = re.compile(r"^[^\w\n]{0,9}quote\b(?:[^\n]*[\"”]|[^\n]*)", re.IGNORECASE | re.MULTILINE)
ADDRESS_OR_TAG = re.compile(r"://[^\s\"'<>)]*|</[^<>]*>|<(?:b|i|u|em|strong|td|p|span|br)\b[^<>]*>", re.IGNORECASE)
BLANK = re.compile(r"[\s*_`\"'“”‘’~\\]+")

# Below, each blank is one space or one line feed: no pattern repeats a blank, so none backtracks over a long one.
NUMBER = r"[0-9]+(?:\.[0-9]+|,[0-9]{1,2}(?![0-9]))?"
SCALE = r"(?:on )?(?:an? |the )?scale:? ?(?:of |from )?[0-9]{1,3} ?(?:-|to) ?"
QUANTITY = re.compile(
    rf"(?P<number>{NUMBER})"
    rf"(?: ?(?P<percent>%|percent\b)|(?: ?/ ?| ?\(?out of |(?P<part> of )| ?[(\[,]? ?{SCALE})(?P<scale>{NUMBER}))?",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?P<tag><)?\b(?P<other>(?:max(?:imum)?|min(?:imum)?|highest|possible|passing|average|previous) )?"
    r"(?:(?:overall|final|total)?(?P<named>rating|score)|overall)\b(?: for [a-z ]{1,40})?"
    rf"(?: ?[(\[]? ?(?:{SCALE}|[0-9]{{1,3}} ?(?:-|to) ?|out of |/ ?)(?P<scale>[0-9]{{1,3}}) ?[)\]]?)?"
    r"(?: ?\([a-z ]{1,30}\))?"
    r"(?(tag)>|(?:(?P<sign>\s?[:=]>?)|\s?[|→—-]>?| is\b|\n))[\s:=|#—(\[-]*",
    re.IGNORECASE,
)
VERDICT = re.compile(r"[a-z][a-z ]{0,30} ?[(,:—-] ?\(?", re.IGNORECASE)
END = re.compile(r"[^\w\n]*(?:\n|\Z)")
CLOSED = re.compile(r" ?(?:[)\]]|\.?(?:\n|\Z))")
GLUED_BEFORE = re.compile(r"[\w.,/+$#^<≤≥-]")
GLUED_AFTER = re.compile(r"\w| ?/|[%+$#^]|-\w")
NOT_BARE = re.compile(r"[ -]?(?:of|out|stars?|to|or)\b| ?★|\) ?\w", re.IGNORECASE)
JOINED = re.compile(r" ?/ ?|[.,:+^—-]")
RANGE = re.compile(r" ?[—-] ?| (?:to|or|and) ", re.IGNORECASE)


class _Label(NamedTuple):
    found: re.Match[str]
    verdict: bool
    """Whether a verdict stands between label and rating: "Rating: good (8/10)"."""


def extract_score_from_evaluation(text: str) -> int | None:
    """The rating in a model's plain-text reply as 0 to 100, rounded half up; None if it has none. Never raises.

    - "7/10", "8,5/10", "4/5", "7 out of 10", "90%": a number on a scale of 5, 10 or 100; 11/10 and 5/0 are none.
    - "Rating: 7/10", "**Score** - 85/100", "Overall score is 7", '{"score": 8}', "Overall: 7/10": labelled. After
      "rating" or "score" a bare number will do: on the label's scale ("Rating (1-5): 4"), else up to 10 it is of 10,
      above of 100. A verdict may come first: "Rating: good (8/10)". The last valid labelled rating wins.
    - Without a label, all ratings must agree. With an invalid label only ("Rating: N/A", "Rating: 11/10") there is
      none, whatever other fractions say: those are about something else.
    - Ranges ("7-8/10"), dates, versions, signed numbers, paths and web addresses are no ratings; nor is what a
      `Quote:` line quotes, the candidate's own words, or reasoning before `</think>`. "Max score" is no label.
    """
    text = ADDRESS_OR_TAG.sub(" ", QUOTE_LINE.sub(" ", text.rpartition("</think>")[2].translate(ASCII_TWINS)))
    text = BLANK.sub(lambda blank: "\n" if "\n" in blank[0] or "\r" in blank[0] else " ", text)
    labels, label_without_rating = _labels(text)
    quantities = list(QUANTITY.finditer(text))
    joined = _joined(text, quantities)
    labelled: list[int] = []
    others: set[int] = set()
    for quantity in quantities:
        label = labels.get(quantity.start())
        glued = GLUED_BEFORE.match(text, quantity.start() - 1) if quantity.start() else None
        sound = not (glued or GLUED_AFTER.match(text, quantity.end()) or quantity.start() in joined)
        score = _score(text, quantity, label) if sound else None
        if label is None:
            if score is not None and not quantity["part"]:
                others.add(score)
        elif not label.found["other"]:
            label_without_rating |= score is None
            if score is not None:
                labelled.append(score)
    if labelled:
        return labelled[-1]
    return others.pop() if len(others) == 1 and not label_without_rating else None


def _labels(text: str) -> tuple[dict[int, _Label], bool]:
    """The labels by where their value starts, and whether one is followed by a word instead ("Rating: N/A")."""
    labels: dict[int, _Label] = {}
    worded = False
    for found in LABEL.finditer(text):
        value = text[found.end() : found.end() + 1]
        if value.isalpha() and (verdict := VERDICT.match(text, found.end())):
            labels[verdict.end()] = _Label(found, verdict=True)
        labels[found.end()] = _Label(found, verdict=False)
        worded |= bool(
            found["sign"] and found["named"] and not found["other"] and value.isalpha() and "\n" not in found[0]
        )
    return labels, worded


def _joined(text: str, quantities: list[re.Match[str]]) -> set[int]:
    """Where the quantities start that are part of a range, a date, a version or a time."""
    joined: set[int] = set()
    for one, two in itertools.pairwise(quantities):
        bare_or_alike = (one["scale"], one["percent"]) in ((None, None), (two["scale"], two["percent"]))
        between = (one.end(), two.start())
        if JOINED.fullmatch(text, *between) or (bare_or_alike and RANGE.fullmatch(text, *between)):
            joined |= {one.start(), two.start()}
    return joined


def _score(text: str, quantity: re.Match[str], label: _Label | None) -> int | None:
    """The quantity on a scale of 0 to 100; None if it is no rating there."""
    number, scale = quantity["number"], "100" if quantity["percent"] else quantity["scale"]
    if scale is None:
        if label is None or label.verdict or not label.found["named"] or NOT_BARE.match(text, quantity.end()):
            return None
        if "\n" in label.found[0] and not END.match(text, quantity.end()):  # a list's "1." under the heading
            return None
        scale = label.found["scale"]
    elif label and label.verdict and not CLOSED.match(text, quantity.end()):
        return None
    if max(len(number), len(scale or "")) > MAX_DIGITS:
        return None
    value = Decimal(number.replace(",", "."))
    top = Decimal(scale.replace(",", ".")) if scale else Decimal(10 if value <= 10 else 100)
    return int(value * 100 / top + Decimal("0.5")) if top in SCALES and value <= top else None
