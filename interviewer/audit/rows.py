"""The columns of the two audit views, in their order. These models are their OpenAPI schema."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from interviewer.interview.model import Status
from interviewer.interview.scores import HireRecommendation
from interviewer.records import CompletionMethod, Difficulty

Percent = Field(ge=0, le=100)


class FinalResults(BaseModel):
    """What a report found."""

    summary: str | None
    strengths: list[str]
    weaknesses: list[str]
    recommendations: list[str]
    overall_score: int | None = Percent
    hire_recommendation: HireRecommendation | None


class SummaryRow(BaseModel):
    """A row of interview_summary. What has no value yet is null."""

    session_id: str
    user_id: str | None
    interview_type: Literal["job", "technical", "resume"] | None
    status: Status
    topics: list[str]
    total_questions: int | None
    completed_questions: int | None = Field(description="answered ones, with those that wait for an evaluation")
    current_question_index: int | None = Field(
        description="0-based; while no question waits for an answer, how many were answered"
    )
    average_score: int | None = Percent
    individual_scores: list[int] = Field(description="0-100 each, of the answers that have a score, in their order")
    start_time: datetime | None
    end_time: datetime | None
    duration: int | None = Field(description="seconds, up to the latest activity")
    completion_method: CompletionMethod | None
    created_at: datetime | None
    updated_at: datetime | None
    final_results: FinalResults | None = Field(description="null while there is no report")
    export_status: Literal["pending", "exported", "failed"] | None = Field(
        description="of the export to Google Sheets; null where there is none, and before the interview has ended"
    )
    export_error: str | None = Field(description="why the last try of the export failed; it is tried again")


class ResponseRow(BaseModel):
    """A row of question_responses: one answered question."""

    session_id: str
    question_index: int = Field(ge=1, description="1-based")
    question_text: str
    user_response: str
    code_submission: str | None
    score: int | None = Field(ge=0, le=100, description="null while the answer waits for its evaluation")
    feedback: str | None = Field(description="null while the answer waits for its evaluation")
    time_taken: int | None = Field(description="whole seconds from the question being sent to the answer")
    hints_used: int | None
    difficulty: Difficulty | None
    created_at: datetime | None = Field(description="when the answer was received")


SUMMARY_COLUMNS = tuple(SummaryRow.model_fields)
RESPONSE_COLUMNS = tuple(ResponseRow.model_fields)
