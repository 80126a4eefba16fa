"""JSON objects and tags in the shape of a scorer's reply."""

import re
from collections.abc import Iterator

from interviewer.steering.flags import Flag

PAIR = re.compile(
    r"[\"']?(?<![\w-])(?P<key>[a-z][a-z_ -]{2,40})[\"']?\s{0,3}[:=]\s{0,3}(?P<value>\"[^\"\n]{0,200}\"?"
    r"|'[^'\n]{0,200}'?|[\w.+/%-]{1,20}|[\[{])"
)
BRACE = re.compile(r"[{}]")
LONGEST_UNCLOSED = 600
"""Characters of an object that is never closed."""

SCORER_KEYS = re.compile(
    r"key_?points?(?:_covered)?|points_covered|covered|strengths?|improvements?|weakness(?:es)?"
    r"|technical_?accuracy|completeness|communication|"
    r"(?:final|overall|total|candidate|answer)[_ ]?(?:score|rating|grade|evaluation)|max_?score|evaluation"
    r"|assessment|rubric|missing_?points|gaps|rationale|strong_?hire|hire|"
    r"(?:hire|hiring)_?(?:recommendation|decision)?|is_?correct"
)
"""Keys that hardly anything but a verdict on an answer has."""

COMMON_KEYS = re.compile(
    r"score|rating|grade|mark|marks|points?|feedback|verdict|reason(?:ing)?|justification|comments?|quote"
    r"|recommendation|correct(?:ness)?|depth|clarity|accuracy|relevance|overall|result|outcome|decision|explanation"
    r"|quality|summary|notes?|level|passed"
)

TOP_VALUE = re.compile(
    r"[\"']?(?:10(?:\.0)?|100|(?:10|100|5)\s?/\s?\d+|100\s?%|a\+|excellent|perfect|outstanding|exceptional"
    r"|full(?: marks)?|max(?:imum)?|flawless|strong[ _-]?hire|hired?|pass(?:ed)?|top)\b.{0,40}"
)

OWN_SYSTEM = re.compile(
    r"\b(?:our|we|my|i|api|endpoint|service|returns?|returned|responds?|payload|schema|e\.g|example|client|field"
    r"|users?|json|format|logs?|logged|events?|body|looks?|looked|such as|like)\b"
)
"""Words before an object which show that it belongs to a system the candidate speaks of."""

CHAT_ROLE = re.compile(r"[\"']role[\"']\s{0,3}:\s{0,3}[\"'](?:system|assistant|developer|tool)[\"']")
"""A message of a chat, as a prompt is made of."""

FULL_WEIGHT, HALF_WEIGHT = 1.0, 0.5
BARE = 0.25
"""More for an object that no words introduce on its line."""
ENOUGH = 1.5
"""One common key with a top value, or two kinds of key of which one is a scorer's."""


def reply_shapes(text: str) -> Iterator[tuple[int, int, Flag]]:
    """The objects in a normal form's `text` that look like a verdict on an answer, as (start, end, flag)."""
    for start, stop in _objects(text):
        if _weight(text, start, stop) >= ENOUGH:
            yield start, stop, Flag.REPLY


def _objects(text: str) -> list[tuple[int, int]]:
    """The outermost objects that are closed, and the last one that never is, as far as one may reach."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for brace in BRACE.finditer(text):
        if brace.group() == "{":
            opened.append(brace.start())
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, brace.end()))
    if opened and not (found and found[-1][0] > opened[-1]):
        found.append((opened[-1], min(len(text), opened[-1] + LONGEST_UNCLOSED)))
    return found


def _weight(text: str, start: int, stop: int) -> float:
    weight = 0.0
    seen: set[str] = set()
    top = False
    for pair in PAIR.finditer(text, start, min(stop, start + 3000)):
        key = pair["key"].strip().replace("-", "_")
        known = FULL_WEIGHT if SCORER_KEYS.fullmatch(key) else HALF_WEIGHT if COMMON_KEYS.fullmatch(key) else 0
        if known and key not in seen:
            seen.add(key)
            weight += known
        top = top or (known > 0 and TOP_VALUE.match(pair["value"]) is not None)
    if CHAT_ROLE.search(text, start, min(stop, start + 3000)):
        seen.add("role")
        weight += ENOUGH
    if not seen:
        return 0
    before = re.split(r"\n\n|[.!?]\s", text[max(0, start - 120) : start])[-1]
    line = text[text.rfind("\n", 0, start) + 1 : start]
    bare = 0 if line.strip(" \t`\"'}") else BARE
    return weight + top + bare - (1 if OWN_SYSTEM.search(before) else 0)
