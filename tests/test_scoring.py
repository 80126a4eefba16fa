"""The built-in scorer: what must score, what must gain nothing, and that every quote is the candidate's own."""

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.scoring import DO_NOT_KNOW, as_heard, listed_labels, praised_labels, thrown_together
from interviewer.interviewers.builtin.bank import BankQuestion, QuestionBank
from interviewer.interviewers.builtin.scoring.evaluation import Scorer
from interviewer.records import Evaluation, Question, QuestionKind
from tests.conftest import JOB, STRONG

BANK = QuestionBank()
SCORER = Scorer(BANK)
ASKED = [question for question in BANK.questions.values() if question.key_points]


def _next_of_its_topic() -> dict[str, BankQuestion]:
    """For each question the next one on the same topic, round about: the hardest wrong answer there is."""
    found: dict[str, BankQuestion] = {}
    for topic in {question.topic for question in ASKED}:
        same = [question for question in ASKED if question.topic == topic]
        found |= {one.item_id: other for one, other in zip(same, [*same[1:], same[0]], strict=True)}
    return found


NEXT_OF_ITS_TOPIC = _next_of_its_topic()
FEW = [ASKED[index] for index in range(0, len(ASKED), 9)]

NURSE = (
    "Registered Nurse, Surgical Ward\nYou assess patients before and after surgery, administer medication, monitor "
    "vital signs and document care. You teach patients and families how to look after wounds at home."
)
TRUCK = (
    "Truck Driver (regional)\nHaul dry freight between our warehouses. Inspect the tractor and trailer before each "
    "trip, secure loads, keep electronic logs, deliver on time and treat customers at the dock with respect."
)
WEATHER = "The weather was fine and we walked along the river for hours. " * 12


def score(question: Question, answer: str, posting: str = JOB) -> float:
    return SCORER.evaluate(question, posting, answer).score


def share(holds: Iterator[bool]) -> float:
    found = list(holds)
    return sum(found) / len(found)


def account_question(text: str, topic: str, kind: QuestionKind = "behavioral") -> Question:
    return Question(item_id="q", text=text, topic=topic, difficulty="intermediate", kind=kind)


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        (lambda q: q.sample_answer, lambda s: s >= 7),
        (lambda q: as_heard(q.sample_answer), lambda s: s >= 6.5),
        (lambda q: DO_NOT_KNOW, lambda s: s <= 3),
        (lambda q: q.text, lambda s: s <= 3),
        (lambda q: NEXT_OF_ITS_TOPIC[q.item_id].sample_answer, lambda s: s <= 3),
        (lambda q: thrown_together(q, seed=1), lambda s: s <= 3),
        (lambda q: f"None of this is new: {q.text}", lambda s: s <= 3),
    ],
    ids=[
        "sample",
        "sample as heard",
        "I don't know",
        "echoed question",
        "another's sample",
        "shuffled words",
        "rephrased echo",
    ],
)
def test_over_the_whole_bank_19_of_20_questions_score_as_they_must(
    answer: Callable[[BankQuestion], str], holds: Callable[[float], bool]
) -> None:
    assert share(holds(score(question, answer(question))) for question in ASKED) >= 0.95


@pytest.mark.parametrize("attack", [listed_labels, praised_labels])
def test_naming_the_points_without_making_them_gains_little(attack: Callable[[BankQuestion], str]) -> None:
    """Labels are what feedback tells: whoever repeats them must not come near a "yes"."""
    scores = [score(question, attack(question)) for question in ASKED]
    assert sum(scores) / len(scores) <= 2
    assert share(value < 7 for value in scores) >= 0.99


@pytest.mark.parametrize("question", FEW, ids=lambda question: question.item_id)
def test_feedback_and_evidence_name_every_key_point_once(question: BankQuestion) -> None:
    half = " ".join(re.split(r"(?<=[.!?])\s+", question.sample_answer)[:2])
    verdict = SCORER.evaluate(question, JOB, half)
    assert [item.key_point for item in verdict.evidence] == [point.text for point in question.key_points]
    assert len(verdict.feedback.strengths) == sum(item.covered for item in verdict.evidence)
    assert len(verdict.feedback.improvements) == sum(not item.covered for item in verdict.evidence)
    assert verdict.score < score(question, question.sample_answer)
    assert verdict.confidence == "medium"


@pytest.mark.parametrize("question", FEW, ids=lambda question: question.item_id)
def test_padding_an_answer_does_not_raise_its_score(question: BankQuestion) -> None:
    thin = re.split(r"(?<=[.!?])\s+", question.sample_answer)[0]
    assert score(question, f"{thin} {WEATHER}") <= score(question, thin) + 1
    assert score(question, WEATHER) <= 1


