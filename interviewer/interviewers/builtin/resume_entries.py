"""What a resume interview goes through: its jobs, projects and skills, in the order they are asked about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewer.embedding import embed
from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.reading.resume import Resume, ResumeTopic, TopicKind, read_resume
from interviewer.interviewers.builtin.reading.resume_deeds import Deed, Mode, quotable, read_deed
from interviewer.interviewers.builtin.reading.resume_sections import Statement, read_statements
from interviewer.steering import find_steering

WHOLE = "Work experience"
"""The topic of questions about the resume as a whole."""

MODES: tuple[Mode, ...] = ("did", "included", "says")
"""What is asked about first, where a job has several."""

MAX_JOBS, MAX_PROJECTS, MAX_SKILLS, MAX_LINES = 6, 5, 8, 6
ONE_HOLDER = re.compile(
    r"\b(?:lead|head|president|founder|founding|owner|chief|captain|chair\w*|director|manager|supervisor|C[A-Z]O"
    r"|principal|partner|operator|secretary|treasurer|expert)\b",
    re.I,
)
OF_SOMETHING = re.compile(r"(?:vice |co-?)?(?:president|founder|captain|owner|secretary|treasurer)", re.I)
PERIOD = re.compile(r"(?:ship|traineeship|internship|apprenticeship|placement)$", re.I)
COMMON = re.compile(r"(?:freelancer|volunteer|student|intern|tutor|waiter|waitress|nurse|teacher|driver)", re.I)
SPOKEN_WITH_AN = re.compile(r"[AEIOaeio]|U(?!ni|se|ti)|[FHLMNRSX][A-Z]+\b")
PRIVATE_LINE = re.compile(
    r"\b\d{5}\b|\b(?:street|st\.|avenue|ave|road|rd\.|lane|straße|strasse|apartment|p\.?o\.? box|phone|tel|mobile"
    r"|e-?mail|address|born|birth|nationality|married|single|gender|religion|visa|passport|driving licen[cs]e"
    r"|references?)\b",
    re.I,
)
NAME_WORDS = 4


@dataclass(frozen=True)
class ResumeEntry:
    """One thing of the resume to talk about.

    `name` is the topic as reports show it; `place` how a sentence about it begins ("As Head Coach at the club"), ""
    where there is no such place; `ref` how it is spoken of ("your work as Head Coach at the club"), never twice the
    same; `there` the short form for when it was spoken of before ("at the club").
    """

    name: str
    kind: TopicKind | None
    place: str
    ref: str
    there: str
    deeds: tuple[Deed, ...] = ()


def read_entries(resume_text: str, job_description: str, lexicon: Lexicon) -> tuple[ResumeEntry, ...]:
    """The entries in the order of their turns; the last is always the resume as a whole, whatever the text.

    First the latest job (or project), then jobs and projects in turn, then skills; with a posting those that fit it
    before others. What the resume says to steer whoever reads it is left out.
    """
    text = find_steering(resume_text).masked(resume_text)
    resume = read_resume(text, lexicon)
    jobs = _told_apart([_job(topic) for topic in _latest_first(_held(resume))])
    told = {detail for topic in resume.of_kind("role") for detail in topic.details}
    projects = [_project(topic) for topic in resume.of_kind("project") if topic.excerpt not in told]
    work = _told_first(_in_turn(jobs[:MAX_JOBS], projects[:MAX_PROJECTS]))
    skills = [_skill(topic) for topic in resume.of_kind("skill") if topic.written != "" and not _in_title(topic, work)]
    first, rest = work[:1], _by_fit(work[1:], job_description)
    fitting_skills = _by_fit(skills, job_description)[:MAX_SKILLS]
    entries = [*first, *rest, *fitting_skills, _whole(text, told)]
    chosen = {entry.ref.casefold(): entry for entry in reversed(entries)}
    return tuple(_fitting_deeds_first(entry, job_description) for entry in reversed(chosen.values()))


def _held(resume: Resume) -> Sequence[ResumeTopic]:
    """The jobs; what the candidate calls themselves below their name only where no job has a line of its own."""
    roles = resume.of_kind("role")
    jobs = [topic for topic in roles if topic.details or topic.employer or topic.until]
    return jobs or roles[:1]


def _latest_first(jobs: Sequence[ResumeTopic]) -> list[ResumeTopic]:
    """By the year each ended, where all say one; else as the resume has them, which mostly is latest first."""
    as_written = sorted(jobs, key=lambda topic: -topic.weight)
    if all(topic.until for topic in as_written):
        return sorted(as_written, key=lambda topic: -(topic.until or 0))
    return as_written


def _in_turn(jobs: list[ResumeEntry], projects: list[ResumeEntry]) -> list[ResumeEntry]:
    pairs = max(len(jobs), len(projects))
    return [entry for i in range(pairs) for entry in (*jobs[i : i + 1], *projects[i : i + 1])]


def _told_first(work: list[ResumeEntry]) -> list[ResumeEntry]:
    """The latest, then the others, those last of which the resume says no more than the name."""
    return work[:1] + sorted(work[1:], key=lambda entry: not entry.deeds)


def _job(topic: ResumeTopic) -> ResumeEntry:
    title = _with_article(topic.name)
    at = f" {'of' if OF_SOMETHING.fullmatch(topic.name) else 'at'} {topic.employer}" if topic.employer else ""
    place, ref = f"As {title}{at}", f"your work as {title}{at}"
    if PERIOD.search(topic.name):
        place, ref = f"In your {topic.name}{at}", f"your {topic.name}{at}"
    there = f"at {topic.employer}" if topic.employer else f"as {title}"
    if topic.name == topic.employer:  # a title, an employer, or both: none can tell
        named = topic.name.replace("“", "").replace("”", "")
        ref = f"your work listed as “{named}”"
        place, there = f"In {ref}", f"in the work listed as “{named}”"
    return ResumeEntry(topic.name, "role", place, ref, there, _deeds(topic.details))


def _told_apart(jobs: list[ResumeEntry]) -> list[ResumeEntry]:
    """With the place in the name of a job whose title another one has, too."""
    titles = [job.name.casefold() for job in jobs]
    return [
        replace(job, name=f"{job.name} {job.there}") if titles.count(job.name.casefold()) > 1 else job for job in jobs
    ]


def _with_article(title: str) -> str:
    """ "a Data Analyst", but "Head of Sales": of those there is one."""
    if COMMON.fullmatch(title):
        title = title.lower()
    if ONE_HOLDER.search(title):
        return title
    return f"{'an' if SPOKEN_WITH_AN.match(title) else 'a'} {title}"


def _project(topic: ResumeTopic) -> ResumeEntry:
    name = topic.name.replace("“", "").replace("”", "")
    details = topic.details or (topic.excerpt,)
    ref = f"your project “{name}”"
    return ResumeEntry(topic.name, "project", f"In {ref}", ref, f"in {ref}", _deeds(details))


def _in_title(skill: ResumeTopic, work: list[ResumeEntry]) -> bool:
    """Whether a title says it already: a sales executive need not be asked whether they know sales."""
    names = (skill.name, skill.written or skill.name)
    return any(entry.kind == "role" and name.casefold() in entry.name.casefold() for entry in work for name in names)


def _skill(topic: ResumeTopic) -> ResumeEntry:
    written = " ".join((topic.written or topic.name).split())
    return ResumeEntry(written, "skill", "", f"your work with {written}", f"in your work with {written}")


def _whole(text: str, told: set[str]) -> ResumeEntry:
    """The resume as a whole, with the lines that no other entry speaks of."""
    lines = (quotable(line) for line in _tellable(text) if line not in told)
    deeds = tuple(Deed("says", line) for line in dict.fromkeys(lines) if line)
    ref = "the work your resume describes"
    return ResumeEntry(WHOLE, None, "", ref, f"in {ref}", deeds[:MAX_LINES])


def _tellable(text: str) -> list[str]:
    """Statements that may be quoted: none that may be the candidate's name, address or other private data."""
    statements = read_statements(text)
    return [
        text[statement.body : statement.end]
        for i, statement in enumerate(statements)
        if not _is_private(text, statement, first=i == 0 and len(statements) > 1)
    ]


