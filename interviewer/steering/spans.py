"""Spans of a text, and the result of a search for steering."""

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]
"""A half-open range of code points."""


@dataclass(frozen=True)
class Steering:
    """The steering passages of one text: nothing found is the empty value.

    spans: disjoint, sorted, none empty, half-open, in code points of the text.
    flags: what they did; distinct, sorted, values of `Flag`.
    """

    spans: tuple[Span, ...] = ()
    flags: tuple[str, ...] = ()

    def masked(self, text: str) -> str:
        """The text that was searched, as long as before, with every flagged code point replaced by a newline."""
        return masked(text, self.spans)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any code point in text[start:end] is flagged."""
        return any(max(start, first) < min(end, last) for first, last in self.spans)


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with each span (disjoint, sorted) replaced by as many newlines."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], "\n" * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same code points as disjoint, sorted spans; touching ones become one."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
