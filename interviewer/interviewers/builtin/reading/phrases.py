"""From a posting's clause to a verb phrase that fits into a question.

"Performs audits of branches as needed." becomes the action "perform audits of branches" / "performing audits of
branches". A clause that cannot be cut down without harm gives None; a posting with nothing else is quoted instead.
"""

import re
from dataclasses import dataclass

from interviewer.interviewers.builtin.reading.clauses import first_verb, nominal_head, reads_as_verb, verbs_and_object
from interviewer.interviewers.builtin.reading.cutting import core
from interviewer.interviewers.builtin.reading.verbs import COUNT_NOUNS, gerund
from interviewer.interviewers.builtin.reading.wording import (
    DANGLING,
    DETERMINERS,
    JOINERS,
    PARTICLES,
    PREPOSITIONS,
    any_of,
    bare,
)

MAX_CHARS = 110
MAX_NAME_WORDS = 5
ARTICLES = frozenset({"a", "an", "the"})
HELPERS = frozenset({"assist", "support", "help", "identify"})
MEASURED = frozenset(
    "value quality effectiveness efficiency accuracy integrity safety status cost performance scope progress "
    "development implementation preparation maintenance delivery operation".split()
)
SPOKEN_WITH_AN = "AEFHILMNORSX"  # first letters of acronyms such as "ETL"
PRAISE = re.compile(rf"\b{any_of('praise')} ", re.I)
RESOLUTION = re.compile(r"\bprovid(e|es|ing) resolutions? (?:of|to|for)\b", re.I)
UTILIZE = re.compile(r"\butili[sz](e|es|ing)\b", re.I)
BAD_PHRASE = re.compile(
    r"[\[\]{}<>|@_#=\\]|\b(?:we|you|i|us|it|them|these|he|she|they|s/he|tbd|will|shall|must)\b|\d[.)]|https?:|\.\.|[?!]",
    re.I,
)


@dataclass(frozen=True)
class Action:
    """A verb phrase in base form and as gerund, and a topic name of up to five words."""

    base: str
    gerund: str
    name: str


def action(text: str, *, certain: bool, lenient: bool, any_verb: bool = False) -> Action | None:
    """The action that a clause beginning with a verb describes, or None when it does not read as one.

    `certain`: it followed "will" or the like, so the first word is a verb. Otherwise it may be a noun ("Design
    portfolio"), which `lenient` (among duties) doubts less. `any_verb`: also take an unknown first word for a verb.
    """
    tokens = _plain(text).split()
    heads = nominal_head(tokens)
    if heads is None:
        head = first_verb(tokens, any_verb=any_verb)
        if not head or not reads_as_verb(tokens, head, certain=certain, lenient=lenient):
            return None
        heads = verbs_and_object(tokens, head)
    bases, rest = heads
    cut = core(bases[-1], _to_the_candidate(" ".join(rest)))
    return _action(bases, with_article(cut)) if cut else None


def _action(bases: list[str], rest: str) -> Action | None:
    phrase = f"{_joined(bases)} {rest}"
    if BAD_PHRASE.search(phrase) or len(phrase) > MAX_CHARS:
        return None
    named = next((base for base in bases if base not in HELPERS), bases[0])
    return Action(phrase, f"{_joined([gerund(base) for base in bases])} {rest}", _name(gerund(named), rest.split()))


def _plain(text: str) -> str:
    """Without brackets, spaced slashes, praise, or capitals where everything is in capitals."""
    text = re.sub(r"\((?:s|es)\)", "s", text)
    text = re.sub(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]|[“”\"*]", "", text)
    text = re.sub(r"\s*/\s*", "/", text).replace("’", "'").strip(" .,;:-–•·")
    text = re.sub(r"(?<=[a-z]) & (?=[a-z])", " and ", PRAISE.sub("", text))
    text = RESOLUTION.sub(r"resolv\1", UTILIZE.sub(_use, text))
    return text.lower() if text.isupper() and len(text.split()) > 1 else text


def _use(match: re.Match[str]) -> str:
    return {"e": "use", "es": "uses"}.get(match.group(1).casefold(), "using")


