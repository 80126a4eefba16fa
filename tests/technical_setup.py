"""What the tests of technical interviews share: starting one, answering it, and its coding questions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from interviewer import commands
from tests.technical_answers import strong_answer

Reply = dict[str, Any]


def begin(client: FlaskClient, *topics: str, **fields: Any) -> Reply:
    """Start a technical interview on these topics; the reply."""
    body = {"interview_type": "technical", "topics": list(topics)} | fields
    response = client.post("/api/start-interview", json=body)
    assert response.status_code == 201, response.text
    reply: Reply = response.get_json()
    return reply


def submit(client: FlaskClient, session_id: str, **fields: Any) -> Any:
    return client.post("/api/submit-answer", json={"session_id": session_id} | fields)


def answer_all(
    client: FlaskClient, begun: Reply, answer: Callable[[str], Reply] = strong_answer
) -> tuple[list[Reply], Reply]:
    """Answer to the end: (each reply with a question, the report)."""
    asked, reply = [], begun
    while reply["status"] != "interview_complete":
        asked.append(reply)
        reply = submit(client, begun["session_id"], **answer(reply["question"])).get_json()
    return asked, reply["report"]


def at_a_coding_question(client: FlaskClient, **fields: Any) -> Reply:
    """An interview whose first question asks for code."""
    begun = begin(client, "Arrays", **fields)
    assert begun["question_kind"] == "coding"
    return begun


def weak_answer(question: str) -> Reply:
    return {"answer": "I don't know."}


def verify(data_dir: Path) -> Result:
    app = Flask("commands")
    commands.register(app, data_dir)
    return app.test_cli_runner().invoke(args=["verify"])
