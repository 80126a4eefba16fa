"""A server killed while the LLM evaluates: the answer gets its evaluation once, and the interview its right end."""

import contextlib
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from interviewer.interviewers.choosing import choose_interviewer
from interviewer.service.interviews import InterviewService
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from tests.command_setup import flask
from tests.conftest import STRONG, StartServer
from tests.llm_setup import Held, llm_environment, llm_settings, stored
from tests.pending_setup import BACK_WITHIN_S, Hand, answer, is_filed, numbers, start_interview, waiting, worker
from tests.server_process import ServerProcess
from tests.stand_in_llm import StandIn
from tests.waiting import until


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


def test_after_a_crash_a_page_gets_its_question_also_while_the_background_glances_at_the_interview(
    serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 3)
    kill_while_evaluating(server, stand_in, held, STRONG)
    again = serve(**llm_environment(stand_in))
    glance = contextlib.ExitStack()
    glance.enter_context(LiveInterviews(data_dir).lock(held.session_id))
    threading.Timer(0.1, glance.close).start()
    assert again.get(f"/api/interview/{held.session_id}").json()["question_number"] == 2


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
