"""Who is let in: Host, proxy headers, Origin, token; what may run in a page; what stops the start."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from interviewer.errors import ConfigurationError
from interviewer.settings import Settings, load_settings
from tests.conftest import JOB, ROOT, LoadSettings, client_with

TOKEN = "a-token-of-some-length"


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "127.8.8.8"])
def test_a_loopback_host_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/api/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example.com", "localhost.evil.com", "10.0.0.1", "", "127.0.0.1.nip.io", "[::1"])
def test_a_foreign_host_is_refused(client: FlaskClient, host: str) -> None:
    for path in ("/api/health", "/", "/static/icon.svg"):
        assert client.get(path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-proto", "Forwarded"])
def test_an_unannounced_proxy_is_refused(client: FlaskClient, header: str) -> None:
    assert client.get("/api/health", headers={header: "x"}).status_code == 403


def test_an_announced_proxy_is_let_through_under_its_name(data_dir: Path) -> None:
    client = client_with(data_dir, api_token=TOKEN, allowed_hosts=("jobs.example.org",))
    good = {"Host": "Jobs.Example.org", "X-Forwarded-For": "10.0.0.1"}
    assert client.get("/api/health", headers=good).status_code == 200
    assert client.get("/api/health", headers=good | {"Host": "other.example.org"}).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example.com", "null", "http://localhost:9999", "http://["])
def test_a_change_from_a_page_of_another_site_is_refused(client: FlaskClient, origin: str) -> None:
    headers = {"Origin": origin}
    assert client.post("/api/start-interview", json={"job_description": JOB}, headers=headers).status_code == 403
    assert client.delete("/api/data/interview/abcdefgh", headers=headers).status_code == 403


@pytest.mark.parametrize("origin", ["http://localhost", "http://localhost:3000"])
def test_our_own_pages_and_the_named_ones_may_change_things(client: FlaskClient, origin: str) -> None:
    response = client.post("/api/start-interview", json={"job_description": JOB}, headers={"Origin": origin})
    assert response.status_code == 201


def test_only_the_named_origins_may_read_replies(client: FlaskClient) -> None:
    allowed = client.get("/api/health", headers={"Origin": "http://localhost:3000"})
    assert allowed.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    refused = client.get("/api/health", headers={"Origin": "https://evil.example.com"})
    assert "Access-Control-Allow-Origin" not in refused.headers
    preflight = client.options(
        "/api/submit-answer",
        headers={
            "Origin": "http://localhost:5173",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"


@pytest.mark.parametrize("path", ["/api/data/interviews", "/api/data/statistics", "/api/data/interview/abcdefgh"])
def test_with_a_token_set_the_data_asks_for_it(data_dir: Path, path: str) -> None:
    client = client_with(data_dir, api_token=TOKEN)
    for header in (None, "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer"):
        response = client.get(path, headers={"Authorization": header} if header else {})
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert response.content_type == "application/problem+json"
    assert client.get(path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code in (200, 404)
    assert client.delete("/api/data/interview/abcdefgh").status_code == 401


def test_with_a_token_set_a_candidate_still_needs_none(data_dir: Path) -> None:
    client = client_with(data_dir, api_token=TOKEN)
    assert client.post("/api/start-interview", json={"job_description": JOB}).status_code == 201


@pytest.mark.parametrize("path", ["/", "/docs", "/interview/abcdefgh", "/api/health", "/api/nothing"])
def test_every_response_carries_a_strict_policy(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", sorted(path.name for path in (ROOT / "static").glob("*.html")))
def test_no_page_holds_inline_script_or_style(path: str) -> None:
    html = ((ROOT / "static") / path).read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://(?!www\.w3\.org)", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", html)


def test_no_script_of_ours_turns_text_into_html() -> None:
    for path in (ROOT / "static").rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert word not in text, f"{word} in {path.name}"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"HOST": "0.0.0.0"}, "API_TOKEN"),
        ({"HOST": "192.168.1.5"}, "API_TOKEN"),
        ({"ALLOWED_HOSTS": "jobs.example.org"}, "API_TOKEN"),
        ({"PORT": "99999"}, "PORT"),
        ({"PORT": "http"}, "PORT"),
        ({"SESSION_TIMEOUT": "-1"}, "SESSION_TIMEOUT"),
        ({"SESSION_TIMEOUT": "inf"}, "SESSION_TIMEOUT"),
        ({"CORS_ORIGINS": "*"}, "CORS_ORIGINS"),
        ({"CORS_ORIGINS": "jobs.example.org"}, "CORS_ORIGINS"),
        ({"INTERVIEWER": "oracle"}, "INTERVIEWER"),
        ({"API_TOKEN": "short"}, "API_TOKEN"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start_and_is_named(
    load_from: LoadSettings, environment: dict[str, str], named: str
) -> None:
    with pytest.raises(ConfigurationError, match=named) as raised:
        load_from(environment)
    assert "short" not in str(raised.value)


def test_settings_come_from_a_env_file_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("PORT=8123\nCORS_ORIGINS=https://a.example, https://b.example\nUNKNOWN=1\n")
    settings = load_settings()
    assert settings.port == 8123
    assert settings.cors_origins == ("https://a.example", "https://b.example")
    assert isinstance(settings, Settings)
