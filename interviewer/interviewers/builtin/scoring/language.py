"""Words, stems and passages of an answer: what the scorer looks at."""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:[+#]+|(?:['’][a-z]+))?", re.IGNORECASE)

FUNCTION_WORDS = frozenset(
    """a about after again all also am an and any are as at be because been before both but by can could did do does
    down each even few for from further had has have he her here hers him his how i if in into is it its itself just
    like made may me might more most much must my no nor not now of off on once one only or other our out over own per
    same she should since so some such than that the their them then there these they this those through to too under
    until up us very was we were what when where which while who whom why will with within without would you
    your""".split()
)
"""Words that carry grammar rather than content; they are what word order is told by."""

EMPTY_WORDS = FUNCTION_WORDS | frozenset(
    "being below between doing during get gets getting got having let lot lots make makes making many really thing "
    "things use used uses using well yes yeah okay ok um uh er hmm don t s re ve ll m d".split()
)
"""Words that say nothing about the matter, and so count for no key point."""

ENGLISH_SHARE = 0.15
"""English prose has 40 % and more function words; text with fewer than this share is no English prose."""

ENGLISH_FROM_WORDS = 20
"""From so many words on the share of function words alone tells; of shorter English sentences some have hardly any."""

FOREIGN_WORDS = (
    frozenset(
        """aber alle als auch auf aus bei bin das dass dem den der des dich die doch durch ein eine einem einen
        einer eines er es für gegen habe haben hat ich ihr im ist ja kein keine kann können mehr mein meine mich
        mit muss nach nicht noch nur oder ohne sehr sein sich sie sind über um und uns vom von vor wenn werden
        wie wir wird wurde zu zum zur au aux avec car ce ces cette chez dans de du elle elles en est et être
        fait il ils je la le les leur lui mais ne nous ou où par pas peut plus pour que qui sa ses si son sont
        sur très trop un une vous al aunque como con cuando del donde el ella ellos era eran esta este están
        está fue hace hay las lo los muy más para pero porque según ser sin sobre son su sus también tiene una
        uno y ya che della di gli nel nella non per più sono às com da das do dos em mas não na nas no nos os
        pela pelo se uma het niet van voor zijn""".split()
    )
    - FUNCTION_WORDS
)
"""Words that carry grammar in German, French, Spanish, Italian, Portuguese or Dutch, but not in English."""

FEWEST_FOREIGN = 3
"""So many different ones, and more than the different English ones, make a text of fewer than twenty words foreign. No
sentence of the bank (tests/test_language.py) is; a name ("Los Angeles") or a loan ("à la") holds one or two."""

FEWEST_TOLD = 8
"""Words under which only the script tells the language: a shorter answer may be a list of names."""

LONGEST_SENTENCE = 40
"""A longer run of words without a full stop is speech without punctuation; it is looked at in overlapping pieces."""

PIECE_WORDS, PIECE_STEP = 18, 6
SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s+|\n+")


@dataclass(frozen=True)
class Passage:
    """A piece of an answer, verbatim: text[start:end]."""

    start: int
    end: int
    text: str


def words(text: str) -> list[str]:
    """The words of a text, lower-cased, in order."""
    return [match.group().casefold().replace("’", "'") for match in WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """The words of a text that say something about the matter, in order."""
    return with_content(words(text))


def with_content(of: Sequence[str]) -> list[str]:
    """Those of these words that say something about the matter."""
    return [word for word in of if word not in EMPTY_WORDS and word.partition("'")[0] not in EMPTY_WORDS]


_stemmer = snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The English stem of a word ("indexes" and "indexing" are "index")."""
    stemmed: str = _stemmer.stemWord(word)
    return stemmed


def stems(of: Sequence[str]) -> list[str]:
    """The stems of these words."""
    return [stem(word) for word in of]


def looks_english(answer: str) -> bool:
    """Whether the answer can be English prose, which is what the scorer was made for.

    Not where most letters are of another script, at any length; nor, from eight words on, where words that carry
    grammar are rather those of other languages.
    """
    if _mostly_another_script(answer):
        return False
    said = words(answer)
    if len(said) < FEWEST_TOLD:
        return True
    if len(said) < ENGLISH_FROM_WORDS:
        foreign = len(FOREIGN_WORDS.intersection(said))
        return foreign < FEWEST_FOREIGN or foreign <= len(FUNCTION_WORDS.intersection(said))
    return sum(word in FUNCTION_WORDS for word in said) >= ENGLISH_SHARE * len(said)


def _mostly_another_script(text: str) -> bool:
    letters = Counter(char for char in unicodedata.normalize("NFKC", text) if char.isalpha())
    latin = sum(count for char, count in letters.items() if unicodedata.name(char, "").startswith("LATIN"))
    return 2 * latin < letters.total()


def passages(text: str) -> list[Passage]:
    """The sentences of an answer; of an over-long one, pieces of 18 words that begin every 6 words."""
    found: list[Passage] = []
    start = 0
    for mark in [*SENTENCE_END.finditer(text), None]:
        end = mark.start() if mark else len(text)
        found.extend(_pieces(text, start, end))
        start = mark.end() if mark else end
    return found


def _pieces(text: str, start: int, end: int) -> list[Passage]:
    spans = [match.span() for match in re.compile(r"\S+").finditer(text, start, end)]
    if not spans:
        return []
    if len(spans) <= LONGEST_SENTENCE:
        return [_passage(text, spans)]
    last = len(spans) - PIECE_WORDS
    firsts = [*range(0, last, PIECE_STEP), last]
    return [_passage(text, spans[first : first + PIECE_WORDS]) for first in firsts]


def _passage(text: str, spans: list[tuple[int, int]]) -> Passage:
    start, end = spans[0][0], spans[-1][1]
    return Passage(start, end, text[start:end])
