"""The jobs held and the projects done: their headers, and what stands below them."""

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from interviewer.interviewers.builtin.reading.resume_employers import employer_of, heading_in, held_until
from interviewer.interviewers.builtin.reading.resume_names import is_person, job_title, project_name
from interviewer.interviewers.builtin.reading.resume_sections import DATE, Statement, cells, label_of
from interviewer.interviewers.builtin.reading.resume_topics import (
    FIRST_WEIGHT,
    LEAST_WEIGHT,
    WORK,
    ResumeTopic,
    excerpt,
    topic_from,
)

MAX_DETAILS = 8
MAX_HEADER_WORDS = 18
MAX_HEADER_LINES = 2  # below the title: the employer, the dates
MAX_LABEL_WORDS = 5
SENTENCE_WORDS = 6  # fewer are a place or a heading
NO_PROJECT_LABELS = ("impact", "tools", "stack", "technologies", "skills", "tech", "result", "results", "role", "note")
TELLS_A_DEED = re.compile(r"\w+ed\b")  # "Managed all operations: ..." names no project
STEP = 0.08  # later jobs and projects, which stand further down, count less
MAX_UNTITLED_LINES = 4
UNTITLED_WEIGHT = 0.4
HEADLINE_WEIGHT = 0.5
LABEL_WEIGHT = 0.6


def read_roles(text: str, statements: list[Statement]) -> Iterator[ResumeTopic]:
    """Titles in the headers of the jobs, and in the lines below the candidate's name."""
    sectioned = any(statement.section == "experience" for statement in statements)
    weight = FIRST_WEIGHT["role"]
    for i, statement in enumerate(statements):
        if statement.bulleted or _words(text, statement) > MAX_HEADER_WORDS:
            continue
        headline = statement.section == "head" and sectioned
        if statement.section != "experience" and statement.section != "head":
            continue
        if i == 0 and is_person(text[statement.start : statement.end]):
            continue
        for _, cell in cells(text, statement.start, statement.first_line_end):
            title = job_title(cell)
            if title is None:
                continue
            if headline:
                yield topic_from(text, title, "role", statement, HEADLINE_WEIGHT)
                continue
            topic = topic_from(text, title, "role", statement, weight, _details(text, statements, i))
            yield replace(
                topic,
                employer=employer_of(text, statements, i, title),
                until=held_until(text, statements, i),
            )
            weight = max(LEAST_WEIGHT, weight - STEP)
            break


def read_untitled_jobs(text: str, statements: list[Statement], known: Collection[str | None]) -> Iterator[ResumeTopic]:
    """Dated headers among the jobs without a title that is known here: the header names topic and employer.

    `known` are the employers of the jobs that have a title.
    """
    for i, statement in enumerate(statements):
        if statement.section != "experience" or statement.bulleted or not statement.after_gap:
            continue
        header = list(itertools.takewhile(lambda s: not s.bulleted, statements[i : i + MAX_UNTITLED_LINES]))
        if any(_titled(text, line) or _words(text, line) > MAX_HEADER_WORDS for line in header):
            continue
        until, heading = held_until(text, statements, i), heading_in(text, header)
        last = i + len(header) - 1
        if until and heading and heading not in known and (details := _details(text, statements, last)):
            topic = topic_from(text, heading, "role", statement, UNTITLED_WEIGHT, details)
            yield replace(topic, employer=heading, until=until)


def _details(text: str, statements: list[Statement], position: int) -> tuple[str, ...]:
    """What stands in bullets below a header; employer and dates may stand between."""
    found: list[str] = []
    own = statements[position]
    for i, below in enumerate(statements[position + 1 :]):
        if below.section != own.section or len(found) == MAX_DETAILS or (found and not below.bulleted):
            break
        if not below.bulleted and (i >= MAX_HEADER_LINES or _titled(text, below)):
            break
        if below.bulleted:
            found.append(excerpt(text, below.body, below.end))
    return tuple(found) or _prose(text, statements, position)


def _prose(text: str, statements: list[Statement], position: int) -> tuple[str, ...]:
    """The sentences below a header that has no bullets, up to the next title."""
    own, found = statements[position], list[str]()
    for below in statements[position + 1 : position + 1 + MAX_DETAILS]:
        if below.section != own.section or below.bulleted or _titled(text, below):
            break
        if _words(text, below) >= SENTENCE_WORDS and not DATE.search(text, below.start, below.end):
            found.append(excerpt(text, below.body, below.end))
    return tuple(found)


def _titled(text: str, statement: Statement) -> bool:
    return any(job_title(cell) for _, cell in cells(text, statement.start, statement.first_line_end))


def read_projects(text: str, statements: list[Statement]) -> Iterator[ResumeTopic]:
    """Headers among the projects, bullets that have bullets of their own, and labelled bullets of a job."""
    weight = FIRST_WEIGHT["project"]
    for i, statement in enumerate(statements):
        below = statements[i + 1] if i + 1 < len(statements) else None
        name: str | None = None
        details: tuple[str, ...] = ()
        if statement.section == "projects" and _is_project_header(text, statement, below):
            name = project_name(text[statement.body : statement.first_line_end])
            details = _project_details(text, statements, i)
        elif statement.section == "experience" and _opens_sublist(statement, below):
            name = project_name(text[statement.body : statement.end].replace("\n", " "))
            details = _project_details(text, statements, i)
        if name:
            yield topic_from(text, name, "project", statement, weight, details)
            weight = max(LEAST_WEIGHT, weight - STEP)
        elif statement.section in WORK and statement.bulleted and (label := _project_label(text, statement)):
            yield topic_from(text, label, "project", statement, LABEL_WEIGHT)


def _is_project_header(text: str, statement: Statement, below: Statement | None) -> bool:
    line = text[statement.start : statement.end]
    if statement.first_line_end != statement.end or line.endswith(".") or label_of(text, statement):
        return False
    if not statement.bulleted:
        return below is not None and below.section == "projects"
    return _opens_sublist(statement, below) or (
        below is not None and below.section == "projects" and not below.bulleted and not below.after_gap
    )


def _opens_sublist(statement: Statement, below: Statement | None) -> bool:
    """Whether bullets of another shape follow: then this one is their header."""
    if below is None or not statement.bulleted or not below.bulleted or below.section != statement.section:
        return False
    return statement.marker not in "-–o◦" and below.marker in "-–o◦"


def _project_details(text: str, statements: list[Statement], position: int) -> tuple[str, ...]:
    own, found = statements[position], list[str]()
    for below in statements[position + 1 : position + 1 + MAX_DETAILS]:
        if below.section != own.section or below.marker == own.marker:
            break
        if not own.bulleted and not below.bulleted:
            break
        found.append(excerpt(text, below.body, below.end))
    return tuple(found)


def _project_label(text: str, statement: Statement) -> str | None:
    """ "Brand development" of "• Brand development: Creating a character-based logo ..."."""
    label = label_of(text, statement)
    if label is None or not 2 <= len(label.text.split()) <= MAX_LABEL_WORDS or TELLS_A_DEED.match(label.text):
        return None
    if label.section or label.text.casefold().split()[-1] in NO_PROJECT_LABELS:
        return None
    return project_name(label.text)


def _words(text: str, statement: Statement) -> int:
    return len(text[statement.start : statement.end].split())
