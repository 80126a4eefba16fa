"""Every error is a problem that names the field and says what is allowed; nothing is stored by a bad request."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import JOB, read_records


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    """The response is a problem of that status; its body."""
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    body: dict[str, Any] = response.get_json()
    assert body["status"] == status
    assert body["type"]
    assert body["title"]
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("job_description", ""),
        ("job_description", "  \n "),
        ("job_description", "\u200b\x00"),
        ("job_description", "x" * 50_001),
        ("job_description", None),
        ("job_description", 5),
        ("job_description", "a\ud800"),
        ("candidate_name", "x" * 201),
        ("candidate_name", 7),
        ("experience_years", -1),
        ("experience_years", 81),
        ("experience_years", "5"),
        ("experience_years", True),
        ("difficulty", "brutal"),
        ("difficulty", "conversational"),
        ("interview_type", "seance"),
        ("total_questions", 0),
        ("total_questions", 21),
        ("total_questions", 2.5),
        ("total_questions", True),
        ("topics", ["SQL"]),
        ("resume_text", "I am"),
        ("dificulty", "beginner"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(client: FlaskClient, data_dir: Path, field: str, value: Any) -> None:
    response = client.post("/api/start-interview", json={"job_description": JOB, field: value})
    problem = assert_problem(response, 422)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert read_records(data_dir, "job_descriptions") == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"topics": []}, "topics: at least one topic is needed"),
        ({"topics": [f"topic {number}" for number in range(21)]}, "topics: List should have at most 20 items, not 21"),
        ({"topics": ["SQL", " . ? "]}, "topics.1: must name something: a letter or a digit is needed"),
        ({"topics": ["SQL"], "candidate_name": "a\ud800"}, "candidate_name: must be valid Unicode"),
        ({"topics": ["SQL"], "resume_text": "I am"}, "resume_text: must be empty for an interview of type technical"),
    ],
)
def test_a_message_speaks_of_the_field_and_not_of_a_validator(
    client: FlaskClient, fields: dict[str, Any], said: str
) -> None:
    response = client.post("/api/start-interview", json={"interview_type": "technical"} | fields)
    detail = assert_problem(response, 422)["detail"]
    assert said in detail
    assert "alid" not in detail.replace("valid Unicode", "")


@pytest.mark.parametrize("field", ["candidate_name", "experience_years", "difficulty", "total_questions", "topics"])
def test_null_for_an_optional_field_means_its_default(client: FlaskClient, field: str) -> None:
    assert client.post("/api/start-interview", json={"job_description": JOB, field: None}).status_code == 201


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{not json", "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        (b"", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"hello", "text/plain", 415),
        (b"{}", None, 415),
        (b"[]", "application/json", 422),
        (b'"{}"', "application/json", 422),
        (b"null", "application/json", 422),
        (b'{"job_description": "x", "experience_years": NaN}', "application/json", 422),
        (b'{"job_description": "\\ud800"}', "application/json", 422),
        (b'{"job_description": "' + b"x" * 3_000_000 + b'"}', "application/json", 413),
    ],
    ids=("broken,no UTF-8,empty,deep,text,no type,list,string,null,NaN,surrogate,large").split(","),
)
def test_a_body_that_cannot_be_read_says_why(
    client: FlaskClient, body: bytes, content_type: str | None, status: int
) -> None:
    assert_problem(client.post("/api/start-interview", data=body, content_type=content_type), status)


@pytest.mark.parametrize("session_id", ["nosuchid", "../../x", "", "ABCDEFGH", "a" * 9, "abcd123\n"])
@pytest.mark.parametrize("path", ["submit-answer", "end-interview", "save-draft"])
def test_an_unknown_interview_is_not_found(client: FlaskClient, data_dir: Path, path: str, session_id: str) -> None:
    body: dict[str, Any] = {"session_id": session_id}
    if path != "end-interview":
        body |= {"answer": "x"}
    if path == "save-draft":
        body |= {"question_number": 1}
    assert_problem(client.post(f"/api/{path}", json=body), 404)
    assert list((data_dir / "in_progress").iterdir()) == []


@pytest.mark.parametrize("path", ["/api/nothing-here", "/api/interview/nosuchid", "/api/data/interview/..%2fx", "/x"])
def test_an_unknown_path_is_not_found(client: FlaskClient, path: str) -> None:
    assert_problem(client.get(path), 404)


def test_a_wrong_method_says_which_are_allowed(client: FlaskClient) -> None:
    response = client.get("/api/submit-answer")
    assert_problem(response, 405)
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
def test_an_answer_that_cannot_be_taken_changes_nothing(
    client: FlaskClient, begin: Callable[..., dict[str, Any]], data_dir: Path, text: str
) -> None:
    session_id = begin()["session_id"]
    problem = assert_problem(client.post("/api/submit-answer", json={"session_id": session_id, "answer": text}), 422)
    assert problem["errors"][0]["field"] == "answer"
    assert read_records(data_dir, "answers") == []


@pytest.mark.parametrize(
    "path",
    [
        "/api/data/interviews?min_scor=5",
        "/api/data/interviews?min_score=eleven",
        "/api/data/interviews?min_score=nan",
        "/api/data/interviews?status=finished",
        "/api/data/interviews?sort=name",
        "/api/data/interviews?from=yesterday",
        "/api/data/interviews?limit=-1",
        "/api/data/statistics?x=1",
        "/api/health?verbose=1",
    ],
)
def test_a_query_parameter_that_cannot_be_taken_is_named(client: FlaskClient, path: str) -> None:
    problem = assert_problem(client.get(path), 422)
    assert problem["errors"][0]["field"] == path.partition("?")[2].partition("=")[0]


def test_odd_characters_are_taken_as_they_are(
    client: FlaskClient, begin: Callable[..., dict[str, Any]], data_dir: Path
) -> None:
    session_id = begin()["session_id"]
    odd = "Zażółć 😀 \u2028 \x00 </script> ' \" \\ \n {{7*7}} =1+1"
    assert client.post("/api/submit-answer", json={"session_id": session_id, "answer": odd}).status_code == 200
    assert read_records(data_dir, "answers")[0]["answer"] == odd
