"""What a job posting asks for: its title, and the skills and duties it names, by where and how often they stand."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from interviewer.interviewers.builtin.reading.duties import Duty, find_duties
from interviewer.interviewers.builtin.reading.lexicon import Lexicon, Mention, Skill
from interviewer.interviewers.builtin.reading.passages import find_noun_phrases, find_quotes
from interviewer.interviewers.builtin.reading.sections import PREFERENCE, SCHOOLING, Section
from interviewer.interviewers.builtin.reading.segments import Segment, clean, read_segments
from interviewer.interviewers.builtin.reading.titles import read_title
from interviewer.records import Record

TopicKind = Literal["skill", "duty"]

SKILL_WEIGHT: dict[Section, float] = {
    "title": 4.0, "duties": 2.0, "required": 2.0, "body": 1.5, "preferred": 0.6, "boilerplate": 0
}  # fmt: skip
REPEAT_SHARE = 0.35  # of its place's weight, for each further mention of a skill
MAX_REPEAT_BONUS = 2.0
BANK_FACTOR = 1.25  # a bank question can be scored against key points, others cannot
OFFICE_FACTOR = 0.45  # nearly every posting names them, for whatever job
TITLE_WORD_FACTOR = 1.15
COVERED_FACTOR = 0.6  # for a topic that another topic already asks about
MAX_TOPICS = 24
ENOUGH_TOPICS = 3  # with fewer, noun phrases and quotes are taken as well
PRACTICE = re.compile(r"\b(?:experience|knowledge|proficien\w+|skills?|familiar\w*|expertise|understanding)\b", re.I)
PASSING = re.compile(r"\b(?:exposure to|may include|interns? will learn)\b", re.I)
PASSING_FACTOR = 0.7  # what one only gets to see
OFFICE_LIST = re.compile(r"\b(?:Microsoft Office|MS Office|Office|Word|Power ?Point|Outlook)\b")
COMMON_WORDS = frozenset(
    "the and of to a in for with is will you or on be as are our we this that your an by from at have".split()
)


class Topic(Record):
    """Something a posting asks for.

    `name` is short and shown to people, `phrase` the posting's own words. A skill with a bank file has its stem in
    `bank`. Of the rest, a duty that reads as a verb phrase has it as `base` ("prepare reports") and `gerund`, a noun
    phrase is `noun` as it stands in a sentence; a topic with neither can only be quoted. `is_tool` is None where a
    noun is neither a tool nor a method.
    """

    name: str
    kind: TopicKind
    phrase: str
    weight: float
    bank: str | None = None
    base: str | None = None
    gerund: str | None = None
    noun: str | None = None
    is_tool: bool | None = None


class Posting(Record):
    """A posting as read. `key` is the same for the same text, whatever its case and spacing; topics are best first."""

    key: str
    role: str | None
    topics: tuple[Topic, ...]


NOT_WANTED = re.compile(
    r"\b(?:no|not|without|never|nor|neither|\w+n['’]t)\b(?! (?:only|just|limited|less|later|restricted))"
    r"(?:[ /-]+[\w+#]+){0,4}[ /-]+$",
    re.I,
)
"""Before a mention, in its clause: the posting says that this is not part of the job."""

NOT_NEEDED = re.compile(r"^[ ,]*(?:is|are|will be)? ?not (?:needed|required|used|necessary|part)\b", re.I)


def posting_key(text: str) -> str:
    """16 hex digits that tell postings apart; case and spacing do not matter."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "replace")).hexdigest()[:16]


def read_posting(text: str, lexicon: Lexicon) -> Posting:
    """Title and topics of a posting. Never fails: a text that says nothing gives no topics."""
    cleaned = clean(text)
    role, body = read_title(cleaned)
    segments = read_segments(body, lexicon.written_names)
    first_line = cleaned.lstrip().partition("\n")[0]
    title_line = [Segment(first_line, "title")] if role and body != cleaned else []
    skills = _skill_topics([*title_line, *segments], role, lexicon)
    duties = find_duties(segments) if _is_english(cleaned) else []
    topics = _without_overlap(skills, [_duty_topic(duty, role) for duty in duties], lexicon)
    if len(topics) < 2 * ENOUGH_TOPICS:
        topics += _noun_topics(segments, topics, lexicon)
    if len(topics) < ENOUGH_TOPICS:
        topics += _quote_topics(segments, topics, english=_is_english(cleaned))
    return Posting(key=posting_key(text), role=role, topics=_best(topics))


def _best(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """By weight, one of a name; equal weights keep the posting's order."""
    by_name: dict[str, Topic] = {}
    for topic in sorted(topics, key=lambda topic: -topic.weight):
        by_name.setdefault(topic.name.casefold(), topic)
    return tuple(by_name.values())[:MAX_TOPICS]


def _is_english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text[:8000].casefold())
    if len(words) < 15:
        return text.isascii() or sum(char.isascii() for char in text) > 0.9 * len(text)
    return sum(word in COMMON_WORDS for word in words) >= 0.1 * len(words)


