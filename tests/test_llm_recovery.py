"""An LLM that goes away and comes back: each answer gets its evaluation once, whatever was killed meanwhile."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from app import create_app
from interviewer.background import BackgroundTask
from interviewer.clock import Clock
from interviewer.interviewers.choosing import choose_interviewer
from interviewer.service.due_steps import DueSteps
from interviewer.service.interviews import InterviewService
from interviewer.service.pending import MOST_TRIES, PendingEvaluations
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from tests.conftest import JOB, ROOT, STRONG, ServerProcess, StartServer, until
from tests.llm_setup import (
    MODEL,
    TIMEOUT_S,
    Held,
    Json,
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
from tests.stand_in_llm import StandIn

BACK_WITHIN_S = 30
"""Within so many seconds of the LLM's return pending answers are evaluated (design, section 8)."""


def start_interview(server: ServerProcess, questions: int) -> Held:
    """An interview over HTTP."""
    reply = server.post("/api/start-interview", job_description=JOB, total_questions=questions)
    assert reply.status_code == 201, reply.text
    return Held(reply.json()["session_id"], reply.json())


def answer(server: ServerProcess, held: Held, text: str = STRONG) -> Json:
    """Answer the current question over HTTP."""
    reply = server.post("/api/submit-answer", session_id=held.session_id, answer=text)
    assert reply.status_code == 200, reply.text
    held.replies.append(reply.json())
    return held.replies[-1]


