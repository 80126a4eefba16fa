"""Drafts: what a candidate has written and not sent is counted, kept over restarts, and never scored."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from tests.conftest import JOB, STRONG, StartServer, read_records, settings_for
from tests.llm_setup import llm_settings
from tests.stand_in_llm import StandIn
from tests.told_time import ToldTime, sweep

Json = dict[str, Any]
DRAFT = "I would first look at the slow query log, \U0001f600 and then"
CODE = "def slowest(queries):\n\treturn max(queries"


def start(client: FlaskClient, **fields: Any) -> str:
    """Begin a technical interview: its answers and drafts may hold code."""
    body = {"interview_type": "technical", "topics": ["Python"], "total_questions": 2} | fields
    response = client.post("/api/start-interview", json=body)
    assert response.status_code == 201, response.text
    return str(response.get_json()["session_id"])


def draft(client: FlaskClient, session_id: str, number: int, text: str, **code: str) -> Json:
    body = {"session_id": session_id, "question_number": number, "answer": text} | code
    response = client.post("/api/save-draft", json=body)
    assert response.status_code == 200, response.text
    reply: Json = response.get_json()
    return reply


def answer(client: FlaskClient, session_id: str, text: str = STRONG) -> Json:
    response = client.post("/api/submit-answer", json={"session_id": session_id, "answer": text})
    assert response.status_code == 200, response.text
    reply: Json = response.get_json()
    return reply


def view(client: FlaskClient, session_id: str) -> Json:
    found: Json = client.get(f"/api/interview/{session_id}").get_json()
    return found


def kept(holder: Json) -> tuple[str | None, str | None, str | None]:
    """The unsent text, code and language of a report."""
    return holder["unsent_draft"], holder["unsent_draft_code"], holder["unsent_draft_code_language"]


def everything_stored(data_dir: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(data_dir.rglob("*")) if path.is_file())


def test_a_change_of_text_code_or_language_is_a_revision_and_the_same_again_is_none(client: FlaskClient) -> None:
    session_id = start(client)
    steps: list[tuple[str, dict[str, str], int]] = [
        ("one", {}, 1),
        ("one", {}, 1),
        ("one two", {}, 2),
        ("one two", {"code_submission": CODE}, 3),
        ("one two", {"code_submission": CODE, "code_language": "python"}, 4),
        ("one two", {"code_submission": CODE, "code_language": "python"}, 4),
        ("", {"code_submission": CODE, "code_language": "python"}, 5),
        ("", {}, 6),
        ("one", {}, 7),
    ]
    for text, code, revision in steps:
        assert draft(client, session_id, 1, text, **code)["revision"] == revision
        shown = view(client, session_id)
        assert (shown["draft"], shown["revision"]) == (text, revision)
        assert shown["draft_code"] == code.get("code_submission")
        assert shown["draft_code_language"] == code.get("code_language")


def test_the_same_draft_again_says_when_it_was_saved_first(client: FlaskClient) -> None:
    session_id = start(client)
    assert draft(client, session_id, 1, DRAFT) == draft(client, session_id, 1, DRAFT)


def test_how_often_the_draft_changed_is_in_the_record_of_its_answer_alone(client: FlaskClient, data_dir: Path) -> None:
    session_id = start(client, total_questions=3)
    for text in ("a", "ab", "abc"):
        draft(client, session_id, 1, text)
    answer(client, session_id)
    assert view(client, session_id)["draft"] is None
    answer(client, session_id)
    draft(client, session_id, 3, "x")
    report = answer(client, session_id)["report"]
    assert [record["revision_count"] for record in read_records(data_dir, "answers")] == [3, 0, 1]
    assert [item["revision_count"] for item in report["questions_and_answers"]] == [3, 0, 1]
    assert kept(report) == (None, None, None)


def test_a_draft_belongs_to_the_current_question_of_an_interview_that_goes_on(client: FlaskClient) -> None:
    session_id = start(client)
    answer(client, session_id)
    body = {"session_id": session_id, "answer": DRAFT}
    for number in (1, 3):
        assert client.post("/api/save-draft", json=body | {"question_number": number}).status_code == 409
    assert view(client, session_id)["draft"] is None
    draft(client, session_id, 2, DRAFT)
    client.post("/api/end-interview", json={"session_id": session_id})
    response = client.post("/api/save-draft", json=body | {"question_number": 2, "answer": "more"})
    assert response.status_code == 409
    assert view(client, session_id)["report"]["unsent_draft"] == DRAFT


def test_a_draft_and_its_count_survive_a_kill(serve: StartServer) -> None:
    first = serve()
    body = {"interview_type": "technical", "topics": ["Python"], "total_questions": 2}
    session_id = first.post("/api/start-interview", **body).json()["session_id"]
    for text in ("a", DRAFT):
        first.post(
            "/api/save-draft",
            **{"session_id": session_id, "question_number": 1, "answer": text, "code_submission": CODE},
        )
    first.kill()
    second = serve()
    found = second.get(f"/api/interview/{session_id}").json()
    assert (found["draft"], found["draft_code"], found["revision"]) == (DRAFT, CODE, 2)
    reply = second.post("/api/save-draft", session_id=session_id, question_number=1, answer="c").json()
    assert reply["revision"] == 3


def end_by_hand(time: ToldTime, data_dir: Path, session_id: str) -> None:
    response = time.app(data_dir).test_client().post("/api/end-interview", json={"session_id": session_id})
    assert response.status_code == 200, response.text


def time_out(time: ToldTime, data_dir: Path, session_id: str) -> None:
    app = time.app(data_dir)
    time.go_on(3600)
    sweep(app)


Ending = Callable[[ToldTime, Path, str], None]
ENDINGS = pytest.mark.parametrize(("end", "method"), [(end_by_hand, "manually_ended"), (time_out, "timeout_cleanup")])


@ENDINGS
def test_an_interview_that_ends_with_a_draft_keeps_it_unscored(data_dir: Path, end: Ending, method: str) -> None:
    time = ToldTime()
    client = time.app(data_dir).test_client()
    session_id = start(client)
    answer(client, session_id)
    draft(client, session_id, 2, DRAFT, code_submission=CODE, code_language="python")
    question = view(client, session_id)["question"]
    end(time, data_dir, session_id)
    (report,) = read_records(data_dir, "interviews")
    assert report["completion_method"] == method
    assert kept(report) == (DRAFT, CODE, "python")
    assert report["unanswered_question"] == question
    assert (
        report["completed_questions"] == len(report["individual_scores"]) == len(read_records(data_dir, "answers")) == 1
    )
    restarted = time.app(data_dir).test_client()
    assert restarted.get(f"/api/data/interview/{session_id}").get_json() == report
    assert view(restarted, session_id)["draft"] == DRAFT
    assert view(restarted, session_id)["draft_code"] == CODE


@ENDINGS
def test_an_abandoned_interview_keeps_its_draft_where_it_lies(data_dir: Path, end: Ending, method: str) -> None:
    time = ToldTime()
    client = time.app(data_dir).test_client()
    session_id = start(client)
    draft(client, session_id, 1, DRAFT, code_submission=CODE)
    end(time, data_dir, session_id)
    restarted = time.app(data_dir).test_client()
    shown = view(restarted, session_id)
    assert (shown["status"], shown["draft"], shown["draft_code"]) == ("abandoned", DRAFT, CODE)
    on_disk = json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text(encoding="utf-8"))
    assert (on_disk["draft"]["text"], on_disk["completion_method"]) == (DRAFT, method)
    for name in ("answers", "interviews"):
        assert read_records(data_dir, name) == []


@ENDINGS
def test_a_draft_waits_with_an_interview_that_waits_for_its_evaluation(
    data_dir: Path, end: Ending, method: str
) -> None:
    with StandIn() as model:
        client = create_app(llm_settings(data_dir, model)).test_client()
        body = {"job_description": JOB, "total_questions": 2}
        session_id = client.post("/api/start-interview", json=body).get_json()["session_id"]
        model.behave("server_error", only=("evaluation",))
        assert answer(client, session_id)["evaluation"] == "pending"
        draft(client, session_id, 2, DRAFT)
    end(ToldTime(), data_dir, session_id)
    assert read_records(data_dir, "interviews") == []
    runner = create_app(settings_for(data_dir)).test_cli_runner()
    result = runner.invoke(args=["evaluate-pending", session_id, "--interviewer", "builtin"])
    assert result.exit_code == 0, result.output
    (report,) = read_records(data_dir, "interviews")
    assert (report["completion_method"], report["unsent_draft"]) == (method, DRAFT)


def test_deleting_a_candidate_deletes_drafts_in_every_state(client: FlaskClient, data_dir: Path) -> None:
    secret = "a thought nobody else ever had"
    running, abandoned, finished = start(client), start(client), start(client)
    answer(client, finished)
    for session_id, number in ((running, 1), (abandoned, 1), (finished, 2)):
        draft(client, session_id, number, secret)
    for session_id in (abandoned, finished):
        client.post("/api/end-interview", json={"session_id": session_id})
    assert everything_stored(data_dir).count(secret.encode()) >= 3
    for session_id in (running, abandoned, finished):
        assert client.delete(f"/api/data/interview/{session_id}").status_code == 204
    assert secret.encode() not in everything_stored(data_dir)
