"""An LLM that goes away and comes back: each answer gets its evaluation once, or waits for a person."""

import time
from pathlib import Path

import pytest

from app import create_app
from interviewer.background import PENDING_SECONDS, BackgroundTask
from interviewer.interviewers.llm.interviewer import CONTROL_SECONDS
from interviewer.service.pending import MOST_TRIES, PATIENCE_S
from tests.command_setup import flask
from tests.conftest import STRONG, StartServer
from tests.llm_setup import (
    TIMEOUT_S,
    assert_scores_rest_on_evidence,
    begin,
    hold,
    llm_client,
    llm_environment,
    llm_settings,
    stored,
    submit,
    waiting_file,
)
from tests.pending_setup import (
    BACK_WITHIN_S,
    Hand,
    answer,
    is_filed,
    listing,
    numbers,
    start_interview,
    waiting,
    worker,
)
from tests.stand_in_llm import StandIn
from tests.waiting import until


def test_after_an_outage_each_answer_gets_its_evaluation_once(
    serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    server = serve(**llm_environment(stand_in, LLM_TIMEOUT="5"))
    going_on, run_out, ended = (start_interview(server, questions) for questions in (4, 3, 5))
    for held in (going_on, run_out, ended):
        assert answer(server, held, f"{STRONG} One.")["evaluation"] == "done"
    stand_in.stop()
    for held in (going_on, run_out, ended):
        for text in ("Two.", "Three."):
            assert answer(server, held, f"{STRONG} {text}")["evaluation"] == "pending"
    assert run_out.replies[-1]["status"] == "interview_complete"
    reply = server.post("/api/end-interview", session_id=ended.session_id).json()
    assert (reply["status"], reply["report"], reply["evaluation"]) == ("interview_complete", None, "pending")
    before = {held.session_id: waiting(data_dir, held) for held in (run_out, ended)}
    assert {found["status"] for found in before.values()} == {"awaiting_evaluation"}
    asked = len(stand_in.calls("evaluation"))

    stand_in.start()
    returned = time.monotonic()
    until(lambda: is_filed(data_dir, run_out) and is_filed(data_dir, ended), BACK_WITHIN_S)
    until(lambda: numbers(data_dir, going_on) == [1, 2, 3], BACK_WITHIN_S - (time.monotonic() - returned))

    for held, method in ((run_out, "automatic"), (ended, "manually_ended")):
        (report,) = stored(data_dir, "interviews", held.session_id)
        assert report["ended_at"] == before[held.session_id]["ended_at"]
        assert report["completion_method"] == method
        assert [item["answer"] for item in report["questions_and_answers"]] == [
            f"{STRONG} {text}" for text in ("One.", "Two.", "Three.")
        ]
        assert numbers(data_dir, held) == [1, 2, 3]
        assert_scores_rest_on_evidence(report["questions_and_answers"])
        assert server.get(f"/api/interview/{held.session_id}").json()["report"] == report
    last = answer(server, going_on, f"{STRONG} Four.")
    assert (last["status"], last["evaluation"]) == ("interview_complete", "done")
    assert last["report"]["completed_questions"] == 4
    assert server.stop() == 0
    assert len(stand_in.calls("evaluation")) == asked + 6 + 1
    verified = flask(data_dir, "verify")
    assert verified.returncode == 0, verified.stdout


def test_after_a_server_that_hung_answers_again_nothing_waits_for_the_calls_that_still_hang(
    data_dir: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CONTROL_SECONDS + PENDING_SECONDS + PATIENCE_S < BACK_WITHIN_S < llm_settings(data_dir, stand_in).llm_timeout
    monkeypatch.setattr("interviewer.interviewers.llm.interviewer.CONTROL_SECONDS", 1.0)  # to be waited for below
    monkeypatch.setattr("app.PENDING_SECONDS", 0.2)
    stand_in.behave("hang")
    held = hold(llm_client(data_dir, stand_in, llm_timeout=TIMEOUT_S), STRONG, STRONG)
    app = create_app(llm_settings(data_dir, stand_in))
    tasks: list[BackgroundTask] = app.extensions["background"]
    asked = len(stand_in.requests)
    for task in tasks:
        task.start()
    try:
        until(lambda: len(stand_in.requests) > asked)
        stand_in.behave("good")
        until(lambda: is_filed(data_dir, held), BACK_WITHIN_S)
    finally:
        stand_in.stop()
        for task in tasks:
            task.end_soon()
        for task in tasks:
            task.join(60)


def test_a_repeat_of_a_pending_answer_replies_the_same_and_later_with_the_score(
    data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave("cut", only=("evaluation",))
    client = llm_client(data_dir, stand_in)
    held = begin(client)
    first = submit(client, held)
    asked = len(stand_in.requests)
    assert first["evaluation"] == "pending"
    assert submit(client, held, question_number=1) == first
    assert len(stand_in.requests) == asked
    other = client.post(
        "/api/submit-answer", json={"session_id": held.session_id, "answer": "Another one.", "question_number": 1}
    )
    assert other.status_code == 409
    stand_in.behave("good")
    clock = Hand()
    clock.advance(5)
    assert worker(data_dir, stand_in, clock)() == 1
    later = submit(client, held, question_number=1)
    assert later["evaluation"] == "done"
    assert later["previous_score"] == stored(data_dir, "answers", held.session_id)[0]["score"]
    assert later["question"] == first["question"]


def test_an_answer_that_fails_five_times_waits_for_a_person(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("garbage", only=("evaluation",))
    held = hold(llm_client(data_dir, stand_in), STRONG)
    clock = Hand()
    pending = worker(data_dir, stand_in, clock)
    for tries in range(1, MOST_TRIES):
        assert waiting(data_dir, held)["turns"][0]["failure"]["tries"] == tries
        asked = len(stand_in.calls("evaluation"))
        pending()
        assert len(stand_in.calls("evaluation")) == asked, "it rests before the next try"
        clock.advance(20)
        pending()
    failure = waiting(data_dir, held)["turns"][0]["failure"]
    assert failure["tries"] == MOST_TRIES == 5
    assert failure["reason"] in ("unusable reply", "no rating")
    stand_in.behave("good")
    asked = len(stand_in.requests)
    clock.advance(7 * 86400)
    assert pending() == worker(data_dir, stand_in, clock)() == 0
    assert len(stand_in.requests) == asked
    (listed,) = listing(data_dir, stand_in)
    assert (listed["session_id"], listed["status"]) == (held.session_id, "awaiting_evaluation")
    (entry,) = listed["pending"]
    assert (entry["question_number"], entry["reason"], entry["tries"]) == (1, failure["reason"], 5)


def test_an_outage_is_no_try(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in, llm_timeout=TIMEOUT_S)
    clock = Hand()
    pending = worker(data_dir, stand_in, clock, llm_timeout=TIMEOUT_S)
    held = begin(client)
    stand_in.stop()
    for _ in range(3):
        submit(client, held)
    for _ in range(2 * MOST_TRIES):
        pending()
        clock.advance(20)
    assert [turn["failure"]["tries"] for turn in waiting(data_dir, held)["turns"]] == [0, 0, 0]


def test_the_turn_in_which_the_llm_is_back_counts_no_try_of_an_answer_that_it_was_not_asked_about(
    data_dir: Path, stand_in: StandIn
) -> None:
    client = llm_client(data_dir, stand_in, llm_timeout=1)
    held = begin(client)
    pending = worker(data_dir, stand_in, Hand(), llm_timeout=1)
    stand_in.stop()
    for _ in range(3):
        submit(client, held)
    pending()
    stand_in.start()
    pending()
    left = waiting_file(data_dir, held.session_id) or {"turns": []}
    assert not [turn["failure"] for turn in left["turns"] if turn["failure"] and turn["failure"]["tries"]]


def test_an_answer_on_which_a_healthy_server_always_fails_is_given_up(data_dir: Path, stand_in: StandIn) -> None:
    """Its evaluation is too long to be taken, each time: to be told from an outage."""
    stand_in.behave("huge", only=("evaluation",))
    held = hold(llm_client(data_dir, stand_in), STRONG)
    clock = Hand()
    pending = worker(data_dir, stand_in, clock)
    for _ in range(MOST_TRIES + 1):
        pending()
        clock.advance(20)
    assert waiting(data_dir, held)["turns"][0]["failure"] | {"at": None} == {
        "reason": "unavailable",
        "tries": MOST_TRIES,
        "at": None,
    }


def test_a_server_with_the_builtin_interviewer_scores_no_answer_that_waits_for_the_llm(
    serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave("cut", only=("evaluation",))
    client = llm_client(data_dir, stand_in)
    ended, going_on = hold(client, STRONG), begin(client, total_questions=2)
    submit(client, going_on)
    server = serve(**llm_environment(stand_in, INTERVIEWER="builtin"))
    assert answer(server, going_on)["status"] == "interview_complete"
    assert going_on.replies[-1]["evaluation"] == "pending"
    other = start_interview(server, 1)
    assert answer(server, other)["evaluation"] == "done"
    for held in (ended, going_on):
        assert server.get(f"/api/interview/{held.session_id}").json()["status"] == "awaiting_evaluation"
    assert worker(data_dir, stand_in, Hand(), interviewer="builtin")() == 0
    assert server.stop() == 0
    assert numbers(data_dir, ended) == []
    assert numbers(data_dir, going_on) == [2]
    assert stored(data_dir, "answers", going_on.session_id)[0]["evaluator"] == "builtin"


def test_an_interview_that_waits_can_be_deleted_for_good(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("cut", only=("evaluation",))
    client = llm_client(data_dir, stand_in)
    held, kept = hold(client, STRONG), hold(client, STRONG)
    assert {entry["session_id"] for entry in listing(data_dir, stand_in)} == {held.session_id, kept.session_id}
    assert client.delete(f"/api/data/interview/{held.session_id}").status_code == 204
    assert [entry["session_id"] for entry in listing(data_dir, stand_in)] == [kept.session_id]
    stand_in.behave("good")
    clock = Hand()
    clock.advance(60)
    assert worker(data_dir, stand_in, clock)() == 1
    assert not [path for path in data_dir.rglob("*") if path.is_file() and held.session_id in path.read_text()]
    assert not list(data_dir.rglob(f"*{held.session_id}*"))
