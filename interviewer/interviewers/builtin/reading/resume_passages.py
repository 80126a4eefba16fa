"""The lines of a resume that a question is about: the entry with its bullets, or the lines that name a skill."""

import re

from interviewer.interviewers.builtin.reading.resume_sections import DATE, Statement, read_statements
from interviewer.interviewers.builtin.reading.resume_topics import WORK

MOST_LINES = 12
"""So many lines belong to one entry at most: the longest job on our 13 resumes has eleven bullets."""

QUOTED = re.compile(r"“[^”]*”")
WORD = re.compile(r"[^\W_]+")


def lines_about(topic: str, question: str, resume: str) -> list[str]:
    """The lines of the job or project that a question names, else those that name the topic; none where none do.

    Where several headers have the topic in them, it is the one of which the question says most (the employer).
    """
    names = [name.casefold() for name in (topic, topic.partition(" at ")[2]) if name]  # "Nurse at the Clinic"
    statements = read_statements(resume)
    said = [" ".join(resume[s.start : s.end].split()).casefold() for s in statements]
    asked = set(WORD.findall(QUOTED.sub(" ", question).casefold()))
    for name in names:
        named = [i for i, line in enumerate(said) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line)]
        headers = [i for i in named if not statements[i].bulleted and statements[i].section in WORK]
        headers = headers or [i for i in named if statements[i].bulleted and statements[i].section == "projects"]
        headers = headers or [i for i in named if _heads(resume, statements, i)]
        if headers:
            best = max(headers, key=lambda i: len(asked & _words_around(said, i)))
            return _entry(resume, statements, best)
        if named:
            return [resume[statements[i].start : statements[i].end] for i in named[:MOST_LINES]]
    return []


def without_foreign_quotes(question: str, resume: str) -> str:
    """A question without what it quotes from elsewhere than the resume: the candidate's own words prove nothing."""
    own = " ".join(resume.split())
    return QUOTED.sub(lambda match: match.group() if " ".join(match.group()[1:-1].split()) in own else "", question)


def _heads(resume: str, statements: list[Statement], position: int) -> bool:
    """Whether a line of a resume without sections is the header of a job: it is dated."""
    own = statements[position]
    return own.section == "head" and not own.bulleted and bool(DATE.search(resume, own.start, own.end))


def _words_around(said: list[str], position: int) -> set[str]:
    return set(WORD.findall(" ".join(said[max(0, position - 1) : position + 2])))


def _entry(resume: str, statements: list[Statement], position: int) -> list[str]:
    """A header and what stands below it, up to the next header or section."""
    own, told = statements[position], False
    lines = [resume[own.start : own.end]]
    for below in statements[position + 1 : position + MOST_LINES]:
        opens = not below.bulleted and (below.after_gap or bool(DATE.search(resume, below.start, below.end)))
        if below.section != own.section or (told and opens):
            break
        told = told or below.bulleted
        lines.append(resume[below.start : below.end])
    return lines
