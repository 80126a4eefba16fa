"""The duties a posting describes, from its own sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from interviewer.interviewers.builtin.phrases import Action, action, clauses
from interviewer.interviewers.builtin.sections import CIRCUMSTANCE, PREFERENCE, SCHOOLING, Section
from interviewer.interviewers.builtin.segments import Segment

SECTION_WEIGHT: dict[Section, float] = {
    "title": 0, "duties": 2.0, "body": 1.7, "required": 1.0, "preferred": 0.5, "boilerplate": 0
}  # fmt: skip
LATER_FACTOR = 0.9  # for the second and further things a sentence says
POSITION_DECAY = 0.985  # postings name the main duties first
VAGUE_FACTOR = 0.7
GENERIC_FACTOR = 0.4
NOT_PEOPLE_OF_THE_JOB = (
    "client|customer|patient|management|environment|department|equipment|document|content|government|treatment|other|manager|however|"
    "never|partner|investment|event|talent|assessment|agreement|statement|error|user|number|order|paper|offer|center|weather|vendor"
)
SUBJECT = re.compile(
    rf"\W*(?!(?:{NOT_PEOPLE_OF_THE_JOB})s?\b)(?:you|role|position|job|internship|project|individual|person|someone|employee|candidate|associate"
    r"|nurse|incumbents?|staff|hire|[\w/-]+(?:er|or|ist|ant|ian|yst|tern|ent|eer|clerk|chef|cook|mechanic)s?)",
    re.I,
)
MODAL = re.compile(r"(?:['’](?:ll|d)|\s(?:will|shall|must|would|may|should|can|is|are|needs?|has|have|who(?: will| can| also)?))\b\s*", re.I)
BARE_MODAL = re.compile(r"^(?:will|must|shall|may|should|would|can|needs? to|has to|have to)\b\s*", re.I)
WANTED_TO = re.compile(r"\b(?:looking for|seek(?:ing|s)?|hiring|need|wants?|wanted)(?: an?| someone| people| \w*ed)\b[^.;:]{3,60}? to (?=[a-z]+ [a-z])", re.I)
SURE_MODAL = re.compile(r"\b(?:will|shall|must|would)\b|['’]ll\b", re.I)
INCLUDES = re.compile(
    r"\b(?:responsibilit\w+|duties|tasks?|work|role|position|job|project|internship|activities|this|functions?)\s+(?:(?:will|may|would|can|also|typically)\s+)*"
    r"(?:includ(?:e|es|ing)|involves?|requires?|entails?|consists? of|are|is)[:\s]+(?=(?:\w+ly\s+)?\w+ing\b)",
    re.I,
)
RESPONSIBLE = re.compile(r"\b(?:responsib(?:le|ility|ilities) for|accountable for|in charge of|tasked with)\s+", re.I)
ABILITY = re.compile(
    r"(?:^|[,;] (?:and )?)(?:(?:must |should )?(?:have|has|possess) )?(?:the |an |a )?(?:proven |demonstrated |strong |excellent |solid |good )*(?:ability|capacity|able) to\s+",
    re.I,
)
COMPANY_SPEAKING = re.compile(r"\bwe\b", re.I)
LEAD_IN = re.compile(
    r"^(?:also|then|often|regularly|primarily|directly|mainly|typically|frequently|to|be(?= \w+ing)|be(?= (?:responsible|able|asked|expected|required|involved"
    r"|accountable|tasked|in charge))|need to|be able to|able to|ha(?:ve|s) (?:the |an? )?(?:opportunity|opportunities|chance|ability|responsibility) to"
    r"|get (?:the |a )?(?:chance|opportunity) to|responsible for|accountable for|in charge of|tasked with|expected to|asked to|required to"
    r"|called upon to|involved(?: hands[- ]on)? in|hands[- ]on in|(?:help|assist)(?:s|ing)? (?:in|with|by)(?: the)?(?= (?:\w+ly )?\w+ing\b)"
    r"|helping(?: to)?(?= [a-z]+\b)|participat(?:e|es|ing) in(?= (?:the )?(?:developing|planning|preparing)\b)"
    r"|learn(?:ing|s)? (?:how )?to|seek(?:s|ing)? to|striv(?:e|es|ing) to|continu(?:ally|ously|e to)|work(?:s|ing)?(?: closely)? to(?= \w)"
    r"|under (?:\w+ ){0,2}(?:supervision|direction|guidance),?|general(?= support\b))\s+",
    re.I,
)
SOFT = re.compile(
    r"fast[- ]pac|independent|multi-?task|team player|attitude|self-|deadline|communicat\w+ (?:effectively|clearly|complex ideas)|interpersonal|best customers"
    r"|best organi|talented|exciting|world[- ]class|cutting[- ]edge|career|your (?:skill|knowledge|network|brand|expertise|resume|design knowledge)|new skills"
    r"|work environment|special projects|staff meetings|dynamic|multi-cultural|one of|teams of|expected to perform|following duties|mentor\b|as assigned|all other|other duties|in our "
    r"|work style|adapt to change|long term goals|sound judg|great exposure|collaborative|positive manner|direction from|client site|host office|role model"
    r"|on the .{0,40}\bteam$|in the .{0,40}\bteam$|cross-functional team and matrix|knowledge base|all the above|skillset|kick start|some of the|goals?$|discussions about"
    r"|meaningful .*questions|work (?:efficiently|effectively)|among multiple teams|juggle|various tasks|zombies|the ability to|active role|key project|under the direction$|portfolio (?:showing|detailing)|work with (?:a|the) team$|\d+ (?:words|pounds|lbs|hours|%|years)|(?:basic|repetitious) work|assigned project|demonstrate (?:interest|a strong|strong)|abilities$|any other|to the next level|attention to",
    re.I,
)
TRAILING_JOINER = re.compile(r"[\s,;]+(?:and|or|and/or|&)\s*$")
VAGUE = re.compile(
    r"^(?:work|collaborate|communicate|participate|assist|support|contribute|attend|follow|help|provide|interact|function|use|utilize|coordinate with"
    r"|seek|make|demonstrate|serve|engage|present|take|keep|be|play|maintain knowledge|perform (?:basic|general)|provide general)\b",
    re.I,
)
GENERIC_OBJECT = re.compile(
    r"^\w+ (?:(?:the|new|all|any) )?(?:solutions|recommendations|issues|results|models|information|analyses|projects|problems|tasks|work|activities|ideas)$"
)
UNWANTED_VERBS = frozenset("be make take receive gain join get meet give understand reach find start attract leverage own grow enter act achieve stay offer demonstrate require learn need become feel know want like".split())
WANTED_OBJECTS = re.compile(
    r"^(?:make (?:coffee|drinks|sandwiches|beds|decisions|recommendations|repairs|deliveries|appointments|sales|calls)|take (?:vital|orders|calls|ownership|measurements|notes|payments|blood|care|inventory|samples|x-rays|minutes)"
    r"|give (?:presentations|injections|feedback|advice)|meet (?:sales|with|customers|clients)|receive (?:goods|shipments|deliveries|inventory|payments)|find (?:new|solutions|ways))\b",
    re.I,
)


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
    for segment in segments:
        if _no_duty(segment):
            continue
        factor = SECTION_WEIGHT[segment.section] * (0.5 if PREFERENCE.search(segment.text) else 1)
        for candidate in _candidates(segment):
            found = _read(candidate, segment.section)
            if not found:
                continue
            content = _content(found.base)
            if any(len(content & other) > 0.5 * min(len(content), len(other)) for other in seen):
                continue
            seen.append(content)
            vague = GENERIC_FACTOR if GENERIC_OBJECT.match(found.base) else VAGUE_FACTOR if VAGUE.match(found.base) else 1.0
            weight = factor * candidate.weight * vague * POSITION_DECAY ** len(duties)
            duties.append(Duty(found, TRAILING_JOINER.sub("", candidate.text).strip(" .;,"), weight))
    return duties


def _no_duty(segment: Segment) -> bool:
    return bool(
        segment.section in ("title", "boilerplate")
        or SCHOOLING.search(segment.text)
        or CIRCUMSTANCE.search(segment.text)
        or segment.text.endswith(":")
        or len(segment.text) > 900
    )


def _candidates(segment: Segment) -> Iterator[_Candidate]:
    for start in _starts(segment.text):
        stripped = _without_lead_in(start.text)
        certain = start.certain or stripped != start.text
        parts = list(clauses(stripped, any_verb=start.any_verb)) or [stripped]  # "Development of models" has no verb
        for place, part in enumerate(parts):
            weight = start.weight * (LATER_FACTOR if place else 1)
            yield _Candidate(_without_lead_in(part), weight, certain and not place, start.any_verb and not place)


def _starts(text: str) -> Iterator[_Candidate]:
    """Where a sentence begins to tell what is to be done."""
    bare = re.sub(r"^(?:and|or|also)\s+", "", text, flags=re.I)
    if match := ABILITY.search(bare):
        yield _Candidate(bare[match.end() :], 0.9, certain=True)
    elif match := INCLUDES.search(bare) or RESPONSIBLE.search(bare):
        yield _Candidate(bare[match.end() :], 0.95, certain=True)
    elif match := BARE_MODAL.match(bare) or _modal(bare) or WANTED_TO.search(bare):
        yield _Candidate(bare[match.end() :], 0.95, certain=True, any_verb=bool(SURE_MODAL.search(match.group())))
    elif not COMPANY_SPEAKING.search(bare):
        yield _Candidate(bare, 1)


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
    found = action(
        candidate.text, certain=candidate.certain, lenient=section == "duties", any_verb=candidate.any_verb
    )
    if not found or SOFT.search(found.base) or SOFT.search(candidate.text[:160]):
        return None
    if found.base.split()[0].strip(",") in UNWANTED_VERBS and not WANTED_OBJECTS.match(found.base):
        return None
    return found if len(found.base.split()) >= 2 else None


def _content(phrase: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{4,}", phrase.casefold())}
