"""What the storage benchmark writes: finished interviews as they stand in interviews.json, each with its number."""

import hashlib
import random
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from interviewer.interview import scores
from interviewer.interview.report import Report, ReportedAnswer
from interviewer.interviewers.builtin.bank import BankQuestion, QuestionBank
from interviewer.records import Evidence, Feedback, Rubric

JsonRecord = dict[str, Any]


@cache
def usual_interviews() -> tuple[JsonRecord, ...]:
    """A hundred finished interviews with the bank's questions and sample answers, as they stand in interviews.json."""
    questions = [q for q in QuestionBank().questions.values() if q.sample_answer and len(q.key_points) >= 3]
    dice = random.Random(1)
    return tuple(_report(dice.sample(questions, 3), dice).model_dump(mode="json") for _ in range(100))


def interview(number: int) -> JsonRecord:
    """The interview with this number: its id is its own, the rest one of the usual ones."""
    usual = usual_interviews()
    return usual[number % len(usual)] | {"session_id": session_id(number)}


def session_id(number: int) -> str:
    """The id of the interview with this number: in no order, as real ids are."""
    return str(uuid.UUID(bytes=hashlib.sha256(str(number).encode()).digest()[:16]))


def _report(questions: Sequence[BankQuestion], dice: random.Random) -> Report:
    answers = tuple(_answer(number, question, dice) for number, question in enumerate(questions, 1))
    individual = tuple(answer.score for answer in answers)
    overall = scores.weighted_score(individual, [answer.difficulty for answer in answers])
    begun = datetime(2026, 3, 2, 9, 30, tzinfo=UTC) + timedelta(minutes=dice.randrange(100_000))
    ended = begun + timedelta(seconds=sum(answer.time_taken for answer in answers))
    labels = [item.label for answer in answers for item in answer.evidence]
    return Report(
        session_id="",
        timestamp=ended,
        candidate_name=dice.choice(["Ana Souza", "Li Wei", "Fatima Haddad", "Jürgen Groß", "Priya Nair"]),
        candidate_experience=dice.randrange(15),
        job_description="Senior Python Developer. 5+ years of experience building REST APIs with Flask and PostgreSQL.",
        difficulty="intermediate",
        started_at=begun,
        ended_at=ended,
        duration=int((ended - begun).total_seconds()),
        total_questions=len(answers),
        completed_questions=len(answers),
        average_score=scores.mean_score(individual),
        overall_score=overall,
        individual_scores=individual,
        score_interval=scores.score_interval(individual),
        questions_and_answers=answers,
        summary=f"The candidate answered {len(answers)} questions and was strongest on {labels[0]}.",
        strengths=tuple(labels[:3]),
        weaknesses=tuple(labels[-3:]),
        recommendations=(f"Practise {labels[-1]}",),
        hire_recommendation=scores.hire_recommendation(overall),
        interview_type="job",
        topics=tuple(dict.fromkeys(answer.topic for answer in answers)),
        user_id=None,
        evaluator="builtin",
        completion_method="automatic",
        unanswered_question=None,
        unsent_draft=None,
        created_at=begun,
        updated_at=ended,
    )


def _answer(number: int, question: BankQuestion, dice: random.Random) -> ReportedAnswer:
    points = question.key_points[:2]
    sentences = question.sample_answer.split(". ")[:3]  # candidates write less than the sample answers, which cover all
    return ReportedAnswer(
        question_number=number,
        question=question.text,
        question_id=question.item_id,
        question_kind=question.kind,
        answer=". ".join(sentences),
        score=dice.randrange(101) / 10,
        feedback=Feedback(
            strengths=(f"You covered the {points[0].label}.",),
            improvements=(f"Say more about the {points[-1].label}.",),
        ),
        rubric=Rubric(communication=7.5, technical_accuracy=6.8, completeness=5.9),
        evidence=tuple(
            Evidence(key_point=p.text, label=p.label, weight=p.weight, covered=True, quote=sentences[0])
            if p is points[0]
            else Evidence(key_point=p.text, label=p.label, weight=p.weight, covered=False, quote=None)
            for p in points
        ),
        topic=question.topic,
        difficulty=question.difficulty,
        time_taken=dice.randrange(40, 300),
        hints_used=0,
        code_submission=None,
        code_language=None,
        revision_count=dice.randrange(30),
        evaluator="builtin",
        confidence="high",
        score_spread=None,
        prompt_version=None,
        flags=(),
    )
