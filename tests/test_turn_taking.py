"""Turns at work: so many at a time, in the order of asking, and nobody waits for ever."""

import functools
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import create_app
from interviewer import turn_taking
from interviewer.turn_taking import Turns
from tests.conftest import STRONG, settings_for
from tests.stand_in_llm import StandIn
from tests.waiting import until


def has_in_line(turns: Turns, count: int) -> bool:
    return turns.in_line == count


def test_no_more_than_so_many_are_at_work_and_all_get_their_turn() -> None:
    turns, lock, at_work, most, done = Turns(3), threading.Lock(), 0, 0, 0

    def work(_: int) -> None:
        nonlocal at_work, most, done
        with turns.at_work():
            with lock:
                at_work += 1
                most = max(most, at_work)
            with lock:
                at_work -= 1
            with turns.waiting():
                pass
            with lock:
                done += 1

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(work, range(400)))
    assert (done, at_work) == (400, 0)
    assert 1 <= most <= 3


def test_turns_are_given_in_the_order_of_asking_and_a_helper_comes_next() -> None:
    turns, order, threads = Turns(1), list[str](), list[threading.Thread]()

    def work(name: str, *, helps: bool = False) -> None:
        with turns.at_work(next_in_line=helps):
            order.append(name)

    with turns.at_work():
        for place, name in enumerate(("first", "second", "third"), start=1):
            threads.append(threading.Thread(target=work, args=(name,)))
            threads[-1].start()
            until(functools.partial(has_in_line, turns, place))
        threads.append(threading.Thread(target=work, args=("helper",), kwargs={"helps": True}))
        threads[-1].start()
        until(lambda: turns.in_line == 4)
    for thread in threads:
        thread.join()
    assert order == ["helper", "first", "second", "third"]


def test_who_waits_gives_up_the_turn_and_has_it_back_afterwards() -> None:
    turns, seen = Turns(1), list[str]()

    def other() -> None:
        with turns.at_work():
            seen.append("other")

    with turns.at_work():
        with turns.waiting():
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
        seen.append("first again")
    assert seen == ["other", "first again"]


def test_a_turn_that_never_comes_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn_taking, "LONGEST_WAIT", 0.05)
    turns = Turns(1)

    def without_a_turn() -> int:
        with turns.at_work(), turns.waiting():
            return turns.in_line

    with turns.at_work(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(without_a_turn).result(timeout=10) == 0
    # nothing was given up that nobody had: there is still one turn alone
    with turns.at_work(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(without_a_turn).result(timeout=10) == 0


def test_requests_that_wait_for_one_interview_hold_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn_taking, "LONGEST_WAIT", 60)
    posting = {"job_description": "Senior Python developer. Flask, PostgreSQL, Redis."}
    with StandIn(delay=0.5) as model:
        app = create_app(settings_for(tmp_path, llm_base_url=model.base_url, llm_model="m", llm_timeout=20))
        first, second = (
            app.test_client().post("/api/start-interview", json=posting).get_json()["session_id"] for _ in range(2)
        )
        answer, another = ({"session_id": each, "answer": STRONG, "question_number": 1} for each in (first, second))
        with ThreadPoolExecutor(8) as pool:
            repeats = [pool.submit(app.test_client().post, "/api/submit-answer", json=answer) for _ in range(8)]
            assert app.test_client().post("/api/submit-answer", json=another).status_code == 200
            assert {reply.result(timeout=20).status_code for reply in repeats} == {200}
