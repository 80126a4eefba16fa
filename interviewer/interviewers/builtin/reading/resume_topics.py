"""One thing of a resume to ask about, with the words it comes from."""

from dataclasses import dataclass
from typing import Literal

from interviewer.interviewers.builtin.reading.resume_sections import ResumeSection, Statement

TopicKind = Literal["skill", "role", "project"]
MAX_EXCERPT_CHARS = 600
"""Characters: enough for any bullet, and a bound for texts that are none."""
WORK: frozenset[ResumeSection] = frozenset({"experience", "projects"})
FIRST_WEIGHT: dict[TopicKind, float] = {"role": 1.0, "project": 0.95, "skill": 0.9}
"""Of the topic of each kind that stands first: nothing of that kind weighs more."""
LEAST_WEIGHT = 0.05


@dataclass(frozen=True)
class ResumeTopic:
    """One thing to ask about.

    `name` is a short phrase of one line, up to 80 characters; `excerpt` the statement it comes from, up to 600
    characters of the text, perhaps over several lines; `details` what the resume says below it, for roles and projects;
    `weight` is above 0 and at most 1. `written` is how the text calls a skill the lexicon knows, "" if only by the
    way. For roles, `employer` is where it was held and `until` the year it ended in, 9999 for the present; None where
    it is not said.
    """

    name: str
    kind: TopicKind
    excerpt: str
    weight: float
    details: tuple[str, ...] = ()
    written: str | None = None
    employer: str | None = None
    until: int | None = None


def topic_from(
    text: str, name: str, kind: TopicKind, statement: Statement, weight: float, details: tuple[str, ...] = ()
) -> ResumeTopic:
    """The topic that a statement of the text names; a weight above 1 is 1."""
    said = excerpt(text, statement.body, statement.end)
    return ResumeTopic(name, kind, said, round(min(1.0, weight), 2), details)


def excerpt(text: str, start: int, end: int) -> str:
    """What stands in the text from `start` to before `end`, cut after 600 characters."""
    return text[start : min(end, start + MAX_EXCERPT_CHARS)].strip()
