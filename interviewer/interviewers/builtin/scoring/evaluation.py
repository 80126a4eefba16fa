"""From coverage to an evaluation: rubric, score, evidence and feedback. Every number is computed here, in code."""

from collections.abc import Mapping, Sequence

from interviewer.interview.scores import COMMUNICATION_SHARE, round_score, rubric_score
from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.scoring.accounts import AccountScorer, Part
from interviewer.interviewers.builtin.scoring.communication import communication_score
from interviewer.interviewers.builtin.scoring.coverage import CoverageScorer, PointCoverage
from interviewer.interviewers.builtin.scoring.explanations import MOST, ExplanationScorer
from interviewer.interviewers.builtin.scoring.language import looks_english, words
from interviewer.records import Confidence, Evaluation, Evidence, Feedback, Question, Rubric

SUBSTANCE_AT = 0.5
"""The coverage (0-1) from which accuracy and communication count in full: one right sentence is no full answer."""

COMPLETE_AT = 0.8
"""The coverage (0-1) that counts as complete: strong candidates leave something out too."""

OF_UNKNOWN = (MOST / 10 - COMMUNICATION_SHARE) / (1 - COMMUNICATION_SHARE)
"""What is left of accuracy and completeness where the topic is unknown, so that with full communication `MOST` is
reached and no more."""

UNKNOWN_TOPIC = (
    "The built-in interviewer does not know this topic and cannot judge whether the answer is right; it looked only at "
    "details, reasons and fit, so a person should read it."
)
NO_ENGLISH = "The built-in scorer reads English only; a person should read this answer."


class Scorer:
    """Scores answers: by key points where the question has them, else by the parts of an explanation or account."""

    def __init__(self, bank: QuestionBank) -> None:
        self._coverage = CoverageScorer(bank.documents())
        self._word_order = self._coverage.word_order
        self._accounts = AccountScorer(self._word_order, bank.work_talk())
        self._explanations = ExplanationScorer(self._accounts)

    def evaluate(self, question: Question, posting: str, answer: str) -> Evaluation:
        """The evaluation of one answer."""
        if question.key_points:
            return self._by_key_points(question, answer)
        if question.kind == "technical":
            return self._by_explanation(question, posting, answer)
        return self._by_account(question, posting, answer)

    def _by_key_points(self, question: Question, answer: str) -> Evaluation:
        covered = self._coverage.cover(question, answer)
        coverage = _weighted([(item.point.weight, item.degree if item.covered else 0.0) for item in covered])
        evidence = tuple(
            Evidence(
                key_point=item.point.text,
                label=item.point.label,
                weight=item.point.weight,
                covered=item.covered,
                quote=item.quote,
            )
            for item in covered
        )
        communication = self._communication(answer)
        return _evaluation(answer, coverage, communication, evidence, _point_feedback(covered), "medium")

    def _by_account(self, question: Question, posting: str, answer: str) -> Evaluation:
        parts = self._accounts.parts(question, posting, answer)
        feedback = _part_feedback(parts, ACCOUNT_FEEDBACK)
        return _evaluation(answer, _shown(parts), self._communication(answer), _evidence(parts), feedback, "low")

    def _by_explanation(self, question: Question, posting: str, answer: str) -> Evaluation:
        parts = self._explanations.parts(question, posting, answer)
        feedback = _part_feedback(parts, EXPLANATION_FEEDBACK)
        feedback = feedback.model_copy(update={"improvements": (*feedback.improvements, UNKNOWN_TOPIC)})
        communication = self._communication(answer)
        return _evaluation(answer, _shown(parts), communication, _evidence(parts), feedback, "low", OF_UNKNOWN)

    def _communication(self, answer: str) -> float:
        return communication_score(answer) * self._word_order.naturalness(words(answer))


def _evaluation(
    answer: str,
    coverage: float,
    communication: float,
    evidence: tuple[Evidence, ...],
    feedback: Feedback,
    confidence: Confidence,
    judged: float = 1.0,
) -> Evaluation:
    """The score from its parts: `coverage` (0-1) by what has a quote, `communication` 0-10.

    A score has evidence: without coverage it is 0, however well the answer is put. `judged` (0-1) is what accuracy and
    completeness are worth at most.
    """
    substance = min(1.0, coverage / SUBSTANCE_AT)
    technical = 10 * judged * coverage * substance
    completeness = 10 * judged * min(1.0, coverage / COMPLETE_AT)
    score = rubric_score(communication * substance, technical, completeness)
    rubric = Rubric(
        communication=round_score(communication),
        technical_accuracy=round_score(technical),
        completeness=round_score(completeness),
    )
    if not looks_english(answer):
        confidence = "low"
        feedback = feedback.model_copy(update={"improvements": (*feedback.improvements, NO_ENGLISH)})
    return Evaluation(
        score=round_score(score),
        rubric=rubric,
        feedback=feedback,
        evidence=evidence,
        evaluator="builtin",
        confidence=confidence,
    )


def _weighted(pairs: Sequence[tuple[float, float]]) -> float:
    """The weighted mean of (weight, value) pairs; 0 for none."""
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else 0.0


def _point_feedback(covered: Sequence[PointCoverage]) -> Feedback:
    weightiest_first = sorted(covered, key=lambda item: -item.point.weight)
    made = [item for item in weightiest_first if item.covered]
    missed = [item for item in weightiest_first if not item.covered]
    return Feedback(
        strengths=tuple(f"You covered {item.point.label}." for item in made),
        improvements=tuple(f"Not heard in the answer: {item.point.label}." for item in missed),
    )


ACCOUNT_FEEDBACK = {
    "concrete details": (
        "You gave concrete details.",
        "Name the details: when it was, how many, which tools or people.",
    ),
    "own actions": ("You made clear what you did yourself.", "Say what you did yourself, step by step."),
    "a clear result": ("You said what came of it.", "Say what came of it: a number, a decision, what changed."),
    "fit to the question": (
        "You stayed with what was asked.",
        "Tie it to what was asked and to the job: name the tools, duties or people that it was about.",
    ),
}
"""For the parts of an account: praise where it is there, advice where it is not."""


EXPLANATION_FEEDBACK = {
    "concrete details": ("You named concrete things.", "Name the parts, settings and figures that it depends on."),
    "reasons given": ("You gave reasons.", "Give reasons: why it is so, on what it depends, what else could be done."),
    "fit to the question": ("You stayed with what was asked.", "Stay with what was asked."),
}
"""The same for the parts of an explanation."""


def _part_feedback(parts: Sequence[Part], phrases: Mapping[str, tuple[str, str]]) -> Feedback:
    """Nobody is told to say what they have said: what is there and does not fit needs to be tied to the question."""
    return Feedback(
        strengths=tuple(phrases[part.label][0] for part in parts if part.quote),
        improvements=tuple(phrases[part.label][1] for part in parts if not part.quote and not part.only_unfit),
    )


def _shown(parts: Sequence[Part]) -> float:
    """The coverage (0-1) by the parts that have a quote."""
    return _weighted([(part.weight, part.degree if part.quote else 0.0) for part in parts])


def _evidence(parts: Sequence[Part]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            key_point=part.statement,
            label=part.label,
            weight=part.weight,
            covered=part.quote is not None,
            quote=part.quote,
        )
        for part in parts
    )
