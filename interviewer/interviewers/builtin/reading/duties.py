"""The duties a posting describes, from its own sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from interviewer.interviewers.builtin.reading.clauses import clauses
from interviewer.interviewers.builtin.reading.phrases import Action, action
from interviewer.interviewers.builtin.reading.sections import CIRCUMSTANCE, PREFERENCE, SCHOOLING, Section
from interviewer.interviewers.builtin.reading.segments import Segment
from interviewer.interviewers.builtin.reading.wording import any_of, any_word, listed

SECTION_WEIGHT: dict[Section, float] = {
    "title": 0, "duties": 2.0, "body": 1.7, "required": 1.0, "preferred": 0.5, "boilerplate": 0
}  # fmt: skip
PREFERENCE_FACTOR = 0.5
POSITION_DECAY = 0.985  # postings name the main duties first
LATER_FACTOR = 0.9  # for the second and further things a sentence says
VAGUE_FACTOR = 0.7  # "support X": asks less than doing X
GENERIC_FACTOR = 0.4  # "resolve issues": says nothing about the job
MAX_CHARS = 900
MAX_CANDIDATES = 160  # more than any real posting holds; each costs about 0.2 ms
SEEN_SHARE = 0.5  # of its longer words shared with an earlier duty, and a duty is a repeat

SUBJECT = re.compile(
    rf"\W*(?!{any_of('not_the_candidate')}s?\b)(?:you|role|position|job|internship|project|individual|person|someone"
    r"|employee|candidate|associate|nurse|incumbents?|staff|hire|chef|cook|clerk|mechanic"
    r"|[\w/-]+(?:er|or|ist|ant|ian|yst|tern|ent|eer)s?)",
    re.I,
)
MODAL = re.compile(
    r"(?:['’](?:ll|d)|\s(?:will|shall|must|would|may|should|can|is|are|needs?|has|have|who(?: will| can| also)?))\b\s*",
    re.I,
)
DIRECT = re.compile(
    r"^(?:as (?:an?|our|the) [^,;.]{3,60}, )?you\s+(?:also\s+)?"
    r"(?!(?:are|will|would|can|could|may|must|should|have|need|want|love|like|enjoy|know|get|bring|believe|thrive)\b)"
    r"(?=[a-z]{3,} )",
    re.I,
)
BARE_MODAL = re.compile(r"^(?:will|must|shall|may|should|would|can|needs? to|has to|have to)\b\s*", re.I)
SURE_MODAL = re.compile(r"\b(?:will|shall|must|would)\b|['’]ll\b", re.I)
WANTED_TO = re.compile(
    r"\b(?:looking for|seek(?:ing|s)?|hiring|need|wants?|wanted)(?: an?| someone| people| \w*ed)\b[^.;:]{3,60}?"
    r" to (?=[a-z]+ [a-z])",
    re.I,
)
INCLUDES = re.compile(
    r"\b(?:responsibilit\w+|duties|tasks?|work|role|position|job|project|internship|activities|this|functions?)\s+"
    r"(?:(?:will|may|would|can|also|typically)\s+)*"
    r"(?:includ(?:e|es|ing)|involves?|requires?|entails?|consists? of|are|is)[:\s]+(?=(?:\w+ly\s+)?\w+ing\b)",
    re.I,
)
RESPONSIBLE = re.compile(r"\b(?:responsib(?:le|ility|ilities) for|accountable for|in charge of|tasked with)\s+", re.I)
ABILITY = re.compile(
    r"(?:^|[,;] (?:and )?)(?:(?:must |should )?(?:have|has|possess) )?(?:the |an |a )?"
    r"(?:proven |demonstrated |strong |excellent |solid |good )*(?:ability|capacity|able) to\s+",
    re.I,
)
COMPANY_SPEAKING = re.compile(r"\bwe\b", re.I)
OPENING = re.compile(r"^(?:and|or|also)\s+", re.I)
LEAD_IN = re.compile(rf"^{any_of('lead_in')}\s+", re.I)
NO_DUTY = any_word("no_duty")
NO_DUTY_REACH = 160
TRAILING_JOINER = re.compile(r"[\s,;]+(?:and|or|and/or|&)\s*$")
VAGUE = re.compile(rf"^{any_of('vague_start')}\b", re.I)
GENERIC_OBJECT = re.compile(
    r"^\w+ (?:(?:the|new|all|any) )?(?:solutions|recommendations|issues|results|models|information|analyses|projects"
    r"|problems|tasks|work|activities|ideas)$"
)
UNWANTED_VERBS = listed("unwanted_verb")
WANTED_OBJECT = re.compile(rf"^{any_of('wanted_object')}\b", re.I)


@dataclass(frozen=True)
class Duty:
    """A duty with the posting's own words, and how much it weighs before anything else is known about the posting."""

    action: Action
    phrase: str
    weight: float


