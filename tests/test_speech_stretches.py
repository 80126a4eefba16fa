"""Cutting a recording at its pauses: nothing is lost, doubled or put out of order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interviewer.speech.limits import RATE
from interviewer.speech.stretches import LONGEST_SECONDS, PAUSE_SECONDS, Stretch, stretches

Part = tuple[int, int]


@st.composite
def spoken_parts(draw: st.DrawFn) -> list[Part]:
    """What is spoken in a recording: parts of up to the longest that are given, with pauses of 0 to 5 s between."""
    parts, place = list[Part](), 0
    for _ in range(draw(st.integers(0, 30))):
        start = place + draw(st.integers(0, 5 * RATE))
        place = start + draw(st.integers(1, int(LONGEST_SECONDS * RATE)))
        parts.append((start, place))
    return parts


@given(spoken_parts())
def test_each_part_is_in_one_stretch_and_all_stay_in_order(parts: list[Part]) -> None:
    assert [part for stretch in stretches(parts) for part in stretch.parts] == parts


@given(spoken_parts())
def test_no_stretch_is_longer_than_a_model_hears_or_holds_a_long_pause(parts: list[Part]) -> None:
    for stretch in stretches(parts):
        assert stretch.parts[-1][1] - stretch.parts[0][0] <= LONGEST_SECONDS * RATE
        pauses = [after[0] - before[1] for before, after in pairwise(stretch.parts)]
        assert max(pauses, default=0) <= PAUSE_SECONDS * RATE


@given(spoken_parts())
def test_two_neighbours_would_not_have_fitted_into_one(parts: list[Part]) -> None:
    for before, after in pairwise(stretches(parts)):
        joined = after.parts[0][1] - before.parts[0][0]
        pause = after.parts[0][0] - before.parts[-1][1]
        assert joined > LONGEST_SECONDS * RATE or pause > PAUSE_SECONDS * RATE


@given(spoken_parts().filter(bool))
def test_halves_hold_what_the_whole_held(parts: list[Part]) -> None:
    whole = Stretch(tuple(parts))
    halves = whole.halves()
    if halves is None:
        assert len(parts) == 1
        return
    assert halves[0].parts + halves[1].parts == whole.parts
    assert all(half.parts for half in halves)
