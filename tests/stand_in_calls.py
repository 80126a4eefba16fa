"""What passes between the stand-in's server and its behaviours: a call that came in, a reply that goes out."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.stand_in_model import NEEDED, TASKS, Json

Rung = Literal["json_schema", "json_object", "text"]
Wire = Literal["whole", "drip", "drip_headers", "dropped", "dropped_midway", "hang"]


class BadCall(Exception):
    """A request the stand-in cannot work with. The text says what is missing."""


@dataclass
class Call:
    """One request for a completion, as it is recorded."""

    task: str
    """opening, question, evaluation, report; "none" without a `# Task: N` line."""
    rung: Rung
    headers: dict[str, str]
    """Names in lower case."""
    body: Json
    arrived: float
    """time.monotonic() when the whole request had been read."""
    behaviour: str = ""
    status: int = 0
    """Of the reply; 0 while there is none, and for good after `hang` and `dropped`."""
    tokens: tuple[int, int] = (0, 0)
    """In and out, as told in `usage`."""

    @property
    def payload(self) -> Json:
        """The JSON object of the first user message, {} without a task. Raises BadCall."""
        if self.task not in TASKS:
            return {}
        text = next((str(m.get("content")) for m in self.messages if m.get("role") == "user"), "")
        found = _first_object(text)
        if found is None:
            raise BadCall(f"{self.task}: no JSON object in the user message")
        for name, kind in NEEDED[self.task].items():
            if not isinstance(found.get(name), kind):
                raise BadCall(f"{self.task}: field {name} is missing or of a wrong type")
        return found

    @property
    def messages(self) -> list[Json]:
        """The messages."""
        return list(self.body.get("messages", []))

    @property
    def is_repair(self) -> bool:
        """Whether it shows the model an earlier reply of its own."""
        return any(message.get("role") == "assistant" for message in self.messages)


def _first_object(text: str) -> Json | None:
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        try:
            found = decoder.raw_decode(text, start)[0]
        except ValueError:
            start = text.find("{", start + 1)
        else:
            return found if isinstance(found, dict) else None
    return None


def read_call(body: Json, headers: dict[str, str], arrived: float) -> Call:
    """A call from a request's body."""
    system = next((str(m.get("content")) for m in body.get("messages", []) if m.get("role") == "system"), "")
    first = system.split("\n", 1)[0].strip()
    task = first.removeprefix("# Task: ") if first.startswith("# Task: ") else "none"
    kind = (body.get("response_format") or {}).get("type", "text")
    rung: Rung = kind if kind in ("json_schema", "json_object") else "text"
    return Call(task, rung, headers, body, arrived)


@dataclass(frozen=True)
class Reply:
    """What goes out. `body` is the HTTP body; `wire` how it is sent."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    wire: Wire = "whole"
    tokens: tuple[int, int] = (0, 0)


def completion(call: Call, content: str | None, finish_reason: str = "stop") -> Reply:
    """A chat completion. A token is four characters."""
    tokens_in = sum(len(str(message.get("content"))) for message in call.messages) // 4
    tokens = (tokens_in, len(content or "") // 4)
    message = {"role": "assistant", "content": content}
    body: dict[str, Any] = {
        "id": "stand-in",
        "object": "chat.completion",
        "created": 0,
        "model": call.body.get("model"),
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
        "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
    }
    return Reply(json.dumps(body).encode(), tokens=tokens)


def error(status: int, message: str, **headers: str) -> Reply:
    """An error as OpenAI words it."""
    return Reply(json.dumps({"error": {"message": message, "type": "error"}}).encode(), status, headers=headers)
