"""Which topic's turn it is in a technical interview, and when code is asked for, for whatever topics were chosen."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from interviewer.interviewers.builtin.learned import learned
from interviewer.interviewers.builtin.technical_plan import TechnicalSlot, plan

CATALOGUE = learned().catalogue
NAMES = ["SQL", "Docker", "Kubernetes", "Python", "Data structures and algorithms", "Arrays", "Graphs", "tabulation"]
chosen = st.lists(st.sampled_from(NAMES) | st.text(min_size=1, max_size=100), min_size=1, max_size=20, unique=True)


def slots_for(names: list[str], total_questions: int) -> list[TechnicalSlot]:
    return plan([CATALOGUE.find(name) for name in names], total_questions)


@given(chosen, st.integers(1, 20))
def test_code_comes_every_second_or_third_time_as_long_as_there_is_some(names: list[str], total: int) -> None:
    slots = slots_for(names, total)
    assert len(slots) == total
    places = [place for place, slot in enumerate(slots) if slot.asks_for_code]
    assert {later - earlier for earlier, later in itertools.pairwise(places)} <= {2, 3}
    stock = sum(len(CATALOGUE.find(name).coding) for name in names)
    after = total - 1 - (places[-1] if places else -1)
    assert len(places) == stock or after <= 2 or (not stock and not places)


@given(chosen, st.integers(1, 20))
def test_only_topics_with_coding_questions_are_asked_for_code_and_no_more_than_they_have(
    names: list[str], total: int
) -> None:
    asked = [slot.topic for slot in slots_for(names, total) if slot.asks_for_code]
    assert all(asked.count(topic) <= len(topic.coding) for topic in asked)


@given(chosen, st.integers(1, 20))
def test_the_first_question_is_one_in_words_unless_all_topics_are_known_for_code_alone(
    names: list[str], total: int
) -> None:
    code_alone = all(found.coding and not found.topic.bank for found in map(CATALOGUE.find, names))
    assert slots_for(names, total)[0].asks_for_code is code_alone


@given(chosen)
def test_in_words_every_topic_has_a_turn_before_any_has_a_second(names: list[str]) -> None:
    slots = slots_for(names, len(names))
    seen: set[str] = set()
    for slot in slots:
        name = slot.topic.topic.name
        assert slot.asks_for_code or name not in seen
        seen.add(name)


@given(st.text(min_size=1, max_size=200))
def test_whatever_a_topic_is_called_it_is_found_or_has_nothing(name: str) -> None:
    found = CATALOGUE.find(name)
    assert found.topic.name == name
    assert found.topic.bank is None or found.topic.bank in learned().bank.files
    assert set(found.coding) <= set(learned().coding.questions)
