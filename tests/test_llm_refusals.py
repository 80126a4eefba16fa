"""What an LLM server refuses: not asked again, said with advice; a parameter that it does not take is left out."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from interviewer.errors import LLMRefused, LLMUnavailable
from interviewer.usage import Meter
from tests.scripted_server import (
    Handler,
    Script,
    ScriptedServer,
    ask,
    client_of,
    completion,
    drip,
    error,
    failure,
    reply,
)


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