class _Candidate(NamedTuple):
    """A clause that may tell a duty, and how much that counts (0-1).

    `certain`: its first word is a verb, whatever else it could be; `any_verb`: even one that no list holds.
    """

    text: str
    weight: float
    certain: bool = False
    any_verb: bool = False


def find_duties(segments: Iterable[Segment]) -> list[Duty]:
    """All duties that read well as a verb phrase, in the posting's order, without near repeats."""
    duties: list[Duty] = []
    seen: list[set[str]] = []
    for segment, candidate in islice(_all_candidates(segments), MAX_CANDIDATES):
        found = _read(candidate, segment.section)
        words = _long_words(found.base) if found else set()
        if found and not any(_repeats(words, earlier) for earlier in seen):
            seen.append(words)
            weight = _weight(segment, candidate, found) * POSITION_DECAY ** len(duties)
            duties.append(Duty(found, TRAILING_JOINER.sub("", candidate.text).strip(" .;,"), weight))
    return duties


def _all_candidates(segments: Iterable[Segment]) -> Iterator[tuple[Segment, _Candidate]]:
    for segment in segments:
        if not _cannot_hold_duties(segment):
            for candidate in _candidates(segment.text):
                yield segment, candidate


def _cannot_hold_duties(segment: Segment) -> bool:
    return bool(
        segment.section in ("title", "boilerplate")
        or segment.text.endswith(":")
        or len(segment.text) > MAX_CHARS
        or SCHOOLING.search(segment.text)
        or CIRCUMSTANCE.search(segment.text)
    )


def _weight(segment: Segment, candidate: _Candidate, found: Action) -> float:
    weight = SECTION_WEIGHT[segment.section] * candidate.weight
    if PREFERENCE.search(segment.text):
        weight *= PREFERENCE_FACTOR
    if GENERIC_OBJECT.match(found.base):
        return weight * GENERIC_FACTOR
    return weight * VAGUE_FACTOR if VAGUE.match(found.base) else weight


def _candidates(text: str) -> Iterator[_Candidate]:
    start = _start(text)
    if start is None:
        return
    stripped = _without_lead_in(start.text)
    certain = start.certain or stripped != start.text
    parts = list(clauses(stripped, any_verb=start.any_verb)) or [stripped]  # "Development of models" has no verb
    for place, part in enumerate(parts):
        weight = start.weight * (LATER_FACTOR if place else 1)
        yield _Candidate(_without_lead_in(part), weight, certain and not place, start.any_verb and not place)


def _start(text: str) -> _Candidate | None:
    """From where a sentence tells what is to be done; None when the company speaks of itself."""
    sentence = OPENING.sub("", text)
    if match := DIRECT.match(sentence):
        return _Candidate(sentence[match.end() :], 0.95, certain=True, any_verb=True)
    if match := ABILITY.search(sentence):
        return _Candidate(sentence[match.end() :], 0.9, certain=True)
    if match := INCLUDES.search(sentence) or RESPONSIBLE.search(sentence):
        return _Candidate(sentence[match.end() :], 0.95, certain=True)
    if match := BARE_MODAL.match(sentence) or _modal(sentence) or WANTED_TO.search(sentence):
        sure = bool(SURE_MODAL.search(match.group()))
        return _Candidate(sentence[match.end() :], 0.95, certain=True, any_verb=sure)
    return None if COMPANY_SPEAKING.search(sentence) else _Candidate(sentence, 1)


def _modal(text: str) -> re.Match[str] | None:
    """The first "will" or the like whose subject is the person or the job, not the employer or its customers."""
    for match in MODAL.finditer(text):
        subject = text[: match.start()].split(" ")[-1]
        if SUBJECT.fullmatch(subject):
            return match
    return None


def _without_lead_in(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, LEAD_IN.sub("", text, count=1)
    return text


def _read(candidate: _Candidate, section: Section) -> Action | None:
    found = action(candidate.text, certain=candidate.certain, lenient=section == "duties", any_verb=candidate.any_verb)
    if not found or NO_DUTY.search(found.base) or NO_DUTY.search(candidate.text[:NO_DUTY_REACH]):
        return None
    unwanted = found.base.split()[0].strip(",") in UNWANTED_VERBS
    return None if unwanted and not WANTED_OBJECT.match(found.base) else found


def _long_words(phrase: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", phrase.casefold()))


def _repeats(words: set[str], earlier: set[str]) -> bool:
    return len(words & earlier) > SEEN_SHARE * min(len(words), len(earlier))
