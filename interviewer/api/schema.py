"""The bodies, queries and replies of the API (design, section 5). These models are its OpenAPI schema."""

import re
from datetime import UTC, datetime, time
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from interviewer.interview.report import Report
from interviewer.records import Difficulty, Feedback, QuestionKind, RequestedDifficulty
from interviewer.service.interviews import NewInterview, Submission
from interviewer.service.listing import ListedStatus, Query, SortField


def _not_blank(text: str) -> str:
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise ValueError("must hold something to read, not only white space")
    return text


def _readable(text: str) -> str:
    """The text without white space around it; empty when nothing in it can be read."""
    return text.strip() if any(character.isprintable() and not character.isspace() for character in text) else ""


NonBlank = AfterValidator(_not_blank)
SessionId = Annotated[str, Field(max_length=100)]
"""What is no id is not found; the limit has pydantic look at the text, which then refuses lone surrogates."""


class Body(BaseModel):
    """A request body: strict types, no unknown fields; null for an optional field means its default."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_default(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        optional = {name for name, field in cls.model_fields.items() if not field.is_required()}
        return {name: value for name, value in data.items() if not (value is None and name in optional)}


class StartInterview(Body):
    """What an interview needs to begin."""

    job_description: Annotated[str, Field(min_length=1, max_length=50_000), NonBlank]
    candidate_name: str = Field(default="Candidate", max_length=200)
    experience_years: float = Field(default=0, ge=0, le=80, allow_inf_nan=False)
    difficulty: RequestedDifficulty = "intermediate"
    interview_type: Literal["job"] = "job"
    topics: list[str] = Field(default=[], max_length=0, description="for other interview types; empty here")
    resume_text: str = Field(default="", max_length=0, description="for other interview types; empty here")
    total_questions: int = Field(default=5, ge=1, le=20)

    def to_wish(self) -> NewInterview:
        """The same for the service; a blank name is "Candidate", whole years are a whole number."""
        years = float(self.experience_years)
        return NewInterview(
            job_description=self.job_description,
            candidate_name=_readable(self.candidate_name) or "Candidate",
            candidate_experience=int(years) if years.is_integer() else years,
            difficulty=self.difficulty,
            total_questions=self.total_questions,
        )


class SubmitAnswer(Body):
    """An answer; `question_number` makes a repeat of the request harmless."""

    session_id: SessionId
    answer: Annotated[str, Field(min_length=1, max_length=20_000), NonBlank]
    question_number: int | None = Field(default=None, ge=1, le=20)
    code_submission: str | None = Field(
        default=None,
        max_length=20_000,
        description="stored with the answer; the built-in interviewer does not score it",
    )
    code_language: str | None = Field(default=None, max_length=40)
    audio: None = Field(default=None, description="recordings are not taken yet")

    def to_submission(self) -> Submission:
        """The same for the service."""
        return Submission(self.answer, self.question_number, self.code_submission, self.code_language)


class SessionOnly(Body):
    """A call about one interview."""

    session_id: SessionId


class SaveDraft(Body):
    """The unsent text of the current question."""

    session_id: SessionId
    question_number: int = Field(ge=1, le=20)
    answer: str = Field(max_length=20_000)


class InterviewPath(BaseModel):
    """The id in a path; what is no id is simply not found."""

    session_id: str


def _moment(value: object, last: time) -> datetime:
    """An ISO date or time, UTC unless it says otherwise; a date alone becomes that day at `last`."""
    text = value if isinstance(value, str) else ""
    text = re.sub(r"(T.*) (\d\d:?\d\d)$", r"\1+\2", text)  # an unescaped + of an offset arrives as a space
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("must be an ISO 8601 date or time, such as 2026-11-21 or 2026-11-21T09:30:00Z") from None
    if len(text) <= len("2026-11-21"):
        moment = datetime.combine(moment, last)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class NoQuery(BaseModel):
    """A call without query parameters."""

    model_config = ConfigDict(extra="forbid")


class SomeInterviews(NoQuery):
    """The filters that the listing and the audit summary share."""

    user_id: str | None = Field(default=None, max_length=255, description="the `sub` of the candidate's token")
    since: Annotated[datetime, BeforeValidator(lambda value: _moment(value, time.min))] | None = Field(
        default=None, alias="from", description="ISO date or time, inclusive"
    )
    until: Annotated[datetime, BeforeValidator(lambda value: _moment(value, time.max))] | None = Field(
        default=None, alias="to", description="ISO date or time, inclusive"
    )
    limit: int | None = Field(default=None, ge=0, le=1_000_000)
    offset: int = Field(default=0, ge=0)


class ListQuery(SomeInterviews):
    """The filters of GET /api/data/interviews."""

    status: ListedStatus = "completed"
    q: str | None = Field(default=None, max_length=200, description="in name, posting, topics or id; case aside")
    min_score: float | None = Field(default=None, ge=0, le=10, allow_inf_nan=False, description="on average_score")
    difficulty: Difficulty | None = None
    interview_type: Literal["job", "technical", "resume"] | None = None
    sort: Annotated[str, Field(pattern=f"^-?({'|'.join(get_args(SortField))})$")] | None = Field(
        default=None, description="a field, with - before it for descending; the default is file order"
    )

    def to_query(self) -> Query:
        """The same for the service."""
        wanted = self.model_dump(exclude={"sort"})
        field = self.sort.removeprefix("-") if self.sort else None
        return Query(**wanted, sort=cast(SortField | None, field), descending=(self.sort or "").startswith("-"))


class Started(BaseModel):
    """201 of start-interview."""

    status: Literal["started"]
    session_id: str
    interview_type: str
    question: str
    question_number: int
    total_questions: int
    progress: float
    topics: list[str]
    difficulty: str


class Answered(BaseModel):
    """200 of submit-answer: `next_question` with the next question, or `interview_complete` with the report."""

    status: Literal["next_question", "interview_complete"]
    session_id: str
    progress: float
    previous_score: float | None
    evaluation: Literal["done", "pending"]
    question: str | None = None
    question_number: int | None = None
    total_questions: int | None = None
    feedback: Feedback | None = None
    report: Report | None = None


class Ended(BaseModel):
    """200 of end-interview."""

    status: Literal["interview_complete", "abandoned"]
    session_id: str
    report: Report | None
    evaluation: Literal["done", "pending"] | None = None


class RequestHint(Body):
    """Asks for a hint; `hint_number` makes a repeat of the request harmless."""

    session_id: SessionId
    hint_number: int | None = Field(default=None, ge=1, le=20, description="from 1; the next one when left out")


class Hinted(BaseModel):
    """200 of request-hint; `highest_score` is what the question can still get (0-10)."""

    hint: str
    hint_number: int
    hints_used: int
    hints_left: int
    highest_score: float


class DraftSaved(BaseModel):
    """200 of save-draft; `revision` counts the changes of this question's draft."""

    saved_at: datetime
    revision: int


