"""The skills that a resume names: those the lexicon knows, and the other entries of its lists of skills."""

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from interviewer.interviewers.builtin.reading.lexicon import Lexicon, Mention
from interviewer.interviewers.builtin.reading.resume_names import ROLE, list_entries
from interviewer.interviewers.builtin.reading.resume_sections import CONTACT, ResumeSection, Statement, label_of
from interviewer.interviewers.builtin.reading.resume_topics import FIRST_WEIGHT, WORK, ResumeTopic, topic_from

MAX_LIST_ENTRIES = 120  # of the skills section; a long list says little about each
BEFORE_ENTRY = re.compile(r"(?:^|[\n,;:(|•·/]\s*|[–—-]\s+|\s{2,}|\b(?:and|or|in|with|using|&)\s+)$")
AFTER_ENTRY = re.compile(r"\s*(?:[\n,;:)(|•·/.]|$)|\s{2,}|\s+(?:and|or|&|[–—-]|programming|language)(?!\w)")
NOT_TALKED_ABOUT: frozenset[ResumeSection] = frozenset({"contact", "languages"})
SKILL_BASE = 0.2
SECTION_WEIGHT: dict[ResumeSection, float] = {
    "experience": 0.15,
    "projects": 0.15,
    "skills": 0.15,
    "summary": 0.1,
    "head": 0.05,
    "education": 0.05,
    "other": 0.05,
}


def read_skills(text: str, statements: list[Statement], lexicon: Lexicon) -> Iterator[ResumeTopic]:
    """Skills the lexicon knows, wherever they stand, and the other entries of the lists of skills."""
    places = _places(text, statements, lexicon.find(text))
    for name, mentions in places.items():
        where = max((statement for statement, _ in mentions), key=_tells)
        weight = SKILL_BASE + sum(SECTION_WEIGHT.get(statement.section, 0) for statement, _ in mentions)
        topic = topic_from(text, name, "skill", where, min(FIRST_WEIGHT["skill"], weight))
        yield replace(topic, written=_spelling(text, name, [mention for _, mention in mentions]))
    known = {mention.written.casefold() for mentions in places.values() for _, mention in mentions}
    known |= _names_of_people(text, statements)
    entries = ((statement, entry) for statement, part in _listed(text, statements) for entry in list_entries(part))
    for statement, entry in itertools.islice(entries, MAX_LIST_ENTRIES):
        if entry.casefold() not in known and not lexicon.find(entry) and not ROLE.search(entry):
            where = _first_work(text, statements, entry) or statement
            used = SECTION_WEIGHT["experience"] if where is not statement else 0
            yield topic_from(text, entry, "skill", where, SKILL_BASE + SECTION_WEIGHT["skills"] + used)


def _places(
    text: str, statements: list[Statement], mentions: list[Mention]
) -> dict[str, list[tuple[Statement, Mention]]]:
    """Where each skill is named, one mention a statement; what is merely an everyday word of a sentence is left out."""
    starts = [statement.start for statement in statements]
    contacts = [match.span() for match in CONTACT.finditer(text)]
    found: dict[str, dict[int, tuple[Statement, Mention]]] = {}
    certain = set[str]()
    private = _private(text, statements)
    for mention in mentions:
        position = bisect.bisect_right(starts, mention.start) - 1
        if position < 0 or mention.end > statements[position].end:
            continue
        statement = statements[position]
        skill, section = mention.skill, statement.section
        if section in NOT_TALKED_ABOUT or position in private or skill.kind == "office":
            continue
        before = bisect.bisect_left(contacts, (mention.end, 0)) - 1  # the last that begins before the mention's end
        if before >= 0 and mention.start < contacts[before][1]:
            continue
        if not _everyday_word(mention) or section == "skills":
            certain.add(skill.name)
        if len(mention.written) == 1 and not _in_list(text, statement, mention, mentions):
            continue
        found.setdefault(skill.name, {}).setdefault(position, (statement, mention))
    return {name: list(places.values()) for name, places in found.items() if name in certain or len(places) > 2}


