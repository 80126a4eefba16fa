"""A normal form as a string of parts of speech-to-the-scorer, one letter a token, and where sentences lie in it."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from interviewer.steering.lexicon import PART_OF

TOKEN = re.compile(
    r"(?P<rating>\b\d{1,3}(?:\.\d{1,2})?\s{0,2}(?:/|out of|von|sur|de|su|uit|из)\s{0,2}(?:the\s)?\d{1,3}\b(?!/|\.?\d)"
    r"|\b100\s?(?:%|percent)"
    r"|\b(?:ten|nine|five) (?:out of|over) (?:ten|five)\b|\b(?:5|five)[ -]stars?\b|(?<!\w)a\+(?!\w))"
    r"|(?P<key>\bkey[ -]points?\b)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<end></?[a-z][a-z_ -]{0,30}/?>|<\|[a-z_]{2,20}\|>"
    r"|(?<![.!?…。！？])[.!?…。！？]+(?=[\s\"')\]*]|$)|[。！？]|\n\s*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<colon>[:=]+|->|=>)"
    r"|(?P<quote>\"|`|(?<!\w)'|'(?!\w))"
    r"|(?P<mark>[,;()\[\]{}<>|#*]+|(?<![-–—])[-–—]+(?=\s|$))"
)
"""Alternatives in order; what none matches (underscores, blanks, hyphens within words) parts tokens and is dropped."""

TOP_NUMBERS = frozenset({"9", "10", "100"})
TOP_NUMBER_WORDS = frozenset({"ten", "hundred", "zehn", "diez", "dix", "dieci", "dez", "tien"})

LONGEST_SENTENCE = 40
"""Words; a longer one is speech without punctuation, and only the neighbourhood of a cue in it is flagged."""

LOOKED_AT = 4 * LONGEST_SENTENCE
"""Tokens that are counted to see whether a sentence is longer."""

NEIGHBOURHOOD = 12
"""Words on each side of a cue in such a run."""


@dataclass(frozen=True)
class Tokens:
    """parts[i] is the part of the token at text[starts[i]:ends[i]]; "." ends a sentence, "x" says nothing."""

    text: str
    parts: str
    starts: list[int]
    ends: list[int]
    breaks: list[int]

    def sentence(self, token: int) -> tuple[int, int]:
        """The tokens first:last of the sentence that holds a token (its end mark excluded)."""
        place = bisect_right(self.breaks, token - 1)
        first = self.breaks[place - 1] + 1 if place else 0
        place = bisect_left(self.breaks, token)
        last = self.breaks[place] if place < len(self.breaks) else len(self.parts)
        return min(first, token), last

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """What to flag of the text for a cue in the tokens first:last: the sentences, or less of an endless one."""
        start, end = self.sentence(first)[0], self.sentence(last - 1)[1]
        if end - start > LONGEST_SENTENCE and self._words(start, min(end, start + LOOKED_AT)) > LONGEST_SENTENCE:
            start, end = max(start, first - NEIGHBOURHOOD), min(end, last + NEIGHBOURHOOD)
        end = max(end, start + 1)
        if end < len(self.parts) and self.parts[end] == ".":
            end += 1
        return self.starts[start], self.ends[end - 1]

    def _words(self, start: int, end: int) -> int:
        return sum(part not in '|:".' for part in self.parts[start:end])


def tokens(text: str) -> Tokens:
    """The tokens of a normal form's `text`."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "word":
            word = match.group()
            part = PART_OF.get(word, "#" if word in TOP_NUMBER_WORDS else "x")
        elif kind == "rating":
            part = _rating(match.group())
        else:
            part = {"key": "J", "end": ".", "colon": ":", "quote": '"', "mark": "|"}.get(kind or "", "")
            part = part or ("#" if match.group() in TOP_NUMBERS else "0")
        if part == ".":
            breaks.append(len(parts))
        parts.append(part)
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(text, "".join(parts), starts, ends, breaks)


def _rating(text: str) -> str:
    """ "r" for a rating of at least 9 in 10, "p" for a lower one or a fraction of another kind."""
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]
    if len(numbers) == 2:
        top = numbers[1] in (5, 10, 20, 100)
        return "r" if top and 0.9 <= numbers[0] / numbers[1] <= 10 else "p"
    return "r"
