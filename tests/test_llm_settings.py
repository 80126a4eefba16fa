"""Which LLM the settings choose, what half a configuration says, and that a key is shown nowhere."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app import create_app
from interviewer.errors import ConfigurationError
from interviewer.interviewers.choosing import choose_interviewer, describe_interviewer
from interviewer.llm.choosing import find_endpoint
from interviewer.llm.endpoint import Endpoint
from interviewer.settings import Settings
from tests.conftest import ROOT, StartServer, settings_for
from tests.llm_setup import MODEL, llm_environment
from tests.stand_in_llm import StandIn

KEY = "key-4c1f0d7e-recognisable"
NOWHERE = Path("nowhere")
LLM = {"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "tiny"}
SHORTCUTS = {
    "groq_api_key": ("api.groq.com", "openai/gpt-oss-120b"),
    "openai_api_key": ("api.openai.com", "gpt-5-mini"),
    "gemini_api_key": ("generativelanguage.googleapis.com", "gemini-flash-latest"),
    "ollama_host": ("127.0.0.1:11434", "llama3.2"),
}
"""In the order in which they are looked at: the host and the model."""


def wish(**changes: Any) -> Settings:
    """Settings with keys as they come out of the environment."""
    return settings_for(
        NOWHERE, **{name: SecretStr(value) if name.endswith("_key") else value for name, value in changes.items()}
    )


def chosen(**changes: Any) -> Endpoint:
    """The server that these settings choose."""
    endpoint = find_endpoint(wish(**changes))
    assert endpoint is not None
    return endpoint


def run_app(data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python app.py` that is not to come up."""
    clean = {name: value for name, value in os.environ.items() if not name.upper().endswith(("_KEY", "_TOKEN"))}
    return subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=clean | {"DATA_DIR": str(data_dir), "PORT": "0"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_any_setting_there_is_no_llm_and_the_builtin_interviewer_asks() -> None:
    assert find_endpoint(wish()) is None
    assert choose_interviewer(wish()).name == "builtin"


@pytest.mark.parametrize("name", SHORTCUTS)
def test_one_setting_is_enough(name: str) -> None:
    value = "127.0.0.1" if name == "ollama_host" else KEY
    endpoint = chosen(**{name: value})
    assert (endpoint.host, endpoint.model) == SHORTCUTS[name]
    assert endpoint.base_url.startswith("http://127.0.0.1" if name == "ollama_host" else "https://")
    key = endpoint.api_key.get_secret_value() if endpoint.api_key else None
    assert key == (None if name == "ollama_host" else KEY)


def test_of_several_shortcuts_the_first_in_the_documented_order_counts() -> None:
    values = {name: f"{KEY}-{name}" for name in SHORTCUTS} | {"ollama_host": "127.0.0.1"}
    while values:
        name = next(iter(values))
        assert chosen(**values).host == SHORTCUTS[name][0]
        del values[name]


def test_base_url_and_model_go_before_every_shortcut_and_take_their_own_key_only() -> None:
    shortcuts = {name: f"{KEY}-{name}" for name in SHORTCUTS} | {"ollama_host": "127.0.0.1"}
    endpoint = chosen(**LLM, **shortcuts)
    assert (endpoint.base_url, endpoint.model, endpoint.api_key) == ("http://127.0.0.1:9/v1", "tiny", None)
    assert chosen(**LLM, llm_api_key=KEY, **shortcuts).api_key == SecretStr(KEY)


@pytest.mark.parametrize("name", SHORTCUTS)
def test_llm_model_overrides_the_model_of_a_shortcut(name: str) -> None:
    value = "127.0.0.1" if name == "ollama_host" else KEY
    endpoint = chosen(**{name: value}, llm_model="another")
    assert (endpoint.host, endpoint.model) == (SHORTCUTS[name][0], "another")


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"llm_base_url": "http://127.0.0.1:9/v1"}, "LLM_MODEL"),
        ({"llm_base_url": "http://127.0.0.1:9/v1", "llm_api_key": KEY}, "LLM_MODEL"),
        ({"llm_model": "tiny"}, "LLM_BASE_URL"),
        ({"llm_api_key": KEY}, "LLM_BASE_URL"),
        (LLM | {"llm_base_url": "127.0.0.1:9/v1"}, "LLM_BASE_URL"),
        (LLM | {"llm_base_url": "ftp://127.0.0.1/v1"}, "LLM_BASE_URL"),
        (LLM | {"llm_base_url": "http://"}, "LLM_BASE_URL"),
        (LLM | {"llm_base_url": "http://127.0.0.1:notaport/v1"}, "LLM_BASE_URL"),
        (LLM | {"llm_base_url": f"http://me:{KEY}@127.0.0.1/v1"}, "LLM_BASE_URL"),
        (LLM | {"llm_base_url": f"http://127.0.0.1/v1?key={KEY}"}, "LLM_BASE_URL"),
        ({"ollama_host": "http://127.0.0.1:notaport"}, "OLLAMA_HOST"),
        (LLM | {"llm_api_key": f"{KEY}\u00fc"}, "LLM_API_KEY"),
        (LLM | {"llm_api_key": f"{KEY}\nX-Injected: yes"}, "LLM_API_KEY"),
    ],
)
@pytest.mark.parametrize("interviewer", ["auto", "llm"])
def test_half_a_configuration_is_an_error_that_names_the_setting(
    settings: dict[str, str], named: str, interviewer: str
) -> None:
    with pytest.raises(ConfigurationError, match=named) as caught:
        choose_interviewer(wish(**settings, interviewer=interviewer))
    assert KEY not in str(caught.value)


