"""What may happen while the LLM evaluates an answer: a page loads, a second tab sends, it is deleted, it goes on."""

import threading
import time
from pathlib import Path

from tests.conftest import STRONG, StartServer
from tests.llm_setup import Json, begin, hold, llm_client, llm_environment, stored, submit, waiting_file
from tests.pending_setup import Hand, answer, numbers, start_interview, worker
from tests.stand_in_llm import StandIn
from tests.waiting import until


def test_while_an_answer_is_evaluated_a_page_that_loads_gets_no_question_and_does_not_wait(
    serve: StartServer, stand_in: StandIn
) -> None:
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 3)
    stand_in.delay = 20
    candidate = threading.Thread(target=answer, args=(server, held))
    candidate.start()
    until(lambda: stand_in.calls("evaluation"))
    started = time.monotonic()
    view = server.get(f"/api/interview/{held.session_id}").json()
    assert time.monotonic() - started < 1
    assert (view["status"], view["question"], view["question_number"]) == ("in_progress", None, None)
    assert [item["evaluation"] for item in view["answers"]] == ["pending"]
    stand_in.end_delays()
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


def test_an_interview_deleted_while_it_is_evaluated_stays_deleted(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("cut", only=("evaluation",))
    client = llm_client(data_dir, stand_in)
    held = hold(client, STRONG)
    stand_in.behave("good")
    stand_in.delays = {"evaluation": 8}
    clock = Hand()
    clock.advance(60)
    before = len(stand_in.calls("evaluation"))
    working = threading.Thread(target=worker(data_dir, stand_in, clock))
    working.start()
    until(lambda: len(stand_in.calls("evaluation")) > before)
    assert client.delete(f"/api/data/interview/{held.session_id}").status_code == 204
    stand_in.end_delays()
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
    working = threading.Thread(target=worker(data_dir, stand_in, clock))
    before = len(stand_in.calls("evaluation"))
    working.start()
    until(lambda: len(stand_in.calls("evaluation")) > before)
    assert submit(client, held)["evaluation"] == "done"
    assert working.is_alive()
    stand_in.stop()  # what hangs breaks off
    working.join()
    assert numbers(data_dir, held) == [2]
