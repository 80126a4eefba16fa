"""Hints: in order, repeatable, counted, and paid for with the highest score that is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from tests.conftest import JOB, STRONG, read_records, settings_for

Begin = Callable[..., dict[str, Any]]


def ask_hint(client: FlaskClient, session_id: str, **fields: Any) -> TestResponse:
    return client.post("/api/request-hint", json={"session_id": session_id} | fields)


def at_a_question_with_hints(client: FlaskClient, begin: Begin) -> str:
    """An interview at its second question, which is one about a skill from the bank, with two hints."""
    session_id: str = begin(total_questions=3)["session_id"]
    client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG})
    return session_id


def test_hints_come_in_order_and_say_what_is_left(client: FlaskClient, begin: Begin) -> None:
    session_id = at_a_question_with_hints(client, begin)
    first = ask_hint(client, session_id).get_json()
    assert (first["hint_number"], first["hints_used"], first["highest_score"]) == (1, 1, 9.5)
    assert first["hints_left"] >= 1
    second = ask_hint(client, session_id).get_json()
    assert (second["hint_number"], second["hints_used"], second["highest_score"]) == (2, 2, 9.0)
    assert second["hint"] != first["hint"]


def test_the_same_hint_again_is_the_same_and_costs_nothing(client: FlaskClient, begin: Begin) -> None:
    session_id = at_a_question_with_hints(client, begin)
    first = ask_hint(client, session_id, hint_number=1).get_json()
    assert ask_hint(client, session_id, hint_number=1).get_json() == first


def test_a_late_repeat_for_an_answered_question_takes_no_hint_of_the_next(client: FlaskClient, begin: Begin) -> None:
    session_id = at_a_question_with_hints(client, begin)
    ask_hint(client, session_id, hint_number=1, question_number=2)
    client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG})
    late = ask_hint(client, session_id, hint_number=1, question_number=2)
    assert (late.status_code, "Question 2" in late.get_json()["detail"]) == (409, True)
    view = client.get(f"/api/interview/{session_id}").get_json()
    assert (view["question_number"], view["hints"], view["highest_score"]) == (3, [], 10.0)


def test_with_no_hint_left_or_one_passed_over_it_is_a_conflict(client: FlaskClient, begin: Begin) -> None:
    session_id = at_a_question_with_hints(client, begin)
    assert ask_hint(client, session_id, hint_number=2).status_code == 409
    while (reply := ask_hint(client, session_id)).status_code == 200:
        left = reply.get_json()["hints_left"]
    assert (reply.status_code, left) == (409, 0)
    assert "no more hints" in reply.get_json()["detail"]


def test_each_hint_lowers_the_highest_score_by_half_a_point(tmp_path: Path) -> None:
    client = create_app(settings_for(tmp_path)).test_client()
    body = {"job_description": JOB, "total_questions": 2}
    session_id = client.post("/api/start-interview", json=body).get_json()["session_id"]
    client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG})
    ask_hint(client, session_id)
    client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG})
    stored = read_records(tmp_path, "answers")[1]
    assert stored["hints_used"] == 1
    assert stored["score"] <= 9.5


def test_hints_survive_a_restart_and_a_page_that_loads_sees_them(tmp_path: Path) -> None:
    client = create_app(settings_for(tmp_path)).test_client()
    begun = client.post("/api/start-interview", json={"job_description": JOB, "total_questions": 3}).get_json()
    session_id = begun["session_id"]
    client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG})
    hint = ask_hint(client, session_id).get_json()
    view = create_app(settings_for(tmp_path)).test_client().get(f"/api/interview/{session_id}").get_json()
    assert (view["hints"], view["hints_left"]) == ([hint["hint"]], hint["hints_left"])


def test_a_hint_does_not_restart_the_clock_of_the_question(client: FlaskClient, begin: Begin) -> None:
    session_id = at_a_question_with_hints(client, begin)
    asked_at = client.get(f"/api/interview/{session_id}").get_json()["asked_at"]
    ask_hint(client, session_id)
    assert client.get(f"/api/interview/{session_id}").get_json()["asked_at"] == asked_at


def test_unknown_and_ended_interviews_have_no_hints(client: FlaskClient, finish: Callable[..., dict[str, Any]]) -> None:
    assert ask_hint(client, "zzzzzzzz").status_code == 404
    assert ask_hint(client, finish(total_questions=1)["session_id"]).status_code == 409
    assert ask_hint(client, "zzzzzzzz", hint_number=0).status_code == 422
