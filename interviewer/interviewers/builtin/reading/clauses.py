"""Where clauses begin, and which verbs head them: "tracks issues, solves them" is two, "design and test" one."""

from collections.abc import Iterator

from interviewer.interviewers.builtin.reading.verbs import ALSO_NOUNS, NOMINALS, NOUN_GERUNDS, Form, Verb, read_verb
from interviewer.interviewers.builtin.reading.wording import DETERMINERS, JOINERS, PARTICLES, PREPOSITIONS, bare

MEANS = frozenset({"use", "utilize", "leverage", "include"})  # "using X" says how, it is no duty of its own
NO_VERBS = (
    DETERMINERS
    | PREPOSITIONS
    | frozenset(
        "be have not only never always also then just even soon again love enjoy thrive benefit primary normal usual "
        "general".split()
    )
)
AFTER_A_NOUN = frozenset("of oriented management skill skills experience knowledge is are has".split())
LIST_VERBS = frozenset(  # nouns too, but verbs when things follow: "give medication, monitor patients"
    "monitor train teach guide visit treat handle answer check load pick ship drive lead mix repair fix clear wash "
    "watch book brief inform host interview schedule track review record document move run set read produce release "
    "help escort address make meet hold raise present select order".split()
)
UNSURE = -1  # no clause is open: what stands here may be one or not
INFINITIVE_REACH = 6  # tokens between "to" and a later verb of its list


def clauses(text: str, *, any_verb: bool = False) -> Iterator[str]:
    """The parts of `text` that each begin with a verb of their own; nothing when it does not begin with a verb."""
    tokens = text.split()
    head = first_verb(tokens, any_verb=any_verb)
    if not head:
        return
    verb, start = head
    begin, position, form = 0, _head_end(tokens, start, verb.form), verb.form
    while position < len(tokens):
        next_form = _new_clause(tokens, position, form)
        if next_form or (begin >= 0 and _may_be_clause(tokens, position, form)):
            if begin >= 0:
                yield " ".join(tokens[begin:position]).rstrip(" ,;")
            begin = position if next_form else UNSURE
            form = next_form or form
            position = _head_end(tokens, position, form)
        else:
            position += 1
    if begin >= 0:
        yield " ".join(tokens[begin:])


def _may_be_clause(tokens: list[str], position: int, form: Form) -> bool:
    """Whether "monitor" stands at `position` as in "give medication, monitor vital signs": a verb, or one more noun."""
    if not tokens[position - 1].endswith(",") or position + 1 >= len(tokens):
        return False
    word, after = bare(tokens[position]), bare(tokens[position + 1])
    verb = read_verb(word)
    whole = after not in JOINERS and not tokens[position].endswith((",", "."))
    return bool(whole and verb and verb.form == form == "base" and word in ALSO_NOUNS)


def first_verb(tokens: list[str], *, any_verb: bool) -> tuple[Verb, int] | None:
    """The verb that heads a clause, and its position after any adverbs. `any_verb`: even one that no list holds."""
    for position, token in enumerate(tokens[:3]):
        verb = read_verb(bare(token))
        if verb:
            return verb, position
        if not bare(token).endswith("ly"):
            return (Verb(token, "base"), position) if any_verb and _may_be_verb(tokens, position) else None
    return None


def _may_be_verb(tokens: list[str], position: int) -> bool:
    word, after = tokens[position], [bare(token) for token in tokens[position + 1 : position + 2]]
    plain = word.isascii() and word.isalpha() and word.islower() and len(word) > 2
    return plain and word not in NO_VERBS and bool(after) and after[0] not in {"be", "is", "not"}


def verbs_and_object(tokens: list[str], head: tuple[Verb, int]) -> tuple[list[str], list[str]]:
    """(["design", "test"], ["models"]) from "designing and testing of models": base forms, then the rest."""
    verb, start = head
    end = _head_end(tokens, start, verb.form)
    found = [read_verb(bare(token)) for token in tokens[start:end]]
    rest = tokens[end:]
    first = bare(rest[0]) if rest else ""
    if (verb.form == "gerund" and first == "of") or (verb.base == "support" and first == "to"):
        rest = rest[1:]
    return [verb.base for verb in found if verb] or [verb.base], rest


