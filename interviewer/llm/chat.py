"""One chat completion from an OpenAI-compatible server, or an LLMError that says why there is none."""

import functools
import logging
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

import requests
from pydantic import SecretStr
from urllib3.exceptions import HTTPError, LocationParseError, NameResolutionError, NewConnectionError

from interviewer.errors import ConfigurationError, LLMUnavailable
from interviewer.llm.answers import Answer, AnswerReader, Completion, Trouble
from interviewer.llm.breaker import CircuitBreaker
from interviewer.llm.deadline import Deadline
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.masking import Masker
from interviewer.llm.parameters import MOST_CHANGES, OptionalParameters
from interviewer.llm.retrying import Retrying, read_retry_after
from interviewer.llm.transport import KeyAuth, open_session, timeout_within
from interviewer.turn_taking import waiting
from interviewer.usage import Meter

__all__ = ["ChatClient", "Completion", "Message"]

logger = logging.getLogger(__name__)

Message = dict[str, str]
"""`role` and `content`."""

LARGEST_REPLY = 1024 * 1024
"""Bytes of an answer, unpacked. 4000 tokens are some 20 KiB."""

_PIECE = 16 * 1024


class ChatClient:
    """Asks one model on one server. Shared by all threads of a process.

    A call sends its request again, after a pause, when the server is overloaded or failing (429, 5xx; 408, 409, 425)
    or the connection fails; a call that fails in spite of that counts in the circuit breaker. Nothing takes longer than
    the caller's deadline, save looking up the host's name, which the system bounds. Raises ConfigurationError at once
    for a key that no HTTP header can carry.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        pool_size: int = 256,
        retrying: Retrying | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        key = _sendable(endpoint.api_key, endpoint.key_setting)
        self._endpoint = endpoint
        self._url = endpoint.base_url.rstrip("/") + "/chat/completions"
        self._session = open_session(self._url, pool_size)
        self._auth = KeyAuth(key)
        self._masker = Masker(key)
        self._reader = AnswerReader(endpoint, key is not None, self._masker)
        self._parameters = OptionalParameters()
        self._retrying = retrying or Retrying()
        self._breaker = breaker or CircuitBreaker()

    @property
    def model(self) -> str:
        """The model's name, as the server knows it."""
        return self._endpoint.model

    @property
    def host(self) -> str:
        """The server's host."""
        return self._endpoint.host

    def complete(
        self,
        messages: Sequence[Message],
        *,
        response_format: Mapping[str, Any] | None,
        deadline: Deadline,
        meter: Meter,
        temperature: float = 0,
    ) -> Completion:
        """The model's reply to `messages`. What it cost goes into `meter`, also when it fails.

        `temperature` is left out where the server takes none.

        Raises LLMUnavailable and LLMRefused. An answer that holds no text is a Completion with the text "".
        """
        if deadline.passed:
            raise LLMUnavailable("No time was left to ask the LLM server.")
        body: dict[str, Any] = {"model": self.model, "messages": list(messages), "temperature": temperature}
        if response_format is not None:
            body["response_format"] = dict(response_format)
        with self._breaker.guard():
            return self._ask(body, deadline, meter)

    def without_key(self, text: str) -> str:
        """A text of the model without the key, for what was decoded from its reply: escapes can hide a key."""
        return self._masker.completion(text)

    def probe(self, deadline: Deadline, meter: Meter) -> bool:
        """Whether the server completes a trivial chat now: asked once, also while the breaker keeps other calls back.

        If it does, the breaker closes: what failed before failed on its own account.
        """
        body = {"model": self.model, "messages": [{"role": "user", "content": "Reply with the word ready."}]}
        started = time.monotonic()
        outcome = self._send_as_accepted(body, deadline, meter)
        meter.add(seconds=time.monotonic() - started)
        if isinstance(outcome, Trouble):
            return False
        self._breaker.close()
        return True

    def _ask(self, body: Mapping[str, Any], deadline: Deadline, meter: Meter) -> Completion:
        started, tries = time.monotonic(), 0
        try:
            while True:
                tries += 1
                outcome = self._send_as_accepted(body, deadline, meter)
                seconds = time.monotonic() - started
                if isinstance(outcome, Completion):
                    logger.debug("LLM call at %s: %d tries, %.1f s", self.host, tries, seconds)
                    return outcome
                if not self._wait_for_next_try(outcome, tries, deadline):
                    advice = outcome.text if outcome.refusal is None else ""  # a refusal may quote the request
                    logger.warning(
                        "LLM call at %s failed: %s, tries: %d, %.1f s. %s",
                        *(self.host, outcome.kind, tries, seconds, advice),
                    )
                    raise outcome.as_error()
        finally:
            meter.add(seconds=time.monotonic() - started, retries=tries - 1)

    def _wait_for_next_try(self, trouble: Trouble, tries: int, deadline: Deadline) -> bool:
        """Whether to try again, having waited for it; never beyond the deadline."""
        if not trouble.retryable:
            return False
        pause = self._retrying.pause(tries, trouble.retry_after)
        if pause >= deadline.left():
            if trouble.retry_after is not None:
                self._breaker.pause(trouble.retry_after)
            return False
        if tries >= self._retrying.tries:
            return False
        with waiting():
            time.sleep(pause)
        return True

    def _send_as_accepted(self, body: Mapping[str, Any], deadline: Deadline, meter: Meter) -> Completion | Trouble:
        """The outcome of a request with the optional parameters that this server takes, found out where unknown."""
        for _ in range(MOST_CHANGES):
            parameters = self._parameters.current
            outcome = self._send(_with(body, parameters), deadline, meter)
            if isinstance(outcome, Completion) or (name := outcome.parameter) is None or name not in parameters:
                return outcome
            self._parameters.give_up(name)
        return self._send(_with(body, self._parameters.current), deadline, meter)

    def _send(self, body: Mapping[str, Any], deadline: Deadline, meter: Meter) -> Completion | Trouble:
        """The outcome of one HTTP request."""
        left = deadline.left()
        if left <= 0:
            return _timeout(self.host)
        with waiting():
            answer = self._exchange(body, left, deadline)
        if isinstance(answer, Trouble):
            return answer
        outcome, (tokens_in, tokens_out) = self._reader.read(answer)
        meter.add(calls=1, tokens_in=tokens_in, tokens_out=tokens_out)
        logger.debug("LLM answer from %s: %d, tokens %d in, %d out", self.host, answer.status, tokens_in, tokens_out)
        return outcome

    def _exchange(self, body: Mapping[str, Any], left: float, deadline: Deadline) -> Answer | Trouble:
        # Errors are raised outside of the `except`: an exception of requests holds the request with its headers, and
        # would hang on ours as its context.
        try:
            request = self._prepared.copy()
            request.prepare_body(None, None, json=body)
            with self._session.send(
                request, timeout=timeout_within(left), allow_redirects=False, stream=True
            ) as response:
                return self._read(response)
        except (requests.RequestException, HTTPError, OSError) as error:
            return _timeout(self.host) if deadline.passed else _connection_trouble(error, self.host)

    @functools.cached_property
    def _prepared(self) -> requests.PreparedRequest:
        """The request without its body: to prepare it anew takes a third of a call's processor time.

        Raises what requests raises for a bad address.
        """
        return self._session.prepare_request(requests.Request("POST", self._url, auth=self._auth))

    def _read(self, response: requests.Response) -> Answer | Trouble:
        """The whole answer, in pieces. requests' own `content` would read without a limit."""
        content = bytearray()
        while len(content) <= LARGEST_REPLY and (piece := response.raw.read(_PIECE, decode_content=True)):
            content += piece
        if len(content) > LARGEST_REPLY and response.ok:
            return Trouble("over 1 MiB", f"The answer of the LLM server at {self.host} is over 1 MiB.")
        return Answer(response.status_code, bytes(content), read_retry_after(response.headers))


