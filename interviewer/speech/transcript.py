"""What was heard, and how it was said."""

import re
from dataclasses import dataclass

from pydantic import Field

from interviewer.records import Record
from interviewer.spoken import FillerWords

FILLERS = ("you know", "i mean", "sort of", "kind of")
HESITATION = re.compile(r"(?:u+h*m+|u+h+|e+r+m*|e+h+|a+h+|h+m+|m+h*m+)")
SHORTEST_SPAN = 1.0  # seconds; a pace of less says nothing


class HeardWord(Record):
    """A word with its times in the recording (s), and how sure the model is of it (0-1; None where it does not say)."""

    word: str
    start: float = Field(ge=0)
    end: float = Field(ge=0)
    probability: float | None = None


@dataclass(frozen=True)
class Heard:
    """What a model made of a recording."""

    text: str
    language: str
    words: tuple[HeardWord, ...]


def words_per_minute(heard: Heard) -> float | None:
    """The pace from the first word to the last, one decimal. None where the model gave no times."""
    count = len(heard.text.split())
    if not heard.words or not count:
        return None
    span = max(SHORTEST_SPAN, heard.words[-1].end - heard.words[0].start)
    return round(count * 60 / span, 1)


def longest_pause(heard: Heard) -> float | None:
    """The longest silence between two words (s), two decimals. None where the model gave no times."""
    if not heard.words:
        return None
    gaps = (after.start - before.end for before, after in zip(heard.words, heard.words[1:], strict=False))
    return round(max(0.0, *gaps, 0.0), 2)


def filler_words(text: str) -> FillerWords:
    """The hesitations in a text. A model may leave some of them out: these are those that it wrote down."""
    words = [re.sub(r"[^\w']", "", word).casefold() for word in text.split()]
    found = []
    place = 0
    while place < len(words):
        pair = " ".join(words[place : place + 2])
        if pair in FILLERS:
            found.append(pair)
            place += 1
        elif HESITATION.fullmatch(words[place]):
            found.append(words[place])
        place += 1
    return FillerWords(count=len(found), list=tuple(found))


def share_changed(heard: str, sent: str) -> float:
    """How much of what was heard and sent differs (0-1, two decimals): the share of words changed by hand.

    Word by word, capitals and punctuation aside, by the longest words in common that keep their order.
    """
    before, after = _plain_words(heard), _plain_words(sent)
    if not before and not after:
        return 0.0
    return round(_changes(before, after) / max(len(before), len(after)), 2)


def _plain_words(text: str) -> list[str]:
    return [word for word in (re.sub(r"[^\w]", "", word).casefold() for word in text.split()) if word]


def _changes(before: list[str], after: list[str]) -> int:
    """The fewest words to put in, take out or replace (Levenshtein)."""
    row = list(range(len(after) + 1))
    for place, word in enumerate(before, start=1):
        diagonal, row[0] = row[0], place
        for column, other in enumerate(after, start=1):
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, diagonal + (word != other))
    return row[-1]
