"""The team's sign-in, what its cookie opens and what it does not, and what is known of an unfinished interview."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from app import create_app
from interviewer.clock import TimeSource
from tests.conftest import JOB, STRONG, client_with, settings_for
from tests.token_issuer import SECRET

TOKEN = "a-token-of-some-length"
OWN = {"Origin": "http://localhost"}
COOKIE = "team_session"


class Stopwatch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def source(self) -> TimeSource:
        """The same for the application: the wall says one time for good, as only its start counts."""
        return TimeSource(wall=lambda: datetime(2026, 11, 21, tzinfo=UTC), seconds=lambda: self.now)


@pytest.fixture
def watch() -> Stopwatch:
    """The application's time."""
    return Stopwatch()


@pytest.fixture
def team(data_dir: Path, watch: Stopwatch) -> FlaskClient:
    """A browser's client of a server with an API token; it is not signed in."""
    return create_app(settings_for(data_dir, api_token=SecretStr(TOKEN)), watch.source()).test_client()


def sign_in(client: FlaskClient, token: str = TOKEN, **headers: str) -> TestResponse:
    return client.post("/api/team-session", json={"api_token": token}, headers=OWN | headers)


def listing(client: FlaskClient) -> int:
    return client.get("/api/data/interviews?status=all").status_code


def state(client: FlaskClient, **headers: str) -> str:
    reply: dict[str, str] = client.get("/api/team-session", headers=headers).get_json()
    return reply["state"]


def with_cookie(client: FlaskClient, cookie: str) -> int:
    """What who has this Cookie header gets of the data: a browser that this test has no say over, as a thief's."""
    thief = client.application.test_client(use_cookies=False)
    return thief.get("/api/data/statistics", headers={"Cookie": cookie}).status_code


def begin(client: FlaskClient, answers: int = 0, **fields: Any) -> str:
    started = client.post("/api/start-interview", json={"job_description": JOB} | fields)
    session_id: str = started.get_json()["session_id"]
    for _ in range(answers):
        client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG})
    return session_id


def test_the_token_opens_the_data_by_a_cookie_that_is_not_the_token(team: FlaskClient) -> None:
    assert (state(team), listing(team)) == ("signed_out", 401)
    response = sign_in(team)
    assert response.status_code == 200
    cookie = response.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Secure" not in cookie  # over http a browser would drop it
    assert TOKEN not in cookie
    assert (state(team), listing(team)) == ("signed_in", 200)
    for path in ("statistics", "summary", "interviews"):
        assert team.get(f"/api/data/{path}").status_code == 200


def test_each_sign_in_has_a_secret_of_its_own(team: FlaskClient) -> None:
    secrets = [sign_in(team).headers["Set-Cookie"].split(";")[0].partition("=")[2] for _ in range(3)]
    assert len(set(secrets)) == 3
    assert all(len(secret) >= 43 for secret in secrets)  # 256 bits in base64


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [("https://localhost", "https://localhost"), ("http://localhost", "https://localhost")],
    ids=["https here", "https that a proxy ends"],
)
def test_over_https_the_cookie_is_for_https_only(team: FlaskClient, base_url: str, origin: str) -> None:
    response = team.post(
        "/api/team-session",
        json={"api_token": TOKEN},
        base_url=base_url,
        headers={"Origin": origin, "Host": "localhost"},
    )
    assert "Secure" in response.headers["Set-Cookie"].split("; ")


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "ünïcödé" * 5])
def test_a_wrong_token_gets_no_cookie(team: FlaskClient, token: str) -> None:
    response = sign_in(team, token)
    assert response.status_code == 401
    assert "Set-Cookie" not in response.headers
    assert token not in response.text or token == ""
    assert listing(team) == 401


@pytest.mark.parametrize("body", [{}, {"api_token": 5}, {"api_token": "x" * 1001}, {"api_token": TOKEN, "more": 1}, []])
def test_what_is_no_sign_in_is_refused(team: FlaskClient, body: object) -> None:
    assert team.post("/api/team-session", json=body, headers=OWN).status_code == 422


def test_a_form_of_another_site_cannot_sign_in(team: FlaskClient) -> None:
    assert team.post("/api/team-session", data={"api_token": TOKEN}, headers=OWN).status_code == 415
    assert sign_in(team, Origin="https://evil.example.com").status_code == 403


def test_guessing_has_to_wait(team: FlaskClient, watch: Stopwatch) -> None:
    for _ in range(10):
        assert sign_in(team, "wrong").status_code == 401
    held = sign_in(team)  # also the right one, else waiting would tell nothing
    assert held.status_code == 429
    assert held.headers["Retry-After"] == "60"
    watch.now += 59
    assert sign_in(team).headers["Retry-After"] == "1"
    watch.now += 1
    assert sign_in(team).status_code == 200


def test_guessing_of_one_address_holds_up_no_other(team: FlaskClient) -> None:
    for _ in range(11):
        refused = team.post(
            "/api/team-session", json={"api_token": "wrong"}, environ_overrides={"REMOTE_ADDR": "127.0.0.9"}
        )
    assert refused.status_code == 429
    assert sign_in(team).status_code == 200


def test_a_session_ends_after_twelve_hours(team: FlaskClient, watch: Stopwatch) -> None:
    cookie = sign_in(team).headers["Set-Cookie"].split(";")[0]
    watch.now += 12 * 3600 - 1
    assert with_cookie(team, cookie) == 200
    watch.now += 1
    assert with_cookie(team, cookie) == 401
    assert state(team) == "signed_out"