def flask(data_dir: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`flask --app app ...` in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.upper().endswith(("_KEY", "_TOKEN"))}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *words],
        cwd=ROOT,
        env=clean | {"DATA_DIR": str(data_dir)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def numbers(data_dir: Path, held: Held) -> list[int]:
    """The questions of one interview that have a line in answers.json."""
    return sorted(record["question_number"] for record in stored(data_dir, "answers", held.session_id))


def waiting(data_dir: Path, held: Held) -> Json:
    """The file of an unfinished interview."""
    found = waiting_file(data_dir, held.session_id)
    assert found is not None
    return found


def is_filed(data_dir: Path, held: Held) -> bool:
    """Whether the interview has its report and is no longer in progress."""
    return bool(stored(data_dir, "interviews", held.session_id)) and waiting_file(data_dir, held.session_id) is None


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def worker(data_dir: Path, stand_in: StandIn, clock: Clock, **changes: Any) -> Callable[[], int]:
    """One turn of the background's work; how many answers it had evaluated."""
    who = choose_interviewer(llm_settings(data_dir, stand_in, **({"llm_timeout": 10} | changes)))
    live = LiveInterviews(data_dir)
    steps = DueSteps(DataStorage(data_dir), live, who, clock)
    pending = PendingEvaluations(live, who, steps, clock)
    return lambda: pending.work(lambda: False)


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


def test_an_answer_whose_evaluation_a_crash_interrupts_is_evaluated_once(
    serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 3)
    answer(server, held, f"{STRONG} One.")
    kill_while_evaluating(server, stand_in, held, f"{STRONG} Two.")
    again = serve(**llm_environment(stand_in, LLM_TIMEOUT="5"))
    view = again.get(f"/api/interview/{held.session_id}").json()
    assert [item["evaluation"] for item in view["answers"]] == ["done", "pending"]
    assert view["question_number"] == 3
    assert answer(again, held, f"{STRONG} Three.")["evaluation"] == "pending"
    ended_at = waiting(data_dir, held)["ended_at"]
    stand_in.behave("good")
    stand_in.start()
    until(lambda: is_filed(data_dir, held), BACK_WITHIN_S)
    (report,) = stored(data_dir, "interviews", held.session_id)
    assert (report["ended_at"], report["completion_method"]) == (ended_at, "automatic")
    assert [item["answer"][-5:].split()[-1] for item in report["questions_and_answers"]] == ["One.", "Two.", "hree."]
    assert numbers(data_dir, held) == [1, 2, 3]
    assert flask(data_dir, "verify").returncode == 0


def test_an_interview_whose_last_evaluation_a_crash_interrupts_is_finished_without_a_request(
    serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 2)
    answer(server, held)
    kill_while_evaluating(server, stand_in, held, STRONG)
    answered_at = waiting(data_dir, held)["turns"][-1]["answer"]["received_at"]
    serve(**llm_environment(stand_in, LLM_TIMEOUT="5"))
    stand_in.behave("good")
    stand_in.start()
    until(lambda: numbers(data_dir, held) == [1, 2], BACK_WITHIN_S)
    until(lambda: is_filed(data_dir, held), 8)
    (report,) = stored(data_dir, "interviews", held.session_id)
    assert (report["completion_method"], report["ended_at"]) == ("automatic", answered_at)


@pytest.mark.parametrize("first", ["worker", "sweeper"])
def test_an_interview_that_a_crash_left_fully_answered_does_not_end_as_a_timeout(
    first: str, serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 1)
    kill_while_evaluating(server, stand_in, held, STRONG)
    stand_in.behave("good")
    stand_in.start()
    clock = Hand()
    who = choose_interviewer(llm_settings(data_dir, stand_in))
    storage, live = DataStorage(data_dir), LiveInterviews(data_dir)
    service = InterviewService(storage, live, who, clock, session_timeout=timedelta(seconds=1))
    service.recover()
    clock.advance(2)
    steps = [worker(data_dir, stand_in, clock), service.close_idle]
    for step in steps if first == "worker" else reversed(steps):
        step()
    (report,) = stored(data_dir, "interviews", held.session_id)
    assert report["completion_method"] == "automatic"


def kill_while_evaluating(server: ServerProcess, stand_in: StandIn, held: Held, text: str) -> None:
    """SIGKILL our server while it waits for an evaluation; the LLM goes down too."""
    stand_in.behave("hang")
    before = len(stand_in.calls("evaluation"))

    def send() -> None:
        try:
            server.post("/api/submit-answer", session_id=held.session_id, answer=text)
        except requests.ConnectionError:
            return
        raise AssertionError("the server answered before it was killed")

    candidate = threading.Thread(target=send)
    candidate.start()
    until(lambda: len(stand_in.calls("evaluation")) > before)
    server.kill()
    candidate.join()
    stand_in.stop()


def test_after_a_server_that_hung_answers_again_nothing_waits_for_the_calls_that_still_hang(
    data_dir: Path, stand_in: StandIn
) -> None:
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


def test_while_an_answer_is_evaluated_a_page_that_loads_gets_no_question_and_does_not_wait(
    serve: StartServer, stand_in: StandIn
) -> None:
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 3)
    stand_in.delay = 3
    candidate = threading.Thread(target=answer, args=(server, held))
    candidate.start()
    until(lambda: stand_in.calls("evaluation"))
    started = time.monotonic()
    view = server.get(f"/api/interview/{held.session_id}").json()
    assert time.monotonic() - started < 1
    assert (view["status"], view["question"], view["question_number"]) == ("in_progress", None, None)
    assert [item["evaluation"] for item in view["answers"]] == ["pending"]
    candidate.join()
    view = server.get(f"/api/interview/{held.session_id}").json()
    assert view["question"] == held.replies[-1]["question"]