def test_a_shortcuts_key_that_cannot_be_sent_is_named_as_it_was_set() -> None:
    with pytest.raises(ConfigurationError, match="GROQ_API_KEY"):
        choose_interviewer(wish(groq_api_key=f"{KEY}\u00fc"))


def test_interviewer_llm_without_an_llm_is_an_error_that_says_what_to_set() -> None:
    with pytest.raises(ConfigurationError) as caught:
        choose_interviewer(wish(interviewer="llm"))
    for name in ("INTERVIEWER", "LLM_BASE_URL", "LLM_MODEL", *map(str.upper, SHORTCUTS)):
        assert name in str(caught.value)


@pytest.mark.parametrize("settings", [{"groq_api_key": KEY}, LLM | {"llm_api_key": KEY}, {"llm_model": "half"}])
def test_interviewer_builtin_needs_no_llm_and_uses_none(settings: dict[str, str]) -> None:
    who = choose_interviewer(wish(**settings, interviewer="builtin"))
    assert (who.name, who.model, who.is_remote) == ("builtin", None, False)
    assert describe_interviewer(wish(**settings, interviewer="builtin"), who) == "the built-in interviewer"


@pytest.mark.parametrize(
    ("host", "base_url"),
    [
        ("localhost", "http://localhost:11434/v1"),
        ("127.0.0.1:11435", "http://127.0.0.1:11435/v1"),
        (":11435", "http://127.0.0.1:11435/v1"),
        ("0.0.0.0", "http://127.0.0.1:11434/v1"),
        ("0.0.0.0:11435", "http://127.0.0.1:11435/v1"),
        ("gpu.example.org", "http://gpu.example.org:11434/v1"),
        ("http://gpu.example.org:11435", "http://gpu.example.org:11435/v1"),
        ("http://gpu.example.org:11435/", "http://gpu.example.org:11435/v1"),
        ("https://gpu.example.org", "https://gpu.example.org:443/v1"),
        ("https://gpu.example.org/ollama/", "https://gpu.example.org:443/ollama/v1"),
        ("[::1]", "http://[::1]:11434/v1"),
        ("[::1]:11435", "http://[::1]:11435/v1"),
    ],
)
def test_ollama_host_is_taken_in_all_its_forms(host: str, base_url: str) -> None:
    assert chosen(ollama_host=host).base_url == base_url


def test_an_endpoint_does_not_show_its_key() -> None:
    endpoint = chosen(**LLM, llm_api_key=KEY)
    assert KEY not in f"{endpoint} {endpoint!r} {endpoint.model_dump()} {endpoint.model_dump_json()}"


def test_the_start_line_and_health_name_interviewer_model_and_host_and_never_the_key(
    serve: StartServer, stand_in: StandIn
) -> None:
    stand_in.key = KEY
    server = serve(**llm_environment(stand_in, LLM_API_KEY=KEY))
    assert f"by the LLM interviewer ({MODEL} at 127.0.0.1:{stand_in.port})" in server.start_line
    health = server.get("/api/health")
    assert (health.json()["interviewer"], health.json()["model"]) == ("llm", MODEL)
    started = server.post("/api/start-interview", job_description="Nurse on a ward for children, nights included.")
    assert started.status_code == 201
    assert stand_in.requests[-1].status == 200
    server.stop()
    assert KEY not in server.said() + health.text + started.text


def test_the_start_line_says_when_the_builtin_interviewer_asks(serve: StartServer) -> None:
    server = serve(GROQ_API_KEY=KEY, INTERVIEWER="builtin")
    assert "by the built-in interviewer" in server.start_line
    health = server.get("/api/health").json()
    assert (health["interviewer"], health["model"]) == ("builtin", None)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"INTERVIEWER": "llm"}, "INTERVIEWER=llm"),
        ({"LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_API_KEY": KEY}, "LLM_MODEL"),
        ({"OPENAI_API_KEY": KEY, "EVALUATION_SAMPLES": "0"}, "EVALUATION_SAMPLES"),
        ({"OPENAI_API_KEY": KEY, "LLM_TIMEOUT": "0"}, "LLM_TIMEOUT"),
        ({"OPENAI_API_KEY": KEY, "INTERVIEWER": "human"}, "INTERVIEWER"),
    ],
)
def test_a_server_that_cannot_start_says_why_in_one_line(
    data_dir: Path, environment: dict[str, str], named: str
) -> None:
    run = run_app(data_dir, **environment)
    assert run.returncode == 1
    assert run.stderr.startswith("Cannot start: ")
    assert len(run.stderr.splitlines()) == 1
    assert named in run.stderr
    assert KEY not in run.stderr + run.stdout


def test_a_start_needs_no_llm_that_answers(data_dir: Path) -> None:
    client = create_app(settings_for(data_dir, **LLM)).test_client()
    assert client.get("/api/health").get_json()["interviewer"] == "llm"