def _to_the_candidate(text: str) -> str:
    """As said to a candidate: "our clients" are "the clients", "their own work" is "your own work"."""
    text = re.sub(r"\b(?:their|his/her|his or her|its|our)\s+own\b", "your own", text, flags=re.I)
    text = re.sub(r"\b(?:our|its|my)\b", "the", text, flags=re.I)
    text = re.sub(r"\b(?:his/her|his or her)\b|^their\b", "your", text, flags=re.I)
    text = re.sub(r"^own\b", "your own", re.sub(r"\bon own\b", "on your own", text))
    return re.sub(r"\b(with|in|on|for) (?=(?:[A-Z]\S* ){1,4}(?:team|department|group)\b)", r"\1 the ", text)


def _joined(verbs: list[str]) -> str:
    return verbs[0] if len(verbs) == 1 else ", ".join(verbs[:-1]) + " and " + verbs[-1]


def with_article(rest: str) -> str:
    """Postings drop articles ("create data dictionary", "ensure safety of"); one that is surely missing is put in."""
    words = rest.split()
    end = next((i for i, word in enumerate(words) if bare(word) in PREPOSITIONS | JOINERS), len(words))
    noun, after = words[:end], words[end : end + 1]
    if after == ["of"] and noun and noun[-1] in MEASURED and bare(noun[0]) not in DETERMINERS:
        return f"the {rest}"
    if not noun or noun[-1] not in COUNT_NOUNS or (after and bare(after[0]) in JOINERS):
        return rest
    first = noun[0]
    if bare(first) in DETERMINERS | PARTICLES or first[:1].isdigit() or first.endswith(("'s", "s'")):
        return rest
    if any(word.endswith(",") or (word[:1].isupper() and not word.isupper()) for word in noun):
        return rest
    vowel = first[0] in SPOKEN_WITH_AN if first.isupper() else first[0].casefold() in "aeio"
    return f"{'an' if vowel else 'a'} {rest}"


def _name(verb: str, words: list[str]) -> str:
    """ "Assessing data quality": the gerund and the noun phrase after it, or that phrase alone; up to five words."""
    lead = next((i for i, word in enumerate(words) if not _is_lead(word)), 0)
    end = _noun_end(words, lead)
    whole = [word for word in words[:lead] if word != "that"]
    start = [word for word in whole if word not in ARTICLES]
    noun = _short_noun(words[lead:end], MAX_NAME_WORDS - 1 - len(start))
    longer = _clean(words[lead : _noun_end(words, end + 1)]) if words[end : end + 1] == ["of"] else noun
    options = (
        [verb, *whole, *longer],
        [verb, *start, *longer],
        [verb, *whole, *noun],
        [verb, *start, *noun],
        noun,
        noun[-3:],
    )
    good = (
        words
        for words in options
        if words and len(words) <= MAX_NAME_WORDS and bare(words[-1]) not in DANGLING | {"how"}
    )
    name = " ".join(next(good, [verb]))
    return name[0].upper() + name[1:]


def _is_lead(word: str) -> bool:
    return bare(word) in PREPOSITIONS | PARTICLES | ARTICLES | {"that"}


def _clean(words: list[str]) -> list[str]:
    return [cleaned for word in words if (cleaned := word.strip(",;"))]


def _short_noun(words: list[str], room: int) -> list[str]:
    """A noun phrase, up to its "and" where it has more words than there is room for."""
    noun = _clean(words)
    joint = next((i for i, word in enumerate(noun) if word in JOINERS), len(noun))
    if len(noun) > room and joint >= 2:
        noun = noun[:joint]
    while len(noun) > 1 and (bare(noun[-1]) in DANGLING or noun[-1].endswith("ly")):
        noun.pop()
    return noun


def _noun_end(words: list[str], start: int) -> int:
    """Where the noun phrase beginning at `start` ends: at a preposition, a verb "to be" or a comma."""
    stops = PREPOSITIONS | {"is", "are", "be", "how", "what", "which"}
    for i in range(start, len(words)):
        if bare(words[i]) in stops or (i > start and words[i - 1].endswith(",")):
            return i
    return len(words)