def test_two_tabs_that_send_the_same_answer_get_one_evaluation_and_the_same_reply(
    serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 3)
    stand_in.delay = 0.5
    replies: list[Json] = []

    def send() -> None:
        said = {"session_id": held.session_id, "answer": STRONG, "question_number": 1}
        replies.append(server.post("/api/submit-answer", **said).json())

    tabs = [threading.Thread(target=send) for _ in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert replies[0] == replies[1]
    assert replies[0]["evaluation"] == "done"
    assert len(stand_in.calls("evaluation")) == len(stand_in.calls("question")) == 1
    assert numbers(data_dir, held) == [1]


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
    client = llm_client(data_dir, stand_in, llm_timeout=1)
    clock = Hand()
    pending = worker(data_dir, stand_in, clock, llm_timeout=1)
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


def test_the_command_evaluates_what_waits_and_says_why_it_could_not(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("invented_quotes", only=("evaluation",))
    held = hold(llm_client(data_dir, stand_in), STRONG, STRONG)
    environment = llm_environment(stand_in)
    failed = flask(data_dir, "evaluate-pending", held.session_id, **environment)
    assert failed.returncode == 1
    assert failed.stdout == "0 answers evaluated by llm, 2 waiting.\n"
    assert "question 1: no evidence\nquestion 2: no evidence" in failed.stderr
    assert "Traceback" not in failed.stderr
    ended_at = waiting(data_dir, held)["ended_at"]
    stand_in.behave("good")
    done = flask(data_dir, "evaluate-pending", held.session_id, **environment)
    assert (done.returncode, done.stdout) == (0, "2 answers evaluated by llm, 0 waiting.\n")
    assert stored(data_dir, "interviews", held.session_id)[0]["ended_at"] == ended_at
    assert numbers(data_dir, held) == [1, 2]
    again = flask(data_dir, "evaluate-pending", held.session_id, **environment)
    assert again.returncode == 1
    assert "is finished: nothing waits in it." in again.stderr
    assert numbers(data_dir, held) == [1, 2]


def test_the_command_can_have_the_builtin_interviewer_score_and_the_report_names_both(
    data_dir: Path, stand_in: StandIn
) -> None:
    client = llm_client(data_dir, stand_in)
    held = begin(client, total_questions=2)
    submit(client, held)
    stand_in.behave("cut", only=("evaluation",))
    submit(client, held)
    done = flask(data_dir, "evaluate-pending", held.session_id, "--interviewer", "builtin", **llm_environment(stand_in))
    assert (done.returncode, done.stdout) == (0, "1 answer evaluated by builtin, 0 waiting.\n")
    (report,) = stored(data_dir, "interviews", held.session_id)
    assert [item["evaluator"] for item in report["questions_and_answers"]] == [f"llm:{MODEL}", "builtin"]
    assert report["evaluator"] == f"builtin, llm:{MODEL}"
    assert (report["completion_method"], report["completed_questions"]) == ("automatic", 2)


def test_the_command_works_beside_a_server_and_both_evaluate_each_answer_once(
    serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave("cut", only=("evaluation",))
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 3)
    for _ in range(3):
        answer(server, held)
    stand_in.behave("good")
    stand_in.delays = {"evaluation": 1}
    flask(data_dir, "evaluate-pending", held.session_id, **llm_environment(stand_in))
    until(lambda: is_filed(data_dir, held), BACK_WITHIN_S)
    assert numbers(data_dir, held) == [1, 2, 3]
    assert len(stored(data_dir, "interviews", held.session_id)) == 1


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


def test_an_interview_deleted_while_it_is_evaluated_stays_deleted(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("cut", only=("evaluation",))
    client = llm_client(data_dir, stand_in)
    held = hold(client, STRONG)
    stand_in.behave("good")
    stand_in.delay = 1
    clock = Hand()
    clock.advance(60)
    before = len(stand_in.calls("evaluation"))
    working = threading.Thread(target=worker(data_dir, stand_in, clock))
    working.start()
    until(lambda: len(stand_in.calls("evaluation")) > before)
    assert client.delete(f"/api/data/interview/{held.session_id}").status_code == 204
    working.join()
    assert numbers(data_dir, held) == []
    assert stored(data_dir, "interviews", held.session_id) == []
    assert waiting_file(data_dir, held.session_id) is None


def test_a_candidate_can_go_on_while_an_earlier_answer_is_evaluated_in_the_background(
    data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave("cut", only=("evaluation",))
    client = llm_client(data_dir, stand_in)
    held = begin(client)
    submit(client, held)
    stand_in.behave("hang", "good", only=("evaluation",))
    clock = Hand()
    clock.advance(60)
    working = threading.Thread(target=worker(data_dir, stand_in, clock, llm_timeout=4))
    before = len(stand_in.calls("evaluation"))
    working.start()
    until(lambda: len(stand_in.calls("evaluation")) > before)
    assert submit(client, held)["evaluation"] == "done"
    assert working.is_alive()
    working.join()
    assert numbers(data_dir, held) == [2]


def listing(data_dir: Path, stand_in: StandIn) -> list[Json]:
    """What the hiring team sees of interviews that wait."""
    client = llm_client(data_dir, stand_in)
    found: list[Json] = client.get("/api/data/interviews?status=awaiting_evaluation").get_json()["interviews"]
    return found
