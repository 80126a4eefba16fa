"""What the API answers about an interview, from a live one or from its finished record alike. Pure.

A reply is built from the stored state, never kept: so the first reply and every repeat are the same by construction.
"""

from typing import Any

from interviewer.interview.model import Interview
from interviewer.storage.record_checks import JsonRecord

Reply = dict[str, Any]
GIVEN = ("question_number", "question", "answer", "code_submission", "code_language")


def started(interview: Interview) -> Reply:
    """The answer to start-interview."""
    first = interview.turns[0]
    return {
        "status": "started",
        "session_id": interview.session_id,
        "interview_type": interview.interview_type,
        "question": first.question.text,
        "question_kind": first.question.kind,
        "question_number": first.number,
        "total_questions": interview.total_questions,
        "progress": 0,
        "topics": list(interview.topics),
        "difficulty": interview.difficulty,
    }


def answered_live(interview: Interview, number: int) -> Reply:
    """The answer to submit-answer for question `number` (1-based) of an interview that has no report yet."""
    turn = interview.turns[number - 1]
    verdict = turn.evaluation
    evaluated = {
        "previous_score": verdict.score if verdict else None,
        "feedback": verdict.feedback.model_dump(mode="json") if verdict else None,
        "evaluation": "done" if verdict else "pending",
    }
    following = [later.question for later in interview.turns if later.number == number + 1]
    if following:
        asked = (following[0].text, following[0].kind)
        return _next_question(interview.session_id, asked, number, interview.total_questions) | evaluated
    return _complete(interview.session_id, None, "pending") | {"previous_score": evaluated["previous_score"]}


def answered_finished(record: JsonRecord, number: int) -> Reply:
    """The same for a finished interview, from its record."""
    items = record["questions_and_answers"]
    item = next(item for item in items if item["question_number"] == number)
    following = [
        (later["question"], later["question_kind"]) for later in items if later["question_number"] == number + 1
    ]
    if number == record["completed_questions"] and record.get("unanswered_question"):
        following = [(record["unanswered_question"], record.get("unanswered_question_kind"))]
    if following:
        reply = _next_question(record["session_id"], following[0], number, record["total_questions"])
        return reply | {"previous_score": item["score"], "feedback": item["feedback"], "evaluation": "done"}
    return _complete(record["session_id"], record, "done") | {"previous_score": item["score"]}


def hinted(interview: Interview, number: int) -> Reply:
    """The answer to request-hint, for hint `number` (1-based) of the current question."""
    turn = interview.turns[-1]
    return {
        "hint": turn.question.hints[number - 1],
        "hint_number": number,
        "hints_used": turn.hints_used,
        "hints_left": turn.hints_left,
        "highest_score": turn.highest_score,
    }


def ended_live(interview: Interview) -> Reply:
    """The answer to end-interview for one that has no report: abandoned, or waiting for an evaluation."""
    if interview.status == "abandoned":
        return {"status": "abandoned", "session_id": interview.session_id, "report": None}
    return {
        "status": "interview_complete",
        "session_id": interview.session_id,
        "report": None,
        "evaluation": "pending",
    }


def ended_finished(record: JsonRecord) -> Reply:
    """The answer to end-interview for a finished interview."""
    return {
        "status": "interview_complete",
        "session_id": record["session_id"],
        "report": record,
        "evaluation": "done",
    }


def view_live(interview: Interview, server_time: str) -> Reply:
    """Where an interview without a report stands, for a page that loads."""
    current = interview.current
    return {
        "session_id": interview.session_id,
        "status": interview.status,
        "interview_type": interview.interview_type,
        "question": current.question.text if current else None,
        "question_kind": current.question.kind if current else None,
        "question_number": current.number if current else None,
        "total_questions": interview.total_questions,
        "progress": len(interview.answered) / interview.total_questions,
        "topics": list(interview.topics),
        "difficulty": interview.difficulty,
        "answers": [
            {
                "question_number": turn.number,
                "question": turn.question.text,
                "answer": turn.answer.text,
                "code_submission": turn.answer.code_submission,
                "code_language": turn.answer.code_language,
                "evaluation": "done" if turn.evaluation else "pending",
                "audio": turn.answer.audio.model_dump(mode="json") if turn.answer.audio else None,
            }
            for turn in interview.turns
            if turn.answer is not None
        ],
        "draft": interview.draft.text if interview.draft else None,
        "draft_code": interview.draft.code_submission if interview.draft else None,
        "draft_code_language": interview.draft.code_language if interview.draft else None,
        "revision": interview.draft.revision if interview.draft else 0,
        "hints": list(current.question.hints[: current.hints_used]) if current else [],
        "hints_left": current.hints_left if current else 0,
        "highest_score": current.highest_score if current else None,
        "report": None,
        "candidate_name": interview.candidate_name,
        "recording_consent": (
            interview.recording_consent.model_dump(mode="json") if interview.recording_consent else None
        ),
        "started_at": interview.started_at.isoformat(),
        "asked_at": current.asked_at.isoformat() if current else None,
        "server_time": server_time,
    }


def view_finished(record: JsonRecord, server_time: str) -> Reply:
    """The same for a finished interview."""
    kept = ("session_id", "status", "interview_type", "total_questions", "topics", "difficulty")
    return {name: record[name] for name in kept} | {
        "question": None,
        "question_kind": None,
        "question_number": None,
        "progress": record["completed_questions"] / record["total_questions"],
        "answers": [
            {name: item[name] for name in GIVEN} | {"evaluation": "done", "audio": item.get("audio")}
            for item in record["questions_and_answers"]
        ],
        "draft": record.get("unsent_draft"),
        "draft_code": record.get("unsent_draft_code"),
        "draft_code_language": record.get("unsent_draft_code_language"),
        "revision": 0,
        "hints": [],
        "hints_left": 0,
        "highest_score": None,
        "report": record,
        "candidate_name": record["candidate_name"],
        "recording_consent": None,
        "started_at": record["started_at"],
        "asked_at": None,
        "server_time": server_time,
    }


def _next_question(session_id: str, asked: tuple[str, str | None], answered: int, total_questions: int) -> Reply:
    """`asked` is the next question's text and kind (None in a record of before there were kinds to it)."""
    return {
        "status": "next_question",
        "session_id": session_id,
        "question": asked[0],
        "question_kind": asked[1],
        "question_number": answered + 1,
        "total_questions": total_questions,
        "progress": answered / total_questions,
    }


def _complete(session_id: str, report: JsonRecord | None, evaluation: str) -> Reply:
    return {
        "status": "interview_complete",
        "session_id": session_id,
        "progress": 1,
        "report": report,
        "evaluation": evaluation,
    }
