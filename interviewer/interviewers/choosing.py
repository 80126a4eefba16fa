"""Which interviewer the settings ask for."""

from interviewer.errors import ConfigurationError
from interviewer.interviewers.base import Interviewer
from interviewer.interviewers.builtin.interviewer import BuiltinInterviewer
from interviewer.interviewers.llm.interviewer import LLMInterviewer
from interviewer.llm.choosing import find_endpoint
from interviewer.settings import Settings


def choose_interviewer(settings: Settings) -> Interviewer:
    """The interviewer of these settings. Raises ConfigurationError when it is an LLM and none is configured."""
    if settings.interviewer == "builtin":
        return BuiltinInterviewer()
    endpoint = find_endpoint(settings)
    if endpoint is None and settings.interviewer == "llm":
        raise ConfigurationError(
            "INTERVIEWER=llm needs an LLM: set LLM_BASE_URL and LLM_MODEL, or one of GROQ_API_KEY, OPENAI_API_KEY, "
            "GEMINI_API_KEY and OLLAMA_HOST."
        )
    if endpoint is None:
        return BuiltinInterviewer()
    return LLMInterviewer(
        endpoint, BuiltinInterviewer(), timeout_s=settings.llm_timeout, samples=settings.evaluation_samples
    )


def describe_interviewer(settings: Settings, who: Interviewer) -> str:
    """Who interviews, for the start line: the built-in interviewer, or model and host."""
    endpoint = find_endpoint(settings) if who.name == "llm" else None
    return f"the LLM interviewer ({endpoint.model} at {endpoint.host})" if endpoint else "the built-in interviewer"
