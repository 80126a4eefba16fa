"""The interface of an interviewer: who plans, asks, evaluates and writes the findings."""

from collections.abc import Iterable
from typing import Protocol

from interviewer.interview.model import Interview, Turn
from interviewer.interview.report import Findings
from interviewer.records import Evaluation, Question, Record
from interviewer.usage import Meter


class Opening(Record):
    """How an interview begins: what it will be about, by weight, and its first question."""

    topics: tuple[str, ...]
    question: Question


class Interviewer(Protocol):
    """What the service needs of an interviewer. Each method may be called from many threads at once."""

    @property
    def name(self) -> str:
        """`builtin` or `llm`."""

    @property
    def model(self) -> str | None:
        """The model behind it, or None."""

    @property
    def is_remote(self) -> bool:
        """Whether evaluating waits for another machine and may fail.

        The next question is then asked for while the answer is evaluated; else it follows the evaluation.
        """

    def remember(self, asked: Iterable[tuple[str, str, str]]) -> None:
        """Learn what was asked before: (job_description, item_id, topic) triples, to spread questions."""

    def open(self, interview: Interview, meter: Meter) -> Opening:
        """Plan an interview that has no topics and no questions yet."""

    def next_question(self, interview: Interview, meter: Meter) -> Question:
        """The question to ask next, at the interview's `next_difficulty`; never one that was asked before."""

    def hints(self, interview: Interview, turn: Turn, meter: Meter) -> tuple[str, ...]:
        """All hints for a question that waits for its answer, at least two, from vague to plain; never raises."""

    def resume_topics(self, resume_text: str, meter: Meter) -> tuple[str, ...]:
        """What a resume gives to talk about, weightiest first: short plain names, maybe none. Raises nothing."""

    def evaluate(self, interview: Interview, turn: Turn, meter: Meter) -> Evaluation:
        """Score the answer of one turn. Raises LLMError when there is no score that evidence supports."""

    def answers(self, meter: Meter) -> bool:
        """Whether it can be reached at all: tells an outage from a failure on one answer."""

    def narrate(self, interview: Interview, meter: Meter) -> str | None:
        """Prose for the report of an interview whose last answer may still be under evaluation, or None."""

    def findings(self, interview: Interview, narrative: str | None) -> Findings:
        """The prose and the phrases of the report of a completed interview."""
