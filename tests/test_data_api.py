"""What the hiring team reads: listing, statistics, one interview, deletion."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from data_storage import DataStorage
from tests.conftest import JOB, STRONG, settings_for

Finish = Callable[..., dict[str, Any]]
Begin = Callable[..., dict[str, Any]]


def stored(session_id: str, **fields: Any) -> dict[str, Any]:
    plain = {
        "session_id": session_id,
        "timestamp": "2026-03-10T12:00:00+00:00",
        "candidate_name": "Ada",
        "job_description": "A job.",
        "difficulty": "intermediate",
        "interview_type": "job",
        "topics": ["SQL"],
        "status": "completed",
        "average_score": 5.0,
        "overall_score": 5.0,
        "duration": 60,
        "total_questions": 1,
        "completed_questions": 1,
    }
    return plain | fields


@pytest.fixture
def listed(client: FlaskClient, data_dir: Path) -> Callable[..., list[str]]:
    """Lists with a query; returns the ids."""
    storage = DataStorage(data_dir)
    for record in (
        stored("aaaaaaaa", candidate_name="Zoë Ärmel", average_score=4.0, duration=300),
        stored("bbbbbbbb", candidate_name="bea", average_score=8.0, timestamp="2026-03-11T00:00:00+00:00"),
        stored("cccccccc", candidate_name="Cleo", average_score=8.0, difficulty="advanced", topics=["Nursing"]),
        stored("dddddddd", candidate_name="Dan", average_score=6.0, job_description="Truck driver", duration=10),
    ):
        storage.save_interview_session(record)

    def ids(**query: Any) -> list[str]:
        response = client.get("/api/data/interviews", query_string=query)
        assert response.status_code == 200, response.text
        return [interview["session_id"][0] for interview in response.get_json()["interviews"]]

    return ids


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "abcd"),
        ({"q": "ärmel"}, "a"),
        ({"q": "TRUCK"}, "d"),
        ({"q": "nurs"}, "c"),
        ({"q": "bbbb"}, "b"),
        ({"q": "nobody"}, ""),
        ({"min_score": 6}, "bcd"),
        ({"difficulty": "advanced"}, "c"),
        ({"interview_type": "technical"}, ""),
        ({"from": "2026-03-11"}, "b"),
        ({"to": "2026-03-10"}, "acd"),
        ({"from": "2026-03-10T12:00:00Z", "to": "2026-03-10T13:00:00+01:00"}, "acd"),
        ({"sort": "average_score"}, "adbc"),
        ({"sort": "-average_score"}, "bcda"),
        ({"sort": "candidate_name"}, "bcda"),
        ({"sort": "-duration"}, "abcd"),
        ({"limit": 2, "offset": 1}, "bc"),
        ({"limit": 0}, ""),
        ({"status": "in_progress"}, ""),
        ({"status": "all"}, "abcd"),
    ],
    ids=str,
)
def test_the_listing_filters_sorts_and_pages(
    listed: Callable[..., list[str]], query: dict[str, Any], expected: str
) -> None:
    assert listed(**query) == list(expected)


def test_total_counts_before_limit_and_offset(client: FlaskClient, listed: Callable[..., list[str]]) -> None:
    reply = client.get("/api/data/interviews?min_score=6&limit=1&offset=1").get_json()
    assert (reply["total"], len(reply["interviews"])) == (3, 1)


def test_live_and_abandoned_interviews_are_listed_by_status(client: FlaskClient, begin: Begin, finish: Finish) -> None:
    done = finish(total_questions=1)["session_id"]
    live = begin(candidate_name="Liv")["session_id"]
    left = begin()["session_id"]
    client.post("/api/submit-answer", json={"session_id": live, "answer": STRONG})
    client.post("/api/end-interview", json={"session_id": left})

    def ids(**query: str) -> list[str]:
        reply = client.get("/api/data/interviews", query_string=query).get_json()
        return [interview["session_id"] for interview in reply["interviews"]]

    assert ids() == [done]
    assert ids(status="in_progress") == [live]
    assert ids(status="abandoned") == [left]
    assert ids(status="awaiting_evaluation") == []
    assert ids(status="all") == [done, live, left]
    assert ids(status="all", q="liv") == [live]
    (view,) = client.get("/api/data/interviews?status=in_progress").get_json()["interviews"]
    assert view["timestamp"] == view["started_at"]
    assert (view["completed_questions"], len(view["individual_scores"]), view["job_description"]) == (1, 1, JOB)


def test_statistics_are_those_of_the_finished_interviews(client: FlaskClient, begin: Begin, finish: Finish) -> None:
    empty = client.get("/api/data/statistics").get_json()
    assert (empty["total_interviews"], empty["average_score"], empty["total_answers"]) == (0, None, 0)
    reports = [finish(total_questions=2), finish("I don't know.", total_questions=1)]
    begin()
    numbers = client.get("/api/data/statistics").get_json()
    assert (numbers["total_interviews"], numbers["total_questions"], numbers["total_answers"]) == (2, 3, 3)
    mean = sum(report["average_score"] for report in reports) / 2
    assert numbers["average_score"] == pytest.approx(mean, abs=0.051)


def test_an_unfinished_interview_is_not_found_among_the_data(client: FlaskClient, begin: Begin) -> None:
    assert client.get(f"/api/data/interview/{begin()['session_id']}").status_code == 404


@pytest.mark.parametrize("state", ["finished", "live", "abandoned"])
def test_deleting_leaves_nothing_of_the_candidate_on_disk(
    client: FlaskClient, begin: Begin, finish: Finish, data_dir: Path, state: str
) -> None:
    marker = {"candidate_name": "Zenobia Quill", "job_description": f"{JOB} Marker 8472."}
    if state == "finished":
        session_id = finish(total_questions=1, **marker)["session_id"]
    else:
        session_id = begin(**marker)["session_id"]
        client.post("/api/save-draft", json={"session_id": session_id, "question_number": 1, "answer": "draft 8472"})
    if state == "abandoned":
        client.post("/api/end-interview", json={"session_id": session_id})
    kept = finish(total_questions=1)["session_id"]
    assert client.delete(f"/api/data/interview/{session_id}").status_code == 204
    assert client.delete(f"/api/data/interview/{session_id}").status_code == 404
    assert client.get(f"/api/interview/{session_id}").status_code == 404
    for path in data_dir.rglob("*"):
        content = path.read_text() if path.is_file() else ""
        assert session_id not in path.name + content
        assert "8472" not in content
    assert client.get(f"/api/data/interview/{kept}").status_code == 200


def test_a_damaged_copy_set_aside_forgets_a_deleted_candidate_too(
    client: FlaskClient, finish: Finish, data_dir: Path
) -> None:
    gone, kept = finish(total_questions=1)["session_id"], finish(total_questions=1)["session_id"]
    path = data_dir / "interviews.json"
    path.write_bytes(path.read_bytes() + b"garbage")
    assert client.get("/api/data/statistics").get_json()["total_interviews"] == 2
    assert client.delete(f"/api/data/interview/{gone}").status_code == 204
    (aside,) = data_dir.glob("interviews.json.damaged-*")
    assert gone not in aside.read_text()
    assert kept in aside.read_text()


def test_health_says_what_runs(client: FlaskClient) -> None:
    health = client.get("/api/health").get_json()
    assert (health["status"], health["interviewer"], health["model"]) == ("ok", "builtin", None)
    assert (health["transcription"], health["speech"], health["google_sheets"]) == ("tiny.en", "browser", "off")
    assert (health["storage_mode"], health["sheet_name"]) == ("local", None)


def test_the_schema_lists_every_call_of_the_api(client: FlaskClient) -> None:
    paths = client.get("/openapi.json").get_json()["paths"]
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert routes == set(paths)
    assert "/api/submit-answer" in paths


def test_records_that_a_script_saved_with_little_in_them_are_listed_and_counted(
    client: FlaskClient, finish: Finish, data_dir: Path
) -> None:
    kept = finish(total_questions=1)["session_id"]
    storage = DataStorage(data_dir)
    storage.save_interview_session({"session_id": "handmade", "average_score": 6.0, "timestamp": "last spring"})
    for query in ("", "?status=all", "?sort=-average_score", "?sort=candidate_name", "?q=hand", "?min_score=5"):
        reply = client.get(f"/api/data/interviews{query}")
        assert "handmade" in [interview["session_id"] for interview in reply.get_json()["interviews"]], query
    timed = client.get("/api/data/interviews?from=2020-01-01").get_json()["interviews"]
    assert [interview["session_id"] for interview in timed] == [kept]
    assert client.get("/api/data/statistics").get_json()["total_interviews"] == 2
    assert client.get("/api/data/interview/handmade").status_code == 200
    assert client.get("/api/interview/handmade").status_code == 404
    storage.save_answer("handmade", "Why?", "Because.", 5.0)


@pytest.mark.parametrize(
    "items", [None, "none", 7, {}, [None, 3, "x"], [{"question_id": 7}], [{"question_id": "a", "topic": ["b"]}]]
)
def test_a_record_that_a_script_saved_in_another_form_does_not_stop_the_start(data_dir: Path, items: object) -> None:
    strange = {"session_id": "handmade", "job_description": "A job.", "questions_and_answers": items}
    DataStorage(data_dir).save_interview_session(strange)
    client = create_app(settings_for(data_dir)).test_client()
    assert client.get("/api/data/interviews").get_json()["total"] == 1
    assert client.post("/api/start-interview", json={"job_description": "A job."}).status_code == 201


def test_something_strange_among_the_live_interviews_stops_nothing(
    client: FlaskClient, begin: Begin, data_dir: Path
) -> None:
    live = begin()["session_id"]
    (data_dir / "in_progress" / "abcdefgh.json").mkdir()
    (data_dir / "in_progress" / "bbbbbbbb.json").write_text("{broken")
    reply = client.get("/api/data/interviews?status=in_progress").get_json()
    assert [interview["session_id"] for interview in reply["interviews"]] == [live]
    assert client.get("/api/interview/abcdefgh").status_code == 404
    assert len(list((data_dir / "in_progress").glob("*.broken-*"))) == 2
