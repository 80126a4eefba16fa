"""What each word of a text is about, as sets of concepts, in a text parted into sentences.

A word may be about several things, and a phrase of several words about one. The word lists are in `english_words.py`
and `foreign_words.py`; an entry ending in "*" is the beginning of a word. In scripts without blanks each character is
a token, so that their words are phrases here.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass

from interviewer.steering.english_words import COMBINED, ENGLISH
from interviewer.steering.foreign_words import FOREIGN

NO_BLANKS = r"\u3040-\u30ff\u3400-\u9fff"
"""Japanese and Chinese."""

RATIO = re.compile(r"\d{1,3}\s{0,2}(?:/|out of|of|von|sur|de|sobre|su|van|uit|из|з|z)\s{0,2}\d{1,3}")

TOKEN = re.compile(
    rf"(?P<ratio>\b{RATIO.pattern}\b(?!/))"
    rf"|(?P<end>(?:(?<![.!?…。！？।؟])[.!?…。！？।؟]+(?=[\s\"')\]*]|$|[{NO_BLANKS}])|[。！？।؟]|\n)\s*)"
    rf"|(?P<word>[{NO_BLANKS}]|(?:[^\W_{NO_BLANKS}]|[\u0903\u093e-\u0940\u0949-\u094f])+)"
)

SUBJECTS = frozenset(
    "i we they he she it who which people one customers users to would could did does d s never".split()
)
"""Before a verb they show that it is no imperative: "we give", "to give", "he would give"."""

Entry = tuple[tuple[str, ...], bool, int]
"""The words of a phrase, whether its last one may go on, and the bits of its concepts."""


@dataclass(frozen=True)
class Sentence:
    """A sentence's place in the text, and for each token that is about anything its bits and its distance in words."""

    start: int
    end: int
    words: float
    bits: int
    hits: list[tuple[float, int, int, int]]
    """(distance from the sentence's begin in words, bits, start, end)"""


def plain(text: str) -> str:
    """A word-list entry in normal form: lower case, no accents."""
    resolved = unicodedata.normalize("NFKD", text.lower())
    return "".join(one for one in resolved if unicodedata.category(one) != "Mn").replace("ı", "i")


def _phrases() -> tuple[dict[str, int], dict[str, list[Entry]], dict[str, list[Entry]]]:
    """The bit of each concept, and the entries by their first word and, where that may go on, by its first letters."""
    bits: dict[str, int] = {}
    exact: dict[str, list[Entry]] = {}
    stems: dict[str, list[Entry]] = {}
    entries = [
        (name, entry) for lists in (ENGLISH, FOREIGN) for name, text in lists.items() for entry in text.split(",")
    ]
    entries += [
        (name, f"{first} {second}")
        for name, (firsts, seconds) in COMBINED.items()
        for first in firsts.split(",")
        for second in seconds.split(",")
    ]
    for name, entry in entries:
        bit = bits.setdefault(name, 1 << len(bits))
        words = tuple(match.group() for match in TOKEN.finditer(plain(entry)) if match.lastgroup == "word")
        if words:
            open_ended = entry.rstrip().endswith("*")
            place = stems if open_ended and len(words) == 1 else exact
            place.setdefault(words[0], []).append((words, open_ended, bit))
    for name in ("ratio", "imperative"):
        bits.setdefault(name, 1 << len(bits))
    return bits, exact, stems


BITS, EXACT, STEMS = _phrases()
SHORTEST_STEM, LONGEST_STEM = 2, 14
ACTION, IMPERATIVE = BITS["action"], BITS["imperative"]


@functools.lru_cache(maxsize=16384)
def _word(word: str) -> tuple[int, dict[str, list[Entry]]]:
    """The bits of a word alone, and the phrases that begin with it by their second word, "" where that may go on."""
    longer: dict[str, list[Entry]] = {}
    if RATIO.fullmatch(word):
        return _ratio(word), longer
    found = 0
    for words, open_ended, bit in EXACT.get(word, ()):
        if len(words) == 1:
            found |= bit
        else:
            second = "" if open_ended and len(words) == 2 else words[1]
            longer.setdefault(second, []).append((words, open_ended, bit))
    for size in range(SHORTEST_STEM, min(len(word), LONGEST_STEM) + 1):
        for _, _, bit in STEMS.get(word[:size], ()):
            found |= bit
    return found, longer


@functools.lru_cache(maxsize=64)  # an answer is read twice in a row: for what steers, and for likeness
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a normal form's `text`, in order; those without a word are left out."""
    found: list[Sentence] = []
    tokens: list[tuple[str, int, int]] = []
    for match in TOKEN.finditer(text):
        if match.lastgroup != "end":
            tokens.append((match.group(), match.start(), match.end()))
        elif tokens:
            found.append(_sentence(tokens, match.start() + len(match.group().rstrip())))
            tokens = []
    if tokens:
        found.append(_sentence(tokens, len(text.rstrip())))
    return tuple(found)


def _sentence(tokens: list[tuple[str, int, int]], end: int) -> Sentence:
    hits: list[tuple[float, int, int, int]] = []
    every, at = 0, 0.0
    for index, (word, start, stop) in enumerate(tokens):
        bits, longer = _word(word)
        if longer and index + 1 < len(tokens):
            for phrase, open_ended, bit in (*longer.get(tokens[index + 1][0], ()), *longer.get("", ())):
                last = index + len(phrase) - 1
                if _follows(tokens, index, last, phrase, open_ended):
                    bits |= bit
                    stop = max(stop, tokens[last][2])
        if bits:
            if bits & ACTION and not any(one in SUBJECTS for one, _, _ in tokens[max(0, index - 3) : index]):
                bits |= IMPERATIVE
            every |= bits
            hits.append((at, bits, start, stop))
        at += 0.5 if len(word) == 1 and word > "\u3040" else 1
    return Sentence(tokens[0][1], max(end, tokens[-1][2]), at, every, hits)


def _follows(
    tokens: list[tuple[str, int, int]], index: int, last: int, phrase: tuple[str, ...], open_ended: bool
) -> bool:
    """Whether a phrase whose first word stands at `index` goes on to `last`."""
    if last >= len(tokens) or any(tokens[index + place][0] != phrase[place] for place in range(1, len(phrase) - 1)):
        return False
    word = tokens[last][0]
    return word.startswith(phrase[-1]) if open_ended else word == phrase[-1]


def _ratio(said: str) -> int:
    """A ratio of at least 9 in 10 is a concept of its own."""
    first, second = (int(number) for number in re.findall(r"\d+", said))
    return BITS["ratio"] if second in (5, 10, 20, 100) and first >= 0.9 * second else 0
