"""The client of the LLM server, against a real HTTP server that misbehaves as it is told."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import ConfigurationError, LLMError, LLMRefused, LLMUnavailable
from interviewer.llm.chat import ChatClient, Completion
from interviewer.llm.deadline import Deadline
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.retrying import Retrying, read_retry_after
from interviewer.usage import Meter
from tests.scripted_server import (
    KEY,
    MESSAGES,
    QUICK,
    Handler,
    Script,
    ScriptedServer,
    ask,
    client_of,
    completion,
    drip,
    drop,
    drop_in_the_body,
    error,
    failure,
    hang,
    reply,
    say,
)


def test_request_and_reply(server: ScriptedServer) -> None:
    client, meter = client_of(server), Meter()
    server.scripts = [say("Hi.", usage={"prompt_tokens": 12, "completion_tokens": 3})]
    form = {"type": "json_object"}
    got = client.complete(MESSAGES, response_format=form, deadline=Deadline(10), meter=meter)
    assert got == Completion(text="Hi.", finish_reason="stop")
    assert server.bodies == [
        {"model": "tiny", "messages": MESSAGES, "temperature": 0, "max_tokens": 4000, "response_format": form}
    ]
    assert server.heads[0]["Authorization"] == f"Bearer {KEY}"
    used = meter.total()
    assert (used.calls, used.tokens_in, used.tokens_out, used.retries) == (1, 12, 3, 0)
    assert (client.model, client.host) == ("tiny", f"127.0.0.1:{server.server_port}")


def test_no_format_is_sent_when_none_is_asked_for(server: ScriptedServer) -> None:
    ask(client_of(server))
    assert "response_format" not in server.bodies[0]


@pytest.mark.parametrize("key", [None, "", "  "])
def test_no_key_no_header_whatever_netrc_says(
    server: ScriptedServer, key: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    ask(client_of(server, key))
    ask(client_of(server, "my-own-key\n"))
    assert "Authorization" not in server.heads[0]
    assert server.heads[1]["Authorization"] == "Bearer my-own-key"


@pytest.mark.parametrize("key", ["two\nlines", "schlüssel", "a\x00b", "a b"])
def test_a_key_that_cannot_be_sent_is_said_so_at_once(server: ScriptedServer, key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        client_of(server, key)
    assert key not in str(caught.value)


def test_connections_are_used_again_and_no_cookies_kept(server: ScriptedServer) -> None:
    server.scripts = [reply(200, completion("a"), Set_Cookie="session=1"), say("b"), reply(400, error("no"))]
    client = client_of(server)
    ask(client)
    ask(client)
    failure(client)
    ask(client)
    assert server.connections == 1
    assert not [head for head in server.heads if "Cookie" in head]


def test_compressed_replies_are_read(server: ScriptedServer) -> None:
    server.scripts = [reply(200, gzip.compress(json.dumps(completion("packed")).encode()), Content_Encoding="gzip")]
    assert ask(client_of(server)).text == "packed"


def test_chunked_replies_are_read_and_the_connection_is_used_again(server: ScriptedServer) -> None:
    def chunked(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in (b" \n", json.dumps(completion("in chunks")).encode(), b""):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    server.scripts = [chunked]
    client = client_of(server)
    assert ask(client).text == "in chunks"
    assert ask(client).text == "hello"
    assert server.connections == 1


OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(hang, id="hang"),
        pytest.param(drip(OK_HEAD + b"Content-Length: 100000\r\n\r\n", b" "), id="white space in the body"),
        pytest.param(drip(OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"), id="small chunks"),
        pytest.param(drip(OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"), id="a chunk's size"),
        pytest.param(drip(b"", b"H"), id="the status line"),
        pytest.param(drip(OK_HEAD, b"X-A: b\r\n"), id="headers"),
        pytest.param(drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"), id="100 Continue"),
        pytest.param(drip(b"HTTP/1.1 500 Oh\r\nContent-Length: 100000\r\n\r\n", b" "), id="an error's body"),
    ],
)
def test_no_answer_outlasts_the_deadline(server: ScriptedServer, script: Script) -> None:
    server.otherwise = script
    client, meter, started = client_of(server), Meter(), time.monotonic()
    with pytest.raises(LLMUnavailable, match="in time"):
        ask(client, 0.4, meter)
    assert 0.35 < time.monotonic() - started < 3
    assert len(server.arrivals) == 1  # not sent again: the time is gone
    assert meter.total().seconds >= 0.3
    server.otherwise = say("hello")
    assert ask(client).text == "hello"


def test_an_address_that_does_not_answer_does_not_outlast_the_deadline() -> None:
    with socket.socket() as listener:  # its queue is full: nobody accepts
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), socket.socket() as second:
            second.setblocking(False)
            second.connect_ex(("127.0.0.1", port))
            client = ChatClient(Endpoint(base_url=f"http://127.0.0.1:{port}/v1", model="m"), retrying=QUICK)
            started = time.monotonic()
            assert isinstance(failure(client, 0.4), LLMUnavailable)
            assert time.monotonic() - started < 3


def test_a_deadline_already_passed_asks_nobody_and_blames_nobody(server: ScriptedServer) -> None:
    client = client_of(server)
    for _ in range(4):
        assert "time" in str(failure(client, 0))
    assert ask(client).text == "hello"
    assert len(server.arrivals) == 1


def test_a_reply_over_one_mebibyte_is_refused(server: ScriptedServer) -> None:
    packed = gzip.compress(b" " * 50_000_000)
    server.scripts = [say("x" * 1024 * 1024), reply(200, packed, Content_Encoding="gzip"), say("x" * 900_000)]
    client = client_of(server)
    assert "1 MiB" in str(failure(client))
    assert "1 MiB" in str(failure(client))
    assert len(ask(client).text) == 900_000


def test_a_huge_error_body_is_still_an_error(server: ScriptedServer) -> None:
    server.scripts = [reply(400, b"y" * 3_000_000)]
    assert isinstance(failure(client_of(server)), LLMRefused)


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


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        (reply(401, error("bad key")), "refuses the key (401). Check LLM_API_KEY."),
        (reply(400, [error("API key not valid. Please pass a valid API key.", code=400)]), "refuses the key (400)"),
        (reply(402, error("pay")), "no credit left (402)"),
        (reply(403, error("no")), "LLM_MODEL"),
        (reply(404, error("no such model")), "There is no model tiny at 127.0.0.1:"),
        (reply(407, b""), "HTTPS_PROXY"),
        (reply(429, error("quota", code="insufficient_quota")), "no quota left (429)"),
        (reply(200, b"<html>Welcome</html>", Content_Type="text/html"), "no LLM server. Check LLM_BASE_URL."),
        (reply(200, error("model broke")), "answered with an error"),
        (reply(200, error("no such model", code=404)), "There is no model tiny"),
        (reply(103, b""), "unknown way (103)"),
    ],
)
def test_what_waiting_does_not_mend_is_not_tried_again(server: ScriptedServer, script: Script, advice: str) -> None:
    server.scripts = [script]
    problem = failure(client_of(server))
    assert isinstance(problem, LLMUnavailable)
    assert advice in str(problem)
    assert len(server.arrivals) == 1


def test_a_missing_key_is_asked_for(server: ScriptedServer) -> None:
    server.scripts = [reply(401, b"")]
    assert "wants a key (401). Set LLM_API_KEY." in str(failure(client_of(server, None)))


@pytest.mark.parametrize(
    "script",
    [
        reply(400, error("response_format json_schema is not supported")),
        reply(422, {"detail": [{"loc": ["body", "messages"], "msg": "too long"}]}),
        reply(413, b"too much"),
        reply(405, {"message": "no"}),
        reply(400, {"error": "plain words"}),
        reply(403, error("Your input was flagged by moderation")),
        reply(400, b""),
    ],
)
def test_another_4xx_is_a_refusal_with_what_the_server_said(server: ScriptedServer, script: Script) -> None:
    server.scripts = [script]
    problem = failure(client_of(server))
    assert isinstance(problem, LLMRefused)
    assert problem.status in (400, 403, 405, 413, 422)
    assert len(server.arrivals) == 1


def test_a_refusal_quotes_the_first_words_only(server: ScriptedServer) -> None:
    server.scripts = [reply(400, error("Bad\x07 thing:\n" + "words " * 500))]
    problem = failure(client_of(server))
    assert isinstance(problem, LLMRefused)
    assert problem.detail.startswith("Bad thing: words")
    assert len(problem.detail) <= 200


@pytest.mark.parametrize("location", ["http://127.0.0.1:9/elsewhere", "/v1/other", "http://[bad", "\xff\xfe", ""])
def test_redirects_are_not_followed(server: ScriptedServer, location: str) -> None:
    server.scripts = [reply(307, b"moved", Location=location)]
    problem = failure(client_of(server))
    assert isinstance(problem, LLMUnavailable)
    assert "redirect" in str(problem)
    assert "LLM_BASE_URL" in str(problem)
    assert len(server.arrivals) == 1


def test_a_redirect_with_an_endless_body_is_not_read_without_limit(server: ScriptedServer) -> None:
    server.scripts = [drip(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 99999999\r\n\r\n", b" " * 100_000)]
    started = time.monotonic()
    failure(client_of(server), 20)
    assert time.monotonic() - started < 10


UNSUPPORTED_MAX = error(
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    param="max_tokens",
    code="unsupported_parameter",
)
UNSUPPORTED_TEMPERATURE = error(
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
    code="unsupported_value",
)


def test_parameters_a_server_does_not_take_are_replaced_and_remembered(server: ScriptedServer) -> None:
    server.scripts = [reply(400, UNSUPPORTED_MAX), reply(400, UNSUPPORTED_TEMPERATURE)]
    client, meter = client_of(server), Meter()
    assert ask(client, meter=meter).text == "hello"
    assert ask(client).text == "hello"
    assert [sorted(set(body) - {"model", "messages"}) for body in server.bodies] == [
        ["max_tokens", "temperature"],
        ["max_completion_tokens", "temperature"],
        ["max_completion_tokens"],
        ["max_completion_tokens"],
    ]
    assert (meter.total().calls, meter.total().retries) == (3, 0)


def test_a_server_that_takes_no_parameter_gets_none(server: ScriptedServer) -> None:
    fault = {"detail": [{"loc": ["body", "max_tokens"], "msg": "Extra inputs are not permitted"}]}
    again = {"detail": [{"loc": ["body", "max_completion_tokens"], "msg": "Extra inputs are not permitted"}]}
    server.scripts = [reply(422, fault), reply(422, again), reply(422, UNSUPPORTED_TEMPERATURE)]
    assert ask(client_of(server)).text == "hello"
    assert set(server.bodies[-1]) == {"model", "messages"}


def test_a_server_that_goes_on_objecting_is_a_refusal(server: ScriptedServer) -> None:
    server.otherwise = reply(400, UNSUPPORTED_MAX)
    assert isinstance(failure(client_of(server)), LLMRefused)
    assert len(server.arrivals) == 2


def test_words_quoted_from_a_request_change_no_parameter(server: ScriptedServer) -> None:
    quoted = "Input too long: " + "x" * 300 + " temperature is not supported"
    server.scripts = [reply(400, error(quoted)), reply(400, error("max_tokens is a number"))]
    client = client_of(server)
    failure(client)
    failure(client)
    ask(client)
    assert {"temperature", "max_tokens"} <= set(server.bodies[-1])


def test_many_threads_learn_the_same_parameters(server: ScriptedServer) -> None:
    def picky(handler: Handler) -> None:
        fault = "max_tokens" in json.loads(handler.raw_body)
        handler.send(
            *((400, json.dumps(UNSUPPORTED_MAX).encode()) if fault else (200, json.dumps(completion("ok")).encode()))
        )

    server.otherwise = picky
    client = client_of(server)
    with ThreadPoolExecutor(20) as pool:
        assert {got.text for got in pool.map(lambda _: ask(client), range(40))} == {"ok"}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([{"type": "text", "text": "a"}, {"type": "thinking", "text": "hm"}, {"type": "text", "text": "b"}], "ab"),
        (None, ""),
        (7, ""),
        ({"a": 1}, ""),
        ([1, "x", {"type": "text", "text": 5}], ""),
        ("half a pair: \ud83d.", "half a pair: \ufffd."),
        ("a pair: \ud83d\ude00", "a pair: \U0001f600"),
    ],
)
def test_content_of_any_kind_is_text(server: ScriptedServer, content: object, text: str) -> None:
    server.scripts = [say(content)]
    assert ask(client_of(server)).text == text


@pytest.mark.parametrize(
    "usage",
    [
        None,
        5,
        [],
        {"prompt_tokens": -1},
        {"prompt_tokens": True},
        {"prompt_tokens": "9"},
        {"prompt_tokens": 1.5},
        {"prompt_tokens": 10**12},
        {"completion_tokens": None},
    ],
)
def test_senseless_token_counts_are_left_out(server: ScriptedServer, usage: object) -> None:
    server.scripts = [say("x", usage=usage)]
    meter = Meter()
    ask(client_of(server), meter=meter)
    assert (meter.total().calls, meter.total().tokens_in, meter.total().tokens_out) == (1, 0, 0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "choices",
                    "message",
                    "content",
                    "error",
                    "code",
                    "param",
                    "detail",
                    "text",
                    "type",
                    "usage",
                    "finish_reason",
                ]
            )
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
CHOICES = st.builds(lambda content, usage: completion(content, usage=usage), JSON, JSON)


@pytest.fixture(scope="module")
def shared_server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


@settings(max_examples=150)
@given(
    status=st.sampled_from([200, 200, 201, 204, 400, 401, 403, 404, 418, 422, 429, 500]),
    body=JSON | CHOICES | st.binary(),
)
def test_any_answer_is_a_completion_or_an_llm_error(shared_server: ScriptedServer, status: int, body: object) -> None:
    shared_server.otherwise = reply(status, body)
    client = client_of(shared_server, retrying=Retrying(tries=2, base=0.001))
    try:
        ask(client).text.encode()
    except LLMError as problem:
        str(problem).encode()


def test_deep_nesting_is_unavailable(server: ScriptedServer) -> None:
    server.otherwise = reply(200, b"[" * 500_000)
    assert isinstance(failure(client_of(server)), LLMUnavailable)


def test_fifty_threads_share_the_client(server: ScriptedServer) -> None:
    together = threading.Barrier(50)

    def all_at_once(handler: Handler) -> None:
        together.wait(20)  # answered only when all fifty requests are here
        body = json.loads(handler.raw_body)
        handler.send(200, json.dumps(completion(body["messages"][0]["content"])).encode())

    server.otherwise = all_at_once
    client, meter = client_of(server), Meter()

    def call(number: int) -> str:
        messages = [{"role": "user", "content": f"number {number}"}]
        return client.complete(messages, response_format=None, deadline=Deadline(30), meter=meter).text

    with ThreadPoolExecutor(50) as pool:
        assert list(pool.map(call, range(50))) == [f"number {number}" for number in range(50)]
        assert list(pool.map(call, range(50))) == [f"number {number}" for number in range(50)]
    assert meter.total().calls == 100
    assert server.connections == 50
