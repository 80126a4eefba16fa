"""An answer cut into what the evidence quotes and what it does not. The report page does the same in evidence.js."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Passage(NamedTuple):
    """A piece of an answer. `ending` has the numbers (from 1) of the key points whose quote ends with this piece."""

    text: str
    quoted: bool
    ending: tuple[int, ...]


class _Folded(NamedTuple):
    """A text in lower case with single spaces, and for each of its characters where in the text it came from."""

    text: str
    origin: list[int]


def passages(text: str, quotes: Sequence[str | None]) -> list[Passage]:
    """The text in pieces, in order. `quotes` has one for each key point; white space and case do not matter."""
    folded = _fold(text)
    spans = [(*span, number) for number, quote in enumerate(quotes, 1) if quote and (span := _find(folded, quote))]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    return [_piece(text, start, end, spans) for start, end in pairwise(edges)]


def _piece(text: str, start: int, end: int, spans: list[tuple[int, int, int]]) -> Passage:
    quoted = any(first <= start and end <= last for first, last, _ in spans)
    return Passage(text[start:end], quoted, tuple(number for _, last, number in spans if last == end))


def _fold(text: str) -> _Folded:
    characters: list[str] = []
    origin: list[int] = []
    for place, form in _forms(text):
        characters.append(form)
        origin.append(place)
    return _Folded("".join(characters), origin)


def _forms(text: str) -> Iterator[tuple[int, str]]:
    after_space = False
    for place, character in enumerate(text):
        space = character.isspace()
        if not space:
            yield from ((place, form) for form in character.lower())
        elif not after_space:
            yield place, " "
        after_space = space


def _find(folded: _Folded, quote: str) -> tuple[int, int] | None:
    """From where to where in the text the quote stands first."""
    wanted = _fold(quote).text.strip()
    at = folded.text.find(wanted) if wanted else -1
    return None if at < 0 else (folded.origin[at], folded.origin[at + len(wanted) - 1] + 1)
