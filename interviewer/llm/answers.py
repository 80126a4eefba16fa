"""Reads what a server answered: the completion, or why there is none."""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from interviewer.errors import LLMError, LLMRefused, LLMUnavailable
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.masking import Masker
from interviewer.llm.parameters import objected_parameter

SANE_TOKENS = 10_000_000
"""A larger count of tokens for one call is taken for a mistake."""


@dataclass(frozen=True)
class Completion:
    """What the model wrote, "" when the answer held no text; `finish_reason` as the server gave it (stop, length)."""

    text: str
    finish_reason: str | None = None


@dataclass(frozen=True)
class Trouble:
    """Why a request brought no completion: `kind` in a word or status for the log, `text` for people.

    `refusal` is the status where the server refused this very request; `parameter` the optional one it objects to.
    `retry_after` (seconds) is what the server asked for; it means something only where `retryable`.
    """

    kind: str
    text: str
    retryable: bool = False
    retry_after: float | None = None
    refusal: int | None = None
    parameter: str | None = None

    def as_error(self) -> LLMError:
        """The error to raise for it."""
        return LLMUnavailable(self.text) if self.refusal is None else LLMRefused(self.refusal, self.text)


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: `body` may be cut where the status is no success. `retry_after` in seconds."""

    status: int
    body: bytes
    retry_after: float | None = None


@dataclass(frozen=True)
class _Complaint:
    """An error as servers word it. All that is read of it is a hint."""

    message: str
    code: object = None
    param: str | None = None


class AnswerReader:
    """Reads the answers of one server; its texts name host, model and the key's setting, and never the key."""

    def __init__(self, endpoint: Endpoint, has_key: bool, masker: Masker) -> None:
        self._host = endpoint.host
        self._model = endpoint.model
        self._setting = endpoint.key_setting
        self._has_key = has_key
        self._masker = masker

    def read(self, answer: Answer) -> tuple[Completion | Trouble, tuple[int, int]]:
        """What the answer means, and the tokens in and out that it says it cost."""
        body = _load(answer.body)
        tokens = _tokens(body)
        if not 200 <= answer.status < 300:
            return self._failure(answer.status, _complaint(body, answer.body), answer.retry_after), tokens
        if body is _NO_JSON:
            return self._no_json(answer.body), tokens
        if isinstance(body, dict) and body.get("error") and not body.get("choices"):
            complaint = _complaint(body, answer.body)
            code = complaint.code  # OpenRouter answers 200 when the model fails after it began
            if type(code) is int and 400 <= code < 600:
                return self._failure(code, complaint, answer.retry_after), tokens
            return Trouble("error in a 200", f"The LLM server at {self._host} answered with an error."), tokens
        return self._completion(body), tokens

    def _completion(self, body: Any) -> Completion:
        choices = body.get("choices") if isinstance(body, dict) else None
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = choice.get("message") if isinstance(choice, dict) else None
        content = message.get("content") if isinstance(message, dict) else None
        reason = choice.get("finish_reason") if isinstance(choice, dict) else None
        return Completion(
            text=self._masker.completion(_valid(_text(content))),
            finish_reason=self._masker.detail(reason) if isinstance(reason, str) else None,
        )

    def _no_json(self, body: bytes) -> Trouble:
        start = body.lstrip()[:1]
        if start in (b"", b"{", b"["):
            text = f"The answer of the LLM server at {self._host} broke off."
            return Trouble("broken JSON", text, retryable=True)
        return Trouble("no JSON", f"What answers at {self._host} is no LLM server. Check LLM_BASE_URL.")

    def _failure(self, status: int, said: _Complaint, retry_after: float | None) -> Trouble:
        kind, host = str(status), self._host
        if status < 400:
            moved = "with a redirect, which is not followed" if status >= 300 else "in an unknown way"
            return Trouble(kind, f"The LLM server at {host} answers {moved} ({status}). Check LLM_BASE_URL.")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            if said.code == "insufficient_quota":  # OpenAI: the account is empty, and waiting brings nothing
                return Trouble(kind, f"The LLM account at {host} has no quota left (429). Check its plan and billing.")
            return Trouble(kind, f"The LLM server at {host} is overloaded (429).", True, retry_after)
        if status >= 500 and "response_format" in said.message[:300]:  # how llama-cpp-python refuses one
            return Trouble(kind, self._masker.detail(said.message), refusal=status)
        if status >= 500 or status in _LATER:
            return Trouble(kind, f"The LLM server at {host} fails ({status}).", True, retry_after)
        if status in (400, 401) and (status == 401 or _BAD_KEY.search(said.message[:200])):
            if self._has_key:
                return Trouble(kind, f"The LLM server refuses the key ({status}). Check {self._setting}.")
            return Trouble(kind, f"The LLM server at {host} wants a key ({status}). Set {self._setting}.")
        if status in _ADVICE and not (status == 403 and _MODERATED.search(said.message[:200])):
            return Trouble(kind, _ADVICE[status].format(host=host, model=self._model, setting=self._setting))
        parameter = objected_parameter(said.message, said.param) if status in (400, 422) else None
        return Trouble(kind, self._masker.detail(said.message), refusal=status, parameter=parameter)


_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY})
"""4xx that say "not now" rather than "not this": OpenAI's own client sends 408 and 409 again; 425 is defined so."""

_ADVICE = {
    402: "The LLM account at {host} has no credit left (402). Top it up, or set another {setting}.",
    403: "The LLM server at {host} does not allow this key to use {model} (403). Check {setting} and LLM_MODEL.",
    404: "There is no model {model} at {host} (404). Check LLM_MODEL and LLM_BASE_URL.",
    407: "The proxy on the way to {host} wants a login (407). Check HTTPS_PROXY and HTTP_PROXY.",
}

_BAD_KEY = re.compile(
    r"\bapi[ _-]?key (?:is |was )?(?:not valid|invalid|incorrect)|(?:incorrect|invalid) api[ _-]?key", re.I
)
"""Gemini and xAI answer a bad key with 400."""

_MODERATED = re.compile(r"moderat|flagged|guardrail", re.I)
"""OpenRouter's 403 for a text it does not like: no reason to stop asking about other texts."""

_NO_JSON = object()


def _load(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # RecursionError: deeper nested than Python can follow
        return _NO_JSON


def _complaint(body: Any, raw: bytes) -> _Complaint:
    if isinstance(body, list) and body:
        body = body[0]  # Gemini wraps its error in an array
    error = body.get("error") if isinstance(body, dict) else None
    for told in (error, body):
        if isinstance(told, dict):
            for name in ("message", "detail", "error"):
                message, param = told.get(name), told.get("param")
                if message and not isinstance(message, dict):
                    words = message if isinstance(message, str) else json.dumps(message)
                    return _Complaint(words, told.get("code"), param if isinstance(param, str) else None)
        elif told and isinstance(told, str):
            return _Complaint(told)
    code = error.get("code") if isinstance(error, dict) else None
    return _Complaint(raw[:4000].decode("utf-8", "replace"), code)


def _tokens(body: Any) -> tuple[int, int]:
    usage = body.get("usage") if isinstance(body, dict) else None
    counts = usage if isinstance(usage, dict) else {}
    return _count(counts.get("prompt_tokens")), _count(counts.get("completion_tokens"))


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value <= SANE_TOKENS else 0


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(
        part["text"]
        for part in parts
        if isinstance(part, dict) and part.get("type") == "text" and isinstance(part.get("text"), str)
    )


def _valid(text: str) -> str:
    """`text` with half surrogate pairs replaced: JSON can carry them, our files cannot."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
