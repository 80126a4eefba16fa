"""The bodies and queries of the API (design, section 5). These models are its OpenAPI schema."""

import re
from datetime import UTC, datetime, time
from typing import Annotated, Any, cast, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from interviewer.api.described import Described
from interviewer.records import Difficulty, InterviewType, RequestedDifficulty
from interviewer.service.listing import ListedStatus, Query, SortField
from interviewer.service.received import NewInterview, SpokenPart, Submission, Unsent
from interviewer.speech.limits import MAX_SPOKEN_CHARS
from interviewer.spoken import RecordingConsent


def _not_blank(text: str) -> str:
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise ValueError("must hold something to read, not only white space")
    return text


def _readable(text: str) -> str:
    """The text without white space around it; empty when nothing in it can be read."""
    return text.strip() if any(character.isprintable() and not character.isspace() for character in text) else ""


def _code(text: str | None) -> str | None:
    """The code as it is, or None for an empty editor's."""
    return text if text and _readable(text) else None


def _topic(text: str) -> str:
    """A chosen topic on one line. Raises ValueError for what cannot be read."""
    on_one_line = " ".join(_not_blank(text).split())
    if not on_one_line.isprintable():
        raise ValueError("must hold only characters that can be read")
    if not any(character.isalnum() for character in on_one_line):
        raise ValueError("must name something: a letter or a digit is needed")
    return on_one_line


ChosenTopic = Annotated[str, Field(max_length=100), AfterValidator(_topic)]
CodeText = Annotated[str, Field(max_length=20_000)]
CodeLanguage = Annotated[str, Field(max_length=40)]


def _needed(text: str, interview_type: InterviewType) -> str:
    """The text as it is. Raises ValueError when an interview of this type has to do without it."""
    if not text:
        raise ValueError(f"is needed for an interview of type {interview_type}")
    return _not_blank(text)


SessionId = Annotated[str, Field(max_length=100)]
"""What is no id is not found; the limit has pydantic look at the text, which then refuses lone surrogates."""


