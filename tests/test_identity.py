"""Who a candidate is: the token's subject becomes the user, and one user's interview is no other's."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import JOB, client_with, read_records
from tests.token_issuer import SECRET, SigningKey, signed
from tests.tokens_setup import (
    API_TOKEN,
    CALLS,
    EVERY_CALL,
    Call,
    assert_refused,
    bearer,
    end,
    started,
    submit,
    view,
)

UNKNOWN_ID = "zzzzzzzz"


def test_every_call_about_an_interview_is_tried_here(client: FlaskClient) -> None:
    endpoints = {rule.endpoint for rule in client.application.url_map.iter_rules()}
    about_one = {"submit_answer", "save_draft", "end_interview", "interview", "request_hint"}
    assert {name for name in endpoints if name.startswith("interviews.")} == {
        f"interviews.{name}" for name in about_one | {"start_interview"}
    }
    assert len(EVERY_CALL) == len(about_one)


def contents(data_dir: Path) -> dict[str, bytes]:
    """What the data folder holds, locks aside."""
    files = (path for path in data_dir.rglob("*") if path.is_file() and not path.name.endswith(".lock"))
    return {str(path): path.read_bytes() for path in files}


# The subject becomes the user.
def test_the_subject_of_the_token_becomes_the_user_of_the_interview_and_its_report(
    shared: FlaskClient, data_dir: Path
) -> None:
    token = signed(subject="ada@example.org")
    session_id = started(shared, token)
    assert json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text())["user_id"] == "ada@example.org"
    assert submit(shared, session_id, token).get_json()["status"] == "next_question"
    assert submit(shared, session_id, token).get_json()["report"]["user_id"] == "ada@example.org"
    assert read_records(data_dir, "interviews")[0]["user_id"] == "ada@example.org"


def test_a_token_of_a_published_key_does_the_same(published: FlaskClient, data_dir: Path, key: SigningKey) -> None:
    session_id = started(published, key.token(subject="grace"))
    assert json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text())["user_id"] == "grace"
    assert submit(published, session_id, key.token(subject="grace")).status_code == 200


def test_without_a_setting_nobody_is_anybody(client: FlaskClient, data_dir: Path) -> None:
    session_id = started(client, signed())
    assert json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text())["user_id"] is None


def test_starting_without_a_token_is_refused(shared: FlaskClient, data_dir: Path) -> None:
    for header in ({}, {"Authorization": f"Basic {SECRET}"}, {"Authorization": signed()}):
        response = shared.post("/api/start-interview", json={"job_description": JOB}, headers=header)
        assert response.status_code == 401
        assert response.content_type == "application/problem+json"
        assert response.headers["WWW-Authenticate"] == "Bearer"
    assert not list((data_dir / "in_progress").glob("*.json"))


def test_reading_a_resume_needs_what_starting_needs(shared: FlaskClient, client: FlaskClient) -> None:
    assert shared.post("/api/parse-resume", content_type="multipart/form-data").status_code == 401
    assert client.post("/api/parse-resume", content_type="multipart/form-data").status_code == 422


# One user's interview is no other's.
@pytest.mark.parametrize("call", EVERY_CALL)
@pytest.mark.parametrize("state", ["begun", "answered", "finished", "abandoned"])
def test_another_users_interview_is_as_unknown_as_none(
    shared: FlaskClient, data_dir: Path, call: Call, state: str, caplog: pytest.LogCaptureFixture
) -> None:
    ada, mallory = signed(subject="ada"), signed(subject="mallory")
    session_id = started(shared, ada)
    if state in ("answered", "finished"):
        submit(shared, session_id, ada)
    if state in ("finished", "abandoned"):
        assert end(shared, session_id, ada).status_code == 200
    before = contents(data_dir)
    denied, unknown = call(shared, session_id, mallory), call(shared, UNKNOWN_ID, mallory)
    assert (denied.status_code, denied.data) == (unknown.status_code, unknown.data)
    assert denied.status_code == 404
    assert f"interview {session_id} was asked for by somebody else" in caplog.text
    assert "mallory" not in caplog.text
    assert call(shared, session_id, "x.y.z").status_code == 401
    assert contents(data_dir) == before


@pytest.mark.parametrize("call", EVERY_CALL)
def test_without_a_token_a_users_interview_and_an_unknown_one_both_ask_for_it(
    shared: FlaskClient, data_dir: Path, call: Call
) -> None:
    session_id = started(shared, signed())
    before = contents(data_dir)
    denied, unknown = call(shared, session_id, None), call(shared, UNKNOWN_ID, None)
    assert denied.status_code == unknown.status_code == 401
    assert denied.data == unknown.data
    assert denied.headers["WWW-Authenticate"] == "Bearer"
    assert contents(data_dir) == before


@pytest.mark.parametrize("call", CALLS)
def test_the_same_subject_goes_on_with_a_new_token(shared: FlaskClient, call: Call) -> None:
    session_id = started(shared, signed(seconds=5))
    assert call(shared, session_id, signed(seconds=5000)).status_code == 200


@pytest.mark.parametrize("call", EVERY_CALL)
def test_a_token_that_has_expired_meanwhile_is_refused(shared: FlaskClient, call: Call) -> None:
    session_id = started(shared, signed())
    assert_refused(call(shared, session_id, signed(seconds=-60)), "expired")


def test_a_subject_is_compared_letter_by_letter(shared: FlaskClient) -> None:
    session_id = started(shared, signed(subject="ada"))
    for other in ("Ada", "ada ", "adax", "\u0430da"):
        assert view(shared, session_id, signed(subject=other)).status_code == 404


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("subject", [None, "ada"])
def test_an_interview_begun_before_the_setting_stays_open_to_who_has_its_id(
    client: FlaskClient, data_dir: Path, call: Call, subject: str | None
) -> None:
    session_id = started(client, None)
    later = client_with(data_dir, jwt_secret=SECRET)
    assert call(later, session_id, signed(subject=subject) if subject else None).status_code == 200
    assert_refused(call(later, session_id, signed(seconds=-60)), "expired")


@pytest.mark.parametrize("call", EVERY_CALL)
def test_a_users_interview_stays_closed_when_the_setting_is_taken_away(
    shared: FlaskClient, data_dir: Path, call: Call
) -> None:
    session_id = started(shared, signed())
    assert call(client_with(data_dir), session_id, signed()).status_code == 404


def test_the_user_survives_a_restart(shared: FlaskClient, data_dir: Path) -> None:
    session_id = started(shared, signed())
    restarted = client_with(data_dir, jwt_secret=SECRET)
    assert view(restarted, session_id, signed(subject="mallory")).status_code == 404
    assert view(restarted, session_id, signed()).status_code == 200


# The hiring team's token is another thing.
@pytest.mark.parametrize(
    "path", ["interviews", "statistics", "summary", "interview/abcdefgh", "interview/abcdefgh/responses"]
)
def test_a_candidates_token_opens_nothing_of_the_hiring_team(data_dir: Path, path: str) -> None:
    only_jwt = client_with(data_dir, jwt_secret=SECRET)
    both = client_with(data_dir, jwt_secret=SECRET, api_token=API_TOKEN)
    for client in (only_jwt, both):
        for token in (None, signed(), SECRET):
            response = client.get(f"/api/data/{path}", headers=bearer(token))
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"] == "Bearer"
    assert only_jwt.delete("/api/data/interview/abcdefgh", headers=bearer(signed())).status_code == 401
    assert only_jwt.get(f"/api/data/{path}", headers=bearer(API_TOKEN)).status_code == 401
    assert both.get(f"/api/data/{path}", headers=bearer(API_TOKEN)).status_code in (200, 404)


@pytest.mark.parametrize("call", EVERY_CALL)
def test_the_hiring_teams_token_is_no_candidates_token(data_dir: Path, call: Call) -> None:
    client = client_with(data_dir, jwt_secret=SECRET, api_token=API_TOKEN)
    session_id = started(client, signed())
    assert_refused(call(client, session_id, API_TOKEN), "malformed")


def test_the_schema_names_the_token_and_the_refusal(shared: FlaskClient) -> None:
    schema = shared.get("/openapi.json").get_json()
    assert schema["components"]["securitySchemes"]["candidate_token"]["bearerFormat"] == "JWT"
    for path in ("start-interview", "submit-answer", "end-interview", "save-draft", "request-hint", "parse-resume"):
        call = schema["paths"][f"/api/{path}"]["post"]
        assert "401" in call["responses"]
        assert {"candidate_token": []} in call["security"]


def test_a_page_of_a_named_origin_may_send_a_token(shared: FlaskClient) -> None:
    asked = {
        "Origin": "http://localhost:5173",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    response = shared.options("/api/start-interview", headers=asked)
    assert response.status_code == 200
    assert "authorization" in response.headers["Access-Control-Allow-Headers"].lower()
