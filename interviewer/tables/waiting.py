"""An interview that has ended and still waits for an evaluation, in the words of a finished one. Pure.

It gets its row as soon as the candidate is done; what is not known yet is empty there, and filled in place later.
"""

from interviewer.interview.model import Interview, Turn
from interviewer.interview.report import live_summary
from interviewer.storage.record_checks import JsonRecord

KEPT = (  # of the summary; what else is in it changes with each failed try, which is nothing to write a row for
    *("session_id", "candidate_name", "candidate_experience", "job_description", "difficulty", "total_questions"),
    *("completed_questions", "interview_type", "status", "completion_method"),
)


def waiting_record(interview: Interview) -> JsonRecord:
    """The record of an interview with the status awaiting_evaluation, as far as there is one."""
    summary = live_summary(interview)
    answered = [turn for turn in interview.turns if turn.answer is not None]
    return {name: summary[name] for name in KEPT} | {
        "timestamp": summary["ended_at"],
        "questions_and_answers": [_answered(turn) for turn in answered],
    }


def _answered(turn: Turn) -> JsonRecord:
    answer, verdict = turn.answer, turn.evaluation
    return {
        "question_number": turn.number,
        "question": turn.question.text,
        "answer": answer.text if answer else None,
        "score": verdict.score if verdict else None,
        "feedback": verdict.feedback.model_dump() if verdict else None,
        "topic": turn.question.topic,
        "difficulty": turn.question.difficulty,
        "time_taken": turn.time_taken,
        "hints_used": turn.hints_used,
        "code_submission": answer.code_submission if answer else None,
    }
