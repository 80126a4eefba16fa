"""The optional parameters of a request, and what is sent where a server takes one of them not."""

import re
import threading
from collections.abc import Mapping
from types import MappingProxyType

MAX_TOKENS = 4000
"""Tokens of one reply. The longest, an evaluation of six key points with quotes, needs some hundred; models that think
first (gpt-oss) count that too."""

MAX_TOKENS_WITH_REASONING = 16000
"""The same for the newer parameter: its models reason at length before the first word."""

_FIRST: Mapping[str, float] = MappingProxyType({"temperature": 0, "max_tokens": MAX_TOKENS})

_INSTEAD: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "max_tokens": {"max_completion_tokens": MAX_TOKENS_WITH_REASONING},  # OpenAI's reasoning models (o1, gpt-5)
        "max_completion_tokens": {},
        "temperature": {},  # the same models take the default only
    }
)

MOST_CHANGES = len(_INSTEAD)
"""How often the parameters can change."""

_OBJECTION = re.compile(
    r"unsupported|not (?:be )?(?:supported|allowed|permitted|recognized|accepted)|does(?:n't| not) (?:support|accept)"
    r"|unknown|unrecognized|unexpected|extra (?:inputs|fields)|only the default|deprecated",
    re.IGNORECASE,
)


class OptionalParameters:
    """What is sent beside model and messages. Learns, for as long as the process runs; safe to share by threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current = _FIRST

    @property
    def current(self) -> Mapping[str, float]:
        """The parameters as far as the server is known; never changed in place."""
        return self._current

    def give_up(self, name: str) -> None:
        """Never send this one again, but what stands in for it. Does nothing where another thread has done so."""
        with self._lock:
            if name in self._current:
                rest = {key: value for key, value in self._current.items() if key != name}
                self._current = MappingProxyType({**rest, **_INSTEAD[name]})


def objected_parameter(message: str, param: str | None) -> str | None:
    """Which of our optional parameters a server's 400 or 422 objects to: the one it names as `param`, or in words.

    The words count only near the start of the message: further on a server may quote the request.
    """
    if param in _INSTEAD:
        return param
    start = message[:300]
    if _OBJECTION.search(start) is None:
        return None
    named = [match[0] for match in re.finditer(r"\b(?:" + "|".join(_INSTEAD) + r")\b", start)]
    return named[0] if named else None
