"""The records of the three files, made from an interview (design, section 6). Pure."""

from datetime import datetime
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from interviewer.clock import Moment
from interviewer.interview import scores
from interviewer.interview.model import Interview, Turn
from interviewer.records import (
    CompletionMethod,
    Confidence,
    Difficulty,
    Evidence,
    Feedback,
    QuestionKind,
    Record,
    Rubric,
    Score,
)
from interviewer.spoken import SpokenAnswer
from interviewer.usage import Usage


class Findings(Record):
    """What an interviewer writes about a finished interview; the numbers come from code, not from it."""

    summary: str
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    recommendations: tuple[str, ...]


class ReportedAnswer(Record):
    """One question of a report."""

    question_number: int
    question: str
    question_id: str
    question_kind: QuestionKind
    answer: str
    score: Score
    feedback: Feedback
    rubric: Rubric
    evidence: tuple[Evidence, ...]
    topic: str
    difficulty: Difficulty
    time_taken: int
    hints_used: int
    code_submission: str | None
    code_language: str | None
    revision_count: int
    evaluator: str
    confidence: Confidence
    score_spread: float | None
    prompt_version: str | None
    flags: tuple[str, ...]
    audio: SpokenAnswer | None = None


class Report(Record):
    """A finished interview with at least one scored answer: the line of interviews.json. Keeps the 6.3 invariants."""

    session_id: str
    timestamp: Moment
    candidate_name: str
    candidate_experience: int | float
    job_description: str
    difficulty: Difficulty
    started_at: Moment
    ended_at: Moment
    duration: int
    total_questions: int
    completed_questions: int
    average_score: Score
    overall_score: Score
    individual_scores: tuple[Score, ...] = Field(min_length=1)
    score_interval: tuple[float, float] | None
    questions_and_answers: tuple[ReportedAnswer, ...]
    summary: str
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    recommendations: tuple[str, ...]
    hire_recommendation: scores.HireRecommendation
    interview_type: str
    topics: tuple[str, ...]
    status: Literal["completed"] = "completed"
    user_id: str | None
    evaluator: str
    completion_method: CompletionMethod
    unanswered_question: str | None
    unanswered_question_kind: QuestionKind | None = None
    unsent_draft: str | None
    unsent_draft_code: str | None = None
    unsent_draft_code_language: str | None = None
    usage: Usage | None = None
    created_at: Moment
    updated_at: Moment

    @model_validator(mode="after")
    def _invariants(self) -> Self:
        answers = self.questions_and_answers
        if not len(self.individual_scores) == len(answers) == self.completed_questions:
            raise ValueError("individual_scores, questions_and_answers and completed_questions disagree")
        if self.completion_method == "automatic" and self.completed_questions != self.total_questions:
            raise ValueError("an automatic completion answers every question")
        if list(self.individual_scores) != [item.score for item in answers]:
            raise ValueError("individual_scores are not those of the answers")
        if self.average_score != scores.mean_score(self.individual_scores):
            raise ValueError("average_score is not the mean")
        if self.overall_score != scores.weighted_score(self.individual_scores, [item.difficulty for item in answers]):
            raise ValueError("overall_score is not the weighted mean")
        if self.hire_recommendation != scores.hire_recommendation(self.overall_score):
            raise ValueError("hire_recommendation does not follow overall_score")
        if not self.started_at <= self.ended_at:
            raise ValueError("ended before it started")
        return self


