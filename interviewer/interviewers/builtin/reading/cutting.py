"""Cuts what follows a duty's verb down to its core, at places where the rest still reads as a whole."""

import re

from interviewer.interviewers.builtin.reading.clauses import continues_infinitive
from interviewer.interviewers.builtin.reading.verbs import NOUN_GERUNDS, read_verb
from interviewer.interviewers.builtin.reading.wording import (
    DANGLING,
    DETERMINERS,
    JOINERS,
    PREPOSITIONS,
    QUANTITIES,
    any_of,
    bare,
)

GOOD_WORDS = 10
MAX_WORDS = 12
THAT_CLAUSE_VERBS = frozenset({"ensure", "verify", "determine", "confirm", "validate", "check"})
COMPOUND_GERUNDS = frozenset({"making", "solving", "building", "handling", "gathering", "keeping"})  # "problem solving"
TRAILERS = re.compile(
    rf"\s*;.*|\s+[–—-]\s.*|:\s.*|,?\s+{any_of('trailer')}\b.*"
    r"|,\s+(?:with|which|who|where|while|so|both|to|using|but|when|if|then|especially|particularly|\w+ing)\b.*"
    r"|\s+(?:which|who|whose|while|because|utili[sz]ing|located|performed|required|needed)\s.*",
    re.I | re.S,
)
RELATIVE_THAT = re.compile(r"\s+that\s+.*", re.S)
PURPOSE = re.compile(r"\s+to\s+(?=(?:(?:\w+ly|either|both)\s+)?([a-z]+)\b)")
STRONG_CUT = re.compile(
    r"\s+(?:using|through|throughout|via|within|across|by(?=\s+\w+ing)|from|against|during|towards?|under|per)\s"
)
WEAK_CUT = re.compile(
    r"\s+(?:for|in|on|at|with|by|between|among|after|before|regarding|into|about|of|related to|relating to)\s"
)
JOINER_CUT = re.compile(r"(?<=[a-z]{2}[^s]s)\s+(?:and/or|and|or)\s")  # only after a plural: a noun, not half of one
COMMA_CUT = re.compile(r",\s")
UNFINISHED = re.compile(r",|\b(?:between|both|either)\b")
LISTED = re.compile(r"\b(?:and|or|and/or)\b|&")
POINTER = re.compile(r"(?:it|them|this|these|that|those)\b(?! \w)")


def core(verb: str, rest: str) -> str | None:
    """`rest` cut to what belongs to the verb; None when no clean cut is short enough."""
    if POINTER.match(rest):
        return None
    rest = TRAILERS.sub("", " " + rest, count=1)
    if verb not in THAT_CLAUSE_VERBS:
        rest = RELATIVE_THAT.sub("", rest, count=1)
    rest = _before_second_verb(rest)
    tidied = [tidy for option in (rest, *_shorter(rest)) if (tidy := _tidy(option))]
    fitting = (tidy for limit in (GOOD_WORDS, MAX_WORDS) for tidy in tidied if len(tidy.split()) < limit)
    return next(fitting, None)


def _shorter(rest: str) -> list[str]:
    """`rest` as it could end earlier, longest first: before purposes and the like, then before lesser additions."""
    purposes = [match.start() for match in PURPOSE.finditer(rest) if _is_base(match.group(1))]
    strong = [*purposes, *(match.start() for match in STRONG_CUT.finditer(rest))]
    weak = [match.start() for match in WEAK_CUT.finditer(rest) if _leaves_something(rest[: match.start()])]
    weak += [match.start() for match in JOINER_CUT.finditer(rest) if not UNFINISHED.search(rest[: match.start()])]
    last_resort = [match.start() for match in COMMA_CUT.finditer(rest) if len(rest[: match.start()].split()) >= 3]
    places = [*sorted(strong, reverse=True), *sorted(weak, reverse=True), *last_resort[:1]]
    return [rest[:place] for place in places]


def _is_base(word: str) -> bool:
    verb = read_verb(word)
    return verb is not None and verb.form == "base"


def _leaves_something(before: str) -> bool:
    words = before.split()
    return bool(words) and bare(words[-1]) not in QUANTITIES


def _before_second_verb(rest: str) -> str:
    """Cuts "liaison between A and B reviewing C" and "X and document Y" before the second verb."""
    tokens = rest.split()
    for position in range(2, len(tokens)):
        if _is_second_verb(tokens, position):
            return " " + " ".join(tokens[:position])
    return rest


def _is_second_verb(tokens: list[str], position: int) -> bool:
    word, before = bare(tokens[position]), tokens[position - 1]
    verb = read_verb(word)
    after = bare(tokens[position + 1]) if position + 1 < len(tokens) else ""
    comma = tokens[position].endswith(",")
    joined = bare(before) in JOINERS or before.endswith(",")
    if not verb or verb.form == "third":
        return False
    if verb.form == "gerund":
        opens = not after or comma or after in DETERMINERS
        return opens and not joined and word not in NOUN_GERUNDS | COMPOUND_GERUNDS and bare(before) not in DANGLING
    followed = bool(after) and after not in JOINERS | PREPOSITIONS and not comma
    return joined and followed and not continues_infinitive(tokens, position)


def _tidy(rest: str) -> str:
    """Without dangling words at the end, a broken list closed with "and"; "" when nothing sensible is left."""
    tokens = rest.split()
    while tokens and (bare(tokens[-1]) in DANGLING or not re.search(r"\w", tokens[-1])):
        tokens.pop()
    text = _closed_list(" ".join(tokens).strip(" ,;:.-–"))
    content = [token for token in text.split() if bare(token) not in DANGLING]
    return text if content and text.count("(") == text.count(")") else ""


def _closed_list(text: str) -> str:
    """ "file integrity, QC support" as "file integrity and QC support"; lists that have their "and" stay."""
    head, comma, last = text.rpartition(", ")
    second_last = head.rpartition(",")[2] if "," in head else ""
    if not comma or LISTED.search(last) or LISTED.search(second_last):
        return text
    return f"{head} and {last}" if len(last.split()) <= 4 else head
