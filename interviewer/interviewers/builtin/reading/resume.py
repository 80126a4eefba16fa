"""What a resume gives to talk about: the jobs held, the projects done, the skills named, with the words that say so.

A topic's `excerpt` and `details` are slices of the text, white space at the ends aside, so that a question can quote
them and nobody is asked about what they did not write.
"""

from dataclasses import dataclass

from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.reading.resume_sections import read_statements
from interviewer.interviewers.builtin.reading.resume_skills import read_skills
from interviewer.interviewers.builtin.reading.resume_topics import ResumeTopic, TopicKind
from interviewer.interviewers.builtin.reading.resume_work import read_projects, read_roles, read_untitled_jobs

__all__ = ["MAX_TOPICS", "Resume", "ResumeTopic", "TopicKind", "read_resume"]

MAX_TOPICS: dict[TopicKind, int] = {"role": 8, "project": 12, "skill": 24}


@dataclass(frozen=True)
class Resume:
    """The topics of a resume, the weightiest first; no two of a kind with one name and employer, whatever the case."""

    topics: tuple[ResumeTopic, ...]

    def of_kind(self, kind: TopicKind) -> tuple[ResumeTopic, ...]:
        """The topics of one kind, the weightiest first."""
        return tuple(topic for topic in self.topics if topic.kind == kind)


def read_resume(text: str, lexicon: Lexicon) -> Resume:
    """The topics of any text, none when it reads like no resume. Raises nothing."""
    statements = read_statements(text)
    titled = list(read_roles(text, statements))
    untitled = read_untitled_jobs(text, statements, {topic.employer for topic in titled})
    found = [*titled, *untitled, *read_projects(text, statements), *read_skills(text, statements, lexicon)]
    topics = [topic for kind in MAX_TOPICS for topic in _best(found, kind)]
    return Resume(tuple(sorted(topics, key=lambda topic: -topic.weight)))


def _best(found: list[ResumeTopic], kind: TopicKind) -> list[ResumeTopic]:
    by_name: dict[tuple[str, str], ResumeTopic] = {}
    for topic in sorted((t for t in found if t.kind == kind), key=lambda topic: -topic.weight):
        by_name.setdefault((topic.name.casefold(), (topic.employer or "").casefold()), topic)
    return list(by_name.values())[: MAX_TOPICS[kind]]
