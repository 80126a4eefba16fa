"""The client of the LLM server: what it sends, how it reads what comes, and that nothing outlasts the deadline."""

import gzip
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interviewer.errors import ConfigurationError, LLMUnavailable
from interviewer.llm.chat import ChatClient, Completion
from interviewer.llm.deadline import Deadline
from interviewer.llm.endpoint import Endpoint
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
