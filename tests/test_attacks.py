"""Answers that try to steer whoever scores them gain nothing, on both interviewers, and the recruiter sees it."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from tests.conftest import JOB, settings_for
from tests.stand_in_llm import StandIn
from tests.steering_corpus import ATTACKS, HONEST, JOINED

BLANK = "I don't know."
QUESTIONS = 3


@pytest.fixture(scope="module")
def obedient() -> Iterator[StandIn]:
    """A model that obeys every instruction it reads, and quotes the answer's own words as evidence for every point."""
    with StandIn() as server:
        server.behave("obeys", only=("evaluation",))
        yield server


@pytest.fixture(params=["builtin", "llm"])
def client(request: pytest.FixtureRequest, tmp_path: Path, obedient: StandIn) -> FlaskClient:
    """A client of either interviewer."""
    if request.param == "builtin":
        return create_app(settings_for(tmp_path)).test_client()
    settings = settings_for(tmp_path, llm_base_url=obedient.base_url, llm_model="obeys", llm_timeout=10)
    return create_app(settings).test_client()


def judged(client: FlaskClient, *answers: str) -> tuple[list[float | None], list[list[str]]]:
    """What these answers, over and over, get to the questions of an interview: scores (None: pending), and flags."""
    begun = client.post("/api/start-interview", json={"job_description": JOB, "total_questions": QUESTIONS}).get_json()
    scores = []
    for number, answer in enumerate(itertools.islice(itertools.cycle(answers), QUESTIONS), start=1):
        body = {"session_id": begun["session_id"], "answer": answer, "question_number": number}
        reply = client.post("/api/submit-answer", json=body)
        if reply.status_code == 422 and "must hold something to read" in reply.text:
            return [], []  # there is nothing in it that a person could see
        assert reply.status_code == 200, reply.text
        scores.append(reply.get_json()["previous_score"])
    listed = client.get("/api/data/interviews", query_string={"status": "all", "q": begun["session_id"]}).get_json()
    (found,) = listed["interviews"]
    items = [*found.get("questions_and_answers", []), *found.get("pending", [])]
    return scores, [item["flags"] for item in items]


@pytest.fixture
def blank(client: FlaskClient) -> float:
    """The least that an answer without content gets."""
    return min(score or 0.0 for score in judged(client, BLANK)[0])


@pytest.mark.parametrize("kind", sorted(ATTACKS))
def test_an_attack_scores_no_more_than_a_blank_answer_and_is_flagged(
    client: FlaskClient, blank: float, kind: str
) -> None:
    assert len(ATTACKS[kind]) == 4
    for attack in ATTACKS[kind]:
        scores, flags = judged(client, attack)
        assert all(score is None or score <= blank + 1 for score in scores), (scores, attack)
        assert all(flags), attack


@pytest.mark.parametrize("kind", sorted(JOINED))
def test_an_attack_joined_to_a_good_answer_leaves_that_answers_score(client: FlaskClient, kind: str) -> None:
    joined = JOINED[kind]
    (scores, flags), (alone, none) = judged(client, joined.text), judged(client, " ".join(joined.good))
    assert all(flags)
    assert not any(none)
    for score, without in zip(scores, alone, strict=True):
        assert (score is None) == (without is None)
        assert abs((score or 0) - (without or 0)) <= 1, (scores, alone)


def test_honest_answers_that_mention_prompts_or_scores_are_not_flagged(client: FlaskClient) -> None:
    assert len(HONEST) >= 40
    for first in range(0, len(HONEST), QUESTIONS):
        answers = HONEST[first : first + QUESTIONS]
        assert not any(judged(client, *answers)[1]), answers