def _skill_topics(segments: list[Segment], role: str | None, lexicon: Lexicon) -> list[Topic]:
    places: dict[Skill, list[tuple[float, Mention]]] = defaultdict(list)
    for segment in segments:
        if segment.section == "boilerplate":
            continue
        text = f"{segment.opening}: {segment.text}" if segment.opening else segment.text
        for mention in lexicon.find(text):
            weight = _mention_weight(segment.section, text, mention, role)
            if weight:
                places[mention.skill].append((weight, mention))
    return [_skill_topic(skill, found) for skill, found in places.items()]


def _mention_weight(section: Section, text: str, mention: Mention, role: str | None) -> float:
    weight = SKILL_WEIGHT[section]
    if NOT_WANTED.search(text[: mention.start]) or NOT_NEEDED.match(text[mention.end :]):
        return 0
    if SCHOOLING.search(text) and not PRACTICE.search(text):
        return 0
    if role and section != "title" and re.search(rf"\b{re.escape(mention.written)}\b", role) and role in text:
        weight = SKILL_WEIGHT["title"]
    if PASSING.search(text):
        weight *= PASSING_FACTOR
    if _only_preferred(text, mention):
        weight = min(weight, SKILL_WEIGHT["preferred"])
    if mention.skill.bank and OFFICE_LIST.search(text) and mention.skill.name == "Excel":
        weight *= OFFICE_FACTOR
    return weight


def _only_preferred(text: str, mention: Mention) -> bool:
    """Whether "a plus" or the like speaks of this mention: in its clause, or anywhere in a text without "required"."""
    if not PREFERENCE.search(text):
        return False
    start = max(text.rfind(mark, 0, mention.start) for mark in ",;")
    ends = [end for mark in ",;" if (end := text.find(mark, mention.end)) >= 0]
    clause = text[start + 1 : min(ends, default=len(text))]
    demanded = re.search(r"\b(?:required|must|essential|mandatory)\b", text, re.I)
    return bool(PREFERENCE.search(clause) or not demanded)


def _skill_topic(skill: Skill, found: list[tuple[float, Mention]]) -> Topic:
    best, mention = max(found, key=lambda place: place[0])
    repeats = min(MAX_REPEAT_BONUS, REPEAT_SHARE * (sum(weight for weight, _ in found) - best))
    factor = BANK_FACTOR if skill.bank else OFFICE_FACTOR if skill.kind == "office" else 1
    return Topic(
        name=_capitalised(skill.name),
        kind="skill",
        phrase=mention.written,
        weight=round((best + repeats) * factor, 4),
        bank=skill.bank,
        noun=skill.name,
        is_tool=skill.kind == "tool" if skill.kind in ("tool", "method") else None,
    )


def _capitalised(name: str) -> str:
    return name if name[1:2].isupper() else name[0].upper() + name[1:]  # "iOS" stays


def _duty_topic(duty: Duty, role: str | None) -> Topic:
    shared = _words(role or "") & _words(duty.action.base)
    return Topic(
        name=duty.action.name,
        kind="duty",
        phrase=duty.phrase,
        weight=round(duty.weight * (TITLE_WORD_FACTOR if shared else 1), 4),
        base=duty.action.base,
        gerund=duty.action.gerund,
    )


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[a-z]{4,}", text.casefold())}


def _without_overlap(skills: list[Topic], duties: list[Topic], lexicon: Lexicon) -> list[Topic]:
    """Both kinds, where a duty about a bank skill, and a skill that only names what a duty says, count for less."""
    named = [{mention.skill.name for mention in lexicon.find(duty.base or "")} for duty in duties]
    banked = {skill.noun for skill in skills if skill.bank}
    in_duties = {name for names in named for name in names}
    return [
        *(_scaled(skill) if not skill.bank and skill.noun in in_duties else skill for skill in skills),
        *(_scaled(duty) if names & banked else duty for duty, names in zip(duties, named, strict=True)),
    ]


def _scaled(topic: Topic) -> Topic:
    return topic.model_copy(update={"weight": round(topic.weight * COVERED_FACTOR, 4)})


def _noun_topics(segments: list[Segment], known: list[Topic], lexicon: Lexicon) -> list[Topic]:
    taken = {word for topic in known for word in _words(f"{topic.name} {topic.base or ''}")}
    return [
        Topic(name=_capitalised(noun), kind="skill", phrase=noun, weight=weight, noun=noun)
        for noun, weight in find_noun_phrases(segments)
        if not lexicon.find(noun) and not _words(noun) & taken
    ]


def _quote_topics(segments: list[Segment], known: list[Topic], *, english: bool) -> list[Topic]:
    said = [topic.phrase.casefold() for topic in known]
    return [
        Topic(name=name, kind="duty", phrase=quote, weight=weight)
        for quote, name, weight in find_quotes(segments, english=english)
        if not any(phrase in quote.casefold() or quote.casefold() in phrase for phrase in said)
    ]
