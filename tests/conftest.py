"""Fixtures: an application on a fresh folder, a real server process on one, and a browser."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from app import create_app
from interviewer.settings import Settings, load_settings
from tests.scripted_server import ScriptedServer, playing
from tests.server_process import ServerProcess

hypothesis.settings.register_profile("shared-machine", deadline=None)  # how long a case takes is for benchmarks/
hypothesis.settings.load_profile("shared-machine")

ROOT = Path(__file__).resolve().parents[1]
JOB = (
    "Senior Python Developer. 5+ years of experience building REST APIs with Flask, PostgreSQL and Redis. "
    "You design schemas, write tests with pytest, review code and mentor juniors. Docker, CI."
)
STRONG = (
    "In my last role I owned a Flask service handling about two thousand requests a second. We used PostgreSQL with "
    "proper indexes and EXPLAIN ANALYZE to find slow queries, added Redis caching with a short time to live, wrote "
    "pytest tests around the endpoints and reviewed each change. The trade-off was cache invalidation, so writes "
    "published an event that dropped the affected keys. Latency at the 99th percentile fell from 900 to 120 ms."
)


def read_records(data_dir: Path, name: str) -> list[dict[str, Any]]:
    """The records of one of the three files, read as an outside script would."""
    records: list[dict[str, Any]] = json.loads((data_dir / f"{name}.json").read_text(encoding="utf-8"))
    return records


def settings_for(data_dir: Path, **changes: Any) -> Settings:
    """Settings that neither the environment nor a .env file of whoever runs the tests can change."""
    defaults: dict[str, Any] = {name: field.get_default() for name, field in Settings.model_fields.items()}
    return Settings.model_construct(**(defaults | {"data_dir": data_dir} | changes))


def client_with(data_dir: Path, **changes: Any) -> FlaskClient:
    """A client of an application with these settings; secrets are given as text."""
    for name in ("jwt_secret", "api_token"):
        if name in changes:
            changes[name] = SecretStr(changes[name])
    return create_app(settings_for(data_dir, **changes)).test_client()


LoadSettings = Callable[[dict[str, str]], Settings]


@pytest.fixture
def load_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LoadSettings:
    """Loads the settings from an environment, in a folder without a .env file."""

    def load(environment: dict[str, str]) -> Settings:
        monkeypatch.chdir(tmp_path)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return load_settings()

    return load


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "data"


@pytest.fixture
def client(data_dir: Path) -> FlaskClient:
    """A client of an application on an empty data folder."""
    return create_app(settings_for(data_dir)).test_client()


@pytest.fixture
def begin(client: FlaskClient) -> Callable[..., dict[str, Any]]:
    """Starts an interview; returns the reply."""

    def start(**fields: Any) -> dict[str, Any]:
        response = client.post("/api/start-interview", json={"job_description": JOB} | fields)
        assert response.status_code == 201, response.text
        reply: dict[str, Any] = response.get_json()
        return reply

    return start


@pytest.fixture
def finish(client: FlaskClient, begin: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Runs an interview to its end with one answer for every question; returns the report."""

    def run(answer: str = STRONG, **fields: Any) -> dict[str, Any]:
        session_id = begin(**fields)["session_id"]
        while True:
            response = client.post("/api/submit-answer", json={"session_id": session_id, "answer": answer})
            assert response.status_code == 200, response.text
            reply = response.get_json()
            if reply["status"] == "interview_complete":
                report: dict[str, Any] = reply["report"]
                return report

    return run


StartServer = Callable[..., ServerProcess]


@pytest.fixture
def serve(data_dir: Path) -> Iterator[StartServer]:
    """Starts servers on the data folder; all of them are stopped at the end."""
    servers: list[ServerProcess] = []

    def start(port: int = 0, **environment: str) -> ServerProcess:
        servers.append(ServerProcess(data_dir, port, **environment))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def find_chromium() -> str | None:
    """The browser to test with: $CHROMIUM, else the first that is installed."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: half the time a test waits for a process, a page or a model. Three a core took longer."""
    return 2 * (os.cpu_count() or 1)


pytest_plugins = [
    "tests.browser",
    "tests.command_setup",
    "tests.google_setup",
    "tests.llm_setup",
    "tests.llm_outcomes",
    "tests.pending_setup",
    "tests.report_setup",
    "tests.audit_setup",
    "tests.tokens_setup",
    "tests.voice_setup",
    "tests.voice_browser",
]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A server that answers as it is told, one script a request."""
    with playing() as server:
        yield server
