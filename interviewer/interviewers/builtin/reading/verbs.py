"""The verbs that duties begin with, as base ("prepare"), third person ("prepares") and gerund ("preparing")."""

import json
import re
from pathlib import Path
from typing import Literal, NamedTuple

Form = Literal["base", "third", "gerund"]

_DATA = json.loads(Path(__file__).with_name("verbs.json").read_text(encoding="utf-8"))
ALSO_NOUNS = frozenset(_DATA["also_nouns"])
NOUN_GERUNDS = frozenset(_DATA["noun_gerunds"])
NOMINALS: dict[str, str] = _DATA["nominals"]
COUNT_NOUNS = frozenset(_DATA["count_nouns"])
_DOUBLING = frozenset(_DATA["doubling"])

_LISTED = frozenset(_DATA["verbs"])
SHORT_VOWEL = re.compile(r"[^aeiou]{0,3}[aeiou][^aeiouwxy]")  # "chop" doubles its last letter


class Verb(NamedTuple):
    """A word read as a verb: its base form, and the form it stood in."""

    base: str
    form: Form


def gerund(base: str) -> str:
    """ "prepare" -> "preparing", "plan" -> "planning", "oversee" -> "overseeing"."""
    if base in _DOUBLING or (base not in _LISTED and SHORT_VOWEL.fullmatch(base)):
        return base + base[-1] + "ing"
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + "ing"


def third_person(base: str) -> str:
    """ "prepare" -> "prepares", "carry" -> "carries", "address" -> "addresses"."""
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _spellings(base: str) -> set[str]:
    british = {base[:-2] + "se"} if base.endswith(("ize", "yze")) else set()
    return {base, *british}


def _all_forms() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for listed in _DATA["verbs"]:
        for base in _spellings(listed):
            forms[base] = Verb(base, "base")
            forms[third_person(base)] = Verb(base, "third")
            forms[gerund(base)] = Verb(base, "gerund")
            if base.endswith("el"):  # British spelling
                forms[base + "ling"] = Verb(base, "gerund")
    forms["be"] = Verb("be", "base")
    forms["being"] = Verb("be", "gerund")
    return forms


_FORMS = _all_forms()


def read_verb(word: str) -> Verb | None:
    """The verb that `word` is a form of, or None."""
    return _FORMS.get(word.casefold())
