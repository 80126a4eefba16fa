"""What an interview was about, in the words that a report's sentences are made with."""

from dataclasses import dataclass

from interviewer.interview.model import Interview
from interviewer.interviewers.builtin.reading.titles import role_phrase

NAMED_TOPICS = 3
"""So many chosen topics are named in a sentence; what is left is mentioned."""


@dataclass(frozen=True)
class Subject:
    """`name` stands as a noun ("the Nurse role", "SQL and Git"), `aim` after one ("for the Nurse role", "on SQL")."""

    name: str
    aim: str


def subject_of(interview: Interview, role: str | None) -> Subject:
    """The role where the posting names it; else what was talked about. `role` is None without a posting."""
    if role is None and interview.interview_type == "technical":
        name = listed(list(interview.topics), NAMED_TOPICS)
        return Subject(name, f"on {name}")
    if role is None and interview.interview_type == "resume":
        return Subject("their own work", "on their own work")
    if role is None and interview.topics:
        name = f"a job with {' and '.join(interview.topics[:2])}"
    else:
        name = role_phrase(role)
    return Subject(name, f"for {name}")


def listed(items: list[str], at_most: int) -> str:
    """ "A", "A and B", "A, B and C"; what goes beyond `at_most` as "and other topics"."""
    named = items if len(items) <= at_most else [*items[:at_most], "other topics"]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
