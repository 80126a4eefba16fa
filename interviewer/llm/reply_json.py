"""Finding the JSON object in a model's reply, whatever the model wrote around it."""

import json
import re
from collections.abc import Iterator
from typing import Any

THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.S | re.I)
MOST_STARTS = 64
"""So many opening braces are tried: a reply has one object, and garbage must not cost more."""


def json_objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in a text that are not part of another one, the largest first.

    Thinking aloud (<think> ... </think>) is passed over. NaN and Infinity, which JSON does not know, are refused.
    """
    text = THINKING.sub(" ", text)
    decoder = json.JSONDecoder(parse_constant=_refuse)
    found: list[tuple[int, dict[str, Any]]] = []
    position = text.find("{")
    for _ in range(MOST_STARTS):
        if position < 0:
            break
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            found.append((end - position, value))
        position = text.find("{", end)
    yield from (value for _, value in sorted(found, key=lambda item: -item[0]))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
