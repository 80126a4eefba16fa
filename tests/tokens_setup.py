"""What the tests of candidates' tokens share: applications that take them, every call with one, and the refusal."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import JOB, STRONG, client_with
from tests.scripted_server import ScriptedServer
from tests.token_issuer import SECRET, SigningKey, publishing, url_of

API_TOKEN = "the-token-of-the-hiring-team"


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return SigningKey("key-1")


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    return SigningKey("key-2")


@pytest.fixture
def issuer(server: ScriptedServer, key: SigningKey) -> ScriptedServer:
    """Publishes one key."""
    server.otherwise = publishing(key)
    return server


@pytest.fixture
def shared(data_dir: Path) -> FlaskClient:
    """An application that takes tokens signed with the shared secret."""
    return client_with(data_dir, jwt_secret=SECRET)


@pytest.fixture
def published(data_dir: Path, issuer: ScriptedServer) -> FlaskClient:
    """An application that takes tokens signed with the published keys."""
    return client_with(data_dir, jwt_jwks_url=url_of(issuer))


def bearer(token: str | None) -> dict[str, str]:
    return {} if token is None else {"Authorization": f"Bearer {token}"}


def start(client: FlaskClient, token: str | None) -> TestResponse:
    body = {"job_description": JOB, "total_questions": 2}
    return client.post("/api/start-interview", json=body, headers=bearer(token))


def started(client: FlaskClient, token: str | None) -> str:
    response = start(client, token)
    assert response.status_code == 201, response.text
    return str(response.get_json()["session_id"])


def submit(client: FlaskClient, session_id: str, token: str | None, **fields: Any) -> TestResponse:
    body = {"session_id": session_id, "answer": STRONG} | fields
    return client.post("/api/submit-answer", json=body, headers=bearer(token))


def save_draft(client: FlaskClient, session_id: str, token: str | None) -> TestResponse:
    body = {"session_id": session_id, "question_number": 1, "answer": "half a thought"}
    return client.post("/api/save-draft", json=body, headers=bearer(token))


def end(client: FlaskClient, session_id: str, token: str | None) -> TestResponse:
    return client.post("/api/end-interview", json={"session_id": session_id}, headers=bearer(token))


def view(client: FlaskClient, session_id: str, token: str | None) -> TestResponse:
    return client.get(f"/api/interview/{session_id}", headers=bearer(token))


def request_hint(client: FlaskClient, session_id: str, token: str | None) -> TestResponse:
    return client.post("/api/request-hint", json={"session_id": session_id}, headers=bearer(token))


CALLS = [submit, save_draft, end, view]
EVERY_CALL = [*CALLS, request_hint]
"""A hint is not always to be had, so CALLS does without: those work in any interview that has just begun."""
Call = Callable[[FlaskClient, str, str | None], TestResponse]


def assert_refused(response: TestResponse, why: str) -> None:
    assert response.status_code == 401, response.text
    assert response.content_type == "application/problem+json"
    assert response.get_json()["status"] == 401
    assert why in response.get_json()["detail"]
    challenge = response.headers["WWW-Authenticate"]
    assert challenge.startswith('Bearer error="invalid_token", error_description="')
    assert why in challenge