def build_report(interview: Interview, findings: Findings, now: datetime) -> Report:
    """The report of a completed interview. Raises ValueError when it is not completed."""
    if interview.status != "completed" or interview.ended_at is None or interview.completion_method is None:
        raise ValueError(f"interview {interview.session_id} is {interview.status}")
    answers = tuple(_reported(turn) for turn in interview.scored)
    individual = tuple(item.score for item in answers)
    overall = scores.weighted_score(individual, [item.difficulty for item in answers])
    unanswered = next((turn.question for turn in interview.turns if turn.answer is None), None)
    draft = interview.draft
    return Report(
        session_id=interview.session_id,
        timestamp=interview.ended_at,
        candidate_name=interview.candidate_name,
        candidate_experience=interview.candidate_experience,
        job_description=interview.job_description,
        difficulty=interview.difficulty,
        started_at=interview.started_at,
        ended_at=interview.ended_at,
        duration=int((interview.ended_at - interview.started_at).total_seconds()),
        total_questions=interview.total_questions,
        completed_questions=len(answers),
        average_score=scores.mean_score(individual),
        overall_score=overall,
        individual_scores=individual,
        score_interval=scores.score_interval(individual),
        questions_and_answers=answers,
        summary=findings.summary,
        strengths=findings.strengths,
        weaknesses=findings.weaknesses,
        recommendations=findings.recommendations,
        hire_recommendation=scores.hire_recommendation(overall),
        interview_type=interview.interview_type,
        topics=interview.topics,
        user_id=interview.user_id,
        evaluator=", ".join(sorted({item.evaluator for item in answers})),
        completion_method=interview.completion_method,
        unanswered_question=unanswered.text if unanswered else None,
        unanswered_question_kind=unanswered.kind if unanswered else None,
        unsent_draft=draft.text if draft else None,
        unsent_draft_code=draft.code_submission if draft else None,
        unsent_draft_code_language=draft.code_language if draft else None,
        usage=interview.usage,
        created_at=interview.started_at,
        updated_at=now,
    )


def answer_record(session_id: str, turn: Turn) -> dict[str, Any]:
    """The line of answers.json for an evaluated answer (design 6.2)."""
    if turn.answer is None:
        raise ValueError(f"question {turn.number} has no answer")
    reported = _reported(turn).model_dump(mode="json")
    return {"session_id": session_id, "timestamp": turn.answer.received_at.isoformat(), **reported}


def live_summary(interview: Interview) -> dict[str, Any]:
    """An interview that is not in interviews.json, in the listing's words; what has no value yet is None."""
    marks = [turn.evaluation.score for turn in interview.scored if turn.evaluation]
    return {
        "session_id": interview.session_id,
        "timestamp": interview.started_at.isoformat(),
        "candidate_name": interview.candidate_name,
        "candidate_experience": interview.candidate_experience,
        "job_description": interview.job_description,
        "difficulty": interview.difficulty,
        "started_at": interview.started_at.isoformat(),
        "ended_at": interview.ended_at.isoformat() if interview.ended_at else None,
        "duration": int((interview.last_activity_at - interview.started_at).total_seconds()),
        "total_questions": interview.total_questions,
        "completed_questions": len(interview.answered),
        "average_score": scores.mean_score(marks) if marks else None,
        "overall_score": None,
        "individual_scores": marks,
        "hire_recommendation": None,
        "interview_type": interview.interview_type,
        "topics": list(interview.topics),
        "status": interview.status,
        "user_id": interview.user_id,
        "completion_method": interview.completion_method,
        "usage": interview.usage.model_dump() if interview.usage else None,
        "pending": [_waiting(turn) for turn in interview.pending],
    }


def _waiting(turn: Turn) -> dict[str, Any]:
    """An answer without evaluation, and why; `reason` is None while nobody has tried."""
    failed = turn.failure
    return {
        "question_number": turn.number,
        "reason": failed.reason if failed else None,
        "tries": failed.tries if failed else 0,
        "flags": list(turn.answer.flags) if turn.answer else [],
    }


def _reported(turn: Turn) -> ReportedAnswer:
    if turn.answer is None or turn.evaluation is None:
        raise ValueError(f"question {turn.number} is not scored")
    verdict = turn.evaluation
    return ReportedAnswer(
        question_number=turn.number,
        question=turn.question.text,
        question_id=turn.question.item_id,
        question_kind=turn.question.kind,
        answer=turn.answer.text,
        score=verdict.score,
        feedback=verdict.feedback,
        rubric=verdict.rubric,
        evidence=verdict.evidence,
        topic=turn.question.topic,
        difficulty=turn.question.difficulty,
        time_taken=turn.time_taken,
        hints_used=turn.hints_used,
        code_submission=turn.answer.code_submission,
        code_language=turn.answer.code_language,
        revision_count=turn.answer.revision_count,
        evaluator=verdict.evaluator,
        confidence=verdict.confidence,
        score_spread=verdict.score_spread,
        prompt_version=verdict.prompt_version,
        flags=turn.answer.flags,
        audio=turn.answer.audio,
    )
