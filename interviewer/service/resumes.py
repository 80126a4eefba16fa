"""The use case of reading a resume: a file in, its text and what it gives to talk about out. Nothing is stored."""

from dataclasses import dataclass

from interviewer.interviewers.base import Interviewer
from interviewer.resume.reading import read_resume_file
from interviewer.usage import Meter

MAX_TOPICS = 12


@dataclass(frozen=True)
class ParsedResume:
    """The text (1-50,000 characters), topic names by weight, and the pages of a PDF (None for what has none)."""

    text: str
    topics: tuple[str, ...]
    pages: int | None


def parse_resume(data: bytes, interviewer: Interviewer) -> ParsedResume:
    """Read an uploaded file. Raises InvalidField that says why it cannot be taken, ReaderBusy when too many come.

    The topics are what this interviewer would talk about; an LLM that fails is stood in for, and never an error.
    """
    text, pages = read_resume_file(data)
    return ParsedResume(text, interviewer.resume_topics(text, Meter())[:MAX_TOPICS], pages)
