"""Several evaluations of an answer, and what is asked for at the same time: the median counts, nobody waits in vain."""

import json
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import STRONG
from tests.llm_outcomes import ANSWERS, UNUSABLE, check_what_is_seen_and_stored
from tests.llm_setup import assert_scores_rest_on_evidence, begin, hold, llm_client, stored, submit
from tests.stand_in_calls import Call, Reply, completion
from tests.stand_in_llm import StandIn


class MarkingStandIn(StandIn):
    """Gives the evaluations these marks in turn, in all dimensions, with honest evidence."""

    def __init__(self, *marks: float) -> None:
        super().__init__()
        self._marks = iter(marks)
        self._turn = threading.Lock()

    def answer(self, call: Call) -> Reply:
        """The good reply with the next marks."""
        reply = super().answer(call)
        if call.task != "evaluation":
            return reply
        with self._turn:
            mark = next(self._marks)
        verdict = json.loads(json.loads(reply.body)["choices"][0]["message"]["content"])
        marks = dict.fromkeys(("communication", "technical_accuracy", "completeness"), mark)
        return completion(call, json.dumps(verdict | marks))


@pytest.mark.parametrize(
    ("marks", "median", "spread", "confidence"),
    [
        ((9, 5, 7), 7, 4, "low"),
        ((6, 6, 8), 6, 2, "medium"),
        ((7, 8, 7.5), 7.5, 1, "high"),
        ((0, 10, 10), 10, 10, "low"),
    ],
)
def test_of_several_samples_the_median_counts_and_the_spread_is_kept(
    marks: tuple[float, ...], median: float, spread: float, confidence: str, data_dir: Path
) -> None:
    with MarkingStandIn(*marks) as server:
        held = hold(llm_client(data_dir, server, evaluation_samples=3), STRONG)
    (record,) = stored(data_dir, "answers", held.session_id)
    assert held.scores == [record["score"]] == [median]
    assert (record["score_spread"], record["confidence"]) == (spread, confidence)
    assert set(record["rubric"].values()) == {median}
    assert_scores_rest_on_evidence([record])


def test_samples_that_agree_make_a_score_of_high_confidence(data_dir: Path, stand_in: StandIn) -> None:
    held = hold(llm_client(data_dir, stand_in, evaluation_samples=3), *ANSWERS)
    found = [(record["score_spread"], record["confidence"]) for record in stored(data_dir, "answers", held.session_id)]
    assert found == [(0.0, "high")] * 3
    assert len(stand_in.calls("evaluation")) == 9


def test_most_of_the_samples_must_succeed(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in, evaluation_samples=3)
    stand_in.behave("cut", "good", "good", "cut", only=("evaluation",))
    assert hold(client, STRONG).evaluations == ["done"]
    stand_in.behave("good", "cut", only=("evaluation",))
    held = hold(client, STRONG)
    check_what_is_seen_and_stored(client, data_dir, held, UNUSABLE, (STRONG,))


def test_samples_are_asked_for_at_the_same_time(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in, evaluation_samples=3)
    held = begin(client)
    stand_in.delay = 0.5
    submit(client, held)
    arrived = [call.arrived for call in [*stand_in.calls("evaluation"), *stand_in.calls("question")]]
    assert len(arrived) == 4
    assert max(arrived) - min(arrived) < stand_in.delay


def test_evaluation_and_what_follows_are_asked_for_at_the_same_time(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in)
    held = begin(client, total_questions=2)
    stand_in.delay = 0.5
    for after in ("question", "report"):
        started = time.monotonic()
        submit(client, held)
        taken = time.monotonic() - started
        evaluation, following = stand_in.calls("evaluation")[-1], stand_in.calls(after)[-1]
        assert abs(evaluation.arrived - following.arrived) < stand_in.delay
        assert stand_in.delay <= taken < 2 * stand_in.delay


def test_the_response_takes_as_long_as_the_slower_of_the_two(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in)
    held = begin(client)
    stand_in.delays = {"evaluation": 0.5, "question": 0.7}
    started = time.monotonic()
    reply = submit(client, held)
    assert 0.7 <= time.monotonic() - started < 0.5 + 0.7
    assert reply["evaluation"] == "done"
