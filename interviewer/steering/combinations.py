"""Which concepts together in one sentence are steering, and which are steering only beside such a sentence.

One concept is never enough: candidates speak of scores, examiners, money and their children. What they do not do is
to join a plea, a gift, a part to play or a rule with the mark of this very answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.steering.concepts import BITS, Sentence
from interviewer.steering.flags import Flag
from interviewer.steering.rules import SHORT_RULES, STRONG_RULES, WEAK_RULES

USUAL_SPAN = 14
"""Words from the first to the last concept."""

SHORTHAND = {"f_ask": ("f_give", "f_please", "f_must")}

LOOKED_BACK = 12
"""Words before the first concept in which an excluded one counts."""


@dataclass(frozen=True)
class Combination:
    """All of `needed` (each the bits of alternatives) within `span` words, and nothing of `excluded` in or before."""

    needed: tuple[int, ...]
    excluded: int
    span: int
    flag: Flag

    def matches(self, sentence: Sentence) -> tuple[int, int] | None:
        """The first and last hit of the first place in a sentence where all come together."""
        every = sentence.bits
        for need in self.needed:
            if not need & every:
                return None
        last_seen = [-1] * len(self.needed)
        for index, (at, bits, _, _) in enumerate(sentence.hits):
            touched = False
            for number, need in enumerate(self.needed):
                if need & bits:
                    last_seen[number] = index
                    touched = True
            if not touched:
                continue
            first = min(last_seen)
            if first >= 0 and at - sentence.hits[first][0] <= self.span and not self._excused(sentence, first, index):
                return first, index
        return None

    def _excused(self, sentence: Sentence, first: int, last: int) -> bool:
        if not self.excluded & sentence.bits:
            return False
        start = sentence.hits[first][0] - LOOKED_BACK
        return any(bits & self.excluded and at >= start for at, bits, _, _ in sentence.hits[: last + 1])


def bits_of(names: str) -> int:
    """The bits of any of the concepts in a rule's "a | b"."""
    found = 0
    for name in names.split("|"):
        for part in SHORTHAND.get(name.strip(), (name.strip(),)):
            found |= BITS[part]
    return found


def _combinations(flag: Flag, text: str) -> list[Combination]:
    """The combinations that a text of rules stands for; see `rules.py`."""
    found = []
    for line in text.strip().splitlines():
        said, _, span = line.partition(";")
        needed, _, excluded = said.partition(" - ")
        found.append(
            Combination(
                tuple(bits_of(need) for need in needed.split("+")),
                bits_of(excluded) if excluded else 0,
                int(span) if span else USUAL_SPAN,
                flag,
            )
        )
    return found


Grouped = tuple[tuple[int, tuple[Combination, ...]], ...]


def _grouped(combinations: list[Combination]) -> Grouped:
    """The combinations by what each needs first, so that most are passed over together."""
    groups: dict[int, list[Combination]] = {}
    for combination in combinations:
        groups.setdefault(combination.needed[0], []).append(combination)
    return tuple((need, tuple(members)) for need, members in groups.items())


STRONG = _grouped([one for flag, rules in STRONG_RULES for one in _combinations(flag, rules)])
WEAK, SHORT = (_grouped(_combinations(Flag.ADDRESSES, rules)) for rules in (WEAK_RULES, SHORT_RULES))


def matching(groups: Grouped, sentence: Sentence) -> Iterator[tuple[int, int, Flag]]:
    """The first and last hit of each combination's first place in a sentence, and what it shows."""
    for need, members in groups:
        if need & sentence.bits:
            for combination in members:
                if place := combination.matches(sentence):
                    yield *place, combination.flag
