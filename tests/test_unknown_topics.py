"""Technical questions on topics that the bank does not know: an explanation counts, talk about oneself does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.findings import ACCOUNT_PHRASES, EXPLANATION_PHRASES
from interviewer.interviewers.builtin.scoring.accounts import ACCOUNT_POINTS
from interviewer.interviewers.builtin.scoring.evaluation import (
    ACCOUNT_FEEDBACK,
    EXPLANATION_FEEDBACK,
    UNKNOWN_TOPIC,
    Scorer,
)
from interviewer.interviewers.builtin.scoring.explanations import EXPLANATION_POINTS, MOST
from interviewer.records import Question
from tests.conftest import JOB

SCORER = Scorer(QuestionBank())
USUAL_CAUSE = "When work that involves {} goes badly, what is the usual cause?"


def asked(topic: str, text: str = USUAL_CAUSE) -> Question:
    return Question(
        item_id="skill-usual-cause", text=text.format(topic), topic=topic, difficulty="intermediate", kind="technical"
    )


def score(question: Question, answer: str) -> float:
    return SCORER.evaluate(question, JOB, answer).score


def empty_talk(topic: str) -> str:
    return (
        f"In 2021 I used {topic} for 40 projects. I configured {topic} myself with three colleagues. As a result "
        f"{topic} got 30% faster."
    )


EXPERTS = [
    (
        asked("Kubernetes"),
        "Most often the cause is missing or wrong resource requests and limits: the scheduler packs pods by "
        "requests, so a node ends up overcommitted and the kernel kills whichever container grows first. The second "
        "cause is liveness probes that restart slow but healthy containers, because their timeout is too short for "
        "a busy moment; a startup probe with a longer threshold helps. If a rollout hangs, look at the events and "
        "the readiness probe first.",
    ),
    (
        asked("COBOL"),
        "Usually it is a copybook that changed while only some programs were recompiled, so the record layouts no "
        "longer match and fields are read from the wrong offset. Packed decimal fields then abend with a S0C7, "
        "because spaces or zoned digits are not valid COMP-3 data. If the picture clause is too short, a MOVE "
        "truncates the high digits without any warning unless ON SIZE ERROR is coded on the arithmetic.",
    ),
    (
        asked("Terraform", "Where do you see the limits of {}, and what do you do when you reach them?"),
        "The state file is the weak spot: it holds secrets in plain text and two people who apply at once corrupt "
        "it, so keep it in a remote backend with locking and encryption. Drift is the other limit, since a resource "
        "changed by hand is only seen at the next plan. Large states get slow because every refresh asks the "
        "provider for each object; splitting them by lifecycle helps, otherwise a small change takes twenty "
        "minutes.",
    ),
    (
        asked("welding", "How do you check the quality of work that involves {}?"),
        "Start with the eye, because most faults show at the surface: undercut along the toe, porosity, spatter and "
        "an uneven bead. A fillet gauge tells whether the throat reaches the size on the drawing. For cracks I "
        "would use dye penetrant, since it draws into openings too fine to see. Lack of fusion lies inside, so it "
        "needs ultrasound or an X-ray instead; if the joint carries load, a bend test on a coupon shows whether the "
        "root has fused.",
    ),
    (
        asked("Kafka", "How would you find the cause when you suddenly get wrong or very slow results from {}?"),
        "I would look at consumer lag by partition first. If only one partition lags, the message key is skewed, so "
        "one consumer gets nearly all records while the others idle. If all of them lag, check for rebalances: a "
        "handler that takes longer than max.poll.interval.ms is thrown out of the group, which means its batch is "
        "processed twice. Duplicates come from that, because offsets are committed after the work, unless the sink "
        "is idempotent.",
    ),
    (
        asked("beekeeping", "Name one thing about {} that people often get wrong. Why do you think they do?"),
        "Many treat against varroa mites too late, after the honey harvest in September, because the colony still "
        "looks strong then. But the winter bees are raised in August, so mites have already damaged their fat "
        "bodies and the cluster dies in January. Counting the mites that drop on a board for three days in July "
        "shows it in time. If more than ten fall a day, formic acid is needed at once, since it also reaches under "
        "the brood cappings.",
    ),
]
each_expert = pytest.mark.parametrize(("question", "answer"), EXPERTS, ids=[case[0].topic for case in EXPERTS])


@each_expert
def test_an_expert_is_scored_clearly_above_empty_talk(question: Question, answer: str) -> None:
    expert = SCORER.evaluate(question, JOB, answer)
    empty = SCORER.evaluate(question, JOB, empty_talk(question.topic))
    assert expert.score >= 5
    assert empty.score <= 3
    assert SCORER.evaluate(question, JOB, answer.lower().replace(".", "").replace(",", "")).score > empty.score + 1


@each_expert
def test_the_score_is_bounded_and_says_why(question: Question, answer: str) -> None:
    for said in (answer, f"{answer} {EXPERTS[0][1]} {EXPERTS[1][1]}"):
        evaluation = SCORER.evaluate(question, JOB, said)
        assert evaluation.score <= MOST
        assert evaluation.confidence == "low"
        assert UNKNOWN_TOPIC in evaluation.feedback.improvements
        assert [item.label for item in evaluation.evidence] == [point.label for point in EXPLANATION_POINTS]


@each_expert
def test_what_no_explanation_is_gains_little(question: Question, answer: str) -> None:
    topic = question.topic
    for said in (
        "I don't know.",
        question.text,
        f"{topic} is very important because {topic} is really good, so people like it if it works.",
        "because so that if since therefore otherwise " * 8,
        " ".join(sorted(answer.split())),
    ):
        assert SCORER.evaluate(question, JOB, said).score <= 2


def test_an_explanation_of_something_else_scores_lower_in_most_cases() -> None:
    pairs = [(question, own, other) for question, own in EXPERTS for _, other in EXPERTS if other is not own]
    lower = [score(question, own) >= score(question, other) + 1 for question, own, other in pairs]
    assert sum(lower) / len(lower) >= 0.6


def test_every_part_has_words_for_feedback_and_findings() -> None:
    assert set(EXPLANATION_FEEDBACK) == set(EXPLANATION_PHRASES) == {point.label for point in EXPLANATION_POINTS}
    assert set(ACCOUNT_FEEDBACK) == set(ACCOUNT_PHRASES) == {point.label for point in ACCOUNT_POINTS}


@given(sentences=st.lists(st.sampled_from([s for _, text in EXPERTS for s in text.split(". ")]), max_size=20))
@settings(max_examples=40, deadline=None)
def test_no_mix_of_explanations_exceeds_the_bound(sentences: list[str]) -> None:
    for question, _ in EXPERTS:
        assert SCORER.evaluate(question, JOB, ". ".join(sentences)).score <= MOST
