"""The interface of an interviewer: who plans, asks, evaluates and writes the findings."""

from collections.abc import Iterable
from typing import Protocol

from interviewer.interview.report import Findings
from interviewer.interview.state import Interview, Turn
from interviewer.records import Evaluation, Question


class Interviewer(Protocol):
    """What the service needs of an interviewer. Each method may be called from many threads at once."""

    @property
    def name(self) -> str:
        """`builtin` or `llm`."""

    @property
    def model(self) -> str | None:
        """The model behind it, or None."""

    def remember(self, asked: Iterable[tuple[str, str, str]]) -> None:
        """Learn what was asked before: (job_description, item_id, topic) triples, to spread questions."""

    def topics(self, job_description: str, total_questions: int) -> tuple[str, ...]:
        """What an interview of this length for this posting will be about, by weight."""

    def next_question(self, interview: Interview) -> Question:
        """The question to ask next, at the interview's `next_difficulty`; never one that was asked before."""

    def evaluate(self, interview: Interview, turn: Turn) -> Evaluation:
        """Score the answer of one turn."""

    def findings(self, interview: Interview) -> Findings:
        """The prose and the phrases of the report of a completed interview."""
