"""The duties a posting describes, from its own sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interviewer.interviewers.builtin.phrases import Action, action, clauses
from interviewer.interviewers.builtin.sections import CIRCUMSTANCE, PREFERENCE, SCHOOLING, Section
from interviewer.interviewers.builtin.segments import Segment
from interviewer.interviewers.builtin.verbs import read_verb

SECTION_WEIGHT: dict[Section, float] = {
    "title": 0, "duties": 2.0, "body": 1.7, "required": 1.0, "preferred": 0.5, "boilerplate": 0
}  # fmt: skip
POSITION_DECAY = 0.985  # postings name the main duties first
VAGUE_FACTOR = 0.7
GENERIC_FACTOR = 0.4
NOT_PEOPLE_OF_THE_JOB = (
    "client|customer|patient|management|environment|department|equipment|document|content|government|treatment|other|manager|however|"
    "never|partner|investment|event|talent|assessment|agreement|statement|error|user|number|order|paper|offer|center|weather|vendor"
)
SUBJECT = (
    rf"(?!(?:{NOT_PEOPLE_OF_THE_JOB})s?\b)(?:you|role|position|job|internship|project|individual|employee|nurse|incumbents?|staff|hire"
    r"|[\w/-]+(?:er|or|ist|ant|ian|yst|tern|ent|eer|clerk|chef|cook|mechanic)s?)"
)
MODAL = re.compile(
    rf"(?:^|[\w,;()&-]+\s+|[\w,]+\s)?\b{SUBJECT}(?:['’]ll|['’]d|\s+(?:will|shall|must|would|may|should|can|is|are|needs?|has|have))\b\s*",
    re.I,
)
BARE_MODAL = re.compile(r"^(?:will|must|shall|may|should|would|can|needs? to|has to|have to)\b\s*", re.I)
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
    r"|meaningful .*questions|work (?:efficiently|effectively)|among multiple teams|juggle|various tasks|zombies|the ability to|active role|under the direction$|portfolio (?:showing|detailing)|work with (?:a|the) team$|\d+ (?:words|pounds|lbs|hours|%|years)|(?:basic|repetitious) work|assigned project|demonstrate (?:interest|a strong|strong)|abilities$|any other|to the next level|attention to",
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
UNWANTED_VERBS = frozenset("be make take receive gain join get meet give understand reach find start attract leverage own grow enter act achieve stay offer demonstrate".split())
WANTED_OBJECTS = re.compile(
    r"^(?:make (?:decisions|recommendations|repairs|deliveries|appointments|sales|calls)|take (?:vital|orders|calls|ownership|measurements|notes|payments|blood|care|inventory|samples|x-rays|minutes)"
    r"|give (?:presentations|injections|feedback|advice)|meet (?:sales|with|customers|clients)|receive (?:goods|shipments|deliveries|inventory|payments)|find (?:new|solutions|ways))\b",
    re.I,
)


@dataclass(frozen=True)
class Duty:
    """A duty with the posting's own words, and how much it weighs before anything else is known about the posting."""

    action: Action
    phrase: str
    weight: float


def find_duties(segments: Iterable[Segment]) -> list[Duty]:
    """All duties that read well as a verb phrase, in the posting's order, without near repeats."""
    duties: list[Duty] = []
    seen: list[set[str]] = []
    for segment in segments:
        if _no_duty(segment):
            continue
        factor = SECTION_WEIGHT[segment.section] * (0.5 if PREFERENCE.search(segment.text) else 1)
        for place, (clause, certainty) in enumerate(_candidates(segment)):
            found = _read(clause, segment.section, certain=certainty < 1 and not place)
            if not found:
                continue
            content = _content(found.base)
            if any(len(content & other) > 0.5 * min(len(content), len(other)) for other in seen):
                continue
            seen.append(content)
            vague = GENERIC_FACTOR if GENERIC_OBJECT.match(found.base) else VAGUE_FACTOR if VAGUE.match(found.base) else 1.0
            weight = factor * certainty * vague * POSITION_DECAY ** len(duties) * (0.9 if place else 1)
            duties.append(Duty(found, TRAILING_JOINER.sub("", clause).strip(" .;,"), weight))
    return duties


def _no_duty(segment: Segment) -> bool:
    return bool(
        segment.section in ("title", "boilerplate")
        or SCHOOLING.search(segment.text)
        or CIRCUMSTANCE.search(segment.text)
        or segment.text.endswith(":")
        or len(segment.text) > 900
    )


def _candidates(segment: Segment) -> Iterator[tuple[str, float]]:
    """Clauses that begin with a verb, and how certain it is that they are duties (0-1)."""
    for start, certainty in _starts(segment.text):
        stripped = _without_lead_in(start)
        if stripped != start:
            certainty = min(certainty, 0.95)
        for clause in clauses(stripped):
            yield _without_lead_in(clause), certainty
        if not read_verb(stripped.split(" ")[0].strip(",")):
            yield stripped, certainty  # "Development of models": `action` reads nominal heads


def _starts(text: str) -> Iterator[tuple[str, float]]:
    bare = re.sub(r"^(?:and|or|also)\s+", "", text, flags=re.I)
    if match := ABILITY.search(bare):
        yield bare[match.end() :], 0.9
    elif match := INCLUDES.search(bare):
        yield bare[match.end() :], 0.95
    elif match := BARE_MODAL.match(bare) or MODAL.search(bare):
        yield bare[match.end() :], 0.95
    elif match := RESPONSIBLE.search(bare):
        yield bare[match.end() :], 0.95
    elif not COMPANY_SPEAKING.search(bare):
        yield bare, 1


def _without_lead_in(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, LEAD_IN.sub("", text, count=1)
    return text


def _read(clause: str, section: Section, *, certain: bool) -> Action | None:
    found = action(clause, certain=certain, lenient=section == "duties")
    if not found or SOFT.search(found.base) or SOFT.search(clause[:160]):
        return None
    if found.base.split()[0].strip(",") in UNWANTED_VERBS and not WANTED_OBJECTS.match(found.base):
        return None
    return found if len(found.base.split()) >= 2 else None


def _content(phrase: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{4,}", phrase.casefold())}
