"""What a model gets to see of a candidate's texts: cut to a length, without passages that try to steer its reader."""

import functools
import re

from interviewer.interview.model import Answer
from interviewer.steering import find_steering

RESUME_CHARACTERS = 12_000
"""So much of a resume the model sees, as of a posting: four to five pages, the latest work first in most."""

REMEMBERED_RESUMES = 256


def readable(answer: Answer) -> str:
    """The words of an answer; "" where it is code alone."""
    return _closed_up(answer.scored_text).strip()


def readable_code(answer: Answer) -> str | None:
    """The code of an answer, or None where none was sent."""
    code = answer.scored_code
    return _closed_up(code).strip("\n") if code and code.strip() else None


@functools.lru_cache(maxsize=REMEMBERED_RESUMES)
def readable_resume(resume_text: str) -> str:
    """The beginning of a resume."""
    shown = resume_text[:RESUME_CHARACTERS]
    return _closed_up(find_steering(shown).masked(shown)).strip()


def _closed_up(text: str) -> str:
    """The text without the gaps that masking leaves."""
    return re.sub(r"\n{3,}", "\n\n", text)
