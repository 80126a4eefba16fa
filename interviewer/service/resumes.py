"""The use case of reading a resume: a file in, its text and what it gives to talk about out. Nothing is stored."""

import functools
from dataclasses import dataclass

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.reading.resume import read_resume
from interviewer.resume.reading import read_resume_file

MAX_TOPICS = 12


@dataclass(frozen=True)
class ParsedResume:
    """The text (1-50,000 characters), topic names by weight, and the pages of a PDF (None for what has none)."""

    text: str
    topics: tuple[str, ...]
    pages: int | None


def parse_resume(data: bytes) -> ParsedResume:
    """Read an uploaded file. Raises InvalidField that says why it cannot be taken, ReaderBusy when too many come."""
    text, pages = read_resume_file(data)
    names = dict.fromkeys(topic.name for topic in read_resume(text, _lexicon()).topics)
    return ParsedResume(text, tuple(names)[:MAX_TOPICS], pages)


@functools.cache
def _lexicon() -> Lexicon:
    return Lexicon(QuestionBank())
