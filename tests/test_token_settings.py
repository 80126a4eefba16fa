"""The settings of candidates' tokens: those that contradict or let in anyone stop the start."""

from pathlib import Path
from typing import Any

import pytest

from interviewer.errors import ConfigurationError
from interviewer.settings import check_access
from tests.conftest import LoadSettings, client_with, settings_for
from tests.token_issuer import SECRET, signed
from tests.tokens_setup import API_TOKEN, start


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"JWT_SECRET": "short"}, "JWT_SECRET"),
        ({"JWT_SECRET": "x" * 31}, "JWT_SECRET"),
        ({"JWT_SECRET": "-----BEGIN PUBLIC KEY----- MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"}, "JWT_JWKS_URL"),
        ({"JWT_SECRET": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@here"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "http://id.example.org/jwks.json"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "file:///etc/keys"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "https:"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "https://["}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "id.example.org"}, "JWT_JWKS_URL"),
        ({"JWT_SECRET": SECRET, "JWT_JWKS_URL": "https://id.example.org/jwks.json"}, "JWT_SECRET and JWT_JWKS_URL"),
        ({"JWT_AUDIENCE": "candor"}, "JWT_AUDIENCE"),
        ({"JWT_SECRET": SECRET, "API_TOKEN": SECRET}, "JWT_SECRET and API_TOKEN"),
    ],
)
def test_a_setting_that_would_let_in_anyone_or_contradicts_another_stops_the_start(
    load_from: LoadSettings, environment: dict[str, str], named: str
) -> None:
    with pytest.raises(ConfigurationError, match=named) as raised:
        load_from(environment)
    assert SECRET not in str(raised.value)
    assert "AAAA" not in str(raised.value)


@pytest.mark.parametrize(
    "environment",
    [
        {"JWT_SECRET": "ä" * 16},
        {"JWT_JWKS_URL": "https://id.example.org/jwks.json", "JWT_AUDIENCE": "candor"},
        {"JWT_JWKS_URL": "http://127.0.0.1:8080/jwks.json"},
        {"JWT_JWKS_URL": "http://[::1]:8080/jwks.json"},
        {"JWT_JWKS_URL": "http://localhost/jwks.json"},
        {"JWT_SECRET": SECRET, "API_TOKEN": API_TOKEN},
    ],
)
def test_settings_that_fit_are_taken(load_from: LoadSettings, environment: dict[str, str]) -> None:
    taken = load_from(environment)
    assert taken.has_jwt
    assert SECRET not in repr(taken)


@pytest.mark.parametrize("changes", [{"host": "0.0.0.0"}, {"allowed_hosts": ("jobs.example.org",)}])
def test_tokens_of_candidates_are_enough_to_be_reachable_by_others(data_dir: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="JWT_SECRET"):
        check_access(settings_for(data_dir, **changes))
    client = client_with(data_dir, jwt_secret=SECRET, **changes)
    assert start(client, None).status_code == 401
    assert start(client, signed()).status_code == 201
    assert client.get("/api/data/interviews").status_code == 401
