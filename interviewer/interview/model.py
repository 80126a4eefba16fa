"""An interview as data: what was asked, answered, drafted and judged. Values; what may happen to them is in `state`."""

from typing import Literal

from pydantic import Field, model_validator

from interviewer.clock import Moment
from interviewer.interview.difficulty import next_difficulty
from interviewer.records import CompletionMethod, Difficulty, Evaluation, InterviewType, Question, Record
from interviewer.spoken import RecordingConsent, SpokenAnswer
from interviewer.steering import Steering
from interviewer.usage import Usage

NO_STEERING = Steering()

FEWEST_HINTS = 2
"""So many hints each question of an LLM has at least, though they may be written when they are asked for."""

HINT_COST = 0.5
"""Points (0-10) by which each hint lowers the highest score that its question can still get."""

Status = Literal["in_progress", "awaiting_evaluation", "completed", "abandoned"]


class Answer(Record):
    """What the candidate sent. `revision_count` is how often the draft had changed.

    `taken_by` is the interviewer (`builtin` or `llm`) to whom it was given: what an LLM was given, the built-in one
    never scores unasked. `steering` and `code_steering` say which passages of text and code try to steer its scorer,
    found when it was received. `text` is "" where code came without words.
    """

    text: str
    code_submission: str | None = None
    code_language: str | None = None
    received_at: Moment
    revision_count: int = 0
    taken_by: str = "builtin"
    steering: Steering = NO_STEERING
    code_steering: Steering = NO_STEERING
    audio: SpokenAnswer | None = None

    @property
    def scored_text(self) -> str:
        """The text, as long as it is, with line breaks for what tries to steer the scorer: what may be scored."""
        return self.steering.masked(self.text)

    @property
    def scored_code(self) -> str | None:
        """The code in the same way, or None where none was sent."""
        return None if self.code_submission is None else self.code_steering.masked(self.code_submission)

    @property
    def flags(self) -> tuple[str, ...]:
        """The kinds of steering found in text and code, each once."""
        return tuple(dict.fromkeys((*self.steering.flags, *self.code_steering.flags)))


class FailedEvaluation(Record):
    """Why a pending answer has no evaluation. `tries` counts those that failed on this answer, not mere outages."""

    reason: str
    tries: int = Field(ge=0)
    at: Moment


class Turn(Record):
    """One question, and what became of it. `evaluation` is None while the answer is pending, `failure` says why."""

    number: int = Field(ge=1)
    question: Question
    asked_at: Moment
    answer: Answer | None = None
    evaluation: Evaluation | None = None
    failure: FailedEvaluation | None = None
    hints_used: int = 0

    @property
    def highest_score(self) -> float:
        """The best score (0-10) that is left after the hints that were taken."""
        return 10 - HINT_COST * self.hints_used

    @property
    def hints_left(self) -> int:
        """How many hints can still be asked for, those included that are yet to be written."""
        there = len(self.question.hints)
        return (max(there, FEWEST_HINTS) if self.question.hints_to_come else there) - self.hints_used

    @property
    def time_taken(self) -> int:
        """Whole seconds from the question being sent to its answer being received. 0 without an answer."""
        if self.answer is None:
            return 0
        return max(0, int((self.answer.received_at - self.asked_at).total_seconds()))


class Draft(Record):
    """The unsent answer to the current question; `revision` counts the changes of its text, code or language."""

    text: str
    revision: int
    saved_at: Moment
    code_submission: str | None = None
    code_language: str | None = None


class Interview(Record):
    """One candidate's run. The last turn holds the current question while `status` is in_progress.

    `topics` of a technical interview are those that were chosen; for the other types `plan` says them.
    """

    session_id: str
    interview_type: InterviewType = "job"
    candidate_name: str
    candidate_experience: int | float
    job_description: str
    resume_text: str = ""
    difficulty: Difficulty
    topics: tuple[str, ...]
    total_questions: int = Field(ge=1, le=20)
    started_at: Moment
    last_activity_at: Moment
    turns: tuple[Turn, ...] = ()
    draft: Draft | None = None
    status: Status = "in_progress"
    ended_at: Moment | None = None
    completion_method: CompletionMethod | None = None
    user_id: str | None = None
    usage: Usage | None = None
    recording_consent: RecordingConsent | None = None

    @model_validator(mode="after")
    def _consistent(self) -> "Interview":
        if [turn.number for turn in self.turns] != list(range(1, len(self.turns) + 1)):
            raise ValueError("turns are not numbered 1, 2, 3 ...")
        if len(self.turns) > self.total_questions:
            raise ValueError("more turns than total_questions")
        if any(turn.answer is None for turn in self.turns[:-1]):
            raise ValueError("a question was passed over")
        if (self.status == "in_progress") != (self.ended_at is None):
            raise ValueError("ended_at does not fit the status")
        if (self.ended_at is None) != (self.completion_method is None):
            raise ValueError("completion_method does not fit ended_at")
        if self.status == "completed" and (self.pending or not self.scored):
            raise ValueError("completed needs a scored answer and no pending one")
        if self.completion_method == "automatic" and len(self.answered) != self.total_questions:
            raise ValueError("an automatic completion answers every question")
        return self

    @property
    def current(self) -> Turn | None:
        """The turn whose question waits for an answer, or None."""
        if self.status == "in_progress" and self.turns and self.turns[-1].answer is None:
            return self.turns[-1]
        return None

    @property
    def answered(self) -> tuple[Turn, ...]:
        """The turns with an answer, in order."""
        return tuple(turn for turn in self.turns if turn.answer is not None)

    @property
    def pending(self) -> tuple[Turn, ...]:
        """The answered turns that have no evaluation yet."""
        return tuple(turn for turn in self.answered if turn.evaluation is None)

    @property
    def scored(self) -> tuple[Turn, ...]:
        """The turns with an evaluation."""
        return tuple(turn for turn in self.turns if turn.evaluation is not None)

    @property
    def next_difficulty(self) -> Difficulty:
        """The difficulty at which the next question is asked: a conversation has no levels, the others adapt."""
        if self.difficulty == "conversational":
            return self.difficulty
        scores = [turn.evaluation.score if turn.evaluation else None for turn in self.answered]
        return next_difficulty(self.difficulty, scores)

    @property
    def wants_question(self) -> bool:
        """Whether the next step is to ask something."""
        return self.status == "in_progress" and self.current is None and len(self.turns) < self.total_questions
