"""Structured replies from servers that differ in what they can do.

The ladder: a JSON schema, then any JSON object, then plain text with the JSON dug out. The first rung that the server
takes is remembered. A reply that does not fit gets one repair round that shows the model what was wrong.
"""

import functools
import json
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.errors import LLMError, LLMRefused, UnusableReply
from interviewer.llm.chat import ChatClient, Completion, Message
from interviewer.llm.deadline import Deadline
from interviewer.llm.reply_json import json_objects
from interviewer.prompts import Prompt
from interviewer.usage import Meter

logger = logging.getLogger(__name__)

SCHEMA, JSON_OBJECT, TEXT = "json_schema", "json_object", "text"
LADDER = (SCHEMA, JSON_OBJECT, TEXT)
NO_FORMAT = (400, 415, 422)
"""What servers answer to a response_format that they do not know, and to other things."""

ABOUT_THE_FORMAT = re.compile(r"response_format|json_schema|json_object|structured output", re.I)
"""A refusal that says so is remembered; another one, of a single generation say, costs only this call the format."""

UNUSABLE = "unusable reply"
SHOWN_CHARACTERS = 4000  # of a faulty reply, in the repair round

UNSUPPORTED_KEYWORDS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "title", "default")
"""JSON schema keywords that strict structured output does not take on every server; pydantic checks them here."""

Shape = TypeVar("Shape", bound=BaseModel)


class Unfit(Exception):
    """A reply of the right shape that cannot be used. The message is shown to the model; `reason` is stored."""

    def __init__(self, message: str, reason: str = UNUSABLE) -> None:
        super().__init__(message)
        self.reason = reason


class RenderPrompt(Protocol):
    """Renders a prompt; `as_text` where the server cannot be asked for JSON."""

    def __call__(self, *, as_text: bool) -> Prompt:
        """The prompt."""


@dataclass(frozen=True)
class Request(Generic[Shape]):
    """What is asked of the model. `check` raises Unfit for a reply of the right shape that cannot be used."""

    task: str
    prompt: RenderPrompt
    shape: type[Shape]
    check: Callable[[Shape], None]
    temperature: float = 0


class StructuredChat:
    """Asks one server for replies of a given shape. Safe for many threads."""

    def __init__(self, client: ChatClient) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._rung = 0

    def ask(self, request: Request[Shape], deadline: Deadline, meter: Meter) -> Shape:
        """A reply of the request's shape that passes its check.

        Raises UnusableReply when neither the reply nor its repair can be used, and LLMUnavailable or LLMRefused.
        """
        rung, messages, completion = self._first_reply(request, deadline, meter)
        try:
            return self._read(request, completion)
        except Unfit as unfit:
            first = unfit
        texts: tuple[str, ...] = (completion.text,)
        try:
            messages = [*messages, *_repair(completion, first)]
            repaired = self._complete(request, rung, messages, deadline, meter)
            texts = (completion.text, repaired.text)
            return self._read(request, repaired)
        except Unfit as second:
            raise UnusableReply(second.reason, texts) from second
        except LLMError as error:
            logger.warning("no repair of an unusable %s: %s", request.task, error)
            raise UnusableReply(first.reason, texts) from error

    def _read(self, request: Request[Shape], completion: Completion) -> Shape:
        """The reply as the shape asked for. Raises Unfit."""
        problem = "it holds no JSON object."
        for found in json_objects(completion.text):
            try:
                reply = request.shape.model_validate(self._without_key(found))
            except ValidationError as error:
                problem = problem if problem.startswith("field") else _faults(error)
                continue
            request.check(reply)
            return reply
        raise Unfit(problem)

    def _without_key(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._client.without_key(value)
        if isinstance(value, list):
            return [self._without_key(item) for item in value]
        if isinstance(value, dict):
            return {key: self._without_key(item) for key, item in value.items()}
        return value

    def _first_reply(
        self, request: Request[Shape], deadline: Deadline, meter: Meter
    ) -> tuple[int, list[Message], Completion]:
        """(the rung that worked, what was sent, the reply), going down the ladder as far as the server demands."""
        with self._lock:
            rung = self._rung
        for_good = True  # every step down so far was because of the format
        while True:
            messages = _messages(request, as_text=LADDER[rung] == TEXT)
            try:
                completion = self._complete(request, rung, messages, deadline, meter)
            except LLMRefused as refusal:
                about_the_format = ABOUT_THE_FORMAT.search(refusal.detail) is not None
                if rung == len(LADDER) - 1 or not (about_the_format or refusal.status in NO_FORMAT):
                    raise
                for_good = for_good and about_the_format
                rung += 1
                continue
            if for_good:
                self._remember(rung)
            return rung, messages, completion

    def _complete(
        self, request: Request[Shape], rung: int, messages: list[Message], deadline: Deadline, meter: Meter
    ) -> Completion:
        return self._client.complete(
            messages,
            response_format=_response_format(LADDER[rung], request),
            deadline=deadline,
            meter=meter,
            temperature=request.temperature,
        )

    def _remember(self, rung: int) -> None:
        with self._lock:
            if rung > self._rung:
                logger.info("the LLM server does not take %s; %s is used", LADDER[self._rung], LADDER[rung])
                self._rung = rung


def _messages(request: Request[Shape], *, as_text: bool) -> list[Message]:
    """The stable part first, so that servers can cache it; the reply's form belongs to it."""
    prompt = request.prompt(as_text=as_text)
    return [
        {"role": "system", "content": f"# Task: {request.task}\n\n{prompt.instructions}\n\n{_form(request.shape)}"},
        {"role": "user", "content": prompt.data},
    ]


@functools.cache
def _form(shape: type[BaseModel]) -> str:
    return f"Reply with one JSON object of this JSON schema, and nothing else:\n{json.dumps(_schema(shape))}"


def _repair(completion: Completion, unfit: Unfit) -> list[Message]:
    cut = " It was cut off: be shorter." if completion.finish_reason == "length" else ""
    return [
        {"role": "assistant", "content": completion.text[:SHOWN_CHARACTERS] or "(empty)"},
        {
            "role": "user",
            "content": f"That reply cannot be used: {unfit}{cut} Send the whole corrected JSON object only.",
        },
    ]


def _faults(error: ValidationError) -> str:
    """What is wrong with the fields, without the values: those are the model's own words."""
    faults = [f"{'.'.join(map(str, fault['loc'])) or 'reply'}: {fault['msg']}" for fault in error.errors()[:8]]
    return f"fields are wrong: {'; '.join(faults)}."


def _response_format(rung: str, request: Request[Shape]) -> dict[str, Any] | None:
    if rung == SCHEMA:
        schema = {"name": request.task, "strict": True, "schema": _schema(request.shape)}
        return {"type": "json_schema", "json_schema": schema}
    return {"type": "json_object"} if rung == JSON_OBJECT else None


@functools.cache
def _schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The shape's JSON schema as strict structured output wants it: every field required, no others, few keywords."""
    strict: dict[str, Any] = _strict(shape.model_json_schema())
    return strict


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    names = {"properties", "$defs"}
    kept = {
        key: {name: _strict(item) for name, item in value.items()} if key in names else _strict(value)
        for key, value in node.items()
        if key not in UNSUPPORTED_KEYWORDS
    }
    if kept.get("type") == "object" and "properties" in kept:
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept
