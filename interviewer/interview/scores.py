"""The numbers of a report: rounding, means, interval, recommendation. Scores are 0-10."""

import statistics
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from interviewer.records import Difficulty

HireRecommendation = Literal["strong yes", "yes", "maybe", "no"]

TECHNICAL_SHARE, COMPLETENESS_SHARE, COMMUNICATION_SHARE = 0.45, 0.40, 0.15
"""What each rubric dimension counts for in the score: what was said, how much of what matters, how it was put."""

DIFFICULTY_WEIGHT: dict[Difficulty, float] = {
    "beginner": 1.0,
    "intermediate": 1.5,
    "conversational": 1.5,
    "advanced": 2.0,
}

RECOMMENDATION_FROM: tuple[tuple[float, HireRecommendation], ...] = ((8.5, "strong yes"), (7.0, "yes"), (5.0, "maybe"))

T_975 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093),
)
"""Student's t, two-sided 95 %, for 1 to 19 degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.2)."""


def round_score(value: float) -> float:
    """One decimal, rounded half up (2.25 is 2.3), as every score and mean in the API and the files."""
    return float(Decimal(repr(float(value))).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def rubric_score(communication: float, technical_accuracy: float, completeness: float) -> float:
    """The score (0-10, not rounded) that three dimensions of 0-10 come to."""
    return (
        TECHNICAL_SHARE * technical_accuracy + COMPLETENESS_SHARE * completeness + COMMUNICATION_SHARE * communication
    )


def mean_score(scores: Sequence[float]) -> float:
    """The mean of at least one score, one decimal."""
    return round_score(statistics.fmean(scores))


def weighted_score(scores: Sequence[float], difficulties: Sequence[Difficulty]) -> float:
    """The mean weighted by the difficulty of each question, one decimal."""
    weights = [DIFFICULTY_WEIGHT[difficulty] for difficulty in difficulties]
    return round_score(statistics.fmean(scores, weights=weights))


def score_interval(scores: Sequence[float]) -> tuple[float, float] | None:
    """95 % confidence interval of the mean score, (low, high), clipped to 0-10; None for fewer than two scores.

    Student's t with n - 1 degrees of freedom. Raises ValueError for more than 20 scores: no interview has them.
    """
    if len(scores) < 2:
        return None
    if len(scores) > len(T_975) + 1:
        raise ValueError(f"{len(scores)} scores: an interview has at most {len(T_975) + 1}")
    mean = statistics.fmean(scores)
    half = T_975[len(scores) - 2] * statistics.stdev(scores) / len(scores) ** 0.5
    return round_score(max(0.0, mean - half)), round_score(min(10.0, mean + half))


def hire_recommendation(overall_score: float) -> HireRecommendation:
    """What the overall score (0-10) suggests; a human decides."""
    return next((verdict for low, verdict in RECOMMENDATION_FROM if overall_score >= low), "no")
