"""When the client asks an LLM server again, how long it waits before, and when it gives up."""

import socket
import time
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import LLMUnavailable
from interviewer.llm.chat import ChatClient
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.retrying import Retrying, read_retry_after
from interviewer.usage import Meter
from tests.scripted_server import (
    QUICK,
    Script,
    ScriptedServer,
    ask,
    client_of,
    drop,
    drop_in_the_body,
    error,
    failure,
    reply,
)


@pytest.mark.parametrize(
    "script",
    [
        *(reply(status, error("later")) for status in (408, 409, 425, 429, 500, 502, 503, 529)),
        reply(200, b'{"choices": ['),
        reply(200, b""),
        reply(200, error("provider down", code=502)),
    ],
)
def test_an_answer_that_says_later_is_asked_again(server: ScriptedServer, script: Script) -> None:
    server.scripts = [script, script, script]
    client, meter = client_of(server), Meter()
    assert ask(client, meter=meter).text == "hello"
    assert (meter.total().retries, meter.total().calls) == (3, 4)


@pytest.mark.parametrize("script", [drop, drop_in_the_body, lambda handler: handler.raw(b"nonsense\r\n\r\n")])
def test_a_dropped_connection_is_tried_again(server: ScriptedServer, script: Script) -> None:
    server.scripts = [script, script, script]
    client, meter = client_of(server), Meter()
    assert ask(client, meter=meter).text == "hello"
    assert (meter.total().retries, meter.total().calls) == (3, 1)  # what broke off was no answer


@pytest.mark.parametrize("script", [reply(429, error("later")), reply(500, b"oops"), drop, drop_in_the_body])
def test_four_tries_are_all(server: ScriptedServer, script: Script) -> None:
    server.otherwise = script
    assert isinstance(failure(client_of(server)), LLMUnavailable)
    assert len(server.arrivals) == 4


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        client = ChatClient(
            Endpoint(base_url=f"http://127.0.0.1:{held.getsockname()[1]}/v1", model="m"), retrying=QUICK
        )
        meter = Meter()
        with pytest.raises(LLMUnavailable, match="cannot be reached"):
            ask(client, meter=meter)
        assert (meter.total().calls, meter.total().retries) == (0, 3)


def test_a_host_name_that_means_nothing_is_said_so() -> None:
    client = ChatClient(Endpoint(base_url="http://no-such-host.invalid/v1", model="m"), retrying=QUICK)
    assert "resolved" in str(failure(client))


@pytest.mark.parametrize("url", ["nonsense", "ftp://host/v1", "http://", "http://a..b/v1", "http://host:99999/v1"])
def test_an_address_that_is_none_is_said_so(url: str) -> None:
    assert "LLM_BASE_URL" in str(failure(ChatClient(Endpoint(base_url=url, model="m"), retrying=QUICK)))


def test_retry_after_in_seconds_is_waited_for(server: ScriptedServer) -> None:
    server.scripts = [reply(429, error("slow down"), Retry_After="1")]
    assert ask(client_of(server)).text == "hello"
    assert server.arrivals[1] - server.arrivals[0] >= 0.95


def test_retry_after_as_a_date_is_waited_for(server: ScriptedServer) -> None:
    server.scripts = [reply(503, b"", Retry_After=formatdate(time.time() + 2, usegmt=True))]
    assert ask(client_of(server)).text == "hello"
    assert server.arrivals[1] - server.arrivals[0] >= 0.95


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        (" 1.5 ", 1.5),
        ("Wed, 21 Oct 2015 07:28:30 GMT", 30.0),
        ("Tue, 20 Oct 2015 07:28:30 GMT", 0.0),
    ]
    + [(bad, None) for bad in ("", "-1", "soon", "inf", "nan", "1e9", "٣", "9" * 30, "Wed, 99 Oct 2015 07:28:30 GMT")],
)
def test_retry_after_is_read_in_both_forms(header: str, seconds: float | None) -> None:
    assert read_retry_after({"Retry-After": header, "Date": "Wed, 21 Oct 2015 07:28:00 GMT"}) == seconds


@given(st.text(), st.text())
def test_no_retry_after_header_raises(header: str, date: str) -> None:
    assert (read_retry_after({"Retry-After": header, "Date": date}) or 0) >= 0


def test_a_retry_after_beyond_the_deadline_fails_at_once_and_opens_the_breaker(server: ScriptedServer) -> None:
    server.scripts = [reply(429, error("slow down"), Retry_After="3600")]
    client, started = client_of(server), time.monotonic()
    failure(client, 5)
    assert time.monotonic() - started < 3
    assert "next try is in 30 s" in str(failure(client))
    assert len(server.arrivals) == 1


@given(st.integers(1, 4), st.one_of(st.none(), st.floats(0, 100)))
def test_pauses_are_jittered_bounded_and_never_shorter_than_asked(failed: int, asked: float | None) -> None:
    pause = Retrying().pause(failed, asked)
    assert 0 <= pause <= (0.5 * 2 ** (failed - 1) if asked is None else asked + 0.5)
    assert asked is None or pause >= asked
    assert Retrying().pause(20, None) <= 8
