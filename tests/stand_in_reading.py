"""How the stand-in model reads an answer: stretches of it, and which of them says what a key point says."""

import functools
import itertools
import re

STOP_WORDS = frozenset(
    """a about an and are as at be been before but by did do each find for from had has have how i if in into is it its
    me my no not of on one or our say says so some that the their them then there they this those to up us was we well
    were what when where which who why will with would you your how names""".split()
)
SUFFIXES = ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ed", "es", "er", "ly", "e", "s", "y")
LEAST_SHARED, LEAST_SHARE = 2, 0.25
"""What counts as covered: at least so many stems of the point in one stretch, and at least this share of them."""


def stem(word: str) -> str:
    """A word without its ending, as far as three letters stay."""
    return next((word[: -len(end)] for end in SUFFIXES if word.endswith(end) and len(word) - len(end) >= 3), word)


@functools.lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(stem(word) for word in re.findall(r"\w+", text.casefold()) if word not in STOP_WORDS)


@functools.lru_cache(maxsize=512)
def stretches(answer: str) -> tuple[str, ...]:
    """Verbatim pieces of an answer with at least one word: clauses first, then whole sentences. Empty for a blank."""
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", answer) if re.search(r"\w", part)]
    clauses = [
        part.strip().rstrip(".!?")
        for sentence in sentences
        for part in re.split(r"[,;:]\s+|\s+(?=and\s)", sentence)
        if len(re.findall(r"\w+", part)) >= 3
    ]
    return tuple(dict.fromkeys([*clauses, *sentences]))


def shared(point: str, stretch: str) -> int:
    """How many stems of the key point a stretch has."""
    return len(stems(point) & stems(stretch))


def best_stretch(point: str, answer: str) -> str | None:
    """The shortest stretch that shares most with the key point; None if they have nothing in common."""
    ranked = sorted(stretches(answer), key=lambda piece: (-shared(point, piece), len(piece)))
    return ranked[0] if ranked and shared(point, ranked[0]) else None


def covering_stretch(point: str, answer: str) -> str | None:
    """The stretch that makes the key point; None if the answer does not make it."""
    best = best_stretch(point, answer)
    if best is None:
        return None
    enough = max(LEAST_SHARED, LEAST_SHARE * len(stems(point)))
    return best if shared(point, best) >= enough else None


def farthest_stretch(point: str, answer: str) -> str | None:
    """The stretch that has least to do with the key point; a clause where there is one, since long ones touch all."""
    return min(stretches(answer), key=lambda piece: (shared(point, piece), len(piece) > 90, -len(piece)), default=None)


@functools.lru_cache(maxsize=512)
def lines_of(code: str) -> tuple[str, ...]:
    """Verbatim pieces of code: each line with a word in it, then each two of them that follow one another."""
    lines = [line.strip() for line in code.split("\n") if re.search(r"\w", line)]
    pairs = [f"{first}\n{second}" for first, second in itertools.pairwise(lines)]
    return tuple(dict.fromkeys([*lines, *pairs]))


def best_line(point: str, code: str) -> str | None:
    """The shortest piece of code whose names share most with the key point; None if they have nothing in common."""
    ranked = sorted(lines_of(code), key=lambda piece: (-shared(point, _names(piece)), len(piece)))
    return ranked[0] if ranked and shared(point, _names(ranked[0])) else None


def covering_line(point: str, code: str) -> str | None:
    """The piece of code that makes the key point; None if the code does not make it."""
    best = best_line(point, code)
    enough = max(LEAST_SHARED, LEAST_SHARE * len(stems(point)))
    return best if best and shared(point, _names(best)) >= enough else None


def _names(code: str) -> str:
    return code.replace("_", " ")
