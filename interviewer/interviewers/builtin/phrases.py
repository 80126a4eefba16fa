"""From a posting's clause to a verb phrase that fits into a question.

"Performs audits of branches as needed." becomes the action "perform audits of branches" / "performing audits of
branches". A clause that cannot be cut down without harm gives None; callers then quote it instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.interviewers.builtin.verbs import (
    ALSO_NOUNS,
    COUNT_NOUNS,
    NOMINALS,
    NOUN_GERUNDS,
    Form,
    Verb,
    gerund,
    read_verb,
)

GOOD_WORDS = 10
MAX_WORDS = 12
MAX_NAME_WORDS = 5
DETERMINERS = frozenset(
    "a an the all any each every both either some many several various this these that those our your their its his her "
    "new no one two three four five own multiple".split()
)
PREPOSITIONS = frozenset(
    "for in on from of at with under by between among during after before regarding into onto upon around about to as "
    "within across through throughout toward towards against over per via without alongside".split()
)
NO_VERBS = DETERMINERS | PREPOSITIONS | frozenset("be have not only never always also then just even soon again love enjoy thrive benefit primary normal usual general".split())
JOINERS = frozenset({"and", "or", "and/or", "&", "/", "or/and"})
PARTICLES = frozenset("up out over down off back closely directly together effectively independently".split())
DANGLING = PREPOSITIONS | DETERMINERS | JOINERS | {"related", "relating", "other", "such", "well", "also", "not", "be", "is", "are"}
QUANTITIES = frozenset(
    "degree range number variety level levels amount part parts set series type types kind kinds volume volumes scope line one phases lot "
    "majority rest end beginning use aspects areas some needs basis members".split()
)
COMPOUND_GERUNDS = frozenset({"making", "solving", "building", "handling", "gathering", "keeping"})
HELPERS = frozenset({"assist", "support", "help", "identify"})
MEANS = frozenset({"use", "utilize", "leverage", "include"})
THAT_CLAUSE_VERBS = frozenset("ensure verify determine confirm validate demonstrate check ensuring".split())
TRAILERS = re.compile(
    r"\s*;.*|\s+[–—-]\s.*|:\s.*|,?\s+(?:such as|including|includes?|etc\b|e\.g\.|i\.e\.|as needed|as required|as directed|as assigned"
    r"|as appropriate|as necessary|as ordered|as prescribed|as scheduled|as part of|as it relates|as well as|in accordance with|according to|in order to|so that|so as to|based on|"
    r"when needed|where needed|whenever|thereby|through one or|from time to time|on a (?:daily|weekly|regular|monthly) basis|and more"
    r"|in terms of|and other duties|to include|by through|by \w+ing|to \w+ly (?:the|a|an))\b.*"
    r"|,\s+(?:with|which|who|where|while|so|both|to|using|but|when|if|then|especially|particularly|\w+ing)\b.*|\s+(?:which|who|whose|while|because|utili[sz]ing|located|performed|required|needed)\s.*",
    re.I | re.S,
)
RELATIVE_THAT = re.compile(r"\s+that\s+.*", re.S)
PURPOSE = re.compile(r"\s+to\s+(?=(?:(?:\w+ly|either|both)\s+)?([a-z]+)\b)")
STRONG_CUT = re.compile(r"\s+(?:using|through|throughout|via|within|across|by(?=\s+\w+ing)|from|against|during|towards?|under|per)\s")
WEAK_CUT = re.compile(r"\s+(?:for|in|on|at|with|by|between|among|after|before|regarding|into|about|of|related to|relating to)\s")
JOINER_CUT = re.compile(r"(?<=[a-z]{2}[^s]s)\s+(?:and/or|and|or)\s")
COMMA_CUT = re.compile(r",\s")
UNFINISHED = re.compile(r",|\b(?:between|both|either)\b")
PRAISE = re.compile(r"\b(?:best-in-class|world-class|cutting[- ]edge|state-of-the-art|exciting|amazing|industry-leading) ", re.I)
BAD_PHRASE = re.compile(r"[\[\]{}<>|@_#=\\]|\b(?:we|you|i|us|it|them|these|he|she|they|s/he|tbd|will|shall|must)\b|\d[.)]|https?:|\.\.|[?!]", re.I)


@dataclass(frozen=True)
class Action:
    """A verb phrase in base form and as gerund, and a topic name of two to five words."""

    base: str
    gerund: str
    name: str


def clauses(text: str, *, any_verb: bool = False) -> Iterator[str]:
    """The verb phrases that a clause strings together: "tracks issues, resolves them" gives two."""
    tokens = text.split()
    head = _first_verb(tokens, any_verb)
    if not head:
        return
    verb, start = head
    begin, position, form = 0, _head_end(tokens, start, verb.form), verb.form
    while position < len(tokens):
        next_form = _new_clause(tokens, position, form)
        if next_form:
            yield " ".join(tokens[begin:position]).rstrip(" ,;")
            begin, form = position, next_form
            position = _head_end(tokens, position, form)
        else:
            position += 1
    yield " ".join(tokens[begin:])


def action(text: str, *, certain: bool, lenient: bool, any_verb: bool = False) -> Action | None:
    """The action that a clause beginning with a verb describes, or None when it does not read as one.

    `certain`: it followed "will" or the like, so the first word is a verb. Otherwise it may be a noun ("Design
    portfolio"), which `lenient` (among duties) doubts less. `any_verb`: also take an unknown first word for a verb.
    """
    tokens = _plain(text).split()
    nominal = _nominal_head(tokens)
    if nominal:
        bases, rest = nominal
    else:
        head = _first_verb(tokens, any_verb)
        if not head or not _reads_as_verb(tokens, head, certain, lenient):
            return None
        bases, rest = _bases(tokens, head)
    core = _core(bases[-1], " ".join(rest))
    if core is None:
        return None
    core = _with_article(core)
    phrase = _joined(bases) + core
    if BAD_PHRASE.search(phrase) or len(phrase) > 110:
        return None
    gerunds = [gerund(base) for base in bases]
    named = next((found for base, found in zip(bases, gerunds, strict=True) if base not in HELPERS), gerunds[0])
    return Action(phrase, _joined(gerunds) + core, _name(named, core.split()))


def _plain(text: str) -> str:
    """Without brackets, spaced slashes, or capitals where everything is in capitals."""
    text = re.sub(r"\((?:s|es)\)", "s", text)
    text = re.sub(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]|[“”\"*]", "", text)
    text = re.sub(r"\s*/\s*", "/", text).replace("’", "'").strip(" .,;:-–•·")
    text = re.sub(r"\bprovid(e|es|ing) (?:resolution|resolutions) (?:of|to|for)\b", r"resolv\1", PRAISE.sub("", text), flags=re.I)
    text = re.sub(r"(?<=[a-z]) & (?=[a-z])", " and ", text)
    text = re.sub(r"\butili[sz](e|es|ing)\b", _use, text, flags=re.I)
    return text.lower() if text.isupper() and len(text.split()) > 1 else text


def _use(match: re.Match[str]) -> str:
    return {"e": "use", "es": "uses"}.get(match.group(1).casefold(), "using")


def _bare(token: str) -> str:
    return token.strip(",;:.").casefold()


def _first_verb(tokens: list[str], any_verb: bool) -> tuple[Verb, int] | None:
    for position, token in enumerate(tokens[:3]):
        verb = read_verb(_bare(token))
        if verb:
            return verb, position
        if not _bare(token).endswith("ly"):
            followed = position + 1 < len(tokens) and _bare(tokens[position + 1]) not in {"be", "is", "not"}
            return (Verb(token, "base"), position) if any_verb and followed and _may_be_verb(token) else None
    return None


def _may_be_verb(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.islower() and len(word) > 2 and word not in NO_VERBS


def _head_end(tokens: list[str], start: int, form: Form) -> int:
    """The position after "design, build and test" when `start` is at "design"."""
    position = start + 1
    while position < len(tokens):
        skip = position + 1 if _bare(tokens[position]) in JOINERS else position
        comma = tokens[position - 1].endswith(",") or skip > position
        verb = read_verb(_bare(tokens[skip])) if comma and skip < len(tokens) else None
        if not verb or verb.form != form or (skip + 1 < len(tokens) and _bare(tokens[skip + 1]) in {"of", "skills"} and form == "base"):
            return position
        if skip + 1 >= len(tokens):
            return position
        position = skip + 1
    return position


def _new_clause(tokens: list[str], position: int, form: Form) -> Form | None:
    """The form of the verb that opens a new clause at `position`, or None."""
    before, joined = tokens[position - 1], _bare(tokens[position - 1]) in JOINERS
    comma = (tokens[position - 2] if joined else before).endswith((",", ";"))
    if not (comma or joined) or position + 1 >= len(tokens):
        return None
    word, after = _bare(tokens[position]), _bare(tokens[position + 1])
    verb = read_verb(word)
    if not verb or verb.base in MEANS or after in JOINERS or tokens[position].endswith((",", ".")):
        return None
    if verb.form != form and (verb.form != "gerund" or joined or not comma):
        return None
    if verb.form == "gerund":
        return "gerund" if comma or word not in NOUN_GERUNDS else None
    preceding = read_verb(_bare(tokens[position - 2] if joined else before))
    if form == "base" and preceding and preceding.form == "base" and _in_verb_list(tokens, position):
        return None
    if form == "base" and word in ALSO_NOUNS and after not in DETERMINERS and not before.endswith(";"):
        return None
    return form


def _in_verb_list(tokens: list[str], position: int) -> bool:
    """Whether the verb at `position` continues an infinitive, as in "tools to compile, query and analyze data"."""
    return "to" in tokens[max(0, position - 6) : position]


def _reads_as_verb(tokens: list[str], head: tuple[Verb, int], certain: bool, lenient: bool) -> bool:
    verb, position = head
    word = _bare(tokens[position])
    if position + 1 >= len(tokens) or tokens[position].endswith((".", ":")):
        return False
    after = _bare(tokens[position + 1])
    if after in {"knowledge", "experience", "skills"} or (after in {"of", "experience", "skills", "knowledge", "oriented", "management", "skill", "is", "are", "has"} and verb.form != "gerund"):
        return False
    if verb.form == "gerund" and word in NOUN_GERUNDS:
        return certain or after in DETERMINERS | JOINERS | PREPOSITIONS or tokens[position].endswith(",")
    if certain or word not in ALSO_NOUNS or verb.form == "gerund":
        return True
    following = tokens[position + 1]
    if following[:1].isupper() and following[1:2].islower() and tokens[position][:1].isupper():
        return after in DETERMINERS
    if lenient:
        return True
    return after in DETERMINERS | JOINERS | PREPOSITIONS | PARTICLES or after.endswith("s") or after.endswith("ly")


def _nominal_head(tokens: list[str]) -> tuple[list[str], list[str]] | None:
    """(["develop", "manage"], ["models"]) from "Development and management of models"."""
    words = [_bare(token) for token in tokens[:6]]
    if "of" not in words[1:]:
        return None
    of = words.index("of", 1)
    nouns = [word for word in words[:of] if word not in JOINERS]
    bases = [NOMINALS.get(noun) or (noun if noun == "design" else "") for noun in nouns]
    return (bases, tokens[of + 1 :]) if nouns and all(bases) else None


def _bases(tokens: list[str], head: tuple[Verb, int]) -> tuple[list[str], list[str]]:
    verb, start = head
    end = _head_end(tokens, start, verb.form)
    read = [read_verb(_bare(token)) for token in tokens[start:end]]
    rest = tokens[end:]
    if rest and ((verb.form == "gerund" and _bare(rest[0]) == "of") or (verb.base == "support" and _bare(rest[0]) == "to")):
        rest = rest[1:]  # "testing of models", "support to scientists"
    return [found.base for found in read if found] or [verb.base], rest


def _joined(words: list[str]) -> str:
    """ "design, build and test": verbs of a head, listed."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _core(verb: str, rest: str) -> str | None:
    """`rest` cut to what belongs to the verb, with a leading space; None when no clean cut is short enough."""
    if re.match(r"(?:it|them|this|these|that|those)\b(?! \w)", rest):
        return None
    rest = " " + _second_person(rest)
    rest = TRAILERS.sub("", rest, count=1)
    if verb not in THAT_CLAUSE_VERBS:
        rest = RELATIVE_THAT.sub("", rest, count=1)
    rest = _before_second_verb(rest)
    options = [rest, *(rest[: match.start()] for match in _cuts(rest))]
    tidied = [tidy for option in options if (tidy := _tidy(option))]
    for limit in (GOOD_WORDS, MAX_WORDS):
        for tidy in tidied:
            if len(tidy.split()) < limit:
                return " " + tidy
    return None


def _cuts(rest: str) -> list[re.Match[str]]:
    """Where `rest` may end, longest first; purposes and other strong cuts before weak ones."""
    purposes = [match for match in PURPOSE.finditer(rest) if (found := read_verb(match.group(1))) and found.form == "base"]
    strong = [*purposes, *STRONG_CUT.finditer(rest)]
    weak = [match for match in WEAK_CUT.finditer(rest) if _may_cut(rest, match)]
    weak += [match for match in JOINER_CUT.finditer(rest) if not UNFINISHED.search(rest[: match.start()])]
    last_resort = [match for match in COMMA_CUT.finditer(rest) if len(rest[: match.start()].split()) >= 3]
    return [*sorted(strong, key=_from_the_end), *sorted(weak, key=_from_the_end), *last_resort[:1]]


def _from_the_end(match: re.Match[str]) -> int:
    return -match.start()


def _may_cut(rest: str, match: re.Match[str]) -> bool:
    before = rest[: match.start()].split()
    return bool(before) and _bare(before[-1]) not in QUANTITIES


def _before_second_verb(rest: str) -> str:
    """Cuts "liaison between A and B reviewing C" and "X and document Y" before the second verb."""
    tokens = rest.split()
    for position in range(2, len(tokens)):
        word, before = _bare(tokens[position]), tokens[position - 1]
        verb = read_verb(word)
        if not verb or verb.form == "third":
            continue
        joined = _bare(before) in JOINERS or before.endswith(",")
        last = position + 1 == len(tokens)
        opens = last or tokens[position].endswith(",") or _bare(tokens[position + 1]) in DETERMINERS
        if verb.form == "gerund" and opens and word not in NOUN_GERUNDS | COMPOUND_GERUNDS and not joined and _bare(before) not in DANGLING:
            return " " + " ".join(tokens[:position])
        followed = position + 1 < len(tokens) and _bare(tokens[position + 1]) not in JOINERS | PREPOSITIONS
        preceding = read_verb(_bare(tokens[position - 2]))
        if preceding and _bare(before) in JOINERS and _in_verb_list(tokens, position):
            continue
        if verb.form == "base" and joined and followed and not tokens[position].endswith(","):
            return " " + " ".join(tokens[:position])
    return rest


def _tidy(rest: str) -> str:
    """Without dangling words at the end; "" when nothing sensible is left."""
    tokens = rest.split()
    while tokens and (_bare(tokens[-1]) in DANGLING or not re.search(r"\w", tokens[-1])):
        tokens.pop()
    text = " ".join(tokens).strip(" ,;:.-–")
    head, comma, last = text.rpartition(", ")
    if comma and not re.search(r"\b(?:and|or|and/or)\b|&", last) and not re.search(r"\b(?:and|or)\b", head.rpartition(",")[2] if "," in head else ""):
        text = f"{head} and {last}" if len(last.split()) <= 4 else head
    content = [token for token in text.split() if _bare(token) not in DANGLING]
    return text if content and text.count("(") == text.count(")") else ""


def _second_person(text: str) -> str:
    """As said to a candidate: "our clients" are "the clients", "their own work" is "your own work"."""
    text = re.sub(r"\b(?:[Oo]ur|[Ii]ts|[Mm]y)\b(?! own)", "the", text)
    text = re.sub(r"\b(?:their|his/her|his or her|its|our)\s+own\b", "your own", text, flags=re.I)
    text = re.sub(r"\b(?:his/her|his or her)\b", "your", text, flags=re.I)
    text = re.sub(r"^(\s*)own\b", r"\1your own", re.sub(r"\bon own\b", "on your own", text))
    text = re.sub(r"\b(with|in|on|for) (?=(?:[A-Z]\S* ){1,4}(?:team|department|group)\b)", r"\1 the ", text)
    return re.sub(r"^(\s*)their\b", r"\1your", text, flags=re.I)


def _with_article(core: str) -> str:
    """Postings drop articles ("create data dictionary"); a single count noun gets its own back."""
    words = core.split()
    end = next((i for i, word in enumerate(words) if _bare(word) in PREPOSITIONS | JOINERS), len(words))
    phrase = words[:end]
    if not phrase or phrase[-1] not in COUNT_NOUNS or any(word.endswith(",") for word in phrase) or phrase[0].endswith(("'s", "s'")):
        return core
    if _bare(phrase[0]) in DETERMINERS | PARTICLES or phrase[0][:1].isdigit() or end < len(words) and _bare(words[end]) in JOINERS:
        return core
    if any(word[:1].isupper() and not word.isupper() for word in phrase):
        return core
    first = phrase[0]
    vowel = first[:1] in "AEFHILMNORSX" if first.isupper() else first[:1].casefold() in "aeio"
    return f" {'an' if vowel else 'a'}{core}"


def _name(verb: str, words: list[str]) -> str:
    """ "Assessing data quality": the gerund and the noun phrase after it, or that phrase alone; up to five words."""
    lead = 0
    while lead < len(words) and _bare(words[lead]) in PREPOSITIONS | PARTICLES | {"a", "an", "the", "that"}:
        lead += 1
    end = _phrase_end(words, lead)
    whole = [word for word in words[:lead] if word != "that"]
    start = [word for word in whole if word not in {"a", "an", "the"}]
    noun = [word.strip(",;") for word in words[lead:end]]
    longer = [word.strip(",;") for word in words[lead : _phrase_end(words, end + 1)]] if words[end : end + 1] == ["of"] else noun
    if len(noun) > MAX_NAME_WORDS - 1 - len(start) and (joints := [i for i, word in enumerate(noun) if word in JOINERS]):
        noun = noun[: joints[0]] if joints[0] >= 2 else noun
    while len(noun) > 1 and (_bare(noun[-1]) in DANGLING or noun[-1].endswith("ly")):
        noun.pop()
    options = ([verb, *whole, *longer], [verb, *start, *longer], [verb, *whole, *noun], [verb, *start, *noun], noun, noun[-3:])
    good = next(option for option in options if len(option) <= MAX_NAME_WORDS and _bare(option[-1]) not in DANGLING | {"various"})
    name = " ".join(good)
    return name[0].upper() + name[1:]


def _phrase_end(words: list[str], start: int) -> int:
    """Where the noun phrase beginning at `start` ends: at a preposition, a verb "to be" or a comma."""
    stops = PREPOSITIONS | {"is", "are", "be"}
    return next((i for i in range(start, len(words)) if _bare(words[i]) in stops or words[i - 1].endswith(",")), len(words))
