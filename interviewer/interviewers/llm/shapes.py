"""What the model is asked to reply. Everything in it is checked, or recomputed, before it counts."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _no_boolean(value: Any) -> Any:
    if isinstance(value, bool):  # which pydantic would take for 0 or 1
        raise ValueError("must be a number")
    return value


Mark = Annotated[float, BeforeValidator(_no_boolean), Field(ge=0, le=10, allow_inf_nan=False)]
Weight = Annotated[float, BeforeValidator(_no_boolean), Field(ge=0.5, le=3, allow_inf_nan=False)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class Reply(BaseModel):
    """A reply of the model. Fields that nobody asked for are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class AskedPoint(Reply):
    """A key point of a question that the model writes."""

    label: Name
    text: Sentence
    weight: Weight


class AskedQuestion(Reply):
    """A question that the model writes, with what a strong answer covers. Missing hints are asked for later."""

    topic: Name
    kind: Annotated[str, Field(pattern="^(technical|behavioral|experience)$")]
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1200)]
    key_points: list[AskedPoint] = Field(min_length=2, max_length=6)
    hints: list[Sentence] = Field(max_length=4)
    is_follow_up: bool


class TechnicalQuestion(AskedQuestion):
    """A question of a technical interview; one to be answered in code holds signature and examples."""

    kind: Annotated[str, Field(pattern="^(technical|coding)$")]
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=3000)]


class ResumeQuestion(AskedQuestion):
    """A question of a conversation about a resume."""

    kind: Annotated[str, Field(pattern="^resume$")]


class PlannedOpening(Reply):
    """The plan of an interview and its first question, in one reply."""

    topics: list[Name] = Field(min_length=1, max_length=30)
    question: AskedQuestion


class PlannedConversation(PlannedOpening):
    """The same for a conversation about a resume."""

    question: ResumeQuestion


class WrittenHints(Reply):
    """Hints for a question, from vague to plain."""

    hints: list[Sentence] = Field(min_length=1, max_length=4)


class FoundTopic(Reply):
    """A thing to talk about, and the line of the resume that it comes from."""

    name: Name
    line: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class FoundTopics(Reply):
    """What a resume gives to talk about."""

    topics: list[FoundTopic] = Field(max_length=30)


class JudgedPoint(Reply):
    """Whether the answer makes a key point, and the words that make it."""

    number: int
    covered: bool
    quote: str | None


class JudgedAnswer(Reply):
    """A judgement: evidence before numbers, as the prompt asks for it."""

    points: list[JudgedPoint] = Field(max_length=40)
    strengths: list[Sentence] = Field(max_length=6)
    improvements: list[Sentence] = Field(max_length=6)
    communication: Mark
    technical_accuracy: Mark
    completeness: Mark


class Narrative(Reply):
    """The prose of a report."""

    summary: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=3000)]
