"""The replies of the API (design, section 5). These models are its OpenAPI schema."""

from datetime import datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field

from interviewer.api.described import Described
from interviewer.interview.report import Report
from interviewer.records import Difficulty, Feedback, InterviewType, QuestionKind
from interviewer.speech.transcript import HeardWord
from interviewer.spoken import FillerWords, RecordingConsent, SpokenAnswer


class Started(Described):
    """201 of start-interview."""

    status: Literal["started"]
    session_id: str
    interview_type: InterviewType
    question: str
    question_kind: QuestionKind
    question_number: int
    total_questions: int
    progress: float
    topics: list[str]
    difficulty: Difficulty


class Answered(Described):
    """200 of submit-answer: `next_question` with the next question, or `interview_complete` with the report."""

    status: Literal["next_question", "interview_complete"]
    session_id: str
    progress: float
    previous_score: float | None
    evaluation: Literal["done", "pending"]
    question: str | None = None
    question_kind: QuestionKind | None = None
    question_number: int | None = None
    total_questions: int | None = None
    feedback: Feedback | None = None
    report: Report | None = None


class Ended(Described):
    """200 of end-interview."""

    status: Literal["interview_complete", "abandoned"]
    session_id: str
    report: Report | None
    evaluation: Literal["done", "pending"] | None = None


class Hinted(Described):
    """200 of request-hint; `highest_score` is what the question can still get (0-10)."""

    hint: str
    hint_number: int
    hints_used: int
    hints_left: int
    highest_score: float


class DraftSaved(Described):
    """200 of save-draft; `revision` counts the changes of this question's draft."""

    saved_at: datetime
    revision: int


class GivenAnswer(Described):
    """A question that has been answered."""

    question_number: int
    question: str
    answer: str
    code_submission: str | None
    code_language: str | None
    evaluation: Literal["done", "pending"]
    audio: SpokenAnswer | None


class InterviewView(Described):
    """200 of interview/ID: all that a page needs to go on where it was."""

    session_id: str
    status: Literal["in_progress", "awaiting_evaluation", "completed", "abandoned"]
    interview_type: InterviewType
    question: str | None
    question_kind: QuestionKind | None
    question_number: int | None
    total_questions: int
    progress: float
    topics: list[str]
    difficulty: Difficulty
    answers: list[GivenAnswer]
    draft: str | None
    draft_code: str | None
    draft_code_language: str | None
    revision: int
    hints: list[str]
    hints_left: int
    highest_score: float | None
    report: Report | None
    candidate_name: str
    recording_consent: RecordingConsent | None
    started_at: datetime
    asked_at: datetime | None
    server_time: datetime


class Health(Described):
    """200 of health."""

    status: Literal["ok"]
    interviewer: Literal["builtin", "llm"]
    model: str | None
    storage: str
    transcription: str | None
    transcription_languages: list[str] | None = Field(
        description="that can be asked for, as ISO 639 codes; null where that is not known"
    )
    speech: Literal["browser", "remote"]
    keep_audio: bool
    google_sheets: Literal["off", "ready", "error"]
    storage_mode: Literal["local", "local + sheets"]
    sheet_name: str | None
    version: str


class Transcribed(Described):
    """200 of transcribe; times in seconds from the recording's beginning, null where the model gives none.

    `recording_id` is null for a trial: there is nothing that an answer could name.
    """

    recording_id: str | None
    text: str
    duration: float
    language: str
    words: list[HeardWord]
    words_per_minute: float | None
    filler_words: FillerWords
    longest_pause: float | None
    model: str


class Exported(Described):
    """200 of export/ID."""

    status: Literal["success"]
    message: str
    session_id: str


class Listing(Described):
    """200 of data/interviews; `total` counts before limit and offset.

    Where Google Sheets is set up and the call has a parameter, each interview says its `export_status` too.
    """

    total: int
    interviews: list[dict[str, Any]]


class AnswerSoFar(Described):
    """An answer of an interview without a report; what an evaluation says is null while it is pending."""

    question_number: int
    question: str
    question_kind: QuestionKind
    topic: str
    difficulty: Difficulty
    answer: str
    code_submission: str | None
    code_language: str | None
    flags: list[str]
    audio: SpokenAnswer | None
    time_taken: int
    hints_used: int
    evaluation: Literal["done", "pending"]
    reason: str | None = Field(description="why it is pending; null while nobody has tried")
    score: float | None
    feedback: Feedback | None
    rubric: dict[str, float | None] | None
    evidence: list[dict[str, Any]] | None
    evaluator: str | None
    confidence: str | None
    score_spread: float | None


class InterviewProgress(Described):
    """200 of data/interview/ID/progress: the listing's entry, with the answers so far."""

    model_config = ConfigDict(extra="allow")

    session_id: str
    status: Literal["in_progress", "awaiting_evaluation", "abandoned"]
    answers: list[AnswerSoFar]
    unanswered_question: str | None
    unsent_draft: str | None
    unsent_draft_code: str | None
    unsent_draft_code_language: str | None


class Statistics(Described):
    """200 of data/statistics."""

    total_interviews: int
    average_score: float | None
    total_questions: int
    total_answers: int
    recommendations: dict[str, int]
