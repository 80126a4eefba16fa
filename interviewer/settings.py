"""Every setting, from the environment or a `.env` file, checked once at start (design, section 4)."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from interviewer.errors import ConfigurationError

NameList = Annotated[tuple[str, ...], NoDecode]
"""A comma-separated list in the environment."""

LEAST_SECRET_BYTES = 32
"""RFC 7518, section 3.2: a key for HS256 is no shorter than its hash."""


class DataFolder(BaseSettings):
    """The one setting that scripts need too: where the data lives."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Field(default=Path("interview_data"), description="where the data lives")


class SheetsAccess(DataFolder):
    """What an export to Google Sheets needs, in scripts too."""

    google_sheets_credentials: Path | None = Field(
        default=None, description="key file of a Google service account; with it every interview goes into a sheet"
    )
    google_sheets_name: str = Field(
        default="Interview Data", min_length=1, max_length=500, description="the spreadsheet: its name, id or address"
    )


class Settings(SheetsAccess):
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
    whisper_model: str | None = Field(
        default=None,
        description="local transcription: a model's folder, or the name of one that `fetch-model` got; "
        "without it tiny.en, which is installed; `off` for none",
    )
    keep_audio: bool = Field(default=False, description="keep the recordings of candidates who agreed to that")
    stt_base_url: str | None = Field(
        default=None, description="transcribe there instead: an OpenAI-compatible server, up to /audio/transcriptions"
    )
    stt_api_key: SecretStr | None = Field(default=None, description="its key, where it wants one")
    stt_model: str = Field(default="whisper-1", description="its model")
    tts_base_url: str | None = Field(
        default=None,
        description="an OpenAI-compatible server, up to /audio/speech, that speaks the questions; "
        "without it the browser does",
    )
    tts_api_key: SecretStr | None = Field(default=None, description="its key, where it wants one")
    tts_model: str = Field(default="tts-1", description="its model")
    tts_voice: str = Field(default="alloy", description="its voice")
    jwt_secret: SecretStr | None = Field(
        default=None, description="candidates sign in with tokens signed by it (HS256); at least 32 bytes"
    )
    jwt_jwks_url: str | None = Field(
        default=None, description="the same, with tokens signed by the keys published there (RS256); https"
    )
    jwt_audience: str | None = Field(
        default=None, description="what the tokens' `aud` must name; without it a token that has one is refused"
    )
    api_token: SecretStr | None = Field(
        default=None, min_length=16, description="what /api/data/* asks for, as `Authorization: Bearer`"
    )
    cors_origins: NameList = Field(
        default=("http://localhost:3000", "http://localhost:5173"), description="pages allowed to call the API"
    )
    allowed_hosts: NameList = Field(
        default=(), description="further Host names, for a proxy on this machine; setting it requires API_TOKEN or JWT"
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
            "whisper_model",
            "stt_base_url",
            "stt_api_key",
            "tts_base_url",
            "tts_api_key",
        ),
        mode="before",
    )
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        if isinstance(value, str):
            return value.strip() or None
        return value

    @field_validator("stt_base_url", "tts_base_url")
    @classmethod
    def _web_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be a web address, such as http://127.0.0.1:8080/v1")
        return url.rstrip("/")

    @field_validator("cors_origins")
    @classmethod
    def _whole_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not re.fullmatch(r"https?://[\w.\[\]:-]+", origin):
                raise ValueError(f"{origin!r} is no origin such as https://jobs.example.org; a wildcard is not taken")
        return origins

    @field_validator("jwt_secret")
    @classmethod
    def _strong_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        value = secret.get_secret_value() if secret is not None else None
        if value is not None and len(value.encode()) < LEAST_SECRET_BYTES:
            raise ValueError(f"has under {LEAST_SECRET_BYTES} bytes, and could be guessed")
        if value is not None and value.lstrip().startswith(("-----BEGIN", "ssh-", "{")):
            raise ValueError("is a key of a pair, and the public one is no secret; see JWT_JWKS_URL")
        return secret

    @field_validator("jwt_jwks_url")
    @classmethod
    def _trustworthy_address(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "https://none")
        safe = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts.hostname or ""))
        if not safe or not parts.hostname:
            raise ValueError("must be an https address; http would let others put their keys there")
        return url

    @property
    def has_jwt(self) -> bool:
        """Whether candidates sign in with tokens."""
        return self.jwt_secret is not None or self.jwt_jwks_url is not None

    @property
    def listens_on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return _is_this_machine(self.host)


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def load_settings() -> Settings:
    """The settings of this process. Raises ConfigurationError that names each bad one and says what to do."""
    try:
        settings = Settings()
    except ValidationError as error:
        faults = (
            f"{'.'.join(map(str, fault['loc'])).upper()}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors()
        )
        raise ConfigurationError("; ".join(faults)) from None  # the cause would show the rejected value, maybe a key
    check_access(settings)
    return settings


def check_access(settings: Settings) -> None:
    """Raise ConfigurationError for settings that would let in anyone who asks, or that contradict one another."""
    _check_jwt(settings)
    if settings.api_token is not None or settings.has_jwt:
        return
    advice = (
        "Set API_TOKEN, for example to the output of: python -c 'import secrets; print(secrets.token_urlsafe(32))', "
        "or have candidates sign in: JWT_SECRET or JWT_JWKS_URL."
    )
    if not settings.listens_on_loopback:
        raise ConfigurationError(f"HOST={settings.host} can be reached by other machines. {advice}")
    if settings.allowed_hosts:
        raise ConfigurationError(f"ALLOWED_HOSTS lets a proxy publish this server. {advice}")


def _check_jwt(settings: Settings) -> None:
    if settings.jwt_secret is not None and settings.jwt_jwks_url is not None:
        raise ConfigurationError("JWT_SECRET and JWT_JWKS_URL are both set. Tokens have one issuer: unset one of them.")
    if settings.jwt_audience is not None and not settings.has_jwt:
        raise ConfigurationError("JWT_AUDIENCE is set, but no token is asked for. Set JWT_SECRET or JWT_JWKS_URL too.")
    if settings.jwt_secret is not None and settings.jwt_secret == settings.api_token:
        raise ConfigurationError("JWT_SECRET and API_TOKEN are the same. Who has one must not have the other.")
