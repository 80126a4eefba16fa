"""A text in the form that patterns are matched against, with the way back to the original's offsets.

Invisible characters and accents are dropped, compatibility forms (full width, mathematical letters) are resolved,
look-alike letters, digits used as letters, and spaced-out letters are undone. ASCII runs are copied as they are, so
that the cost lies with the characters that need work.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that show nothing themselves, as the inside of a character class."""

NON_ASCII = re.compile(r"[^\x00-\x7f]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
INVISIBLE_ONE = re.compile(f"[{INVISIBLE}]")

LOOK_ALIKES = str.maketrans(
    dict(
        zip(
            "авеігјкмнорсѕтухһԁԛԝүґпьзլαβεικνορτυχγηωıɡɑ",
            "abeirjkmhopcstyxhdqwyrnb3labeikvoptuxynwiga",
            strict=True,
        )
    )
)
"""Cyrillic, Greek and phonetic letters that a reader takes for Latin ones."""

MIXED_WORD = re.compile(r"\b(?=\w*[a-z])(?=\w*[\u0370-\u04ff\u0500-\u052f\u0131\u0251\u0261])\w{2,40}\b", re.IGNORECASE)
LEET_WORD = re.compile(r"(?<![\w$@!|])(?=[a-z0-9$@!|]{0,24}[0-9$@!|])[a-z0-9$@!|]{3,24}(?![\w$@|])")
LEET_RUN = re.compile(
    r"(?<=[a-z])[0-9$@!|]{1,3}(?=[a-z])|^[0-9$@!|](?=[a-z]{2}|[a-z][0-9])|(?<=[a-z])11$|(?<=[a-z]{3})[013457$]$"
)
LEET = str.maketrans("034578$@!|", "oeastbsail")
ONE_AS_I = re.compile(r"1(?=[gnfvt])|(?<=t)1|(?<=g)1")
SPACED = re.compile(
    r"(?<!\w)(?:[a-z0-9](?P<gap>[ ._*\-])(?:[a-z0-9](?P=gap){1,3}){3,2000}[a-z0-9])(?!\w)", re.IGNORECASE
)

STEERING_WORDS = re.compile(
    "ignore|disregard|forget|override|all|previous|prior|above|instructions?|prompt|rules|give|award|assign|rate|score|"
    "grade|full|marks|maximum|perfect|this|the|candidate|answer|response|system|and|of|me|10/10|10|ten|out",
    re.IGNORECASE,
)
"""Where spaced-out letters without wider gaps are parted into words."""


@dataclass(frozen=True)
class NormalForm:
    """`cased` and `text` (lower-cased, look-alikes undone) are equally long; `offsets` lead back from each character.

    offsets[i] is the original index of the i-th character; None stands for the identity.
    """

    original: str
    cased: str
    text: str
    offsets: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty range of the normal form lies in the original, with the invisible characters inside."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def normal_form(text: str) -> NormalForm:
    """The normal form of any text; never raises."""
    cased, offsets = _visible(text)
    spaced = [match for match in SPACED.finditer(cased) if not match.group().replace(" ", "").isdigit()]
    if spaced:
        cased, offsets = _closed_up(cased, offsets, spaced)
    lower = _lower(cased)
    if not lower.isascii():
        lower = MIXED_WORD.sub(lambda match: match.group().translate(LOOK_ALIKES), lower)
    return NormalForm(text, cased, LEET_WORD.sub(_without_leet, lower), offsets)


def _visible(text: str) -> tuple[str, list[int] | None]:
    if text.isascii() and not CONTROLS.search(text):
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for run in re.compile(rf"{NON_ASCII.pattern}|{CONTROLS.pattern}+").finditer(text):
        pieces.append(text[done : run.start()])
        offsets.extend(range(done, run.start()))
        for index in range(run.start(), run.end()):
            plain = _plain(text[index])
            pieces.append(plain)
            offsets.extend([index] * len(plain))
        done = run.end()
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    return "".join(pieces), offsets


@functools.lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """What is left of one character: nothing of an invisible one or of an accent."""
    if INVISIBLE_ONE.match(character) or CONTROLS.match(character):
        return ""
    if character in "\u0085\u2028\u2029":
        return "\n"
    resolved = unicodedata.normalize("NFKD", character)
    if len(resolved) > 8:  # one ligature of Arabic blows up to 18 characters
        return character
    plain = "".join(one for one in resolved if unicodedata.category(one) != "Mn" and not INVISIBLE_ONE.match(one))
    return plain.replace("‘", "'").replace("’", "'").replace("“", '"').replace("”", '"').replace("\u2044", "/")


def _lower(cased: str) -> str:
    lower = cased.lower()
    if len(lower) == len(cased):
        return lower
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in cased)


def _without_leet(match: re.Match[str]) -> str:
    word = match.group()
    if sum(letter.isalpha() for letter in word) < 2:
        return word
    word = ONE_AS_I.sub("i", word) if LEET_RUN.search(word) else word
    return LEET_RUN.sub(lambda run: run.group().translate(LEET).replace("1", "l"), word)


def _closed_up(cased: str, offsets: list[int] | None, runs: list[re.Match[str]]) -> tuple[str, list[int]]:
    """Spaced-out letters written as words, parted where the gap was wider or where a word that steers ends."""
    places: list[int] = []
    pieces: list[str] = []
    done = 0
    for run in runs:
        letters = [index for index in range(run.start(), run.end()) if cased[index] != run["gap"]]
        joined = "".join(cased[index] for index in letters)
        cuts = {cut for word in STEERING_WORDS.finditer(joined) for cut in word.span()}
        places.extend(range(done, run.start()))
        pieces.append(cased[done : run.start()])
        for number, index in enumerate(letters):
            if number and (index - letters[number - 1] > 2 or number in cuts):
                places.append(index - 1)
                pieces.append(" ")
            places.append(index)
            pieces.append(cased[index])
        done = run.end()
    places.extend(range(done, len(cased)))
    pieces.append(cased[done:])
    return "".join(pieces), places if offsets is None else [offsets[place] for place in places]
