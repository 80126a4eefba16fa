"""Coding answers judged as the built-in interviewer judges them."""

from interviewer.interviewers.builtin.learned import learned
from interviewer.records import Evaluation, Question


def judge_code(question: Question, answer: str, code_submission: str | None, code_language: str | None) -> Evaluation:
    """The judgement of a coding answer with the bank's own questions; see `CodeJudge.judge`."""
    return learned().judge.judge(question, answer, code_submission, code_language)
