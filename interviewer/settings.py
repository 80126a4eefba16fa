"""Every setting, from the environment or a `.env` file, checked once at start (design, section 4)."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from interviewer.errors import ConfigurationError

NameList = Annotated[tuple[str, ...], NoDecode]
"""A comma-separated list in the environment."""


class DataFolder(BaseSettings):
    """The one setting that scripts need too: where the data lives."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Field(default=Path("interview_data"), description="where the data lives")


class Settings(DataFolder):
    """What whoever runs the server can choose. Field names are the variables' names in lower case."""

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    interviewer: Literal["auto", "llm", "builtin"] = Field(
        default="auto", description="who asks and scores: `llm`, `builtin`, or `auto`: the LLM if one is configured"
    )
    llm_base_url: str | None = Field(
        default=None, description="an OpenAI-compatible server, up to what comes before /chat/completions"
    )
    llm_api_key: SecretStr | None = Field(default=None, description="its key, where it wants one")
    llm_model: str | None = Field(default=None, description="its model; also overrides the default of a shortcut below")
    groq_api_key: SecretStr | None = Field(default=None, description="shortcut: Groq, model openai/gpt-oss-120b")
    openai_api_key: SecretStr | None = Field(default=None, description="shortcut: OpenAI, model gpt-5-mini")
    gemini_api_key: SecretStr | None = Field(default=None, description="shortcut: Gemini, model gemini-flash-latest")
    ollama_host: str | None = Field(default=None, description="shortcut: Ollama there, model llama3.2")
    llm_timeout: float = Field(
        default=60,
        gt=0,
        le=600,
        allow_inf_nan=False,
        description="seconds for one reply of the LLM, all tries together; on a stop, requests in hand get 15 s more",
    )
    evaluation_samples: int = Field(
        default=1,
        ge=1,
        le=9,
        description="independent LLM evaluations of an answer; the median counts, their spread is score_spread",
    )
    session_timeout: float = Field(
        default=3600,
        gt=0,
        le=366 * 86400,
        allow_inf_nan=False,
        description="seconds without activity before an interview is closed as timeout_cleanup",
    )
    api_token: SecretStr | None = Field(
        default=None, min_length=16, description="what /api/data/* asks for, as `Authorization: Bearer`"
    )
    cors_origins: NameList = Field(
        default=("http://localhost:3000", "http://localhost:5173"), description="pages allowed to call the API"
    )
    allowed_hosts: NameList = Field(
        default=(), description="further Host names, for a proxy on this machine; setting it requires API_TOKEN"
    )

    @field_validator("cors_origins", "allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        *(
            "llm_base_url",
            "llm_api_key",
            "llm_model",
            "groq_api_key",
            "openai_api_key",
            "gemini_api_key",
            "ollama_host",
        ),
        mode="before",
    )
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        if isinstance(value, str):
            return value.strip() or None
        return value

    @field_validator("cors_origins")
    @classmethod
    def _whole_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not re.fullmatch(r"https?://[\w.\[\]:-]+", origin):
                raise ValueError(f"{origin!r} is no origin such as https://jobs.example.org; a wildcard is not taken")
        return origins

    @property
    def listens_on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def load_settings() -> Settings:
    """The settings of this process. Raises ConfigurationError that names each bad one and says what to do."""
    try:
        settings = Settings()
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc'])).upper()}: {fault['msg']}" for fault in error.errors())
        raise ConfigurationError("; ".join(faults)) from None  # the cause would show the rejected value, maybe a key
    check_access(settings)
    return settings


def check_access(settings: Settings) -> None:
    """Raise ConfigurationError for settings that would publish candidates' data to anyone who asks."""
    if settings.api_token is not None:
        return
    advice = "Set API_TOKEN, for example to the output of: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
    if not settings.listens_on_loopback:
        raise ConfigurationError(f"HOST={settings.host} can be reached by other machines. {advice}")
    if settings.allowed_hosts:
        raise ConfigurationError(f"ALLOWED_HOSTS lets a proxy publish this server. {advice}")
