"""Which LLM server the settings name: LLM_*, else the first provider that is configured."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from interviewer.errors import ConfigurationError
from interviewer.llm.endpoint import Endpoint
from interviewer.settings import Settings

OLLAMA_PORT = 11434


@dataclass(frozen=True)
class _Provider:
    """A public provider: its OpenAI-compatible address and a model of it, by its own documentation in November 2026."""

    base_url: str
    model: str


GROQ = _Provider("https://api.groq.com/openai/v1", "openai/gpt-oss-120b")
OPENAI = _Provider("https://api.openai.com/v1", "gpt-5-mini")
GEMINI = _Provider("https://generativelanguage.googleapis.com/v1beta/openai", "gemini-flash-latest")
OLLAMA_MODEL = "llama3.2"


def find_endpoint(settings: Settings) -> Endpoint | None:
    """The LLM server to use, or None without one. Raises ConfigurationError for half a configuration."""
    if settings.llm_base_url:
        if not settings.llm_model:
            raise ConfigurationError("LLM_BASE_URL needs LLM_MODEL: the name of a model of that server.")
        return _endpoint("LLM_BASE_URL", settings.llm_base_url, settings.llm_model, settings.llm_api_key)
    for setting, key, provider in (
        ("GROQ_API_KEY", settings.groq_api_key, GROQ),
        ("OPENAI_API_KEY", settings.openai_api_key, OPENAI),
        ("GEMINI_API_KEY", settings.gemini_api_key, GEMINI),
    ):
        if key is not None:
            model = settings.llm_model or provider.model
            return Endpoint(base_url=provider.base_url, model=model, api_key=key, key_setting=setting)
    if settings.ollama_host:
        return _endpoint("OLLAMA_HOST", _ollama_url(settings.ollama_host), settings.llm_model or OLLAMA_MODEL, None)
    if settings.llm_model or settings.llm_api_key:
        raise ConfigurationError("LLM_MODEL and LLM_API_KEY need LLM_BASE_URL: the address of the server.")
    return None


def _endpoint(setting: str, url: str, model: str, key: SecretStr | None) -> Endpoint:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or parts.username:
        raise ConfigurationError(f"{setting} must be like http://127.0.0.1:8080/v1, without user, query or fragment.")
    return Endpoint(base_url=url.rstrip("/").removesuffix("/chat/completions"), model=model, api_key=key)


def _ollama_url(host: str) -> str:
    """What Ollama itself takes for OLLAMA_HOST: a host, a port or both, or a URL; 0.0.0.0 is where it listens.

    Without a port, a URL means that of its scheme (envconfig.Host in Ollama's sources).
    """
    if host.count(":") > 1 and "[" not in host and "://" not in host:
        host = f"[{host}]"
    try:
        parts = urlsplit(host if "://" in host else f"http://{host}")
        port = parts.port or (OLLAMA_PORT if "://" not in host else 443 if parts.scheme == "https" else 80)
    except ValueError:
        return host
    name = "127.0.0.1" if parts.hostname in (None, "0.0.0.0") else parts.hostname  # noqa: S104
    return f"{parts.scheme}://{f'[{name}]' if ':' in name else name}:{port}{parts.path.rstrip('/')}/v1"
