"""The words of the built-in report: what it advises, names and quotes."""

import pytest

from interviewer.interview import state
from interviewer.interview.model import Interview
from interviewer.interviewers.builtin import findings
from interviewer.interviewers.builtin.findings import write_findings
from interviewer.interviewers.builtin.subject import Subject
from interviewer.records import Evaluation, Evidence, Feedback, KeyPoint, Question, QuestionKind, Rubric
from tests.test_narrative import NOW

SUBJECT = Subject("SQL", "on SQL")
LONG = "Senior Site Reliability Engineer at the Northbank Holding Company of Leeds"


def judged(topic: str, covered: bool, label: str, *, account: bool) -> Interview:
    """One answered question with this finding."""
    points = () if account else (KeyPoint(label=label, text="It says so.", weight=1.0),)
    kind: QuestionKind = "resume" if account else "technical"
    question = Question(item_id="q", text="How?", topic=topic, difficulty="beginner", kind=kind, key_points=points)
    begun = Interview(
        session_id="abcd1234",
        candidate_name="Ada",
        candidate_experience=3,
        job_description="x",
        difficulty="beginner",
        topics=(topic,),
        total_questions=1,
        started_at=NOW,
        last_activity_at=NOW,
    )
    answered = state.take_answer(state.ask(begun, question, NOW), "I did it.", NOW)
    quote = "I did it" if covered else None
    evidence = Evidence(key_point="It says so.", label=label, weight=1.0, covered=covered, quote=quote)
    score = 9.0 if covered else 1.0
    evaluation = Evaluation(
        score=score,
        rubric=Rubric(communication=score, technical_accuracy=score, completeness=score),
        evidence=(evidence,),
        feedback=Feedback(strengths=(), improvements=()),
        evaluator="builtin",
        confidence="high",
    )
    return state.take_evaluation(answered, 1, evaluation)


def test_more_advanced_questions_are_advised_only_where_there_are_such() -> None:
    account = write_findings(judged("Relevant experience", True, "own actions", account=True), SUBJECT)
    assert account.recommendations == ()
    known = write_findings(judged("SQL", True, "indexes", account=False), SUBJECT)
    assert known.recommendations == ("SQL: try more advanced questions",)


@pytest.mark.parametrize("covered", [True, False])
def test_a_finding_about_an_account_names_its_topic_even_a_long_one(covered: bool) -> None:
    found = write_findings(judged(LONG, covered, "own actions", account=True), SUBJECT)
    (phrase,) = found.strengths if covered else found.weaknesses
    assert phrase.startswith("Senior Site Reliability Engineer…: own actions")
    assert len(phrase.split()) <= findings.LONGEST_PHRASE


def test_a_banks_label_stands_in_quotes_and_a_part_of_an_account_does_not() -> None:
    label = "no sliding window with negatives"
    assert f"“{label}”" in write_findings(judged("Arrays", False, label, account=False), SUBJECT).summary
    summary = write_findings(judged("A job", False, "own actions", account=True), SUBJECT).summary
    assert "own actions" in summary
    assert "“own actions”" not in summary
