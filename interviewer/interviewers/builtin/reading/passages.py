"""Passages that say what a job is about without being a plain duty: noun phrases, and words fit to be quoted."""

import re
from collections.abc import Iterable, Iterator

from interviewer.interviewers.builtin.reading.sections import CIRCUMSTANCE, PREFERENCE, SCHOOLING, Section
from interviewer.interviewers.builtin.reading.segments import Segment
from interviewer.interviewers.builtin.reading.verbs import read_verb
from interviewer.interviewers.builtin.reading.wording import any_of

PASSAGE_WEIGHT: dict[Section, float] = {
    "title": 0, "duties": 1.2, "required": 0.9, "body": 0.8, "preferred": 0.3, "boilerplate": 0
}  # fmt: skip
KNOWLEDGE = re.compile(
    rf"\b{any_of('knowledge_of')}\s+(?:the |an? |both |basic |use of |technologies for )*([^.;:()]+)", re.I
)
EXPERIENCE = re.compile(r"^([A-Z][\w/ -]{3,40}?) (?:experience|skills|knowledge)\b")
PHRASE_END = re.compile(
    r"\s*(?:,| (?:and|or|and/or|to|for|in|of|with|on|as|such|that|which|at|is|are|a plus)\b|[–—(-] ).*"
)
EMPTY_NOUNS = re.compile(rf"^(?:\w+ )?{any_of('empty_noun')}$", re.I)
NO_QUOTE = re.compile(rf"^{any_of('no_quote')}\b", re.I)
MAX_QUOTE_WORDS = 14
MAX_QUOTE_CHARS = 110
MAX_WIDE_CHARS = 40  # scripts without spaces
MAX_QUOTES = 14


def find_noun_phrases(segments: Iterable[Segment]) -> Iterator[tuple[str, float]]:
    """(noun phrase as it stands in a sentence, weight), from "knowledge of filing systems" and from bare bullets."""
    for segment in segments:
        weight = PASSAGE_WEIGHT[segment.section]
        if not weight or SCHOOLING.search(segment.text) or CIRCUMSTANCE.search(segment.text):
            continue
        if PREFERENCE.search(segment.text):
            weight = min(weight, PASSAGE_WEIGHT["preferred"])
        for raw in _noun_candidates(segment):
            noun = PHRASE_END.sub("", raw.strip()).strip(" .,;")
            if _names_something(noun):
                yield _mid_sentence(noun), weight


def _names_something(noun: str) -> bool:
    short = 1 <= len(noun.split()) <= 4 and len(noun) > 4
    return short and not EMPTY_NOUNS.match(noun) and bool(re.fullmatch(r"[\w /&'-]+", noun))


def _noun_candidates(segment: Segment) -> Iterator[str]:
    for match in KNOWLEDGE.finditer(segment.text):
        yield match.group(1)
    if experience := EXPERIENCE.match(segment.text):
        yield experience.group(1)
    words = segment.text.split()
    is_bullet = 2 <= len(words) <= 4 and segment.text[-1] not in ".:!?"
    if segment.section == "duties" and is_bullet and not read_verb(words[0]):
        yield segment.text


def _mid_sentence(noun: str) -> str:
    first = noun.split()[0]
    return noun if not first.istitle() or len(first) == 1 else noun[0].lower() + noun[1:]


def find_quotes(segments: Iterable[Segment], *, english: bool) -> list[tuple[str, str, float]]:
    """(words of the posting, topic name, weight) for passages worth quoting, at most 14, in the posting's order."""
    found: list[tuple[str, str, float]] = []
    for segment in segments:
        weight = PASSAGE_WEIGHT[segment.section]
        skip = english and any(
            (NO_QUOTE.match(segment.text), SCHOOLING.search(segment.text), CIRCUMSTANCE.search(segment.text))
        )
        quote = _quotable(segment.text) if weight and not skip else ""
        if quote and quote.casefold() not in {known.casefold() for known, _, _ in found}:
            found.append((quote, _quote_name(quote), round(weight * 0.99 ** len(found), 4)))
        if len(found) == MAX_QUOTES:
            break
    return found


def _quotable(text: str) -> str:
    """The passage, or its first clause, when that is 3 to 14 words long; "" otherwise."""
    bare = re.sub(r"[“”„«»\"]", "", text).strip(" .;:,!?*-–—#|_=~`。！？؟،")
    for option in (bare, re.split(r"\s*[,;:(–—]\s*|\s+-\s+|[，、；：،؛]", bare)[0].strip()):
        if not re.search(r"[^\W\d_]{2}", option) or re.search(r"[<>{}\[\]\\]|https?:|www\.|@", option):
            continue
        spaced = option.isascii() or " " in option
        if spaced and 3 <= len(option.split()) <= MAX_QUOTE_WORDS and len(option) <= MAX_QUOTE_CHARS:
            return option
        if not spaced and 3 <= len(option) <= MAX_WIDE_CHARS:
            return option
    return ""


def _quote_name(quote: str) -> str:
    words = quote.split()
    short = " ".join(words[:5]) + ("…" if len(words) > 5 else "")
    return short if len(short) <= 60 else short[:59] + "…"
