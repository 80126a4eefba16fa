"""How hard the next question is: a one-up one-down staircase over the answers so far."""

from collections.abc import Sequence
from typing import get_args

from interviewer.records import RequestedDifficulty

LEVELS: tuple[RequestedDifficulty, ...] = get_args(RequestedDifficulty)

UP_FROM = 7.0
"""A score from which the next question is a level harder: where "yes" begins (design 6.3)."""

DOWN_BELOW = 4.0
"""A score under which the next question is a level easier: less than half of the "yes" band was reached."""


def next_difficulty(requested: RequestedDifficulty, scores: Sequence[float | None]) -> RequestedDifficulty:
    """The level after these scores (0-10, in order; None for an answer not scored yet, which moves nothing).

    A staircase (Levitt 1971) needs no model of the questions and settles near the candidate's level within
    the few questions an interview has.
    """
    level = LEVELS.index(requested)
    for score in scores:
        if score is not None and score >= UP_FROM:
            level = min(level + 1, len(LEVELS) - 1)
        elif score is not None and score < DOWN_BELOW:
            level = max(level - 1, 0)
    return LEVELS[level]
