"""Which of a model's quotes from code survive: there, outside what tries to steer the scorer, and code for the task.

Whether a line of code has to do with a key point cannot be told by embeddings. Of the submissions in
tests/coding_submissions the lines that show a point have a median cosine of 0.14 with it (5 % have under 0.00), lines
that solve other questions 0.06 (5 % over 0.21): any threshold that stops the one loses the other. So what is checked is
the code as a whole: that it is about this question. Whether a line does what its point says is the model's to judge.
Comments and strings are words, and held to what words are held to.
"""

import re
from collections.abc import Callable, Sequence

from interviewer.embedding import embed
from interviewer.interviewers.builtin.coding.prose import word_spans
from interviewer.interviewers.llm.quotes import CODE_WORD, FEWEST_WORDS, QuotableText
from interviewer.interviewers.llm.squashed import squashed
from interviewer.records import KeyPoint, Question
from interviewer.steering import Steering
from interviewer.steering.spans import masked

ABOUT_THE_TASK = 0.30
"""Cosine of the words in code (its names, apart) with the question, or with question and key points, from which code
that does not have the name of the function asked for is about the question all the same. Of 73 submissions in
tests/coding_submissions that try to solve their question 72 have more; so do 1 of 10 unrelated ones, and 100 of 494
pairs of a question and a right solution of another one."""

DEFINED = re.compile(r"\b(?:def|function|func|fn|fun)\s+([A-Za-z_]\w*)")
NAME = re.compile(r"[A-Za-z]+")
CAMEL = re.compile(r"([a-z0-9])([A-Z])")
SIGNATURE = re.compile(r"\s*(?:async\s+)?(?:def|class|function|func|fn|fun|import|from)\b[^\n]*\s*")


class CodeEvidence:
    """Checks quotes against the code of one answer. `is_about` says whether words (text) make the point of a place."""

    def __init__(
        self,
        question: Question,
        points: Sequence[KeyPoint],
        code: str,
        steering: Steering,
        is_about: Callable[[int, str], bool],
    ) -> None:
        self._code = code
        self._steering = steering
        self._is_about = is_about
        self._asked = squashed(question.text)
        self._quotable = QuotableText(code, is_code=True)
        self._bare = masked(code, word_spans(code))
        self._is_for_the_task = bool(code.strip()) and _is_for(question, points, self._bare)

    def surviving(self, place: int, quote: str) -> str | None:
        """The verbatim code that a quote for the key point of this place (from 0) stands for, or None."""
        for start, end in self._quotable.find(quote):
            if not self._steering.overlaps(start, end) and self._shows(place, start, end):
                return self._code[start:end]
        return None

    def _shows(self, place: int, start: int, end: int) -> bool:
        said = self._code[start:end]
        if squashed(said) in self._asked or SIGNATURE.fullmatch(said):
            return False  # the question's own words
        if len(CODE_WORD.findall(self._bare[start:end])) < FEWEST_WORDS:
            return self._is_about(place, said)
        return self._is_for_the_task


def _is_for(question: Question, points: Sequence[KeyPoint], bare: str) -> bool:
    """Whether code without its comments and strings is about the question."""
    names = set(DEFINED.findall(question.text))
    if names and names & set(re.findall(r"\w+", bare)):
        return True
    asked = " ".join([question.text, *(point.text for point in points)])
    own, with_points, names_only = embed([_words(bare) or "-", asked, _words(question.text) or "-"])
    return max(float(own @ with_points), float(own @ names_only)) >= ABOUT_THE_TASK


def _words(code: str) -> str:
    """The words that names are made of: `largestRise` and `largest_rise` are two."""
    return " ".join(NAME.findall(CAMEL.sub(r"\1 \2", code).replace("_", " ")))