GOOD_ACCOUNTS = [
    (
        account_question("Tell me about a disagreement with a colleague. How did it end?", "Conflict"),
        JOB,
        "About two years ago a colleague and I argued over whether to split our billing code into its own service. He "
        "wanted to start right away, I thought we would lose three months. I suggested that we each write one page "
        "with the costs and show both to the team. When I read his page I understood that he was worried about "
        "deployments, so we agreed to separate the deployment first and keep the code together. It took two weeks, "
        "releases went from monthly to daily, and we still work well together.",
    ),
    (
        account_question("Describe a promise that was hard to keep. What did you do to keep it?", "Reliability"),
        NURSE,
        "During the flu season last winter we were two nurses short and I had promised a patient's daughter that I "
        "would call her after his operation. The evening got very busy, with three admissions at once. I wrote her "
        "name on my hand, asked a colleague to cover my bay for five minutes at nine, and called her from the "
        "corridor. She thanked me the next day. Since then our ward keeps a call list so nobody is forgotten.",
    ),
    (
        account_question("How do you secure loads so that nothing shifts?", "Securing loads", "experience"),
        TRUCK,
        "I hauled flatbed steel for six years before I moved to dry vans. I look at the weight and where it sits over "
        "the axles first, then I put load bars behind every second row of pallets and straps over anything top heavy. "
        "Once near Toledo a shipper had stacked drums on broken pallets and I refused to sign until they restacked "
        "it. I stop after the first fifty miles and check every strap again. I have never had a rejected load.",
    ),
    (
        account_question("Walk me through your experience so far.", "Relevant experience", "experience"),
        JOB,
        STRONG,
    ),
]
EMPTY_ACCOUNTS = [
    "I don't know.",
    "I am a very good team player and I always get along with everybody. Communication is really important to me.",
    "I am a reliable person and I always keep my promises no matter what, because that is who I am.",
    WEATHER,
    "Cats sleep up to sixteen hours a day. Mine is called Tom and he broke two vases last year.",
    "colleague disagreement argued two weeks agreed release daily team results improved fifty percent",
]


@pytest.mark.parametrize(("question", "posting", "answer"), GOOD_ACCOUNTS, ids=lambda value: "")
def test_a_full_account_scores_high_spoken_or_written(question: Question, posting: str, answer: str) -> None:
    assert score(question, answer, posting) >= 6.5
    assert score(question, as_heard(answer), posting) >= 6
    verdict = SCORER.evaluate(question, posting, answer)
    assert verdict.confidence == "low"
    assert any(item.quote for item in verdict.evidence)


@pytest.mark.parametrize("answer", EMPTY_ACCOUNTS)
@pytest.mark.parametrize(("question", "posting"), [case[:2] for case in GOOD_ACCOUNTS], ids=lambda value: "")
def test_an_account_without_substance_scores_low(question: Question, posting: str, answer: str) -> None:
    assert score(question, answer, posting) <= 3


def test_echoing_question_or_posting_gains_nothing() -> None:
    for question, posting, _ in GOOD_ACCOUNTS:
        assert score(question, f"{question.text} {question.text}", posting) <= 1
        assert score(question, posting, posting) <= 2


def test_an_account_of_another_trade_does_not_fit_a_duty() -> None:
    question, posting, _ = GOOD_ACCOUNTS[2]
    assert score(question, STRONG, posting) <= 4


def test_whoever_told_an_account_that_does_not_fit_is_told_that_and_nothing_that_was_said() -> None:
    question = account_question("Tell me about a job you are proud of.", "Relevant experience", "experience")
    told = (
        "At my last company I ran the order service. In March a report took nine seconds, so I measured it, found a "
        "missing index, and added one with a test. The time fell to eighty milliseconds, and we kept the measurement."
    )
    unfit = SCORER.evaluate(question, "Senior Python Developer.", told)
    assert unfit.feedback.improvements[-1].startswith("Tie it to what was asked")
    assert "Say what you did yourself, step by step." not in unfit.feedback.improvements
    empty = SCORER.evaluate(question, "Senior Python Developer.", "It was all quite nice.")
    assert "Say what you did yourself, step by step." in empty.feedback.improvements


def test_an_answer_in_another_language_is_scored_with_low_confidence_and_says_so() -> None:
    question = next(q for q in ASKED if q.item_id == "git-merge-rebase")
    german = (
        "Beim Rebase werden meine Commits einzeln auf die neue Basis gesetzt und bekommen neue Prüfsummen, beim Merge "
        "bleiben alle vorhandenen Commits unverändert und es entsteht ein zusätzlicher Commit, der beide verbindet."
    )
    verdict = SCORER.evaluate(question, JOB, german)
    assert verdict.confidence == "low"
    assert "English" in verdict.feedback.improvements[-1]


def quotes_hold(verdict: Evaluation, answer: str) -> bool:
    return all((item.quote is not None) == item.covered for item in verdict.evidence) and all(
        item.quote in answer for item in verdict.evidence if item.quote
    )


@given(answer=st.text(max_size=400), number=st.integers(0, len(BANK.questions) - 1))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_score_on_the_scale_with_quotes_of_its_own_words(answer: str, number: int) -> None:
    question = list(BANK.questions.values())[number]
    verdict = SCORER.evaluate(question, JOB, answer)
    assert 0 <= verdict.score <= 10
    assert quotes_hold(verdict, answer)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_sentences_of_real_answers_in_any_mix_keep_score_and_quotes_right(data: st.DataObject) -> None:
    sources = data.draw(st.lists(st.sampled_from(ASKED), min_size=1, max_size=4))
    sentences = [part for source in sources for part in re.split(r"(?<=[.!?])\s+", source.sample_answer)]
    answer = " ".join(data.draw(st.permutations(sentences)))
    verdict = SCORER.evaluate(sources[0], JOB, answer)
    assert 0 <= verdict.score <= 10
    assert quotes_hold(verdict, answer)


def test_the_same_answer_always_gets_the_same_evaluation() -> None:
    other = Scorer(QuestionBank())
    for question in FEW:
        answer = question.sample_answer
        assert SCORER.evaluate(question, JOB, answer) == other.evaluate(question, JOB, answer)
