"""The key and the candidate stay out of errors and logs of the LLM client."""

import json
import logging

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr

from interviewer.errors import LLMError
from interviewer.llm.masking import Masker
from tests.scripted_server import (
    KEY,
    Handler,
    Script,
    ScriptedServer,
    ask,
    client_of,
    completion,
    error,
    failure,
    reply,
    say,
)


def echo(status: int) -> Script:
    def script(handler: Handler) -> None:
        said = f"I got {handler.headers['Authorization']}, that is {KEY}, and sk-other12345, gsk_abcdef, AIzaSyabcd"
        body = completion(said) if status == 200 else error(said)
        handler.send(status, json.dumps(body).encode(), X_Echo=KEY)

    return script


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 422, 429, 500])
def test_a_server_that_echoes_the_key_does_not_spread_it(
    server: ScriptedServer, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.otherwise = echo(status)
    client = client_of(server)
    try:
        said = repr(ask(client))
    except LLMError as problem:
        said = f"{problem} {problem!r} {vars(problem)}"
        assert not any(word in said for word in ("sk-other", "gsk_abc", "AIzaSy"))
    assert KEY not in said + repr(client) + caplog.text
    assert "Hallo" not in caplog.text


def test_malformed_headers_with_the_key_are_not_logged(
    server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = json.dumps(completion("fine")).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{KEY}\r\nX: 1\r\n\r\n".encode()
    server.scripts = [lambda handler: handler.raw(head + body)] * 2
    assert ask(client_of(server)).text == "fine"
    assert KEY not in caplog.text


@given(
    key=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12).filter(
        lambda k: k.strip("*.")
    ),
    pieces=st.lists(st.text(max_size=10) | st.just(None), max_size=30),
)
@example(key="***,", pieces=["sk-abcdef,"])
def test_no_masked_text_holds_the_key(key: str, pieces: list[str | None]) -> None:
    text = "".join(key if piece is None else piece for piece in pieces)
    masker = Masker(SecretStr(key))
    detail = masker.detail(text)
    assert key not in detail
    assert len(detail) <= 200
    assert detail.isprintable()
    assert len(key) < 8 or key not in masker.completion(text)
    assert len(key) < 8 or key not in repr(masker)


@given(
    st.sampled_from(["sk-", "sk-proj-", "gsk_", "AIza", "Bearer ", "authorization: bearer "]),
    st.from_regex(r"[A-Za-z0-9]{16,40}", fullmatch=True),
)
def test_what_looks_like_a_key_is_masked(prefix: str, rest: str) -> None:
    assert rest not in Masker(None).detail(f"Incorrect key provided: {prefix}{rest}. Find yours at https://example.org")


def test_ordinary_words_are_not_masked() -> None:
    said = "risk-free task-based ask_me: the model `tiny` does not support response_format"
    assert Masker(SecretStr("0123456789")).detail(said) == said


def test_a_failed_call_is_one_warning(server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="interviewer")
    server.otherwise = reply(503, error("secret words of a candidate"))
    failure(client_of(server))
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1
    assert f"127.0.0.1:{server.server_port} failed: 503, tries: 4, " in lines[0]


def test_a_success_is_logged_for_debugging_only(server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="interviewer")
    server.scripts = [say("private", usage={"prompt_tokens": 12, "completion_tokens": 3})]
    ask(client_of(server))
    assert {record.levelno for record in caplog.records} == {logging.DEBUG}
    assert "tokens 12 in, 3 out" in caplog.text
    assert "private" not in caplog.text
