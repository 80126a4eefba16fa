"""Whatever an LLM server answers, however large, deep or senseless: a completion or an LLMError."""

import gzip
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import LLMError, LLMRefused, LLMUnavailable
from interviewer.llm.retrying import Retrying
from interviewer.usage import Meter
from tests.scripted_server import ScriptedServer, ask, client_of, completion, failure, reply, say


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
