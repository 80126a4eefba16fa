"""The circuit breaker: after repeated failures nobody waits for a dead server."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from interviewer.errors import LLMUnavailable
from interviewer.llm.breaker import CircuitBreaker
from interviewer.llm.deadline import Deadline
from interviewer.llm.retrying import Retrying
from interviewer.usage import Meter
from tests.scripted_server import Handler, ScriptedServer, ask, client_of, error, failure, reply, say


class HandClock:
    """Stands still until it is set forward."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("status", [401, 404, 500])
def test_the_breaker_opens_after_three_failures_tries_once_and_closes(server: ScriptedServer, status: int) -> None:
    clock = HandClock()
    client = client_of(server, breaker=CircuitBreaker(clock), retrying=Retrying(tries=1))
    server.otherwise = reply(status, error("no"))
    for _ in range(3):
        failure(client)
    assert "next try is in 10 s" in str(failure(client))
    assert len(server.arrivals) == 3

    clock.now += 10
    failure(client)  # the trial
    assert "next try" in str(failure(client))
    assert len(server.arrivals) == 4

    clock.now += 10
    server.otherwise = say("back")
    assert ask(client).text == "back"
    assert ask(client).text == "back"
    assert len(server.arrivals) == 6


def test_only_one_call_goes_through_as_the_trial(server: ScriptedServer) -> None:
    clock = HandClock()
    client = client_of(server, breaker=CircuitBreaker(clock), retrying=Retrying(tries=1))
    server.scripts = [reply(500, b"")] * 3
    for _ in range(3):
        failure(client)
    clock.now += 10
    arrived, release = threading.Event(), threading.Event()

    def slow(handler: Handler) -> None:
        arrived.set()
        release.wait(10)
        say("back")(handler)

    server.scripts = [slow]
    with ThreadPoolExecutor(1) as pool:
        trial = pool.submit(ask, client)
        assert arrived.wait(10)
        assert "trying it now" in str(failure(client))
        release.set()
        assert trial.result().text == "back"
    assert ask(client).text == "hello"


def test_refusals_and_successes_break_a_row_of_failures(server: ScriptedServer) -> None:
    client = client_of(server, retrying=Retrying(tries=1))
    fail, refuse = reply(500, b""), reply(400, error("no"))
    server.scripts = [fail, fail, refuse, fail, fail, say("x"), fail, fail, say("y")]
    for _ in range(5):
        failure(client)
    ask(client)
    failure(client)
    failure(client)
    assert ask(client).text == "y"


def test_many_failures_at_once_open_the_breaker_once() -> None:
    clock = HandClock()
    breaker = CircuitBreaker(clock)
    together = threading.Barrier(20)

    def fail() -> None:
        with breaker.guard():
            together.wait(10)
            raise LLMUnavailable("down")

    with ThreadPoolExecutor(20) as pool:
        calls = [pool.submit(fail) for _ in range(20)]
    assert {str(call.exception()) for call in calls} == {"down"}
    assert breaker.seconds_left() == 10
    clock.now += 10
    with breaker.guard():
        pass
    with pytest.raises(LLMUnavailable, match="down"), breaker.guard():
        raise LLMUnavailable("down")
    with breaker.guard():  # one failure since: still closed
        pass


def test_results_of_calls_from_before_an_opening_change_nothing() -> None:
    clock = HandClock()
    breaker = CircuitBreaker(clock)
    late_failures, late_successes = ([breaker.guard() for _ in range(8)] for _ in range(2))
    for call in (*late_failures, *late_successes):
        call.__enter__()
    for _ in range(3):
        fail_in(breaker)
    clock.now += 8
    for call in late_failures[:4]:
        call.__exit__(LLMUnavailable, LLMUnavailable("down"), None)
    late_successes[0].__exit__(None, None, None)
    assert breaker.seconds_left() == 2

    clock.now += 2
    with breaker.guard():  # the trial, during which the others come in
        for call in late_failures[4:]:
            call.__exit__(LLMUnavailable, LLMUnavailable("down"), None)
        for call in late_successes[1:]:
            call.__exit__(None, None, None)
        with pytest.raises(LLMUnavailable, match="trying it now"), breaker.guard():
            pass
    assert breaker.seconds_left() == 0


def fail_in(breaker: CircuitBreaker) -> None:
    with pytest.raises(LLMUnavailable), breaker.guard():
        raise LLMUnavailable("down")


def test_a_trial_that_ends_without_a_word_on_the_server_is_made_again() -> None:
    clock = HandClock()
    breaker = CircuitBreaker(clock)
    breaker.pause(5)
    clock.now += 5
    with pytest.raises(KeyboardInterrupt), breaker.guard():
        raise KeyboardInterrupt
    with breaker.guard():
        pass
    assert breaker.seconds_left() == 0


def test_a_server_asks_for_at_most_thirty_seconds_and_shortens_nothing() -> None:
    breaker = CircuitBreaker(HandClock())
    breaker.pause(1e9)
    assert breaker.seconds_left() == 30
    breaker.pause(1)
    assert breaker.seconds_left() == 30


def test_a_probe_asks_past_an_open_breaker_and_closes_it_when_the_server_answers(server: ScriptedServer) -> None:
    client = client_of(server, retrying=Retrying(tries=1))
    server.scripts = [reply(500, b"")] * 4
    for _ in range(3):
        failure(client)
    meter = Meter()
    assert not client.probe(Deadline(10), meter)
    assert "next try" in str(failure(client))
    assert client.probe(Deadline(10), meter)
    assert ask(client).text == "hello"
    assert meter.total().calls == 2
