"""The scores of the audit views: whole numbers of 100."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.audit.scales import percent, score_of_percent


@pytest.mark.parametrize(
    ("score", "of_hundred"),
    [(0, 0), (10, 100), (7.2, 72), (0.1, 1), (7.25, 73), (0.05, 1), (2.449, 24), (9.95, 100), (6.349999, 63)]
    + [(value, None) for value in (None, True, "7", 10.5, -1, float("nan"), float("inf"))],
)
def test_a_score_becomes_a_whole_number_of_100_rounded_half_up(score: Any, of_hundred: int | None) -> None:
    assert percent(score) == of_hundred


@given(st.integers(0, 100))
def test_a_whole_number_of_100_survives_the_way_there_and_back(rating: int) -> None:
    assert percent(score_of_percent(rating)) == rating


@pytest.mark.parametrize("rating", [-1, 101])
def test_what_is_not_of_100_is_no_score(rating: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        score_of_percent(rating)