def _in_list(text: str, statement: Statement, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a skill of one letter ("C", "R") stands among others: in a list of skills, or beside another skill.

    Elsewhere a letter may be anything: a grade, an initial, the switch of a command.
    """
    if not BEFORE_ENTRY.search(text[statement.start : mention.start]):
        return False
    if not AFTER_ENTRY.match(text, mention.end):
        return False
    if statement.section == "skills":
        return True
    return any(statement.start <= other.start < statement.end and len(other.written) > 1 for other in mentions)


def _spelling(text: str, name: str, mentions: list[Mention]) -> str:
    """How the resume itself calls a skill, where that stands as a noun; "" where it does so nowhere."""
    called = [m.written for m in mentions if m.written.casefold() == name.casefold() and m.skill.kind != "tool"]
    if called or name.casefold() in text.casefold():
        return next((written for written in called if written.islower()), name)
    for mention in mentions:
        neighbours = text[mention.start - 1 : mention.start] + text[mention.end : mention.end + 1]
        if not mention.written.islower() and not ROLE.search(mention.written) and "-" not in neighbours:
            return mention.written
    return ""


def _everyday_word(mention: Mention) -> bool:
    """Whether it may be a word of any sentence ("reporting", "audit") rather than the name of a skill."""
    skill = mention.skill
    return skill.kind != "tool" and (skill.bank is None or mention.written.islower())


def _private(text: str, statements: list[Statement]) -> frozenset[int]:
    """Statements whose label says that they are about interests, awards or schools, and the lines these go on in."""
    found: list[int] = []
    for i, statement in enumerate(statements):
        label = label_of(text, statement)
        goes_on = i - 1 in found[-1:] and not (label or statement.bulleted or statement.after_gap)
        if goes_on or (label and label.section in ("other", "contact", "education")):
            found.append(i)
    return frozenset(found)


def _tells(statement: Statement) -> tuple[bool, bool, int]:
    """How much there is in a statement to ask about: the longest about work, else the shortest."""
    chars = min(statement.end - statement.start, 200)
    work = statement.section in WORK
    return work, work and statement.bulleted, chars if work else -chars


def _listed(text: str, statements: list[Statement]) -> Iterator[tuple[Statement, str]]:
    """The lines of the skills section without their labels; lists that go on in the next line are put together."""
    pending: tuple[Statement, str] | None = None
    private = _private(text, statements)
    for i, statement in enumerate(statements):
        if statement.section != "skills":
            continue
        label = label_of(text, statement)
        part = text[label.end if label else statement.body : statement.end]
        spoken = label is not None and label.section == "languages"  # of people or of computers: the lexicon knows
        if spoken or i in private or CONTACT.search(part) or part.rstrip().endswith(":"):
            part = ""
        goes_on = pending is not None and part and not (statement.after_gap or statement.bulleted or label)
        if pending is not None and goes_on and _is_open_list(pending[1]):
            pending = (pending[0], f"{pending[1]} {part}")
            continue
        if pending is not None:
            yield pending
        pending = (statement, part) if part else None
    if pending is not None:
        yield pending


def _names_of_people(text: str, statements: list[Statement]) -> set[str]:
    """Whole lines of the head and of the contact data: the candidate's name may stand among the skills once more."""
    return {text[s.start : s.end].casefold() for s in statements if s.section in ("head", "contact")}


def _is_open_list(part: str) -> bool:
    return "," in part or " · " in part


def _first_work(text: str, statements: list[Statement], entry: str) -> Statement | None:
    """The statement about work that names an entry of the skills list."""
    wanted = entry.casefold()
    return next(
        (s for s in statements if s.section in WORK and s.bulleted and wanted in text[s.body : s.end].casefold()), None
    )
