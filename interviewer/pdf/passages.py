"""An answer cut into what the evidence quotes and what it does not."""

import re
from collections.abc import Iterable


def passages(answer: str, quotes: Iterable[str]) -> list[tuple[str, bool]]:
    """The answer in pieces, in order: (text, whether a quote covers it). White space and case do not matter."""
    quoted = bytearray(len(answer))
    for quote in quotes:
        words = quote.split()
        if not words:
            continue
        for found in re.finditer(r"\s+".join(map(re.escape, words)), answer, re.IGNORECASE):
            quoted[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
    pieces: list[tuple[str, bool]] = []
    start = 0
    for place in range(1, len(answer) + 1):
        if place == len(answer) or quoted[place] != quoted[start]:
            pieces.append((answer[start:place], bool(quoted[start])))
            start = place
    return pieces
