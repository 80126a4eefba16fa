"""The words by which the parts of a posting are told apart: named lists of regular expressions in `wording.json`."""

import json
import re
from pathlib import Path

_LISTS: dict[str, list[str]] = json.loads(Path(__file__).with_name("wording.json").read_text(encoding="utf-8"))

JOINERS = frozenset({"and", "or", "and/or", "&", "/", "or/and"})
PARTICLES = frozenset({"up", "out", "over", "down", "off", "back", "closely", "directly", "together", "effectively"})


def listed(name: str) -> frozenset[str]:
    """The entries of a list of plain words."""
    return frozenset(_LISTS[name])


def any_of(name: str) -> str:
    """A group that matches any entry of a list, to stand inside a larger pattern."""
    return f"(?:{'|'.join(_LISTS[name])})"


def any_word(name: str) -> re.Pattern[str]:
    """Finds an entry of a list from the beginning of a word, ignoring case."""
    return re.compile(rf"\b{any_of(name)}", re.I)


DETERMINERS = listed("determiner")
PREPOSITIONS = listed("preposition")
QUANTITIES = listed("quantity")  # "range", "number": a cut before their "of" leaves nothing
DANGLING = (  # what no phrase may end with
    PREPOSITIONS
    | DETERMINERS
    | JOINERS
    | {"related", "relating", "other", "such", "well", "also", "not", "be", "is", "are", "various"}
)


def bare(token: str) -> str:
    """A token without the punctuation around it, in lower case."""
    return token.strip(",;:.").casefold()
