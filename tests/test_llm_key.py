"""The key of the LLM, repeated by its server wherever a server can: in no reply, page, log or file of ours."""

import dataclasses
import json
import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.conftest import JOB, STRONG, StartServer
from tests.llm_setup import TIMEOUT_S, Held, hold, llm_client, llm_environment
from tests.stand_in_calls import Call, Reply, completion, error
from tests.stand_in_llm import StandIn

KEY = "lk-7Qm2vX9rTz4W-recognisable"
ECHOES = (
    *("unauthorized", "refused", "forbidden", "overloaded", "failing", "page", "broken JSON", "error in a 200"),
    *("redirect", "header", "status line of a header", "finish reason", "texts of the model", "prose of the model"),
    "escaped texts of the model",
)
TRIED_AGAIN = ("overloaded", "failing", "broken JSON")
"""Places in replies that are asked for again until the time is over: for these it is short."""


class EchoingStandIn(StandIn):
    """Repeats the Authorization header in one place where a server can."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def answer(self, call: Call) -> Reply:
        """The good reply, with the key in it."""
        said = call.headers.get("authorization", "")
        reply = super().answer(call)
        statuses = {"unauthorized": 401, "refused": 400, "forbidden": 403, "overloaded": 429, "failing": 500}
        if self.place in statuses:
            return error(statuses[self.place], f"The request with {said} is not taken.")
        if self.place == "page":
            return Reply(f"<html><body>{said}</body></html>".encode(), content_type="text/html")
        if self.place == "broken JSON":
            return dataclasses.replace(reply, body=f'{{"choices": ["{said}'.encode())
        if self.place == "error in a 200":
            return Reply(json.dumps({"error": {"message": said, "code": said}}).encode())
        if self.place == "redirect":
            return Reply(b"", 302, headers={"Location": f"http://127.0.0.1:1/{said.split()[-1]}"})
        if self.place == "header":
            return dataclasses.replace(reply, headers={"X-Echo": said, "Set-Cookie": f"auth={said}"})
        if self.place == "status line of a header":
            return dataclasses.replace(reply, headers={"X-Bad": f"1\r\n{said}\r\n no header"})
        if self.place == "finish reason":
            return dataclasses.replace(reply, body=reply.body.replace(b'"stop"', json.dumps(said).encode()))
        content = json.loads(reply.body)["choices"][0]["message"]["content"]
        if self.place == "prose of the model":
            return completion(call, f"{said} Rating: 7/10 {said.split()[-1]}")
        if self.place == "escaped texts of the model":
            said = "".join(f"\\u{ord(character):04x}" for character in said)
        return completion(call, content.replace(". ", f". {said} ").replace('?"', f' with {said}?"'))


@pytest.mark.parametrize("place", ECHOES)
def test_a_server_that_repeats_the_key_spreads_it_nowhere(
    place: str,
    data_dir: Path,
    stand_in: StandIn,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with EchoingStandIn(place) as server:
        seconds = TIMEOUT_S if place in TRIED_AGAIN else 1
        client = llm_client(data_dir, server, llm_api_key=SecretStr(KEY), llm_timeout=seconds, evaluation_samples=2)
        held = hold(client, STRONG, STRONG)
        pages = [client.get(path) for path in places_to_look(held)]
        run = client.application.test_cli_runner().invoke(
            args=["evaluate-pending", held.session_id],
            env=llm_environment(server, LLM_API_KEY=KEY, LLM_TIMEOUT=str(seconds)),
        )
        assert {call.headers["authorization"] for call in server.requests} == {f"Bearer {KEY}"}
    shown = [json.dumps(held.replies), json.dumps(held.started), *(f"{page.headers}{page.text}" for page in pages)]
    shown += [run.output, repr(run.exception), caplog.text, *capfd.readouterr(), *texts_in(data_dir)]
    assert not [text for text in shown if KEY in text]
    if place.endswith("texts of the model"):
        assert "with Bearer ***?" in held.started["question"]


def test_the_key_is_in_no_log_response_or_file_of_a_server_process(serve: StartServer, data_dir: Path) -> None:
    shown: list[str] = []
    with EchoingStandIn("texts of the model") as echoing:
        server = serve(**llm_environment(echoing, LLM_API_KEY=KEY))
        for echoing.place in ("texts of the model", "refused", "unauthorized"):
            before = len(echoing.requests)
            started = server.post("/api/start-interview", job_description=JOB, total_questions=1)
            held = Held(started.json()["session_id"], started.json())
            answered = server.post("/api/submit-answer", session_id=held.session_id, answer=STRONG)
            assert answered.status_code == 200
            assert len(echoing.requests) > before
            pages = [server.get(path) for path in places_to_look(held)]
            shown += [f"{page.headers}{page.text}" for page in (started, answered, *pages)]
        server.stop()
        shown.append(server.said())
    shown += texts_in(data_dir)
    assert not [text for text in shown if KEY in text]


def places_to_look(held: Held) -> list[str]:
    """What can be read of an interview and of the server."""
    return [
        "/api/health",
        f"/api/interview/{held.session_id}",
        f"/api/data/interview/{held.session_id}",
        "/api/data/interviews?status=all",
        "/api/data/statistics",
    ]


def texts_in(data_dir: Path) -> list[str]:
    """Every file of the data folder."""
    return [path.read_text(encoding="utf-8") for path in data_dir.rglob("*") if path.is_file()]
