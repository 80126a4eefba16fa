"""What is known of an interview that has no report yet, for the hiring team. Pure."""

from typing import Any

from interviewer.interview.model import Interview, Turn
from interviewer.interview.report import live_summary


def progress_of(interview: Interview) -> dict[str, Any]:
    """The listing's entry with the answers so far and the question that waits for one.

    An answer is in the words of a report. Score, feedback, rubric and evidence are None while it is pending; then
    `reason` says why, or is None while nobody has tried.
    """
    current, draft = interview.current, interview.draft
    return live_summary(interview) | {
        "answers": [_answer(turn) for turn in interview.answered],
        "unanswered_question": current.question.text if current else None,
        "unsent_draft": draft.text if draft else None,
        "unsent_draft_code": draft.code_submission if draft else None,
        "unsent_draft_code_language": draft.code_language if draft else None,
    }


def _answer(turn: Turn) -> dict[str, Any]:
    verdict, answer = turn.evaluation, turn.answer
    scored = verdict.model_dump(mode="json") if verdict else {}
    return {
        "question_number": turn.number,
        "question": turn.question.text,
        "question_kind": turn.question.kind,
        "topic": turn.question.topic,
        "difficulty": turn.question.difficulty,
        "answer": answer.text if answer else "",
        "code_submission": answer.code_submission if answer else None,
        "code_language": answer.code_language if answer else None,
        "flags": list(answer.flags) if answer else [],
        "audio": answer.audio.model_dump(mode="json") if answer and answer.audio else None,
        "time_taken": turn.time_taken,
        "hints_used": turn.hints_used,
        "evaluation": "done" if verdict else "pending",
        "reason": turn.failure.reason if turn.failure and verdict is None else None,
        **{name: scored.get(name) for name in ("score", "feedback", "rubric", "evidence", "evaluator", "confidence")},
        "score_spread": scored.get("score_spread"),
    }