class Body(Described):
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
    """What an interview needs to begin. `interview_type` stands first: the rules of three fields depend on it."""

    interview_type: InterviewType = "job"
    job_description: str = Field(
        default="", max_length=50_000, validate_default=True, description="needed for `job`, optional for the others"
    )
    topics: list[ChosenTopic] = Field(
        default=[], max_length=20, validate_default=True, description="needed for `technical`, empty for the others"
    )
    resume_text: str = Field(
        default="", max_length=50_000, validate_default=True, description="needed for `resume`, empty for the others"
    )
    candidate_name: str = Field(default="Candidate", max_length=200)
    experience_years: float = Field(default=0, ge=0, le=80, allow_inf_nan=False)
    difficulty: RequestedDifficulty = "intermediate"
    total_questions: int = Field(default=5, ge=1, le=20)

    @field_validator("job_description")
    @classmethod
    def _posting_for_a_job(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("interview_type") == "job":
            return _needed(value, "job")
        return value if _readable(value) else ""

    @field_validator("topics")
    @classmethod
    def _topics_for_a_technical_one(cls, value: list[str], info: ValidationInfo) -> list[str]:
        interview_type = info.data.get("interview_type")
        if interview_type == "technical" and not value:
            raise ValueError("at least one topic is needed for an interview of type technical")
        if interview_type in ("job", "resume") and value:
            raise ValueError(f"must be empty for an interview of type {interview_type}")
        spellings: dict[str, str] = {}
        for topic in value:
            spellings.setdefault(topic.casefold(), topic)
        return list(spellings.values())

    @field_validator("resume_text")
    @classmethod
    def _resume_for_a_resume_one(cls, value: str, info: ValidationInfo) -> str:
        interview_type = info.data.get("interview_type")
        if interview_type == "resume":
            return _needed(value, "resume")
        if interview_type in ("job", "technical") and value:
            raise ValueError(f"must be empty for an interview of type {interview_type}")
        return value

    def to_wish(self) -> NewInterview:
        """The same for the service; a blank name is "Candidate", whole years are a whole number."""
        years = float(self.experience_years)
        return NewInterview(
            job_description=self.job_description,
            interview_type=self.interview_type,
            topics=tuple(self.topics),
            resume_text=self.resume_text,
            candidate_name=_readable(self.candidate_name) or "Candidate",
            candidate_experience=int(years) if years.is_integer() else years,
            difficulty=self.difficulty,
            total_questions=self.total_questions,
        )


ConsentVersion = Annotated[str, Field(min_length=1, max_length=100)]
RecordingId = Annotated[str, Field(max_length=100)]


class ConsentGiven(Body):
    """The consent as recording-consent answered it."""

    version: ConsentVersion
    at: datetime = Field(strict=False)


class SpokenIn(Body):
    """Which recording an answer was spoken into, and whether its sound may be kept."""

    recording_id: RecordingId
    earlier_recording_ids: list[RecordingId] = Field(
        default=[], max_length=50, description="those before it, in their order, where more than one make up the answer"
    )
    consent: ConsentGiven | None = Field(default=None, description="null: only what was heard is kept, no sound")

    def to_part(self) -> SpokenPart:
        """The same for the service."""
        given = self.consent
        consent = RecordingConsent(version=given.version, at=given.at) if given else None
        earlier = dict.fromkeys(each for each in self.earlier_recording_ids if each != self.recording_id)
        return SpokenPart(self.recording_id, tuple(earlier), consent)  # each counts once


class SubmitAnswer(Body):
    """An answer; `question_number` makes a repeat of the request harmless. Code stands first: `answer` looks at it."""

    session_id: SessionId
    code_submission: CodeText | None = Field(
        default=None,
        description="code, which is read and never run; judged where the question asks for code, or came alone",
    )
    code_language: CodeLanguage | None = Field(default=None, description="what it is written in, in your own words")
    answer: str = Field(
        default="",
        max_length=20_000,
        validate_default=True,
        description="needed, but for a technical interview's answer that is code alone; a blank one is then kept as ''",
    )
    question_number: int | None = Field(default=None, ge=1, le=20)
    audio: SpokenIn | None = Field(default=None, description="for an answer that was spoken: see transcribe")

    @field_validator("answer")
    @classmethod
    def _something_to_read(cls, value: str, info: ValidationInfo) -> str:
        if _readable(value):
            return value
        if _readable(info.data.get("code_submission") or ""):
            return ""
        if value == "":
            raise ValueError("is needed; in a technical interview code_submission will do")
        return _not_blank(value)

    def to_submission(self) -> Submission:
        """The same for the service."""
        audio = self.audio.to_part() if self.audio else None
        return Submission(self.answer, self.question_number, _code(self.code_submission), self.code_language, audio)


class SessionOnly(Body):
    """A call about one interview."""

    session_id: SessionId


class RequestHint(Body):
    """Asks for a hint; `hint_number` and `question_number` make a repeat of the request harmless."""

    session_id: SessionId
    question_number: int | None = Field(default=None, ge=1, le=20, description="from 1; the current one when left out")
    hint_number: int | None = Field(default=None, ge=1, le=20, description="from 1; the next one when left out")


class SaveDraft(Body):
    """The unsent answer to the current question: its text, and its code where there is some."""

    session_id: SessionId
    question_number: int = Field(ge=1, le=20)
    answer: str = Field(max_length=20_000)
    code_submission: CodeText | None = None
    code_language: CodeLanguage | None = None

    def to_unsent(self) -> Unsent:
        """The same for the service."""
        return Unsent(self.question_number, self.answer, _code(self.code_submission), self.code_language)


class RecordingConsentGiven(Body):
    """The candidate agrees to have recordings kept; `version` names the text that was shown."""

    session_id: SessionId
    version: ConsentVersion


class ToSpeak(Body):
    """A text to be spoken."""

    text: str = Field(max_length=MAX_SPOKEN_CHARS)

    @field_validator("text")
    @classmethod
    def _something_to_say(cls, value: str) -> str:
        return _not_blank(value)


class InterviewPath(Described):
    """The id in a path; what is no id is simply not found."""

    session_id: str


class RecordingPath(InterviewPath):
    """The id of a recording, as the answer's `audio` has it."""

    recording_id: str


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


class NoQuery(Described):
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
    interview_type: InterviewType | None = None
    sort: Annotated[str, Field(pattern=f"^-?({'|'.join(get_args(SortField))})$")] | None = Field(
        default=None, description="a field, with - before it for descending; the default is file order"
    )

    def to_query(self) -> Query:
        """The same for the service."""
        wanted = self.model_dump(exclude={"sort"})
        field = self.sort.removeprefix("-") if self.sort else None
        return Query(**wanted, sort=cast(SortField | None, field), descending=(self.sort or "").startswith("-"))
