"""The numbers of a report."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.difficulty import next_difficulty
from interviewer.interview.scores import (
    hire_recommendation,
    mean_score,
    round_score,
    score_interval,
    weighted_score,
)

SCORES = st.lists(st.integers(0, 100).map(lambda tenths: tenths / 10), min_size=1, max_size=20)


@pytest.mark.parametrize(("value", "rounded"), [(2.25, 2.3), (2.35, 2.4), (0.05, 0.1), (9.95, 10.0), (7.0, 7.0)])
def test_scores_are_rounded_half_up(value: float, rounded: float) -> None:
    assert round_score(value) == rounded


@given(SCORES)
def test_the_mean_has_one_decimal_and_lies_within_the_scores(scores: list[float]) -> None:
    mean = mean_score(scores)
    assert min(scores) <= mean <= max(scores)
    assert abs(mean - statistics.fmean(scores)) <= 0.05 + 1e-9
    assert mean == round(mean, 1)


def test_an_advanced_answer_weighs_twice_a_beginner_one() -> None:
    assert weighted_score([10.0, 4.0], ["advanced", "beginner"]) == 8.0
    assert weighted_score([10.0, 4.0], ["beginner", "advanced"]) == 6.0
    assert weighted_score([10.0, 4.0], ["intermediate", "conversational"]) == 7.0


def test_the_interval_is_that_of_students_t() -> None:
    # n = 5, s = 1.5811, t(4) = 2.776: half width 1.963
    assert score_interval([4.0, 5.0, 6.0, 7.0, 8.0]) == (4.0, 8.0)
    assert score_interval([6.0]) is None


@given(SCORES)
def test_the_interval_holds_the_mean_and_stays_on_the_scale(scores: list[float]) -> None:
    interval = score_interval(scores)
    if len(scores) < 2:
        assert interval is None
    else:
        assert interval is not None
        low, high = interval
        assert 0 <= low <= mean_score(scores) <= high <= 10


@pytest.mark.parametrize(
    ("score", "verdict"),
    [(10, "strong yes"), (8.5, "strong yes"), (8.4, "yes"), (7, "yes"), (6.9, "maybe"), (5, "maybe"), (4.9, "no")],
)
def test_the_recommendation_follows_the_overall_score(score: float, verdict: str) -> None:
    assert hire_recommendation(score) == verdict


def test_strong_answers_make_the_next_question_harder_and_weak_ones_easier() -> None:
    assert next_difficulty("intermediate", []) == "intermediate"
    assert next_difficulty("intermediate", [8.0]) == "advanced"
    assert next_difficulty("intermediate", [1.0]) == "beginner"
    assert next_difficulty("intermediate", [5.5, 6.0]) == "intermediate"
    assert next_difficulty("beginner", [9.0, 9.0, 9.0, 2.0]) == "intermediate"


def test_an_answer_not_scored_yet_does_not_move_the_difficulty() -> None:
    assert next_difficulty("intermediate", [None, None]) == "intermediate"
