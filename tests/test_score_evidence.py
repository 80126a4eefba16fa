"""A score has evidence: whatever is answered or sent as code, points come only with a covered item and its quote."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.coding.questions import CodingBank
from interviewer.interviewers.builtin.scoring.evaluation import Scorer
from interviewer.records import Evaluation, Question, QuestionKind
from tests.conftest import JOB, STRONG
from tests.judged_code import judge_code

BANK = QuestionBank()
SCORER = Scorer(BANK)
CODING = [question.as_asked() for question in CodingBank().questions.values()]
CODE = [question.sample_answer.code for question in CodingBank().questions.values()]
NO_MEANING = (
    "Lorem ipsum dolor sit amet, I built 40 consectetur in 2019 with Python. I led 5 adipiscing. As a result elit fell "
    "by 30%."
)
KINDS: tuple[QuestionKind, ...] = ("technical", "experience", "behavioral", "resume")
ASKED = [
    *BANK.questions.values(),
    *(
        Question(
            item_id=f"made-up-{kind}",
            text="What have you done with Python, and what came of it?",
            topic="Python",
            difficulty="intermediate",
            kind=kind,
        )
        for kind in KINDS
    ),
]
PIECES = (
    NO_MEANING,
    STRONG,
    *(piece for question in BANK.questions.values() for piece in re.split(r"(?<=[.!?])\s+", question.sample_answer)),
)
ANSWERS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join),
    st.lists(st.sampled_from(" ".join(PIECES).split()), max_size=60).map(" ".join),
)
LINES = st.lists(st.sampled_from([line for code in CODE for line in code.splitlines()]), max_size=12).map("\n".join)


def holds(evaluation: Evaluation, *sent: str) -> bool:
    """Whether a score above 0 has a covered item, and every covered item a quote from what was sent."""
    covered = [item for item in evaluation.evidence if item.covered]
    shown = all(item.quote and any(item.quote in text for text in sent) for item in covered)
    return shown and (bool(covered) or evaluation.score == 0)


@given(answer=ANSWERS, question=st.sampled_from(ASKED))
@settings(max_examples=300, deadline=None)
@example(answer=NO_MEANING, question=ASKED[-1])
@example(answer=NO_MEANING, question=ASKED[-3])
def test_an_answer_scores_only_with_a_covered_point_and_its_quote(answer: str, question: Question) -> None:
    assert holds(SCORER.evaluate(question, JOB, answer), answer)


@given(
    answer=st.one_of(st.just(""), ANSWERS),
    code=st.one_of(st.just(""), st.sampled_from(CODE), LINES),
    question=st.sampled_from([*CODING, *(question.model_copy(update={"item_id": "elsewhere"}) for question in CODING)]),
)
@settings(max_examples=200, deadline=None)
def test_code_scores_only_with_a_covered_point_and_its_quote(answer: str, code: str, question: Question) -> None:
    assert holds(judge_code(question, answer, code, "python"), answer, code)


@pytest.mark.parametrize("kind", ["behavioral", "experience", "resume"])
def test_half_a_sign_of_everything_with_nothing_to_quote_scores_nothing(kind: QuestionKind) -> None:
    question = Question(
        item_id="made-up",
        text="Tell me about a ward that you looked after at night.",
        topic="Nursing",
        difficulty="intermediate",
        kind=kind,
    )
    evaluation = SCORER.evaluate(question, "Registered nurse on a surgical ward. You care for patients.", NO_MEANING)
    assert not any(item.covered for item in evaluation.evidence)
    assert evaluation.score == 0