_BAD_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    LocationParseError,
)


def _with(body: Mapping[str, Any], parameters: Mapping[str, float]) -> dict[str, Any]:
    """The body with the optional parameters that the server takes; a temperature in it is kept if it takes one."""
    rest = {key: value for key, value in body.items() if key != "temperature"}
    asked = {key: value for key, value in body.items() if key == "temperature" and key in parameters}
    return {**rest, **parameters, **asked}


def _sendable(key: SecretStr | None, setting: str) -> SecretStr | None:
    """The key without white space around it (files end in a line break); None for none."""
    value = key.get_secret_value().strip() if key is not None else ""
    if re.fullmatch(r"[\x21-\x7e]*", value) is None:
        raise ConfigurationError(f"{setting} holds characters that cannot be sent. Copy the key again.")
    return SecretStr(value) if value else None


def _timeout(host: str) -> Trouble:
    return Trouble("timeout", f"The LLM server at {host} gave no whole answer in time.")


def _connection_trouble(error: Exception, host: str) -> Trouble:
    """What went wrong on the way. The error's own text is not shown: it may quote what the server sent."""
    if isinstance(error, _BAD_ADDRESS):
        return Trouble("bad address", "LLM_BASE_URL is no address such as http://localhost:11434/v1.")
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Trouble("certificate", f"The certificate of the LLM server at {host} cannot be verified.")
    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", inner)
    if isinstance(reason, NameResolutionError):
        return Trouble("unknown host", f"The name of the LLM server {host} cannot be resolved.", retryable=True)
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError | requests.exceptions.SSLError):
        return Trouble("no connection", f"No connection to the LLM server at {host} came about.", retryable=True)
    if isinstance(reason, NewConnectionError):
        return Trouble("connection refused", f"The LLM server at {host} cannot be reached.", retryable=True)
    return Trouble("dropped connection", f"The LLM server at {host} dropped the connection.", retryable=True)