def nominal_head(tokens: list[str]) -> tuple[list[str], list[str]] | None:
    """(["develop", "manage"], ["models"]) from "Development and management of models"."""
    if tokens and bare(tokens[0]) == "the":
        tokens = tokens[1:]
    words = [bare(token) for token in tokens[:6]]
    if "of" not in words[1:]:
        return None
    of = words.index("of", 1)
    bases = [NOMINALS.get(word) for word in words[:of] if word not in JOINERS]
    known = [base for base in bases if base]
    return (known, tokens[of + 1 :]) if known and len(known) == len(bases) else None


def reads_as_verb(tokens: list[str], head: tuple[Verb, int], *, certain: bool, lenient: bool) -> bool:
    """Whether the head is a verb where it stands, not a noun as in "Design portfolio" or "Marketing experience"."""
    verb, position = head
    word = bare(tokens[position])
    if position + 1 >= len(tokens) or tokens[position].endswith((".", ":")):
        return False
    following = tokens[position + 1]
    after = bare(following)
    if after in AFTER_A_NOUN and (verb.form != "gerund" or after in {"knowledge", "experience", "skills"}):
        return False
    grammatical = after in DETERMINERS | JOINERS | PREPOSITIONS
    if verb.form == "gerund":
        return certain or word not in NOUN_GERUNDS or grammatical or tokens[position].endswith(",")
    if certain or word not in ALSO_NOUNS:
        return True
    if tokens[position].istitle() and following.istitle():
        return after in DETERMINERS
    return lenient or grammatical or after in PARTICLES or after.endswith(("s", "ly"))


def _head_end(tokens: list[str], start: int, form: Form) -> int:
    """The position after "design, build and test" when `start` is at "design"."""
    position = start + 1
    while position < len(tokens):
        skip = position + 1 if bare(tokens[position]) in JOINERS else position
        if skip + 1 >= len(tokens) or not (tokens[position - 1].endswith(",") or skip > position):
            return position
        verb = read_verb(bare(tokens[skip]))
        if not verb or verb.form != form or (form == "base" and bare(tokens[skip + 1]) in {"of", "skills"}):
            return position
        position = skip + 1
    return position


def _new_clause(tokens: list[str], position: int, form: Form) -> Form | None:
    """The form of the verb that opens a new clause at `position`, or None. `form` is that of the clause so far."""
    before, joined = tokens[position - 1], bare(tokens[position - 1]) in JOINERS
    comma = (tokens[position - 2] if joined else before).endswith((",", ";"))
    if not (comma or joined) or position + 1 >= len(tokens):
        return None
    word, after = bare(tokens[position]), bare(tokens[position + 1])
    verb = read_verb(word)
    if not verb or verb.base in MEANS or after in JOINERS or tokens[position].endswith((",", ".")):
        return None
    if verb.form == "gerund" and (form == "gerund" or (comma and not joined)):
        return "gerund" if comma or word not in NOUN_GERUNDS else None
    if verb.form != form or (form == "base" and continues_infinitive(tokens, position)):
        return None
    if form == "base" and word in ALSO_NOUNS and after not in DETERMINERS and not before.endswith(";"):
        return form if word in LIST_VERBS and _has_plural_object(tokens, position) else None
    return form


def _has_plural_object(tokens: list[str], position: int) -> bool:
    """Whether "monitor" is followed by things, as in "monitor patients" or "monitor vital signs"."""
    following = [bare(token) for token in tokens[position + 1 : position + 3]]
    return any(len(word) > 3 and word.endswith("s") and not word.endswith("ss") for word in following)


def continues_infinitive(tokens: list[str], position: int) -> bool:
    """Whether the verb at `position` goes on with a list as in "tools to compile, query and analyze data"."""
    joined = bare(tokens[position - 1]) in JOINERS
    preceding = read_verb(bare(tokens[position - 1 - joined])) if position > joined else None
    in_reach = "to" in tokens[max(0, position - INFINITIVE_REACH) : position]
    return bool(preceding and preceding.form == "base" and in_reach)