def test_signing_out_ends_the_session_also_for_a_copy_of_its_cookie(team: FlaskClient) -> None:
    cookie = sign_in(team).headers["Set-Cookie"].split(";")[0]
    assert with_cookie(team, cookie) == 200
    response = team.delete("/api/team-session", headers=OWN)
    assert response.status_code == 204
    assert response.headers["Set-Cookie"].startswith(f"{COOKIE}=;")
    assert listing(team) == 401
    assert with_cookie(team, cookie) == 401


def test_a_restart_signs_everybody_out(team: FlaskClient, data_dir: Path) -> None:
    cookie = sign_in(team).headers["Set-Cookie"].split(";")[0]
    assert with_cookie(team, cookie) == 200
    restarted = client_with(data_dir, api_token=TOKEN)
    assert with_cookie(restarted, cookie) == 401


@pytest.mark.parametrize("secret", ["", "x", TOKEN, "é" * 9, "A" * 43, "../../etc", "x" * 4000])
def test_a_made_up_cookie_opens_nothing(team: FlaskClient, secret: str) -> None:
    sign_in(team)
    assert with_cookie(team, f"{COOKIE}={secret}".encode().decode("latin-1")) == 401


FOREIGN = [
    {"Origin": "https://evil.example.com"},
    {"Origin": "null"},
    {"Origin": "http://localhost:3000"},  # of CORS_ORIGINS: such a page may call, but not with the team's cookie
    {"Origin": "http://localhost:9999", "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_with_the_cookie_no_page_but_ours_changes_anything(team: FlaskClient, headers: dict[str, str]) -> None:
    session_id = begin(team, answers=1)
    sign_in(team)
    assert team.delete(f"/api/data/interview/{session_id}", headers=headers).status_code == 403
    assert team.delete("/api/team-session", headers=headers).status_code == 403
    assert team.get(f"/api/data/interview/{session_id}/progress").status_code == 200  # still there, still signed in


@pytest.mark.parametrize("headers", [OWN, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_with_the_cookie_our_page_deletes(team: FlaskClient, headers: dict[str, str]) -> None:
    session_id = begin(team, answers=1)
    sign_in(team)
    assert team.delete(f"/api/data/interview/{session_id}", headers=headers).status_code == 204
    assert team.get(f"/api/data/interview/{session_id}/progress").status_code == 404


def test_other_pages_cannot_read_with_the_cookie(team: FlaskClient) -> None:
    sign_in(team)
    response = team.get("/api/data/interviews", headers={"Origin": "http://localhost:3000"})
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_a_script_with_the_token_needs_no_cookie_and_no_origin(team: FlaskClient) -> None:
    session_id = begin(team)
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert state(team, **bearer) == "open"
    assert team.delete(f"/api/data/interview/{session_id}", headers=bearer).status_code == 204


def test_a_candidates_token_beside_the_cookie_does_not_shut_the_team_out(data_dir: Path) -> None:
    client = client_with(data_dir, api_token=TOKEN, jwt_secret=SECRET)
    assert client.get("/api/data/statistics", headers={"Authorization": "Bearer of-a-candidate"}).status_code == 401
    sign_in(client)
    assert client.get("/api/data/statistics", headers={"Authorization": "Bearer of-a-candidate"}).status_code == 200


def test_with_jwt_alone_nobody_signs_in(data_dir: Path) -> None:
    client = client_with(data_dir, jwt_secret=SECRET)
    assert state(client) == "closed"
    for token in ("", SECRET, "None"):
        response = sign_in(client, token)
        assert response.status_code == 401
        assert "Set-Cookie" not in response.headers
    assert listing(client) == 401


def test_without_a_token_this_machine_needs_no_sign_in(client: FlaskClient) -> None:
    assert (state(client), listing(client)) == ("open", 200)


def test_the_pages_hold_no_interview(team: FlaskClient) -> None:
    session_id = begin(team, answers=1, candidate_name="Amara Okafor")
    for path in ("/interviews", f"/interviews/{session_id}", "/interviews/zzzzzzzz"):
        with team.get(path) as page:
            assert page.status_code == 200
            assert "Okafor" not in page.get_data(as_text=True)
            assert session_id not in page.get_data(as_text=True)
            assert page.headers["Cache-Control"] == "no-cache"


def test_progress_has_the_answers_so_far_with_their_scores(client: FlaskClient) -> None:
    session_id = begin(client, answers=1, candidate_name="Amara Okafor")
    draft = {"session_id": session_id, "question_number": 2, "answer": "Half a thought"}
    client.post("/api/save-draft", json=draft)
    known = client.get(f"/api/data/interview/{session_id}/progress").get_json()
    (answer,) = known["answers"]
    assert (known["status"], known["candidate_name"], known["completed_questions"]) == (
        "in_progress",
        "Amara Okafor",
        1,
    )
    assert (answer["answer"], answer["evaluation"], answer["reason"]) == (STRONG, "done", None)
    assert answer["score"] == known["average_score"] == known["individual_scores"][0]
    assert answer["evidence"]
    assert answer["feedback"].keys() == {"strengths", "improvements"}
    assert (known["unsent_draft"], bool(known["unanswered_question"])) == ("Half a thought", True)


def test_progress_is_of_unfinished_interviews_only(client: FlaskClient, finish: Callable[..., dict[str, Any]]) -> None:
    finished = finish(total_questions=1)["session_id"]
    for session_id in (finished, "zzzzzzzz", "..", "no id at all"):
        assert client.get(f"/api/data/interview/{session_id}/progress").status_code == 404
    abandoned = begin(client)
    client.post("/api/end-interview", json={"session_id": abandoned})
    known = client.get(f"/api/data/interview/{abandoned}/progress").get_json()
    assert (known["status"], known["answers"], known["average_score"]) == ("abandoned", [], None)


def test_progress_is_for_the_team(team: FlaskClient) -> None:
    session_id = begin(team, answers=1)
    assert team.get(f"/api/data/interview/{session_id}/progress").status_code == 401
