"""The rows of the two audit views, made from finished records and from live interviews alike. Pure.

Names on the left are those of `rows`. A record that a script saved with less in it has null for what it lacks.
"""

from collections.abc import Iterable
from typing import Any

from interviewer.audit.scales import index_after, index_of_question, percent
from interviewer.interview.model import Interview, Turn
from interviewer.interview.report import live_summary

Row = dict[str, Any]
"""A row as JSON has it, with the columns in their order."""

FINDINGS = ("summary", "strengths", "weaknesses", "recommendations", "overall_score", "hire_recommendation")


def summary_of_finished(record: Row) -> Row:
    """The row of interview_summary for a line of interviews.json."""
    answered = record.get("completed_questions")
    return _summary(record, index_after(answered) if isinstance(answered, int) else None)


def summary_of_live(interview: Interview) -> Row:
    """The row of interview_summary for an interview without a report, as it is now."""
    current, answered = interview.current, len(interview.answered)
    record = live_summary(interview) | {
        "created_at": interview.started_at.isoformat(),
        "updated_at": interview.last_activity_at.isoformat(),
    }
    return _summary(record, index_of_question(current.number) if current else index_after(answered))


def _summary(record: Row, current_question_index: int | None) -> Row:
    marks = [percent(score) for score in record.get("individual_scores") or []]
    return {
        "session_id": record.get("session_id"),
        "user_id": record.get("user_id"),
        "interview_type": record.get("interview_type"),
        "status": record.get("status") or "completed",
        "topics": record.get("topics") or [],
        "total_questions": record.get("total_questions"),
        "completed_questions": record.get("completed_questions"),
        "current_question_index": current_question_index,
        "average_score": percent(record.get("average_score")),
        "individual_scores": [mark for mark in marks if mark is not None],
        "start_time": record.get("started_at"),
        "end_time": record.get("ended_at"),
        "duration": record.get("duration"),
        "completion_method": record.get("completion_method"),
        "created_at": record.get("created_at"),
        "updated_at": record.get("updated_at"),
        "final_results": _final_results(record),
    }


def _final_results(record: Row) -> Row | None:
    if all(record.get(name) is None for name in FINDINGS):
        return None
    return {
        "summary": record.get("summary"),
        "strengths": record.get("strengths") or [],
        "weaknesses": record.get("weaknesses") or [],
        "recommendations": record.get("recommendations") or [],
        "overall_score": percent(record.get("overall_score")),
        "hire_recommendation": record.get("hire_recommendation"),
    }


def responses_of_finished(record: Row, answers: Iterable[Row]) -> list[Row]:
    """The rows of question_responses for a line of interviews.json.

    `answers` are the interview's lines of answers.json, which alone know when each answer was received.
    """
    received = {answer.get("question_number"): answer.get("timestamp") for answer in answers}
    return [
        _response(record.get("session_id"), item, created_at=received.get(item.get("question_number")))
        for item in record.get("questions_and_answers") or []
    ]


def responses_of_live(interview: Interview) -> list[Row]:
    """The rows of question_responses for an interview without a report: what has been answered so far."""
    return [
        _response(interview.session_id, _item(turn), created_at=turn.answer.received_at.isoformat())
        for turn in interview.turns
        if turn.answer is not None
    ]


def _item(turn: Turn) -> Row:
    """An answered question in the words of a report, with no score and feedback while it is pending."""
    answer, verdict = turn.answer, turn.evaluation
    return {
        "question_number": turn.number,
        "question": turn.question.text,
        "answer": answer.text if answer else None,
        "code_submission": answer.code_submission if answer else None,
        "score": verdict.score if verdict else None,
        "feedback": verdict.feedback.model_dump() if verdict else None,
        "time_taken": turn.time_taken,
        "hints_used": turn.hints_used,
        "difficulty": turn.question.difficulty,
    }


def _response(session_id: object, item: Row, created_at: str | None) -> Row:
    return {
        "session_id": session_id,
        "question_index": item.get("question_number"),  # both 1-based
        "question_text": item.get("question"),
        "user_response": item.get("answer"),
        "code_submission": item.get("code_submission"),
        "score": percent(item.get("score")),
        "feedback": feedback_text(item.get("feedback")),
        "time_taken": item.get("time_taken"),
        "hints_used": item.get("hints_used"),
        "difficulty": item.get("difficulty"),
        "created_at": created_at,
    }


def feedback_text(feedback: object) -> str | None:
    """Feedback as text, a line for what was good and a line for what would be better; None without feedback."""
    if not isinstance(feedback, dict):
        return feedback if isinstance(feedback, str) else None
    lines = (("Strengths", feedback.get("strengths")), ("Improvements", feedback.get("improvements")))
    return "\n".join(f"{label}: {' '.join(map(str, sentences))}" for label, sentences in lines if sentences)