def _is_private(text: str, statement: Statement, *, first: bool) -> bool:
    said = text[statement.body : statement.end]
    if statement.section in ("contact", "languages", "education", "other", "skills"):
        return True
    return bool(PRIVATE_LINE.search(said)) or (first and len(said.split()) <= NAME_WORDS)


def _deeds(details: Sequence[str]) -> tuple[Deed, ...]:
    """Each thing done once; what can only be quoted comes last, what names a figure first."""
    read = dict.fromkeys(deed for detail in details if (deed := read_deed(detail)))
    return tuple(sorted(read, key=_worth))


def _worth(deed: Deed) -> tuple[bool, bool, bool, bool]:
    granted = deed.words.startswith("were ")
    return deed.mode == "says", deed.mode != "did" or granted, deed.figure is None, len(deed.words.split()) < 6


def _by_fit(entries: Sequence[ResumeEntry], posting: str) -> list[ResumeEntry]:
    """The entries that fit the posting first; in their order where there is none."""
    fits = _fits([" ".join([entry.name, *(deed.words for deed in entry.deeds)]) for entry in entries], posting)
    return [entry for _, entry in sorted(zip(fits, entries, strict=True), key=lambda pair: -pair[0])]


def _fitting_deeds_first(entry: ResumeEntry, posting: str) -> ResumeEntry:
    if not posting.strip() or entry.kind is None:
        return entry
    fits = _fits([deed.words for deed in entry.deeds], posting)
    order = sorted(zip(fits, entry.deeds, strict=True), key=lambda pair: (MODES.index(pair[1].mode), -pair[0]))
    return replace(entry, deeds=tuple(deed for _, deed in order))


def _fits(said: Sequence[str], posting: str) -> list[float]:
    """How near each text is to the posting, as a cosine; 0 for all without one."""
    if not posting.strip() or not said:
        return [0.0] * len(said)
    return [round(float(cosine), 4) for cosine in embed(said) @ embed([posting])[0]]