class GivenAnswer(BaseModel):
    """A question that has been answered."""

    question_number: int
    question: str
    answer: str
    evaluation: Literal["done", "pending"]


class InterviewView(BaseModel):
    """200 of interview/ID: all that a page needs to go on where it was."""

    session_id: str
    status: Literal["in_progress", "awaiting_evaluation", "completed", "abandoned"]
    interview_type: str
    question: str | None
    question_kind: QuestionKind | None
    question_number: int | None
    total_questions: int
    progress: float
    topics: list[str]
    difficulty: str
    answers: list[GivenAnswer]
    draft: str | None
    revision: int
    hints: list[str]
    hints_left: int
    report: Report | None
    candidate_name: str
    started_at: datetime
    asked_at: datetime | None
    server_time: datetime


class Health(BaseModel):
    """200 of health."""

    status: Literal["ok"]
    interviewer: Literal["builtin", "llm"]
    model: str | None
    storage: str
    transcription: str | None
    speech: Literal["browser", "remote"]
    google_sheets: Literal["off", "ready", "error"]
    storage_mode: Literal["local", "local + sheets"]
    sheet_name: str | None
    version: str


class Exported(BaseModel):
    """200 of export/ID."""

    status: Literal["success"]
    message: str
    session_id: str


class Listing(BaseModel):
    """200 of data/interviews; `total` counts before limit and offset.

    Where Google Sheets is set up and the call has a parameter, each interview says its `export_status` too.
    """

    total: int
    interviews: list[dict[str, Any]]


class Statistics(BaseModel):
    """200 of data/statistics."""

    total_interviews: int
    average_score: float | None
    total_questions: int
    total_answers: int
    recommendations: dict[str, int]
