"""The shapes that travel: questions, evaluations, and the records of the three files.

Scores are 0-10 with one decimal everywhere in this module (design, sections 2 and 6).
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Difficulty = Literal["beginner", "intermediate", "advanced", "conversational"]
RequestedDifficulty = Literal["beginner", "intermediate", "advanced"]
InterviewType = Literal["job", "technical", "resume"]
QuestionKind = Literal["technical", "behavioral", "coding", "resume", "experience"]
Confidence = Literal["low", "medium", "high"]
CompletionMethod = Literal["automatic", "manually_ended", "timeout_cleanup"]
Score = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]


class Record(BaseModel):
    """A value object: immutable, and closed to fields nobody declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KeyPoint(Record):
    """One thing a strong answer covers.

    `text` is a full statement, `label` the same in 2-6 words for countable report phrases,
    `weight` how much it matters beside the question's other points (0.5-3).
    """

    text: str
    label: str
    weight: float = Field(default=1.0, ge=0.5, le=3)


class Question(Record):
    """A question as asked. `item_id` is stable across interviews: a bank id, or the frame it was built with.

    `hints_to_come` where fewer than two are there: the rest is written when the first is asked for.
    """

    item_id: str
    text: str
    topic: str
    difficulty: Difficulty
    kind: QuestionKind
    key_points: tuple[KeyPoint, ...] = ()
    hints: tuple[str, ...] = ()
    hints_to_come: bool = False


class Evidence(Record):
    """Whether one key point was covered, and the answer's own words that show it (None when not covered)."""

    key_point: str
    label: str
    weight: float
    covered: bool
    quote: str | None


class Rubric(Record):
    """The three dimensions of an evaluation, each 0-10; None where an LLM's plain-text reply did not rate it."""

    communication: Score | None
    technical_accuracy: Score | None
    completeness: Score | None


class Feedback(Record):
    """What was good and what would make the answer better, in sentences for the candidate."""

    strengths: tuple[str, ...]
    improvements: tuple[str, ...]


class Evaluation(Record):
    """One scored answer.

    `score_spread` (highest minus lowest of several samples) and `prompt_version` are None from the built-in
    interviewer, which has neither.
    """

    score: Score
    rubric: Rubric
    feedback: Feedback
    evidence: tuple[Evidence, ...]
    evaluator: str
    confidence: Confidence
    score_spread: float | None = None
    prompt_version: str | None = None
