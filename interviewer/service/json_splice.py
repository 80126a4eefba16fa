"""Replacing some values of a JSON text while every other byte stays: numbers, spacing, order, repeated names.

Everything here takes text that `json.loads` has accepted.
"""

import itertools
import json
import re
from collections.abc import Mapping
from typing import NamedTuple

BLANK = re.compile(r"[ \t\n\r]*")
DECODER = json.JSONDecoder()


class Element(NamedTuple):
    """One value of an array or object: what it is, and where its text starts and ends."""

    value: object
    start: int
    end: int


class Member(NamedTuple):
    """One name and value of an object, and where the texts of both start and end."""

    name: str
    name_start: int
    name_end: int
    value: object
    start: int
    end: int


def first(text: str) -> Element:
    """The value that the text is."""
    return _element(text, _past_blank(text, 0))


def elements(text: str, start: int) -> list[Element]:
    """The values of the array whose bracket is at `start`."""
    found: list[Element] = []
    at = _past_blank(text, start + 1)
    while text[at] != "]":
        found.append(_element(text, at))
        at = _past_comma(text, found[-1].end)
    return found


def members(text: str, start: int) -> list[Member]:
    """The names and values of the object whose brace is at `start`; a repeated name comes as often as it is there."""
    found: list[Member] = []
    at = _past_blank(text, start + 1)
    while text[at] != "}":
        name, colon = _element(text, at), _past_blank(text, _element(text, at).end)
        value = _element(text, _past_blank(text, colon + 1))
        found.append(Member(str(name.value), at, name.end, *value))
        at = _past_comma(text, value.end)
    return found


def with_fields(text: str, fields: Mapping[str, object]) -> str:
    """The text of an object of at least one member with these values, new names last and spaced as the others are."""
    there = members(text, 0)
    place = {member.name: member for member in there}  # of a repeated name json.loads takes the last
    changes = [
        (place[name].start, place[name].end, json.dumps(value)) for name, value in fields.items() if name in place
    ]
    last = there[-1]
    gap = text[there[-2].end : last.name_start] if len(there) > 1 else f",{text[1 : last.name_start]}"
    colon = text[last.name_end : last.start]
    added = "".join(
        f"{gap}{json.dumps(name)}{colon}{json.dumps(value)}" for name, value in fields.items() if name not in place
    )
    return spliced(text, [*changes, (last.end, last.end, added)])


def spliced(text: str, changes: list[tuple[int, int, str]]) -> str:
    """The text with text[start:end] replaced for each (start, end, new); they do not overlap."""
    ordered = sorted(changes)
    kept_from = [0, *(end for _, end, _ in ordered)]
    kept_to = [*(start for start, _, _ in ordered), len(text)]
    kept = [text[start:end] for start, end in zip(kept_from, kept_to, strict=True)]
    return "".join(itertools.chain.from_iterable(zip(kept, [*(new for _, _, new in ordered), ""], strict=True)))


def _element(text: str, at: int) -> Element:
    value, end = DECODER.raw_decode(text, at)
    return Element(value, at, end)


def _past_blank(text: str, at: int) -> int:
    found = BLANK.match(text, at)
    return found.end() if found else at


def _past_comma(text: str, at: int) -> int:
    at = _past_blank(text, at)
    return _past_blank(text, at + 1) if text[at] == "," else at
