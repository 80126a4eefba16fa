"""From coverage to an evaluation: rubric, score, evidence and feedback. Every number is computed here, in code."""

from collections.abc import Sequence

from interviewer.interview.scores import round_score
from interviewer.interviewers.builtin.communication import communication_score
from interviewer.interviewers.builtin.coverage import CoverageScorer, PointCoverage
from interviewer.interviewers.builtin.language import FUNCTION_WORDS, words
from interviewer.interviewers.builtin.specifics import Part, account_parts
from interviewer.records import Confidence, Evaluation, Evidence, Feedback, Question, Rubric

TECHNICAL_SHARE, COMPLETENESS_SHARE, COMMUNICATION_SHARE = 0.45, 0.40, 0.15
"""What each rubric dimension counts for in the score: what was said, how much of what matters, how it was put."""

SUBSTANCE_AT = 0.3
"""The coverage (0-1) from which accuracy and communication count in full: fine words about nothing earn nothing."""

ENGLISH_SHARE = 0.15
"""English prose has 40 % and more function words; text with fewer than this share is no English prose."""

ENGLISH_FROM_WORDS = 20
NO_ENGLISH = "The built-in scorer reads English only; a person should read this answer."


def evaluate(scorer: CoverageScorer, question: Question, posting: str, answer: str) -> Evaluation:
    """Score one answer: by key points where the question has them, else by the parts of a good account."""
    if question.key_points:
        return _by_key_points(scorer, question, answer)
    return _by_account(scorer, question, posting, answer)


def _by_key_points(scorer: CoverageScorer, question: Question, answer: str) -> Evaluation:
    covered = scorer.cover(question, answer)
    coverage = _weighted([(item.point.weight, item.degree) for item in covered])
    accuracy = _weighted([(item.point.weight, item.degree) for item in covered if item.covered])
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
    return _evaluation(scorer, answer, coverage, accuracy, evidence, _point_feedback(covered), "medium")


def _by_account(scorer: CoverageScorer, question: Question, posting: str, answer: str) -> Evaluation:
    parts = account_parts(question, posting, answer, scorer.word_order)
    coverage = _weighted([(part.weight, part.degree) for part in parts])
    accuracy = _weighted([(part.weight, part.degree) for part in parts if part.quote])
    evidence = tuple(
        Evidence(
            key_point=part.statement,
            label=part.label,
            weight=part.weight,
            covered=part.quote is not None,
            quote=part.quote,
        )
        for part in parts
    )
    return _evaluation(scorer, answer, coverage, accuracy, evidence, _account_feedback(parts), "low")


def _evaluation(
    scorer: CoverageScorer,
    answer: str,
    coverage: float,
    accuracy: float,
    evidence: tuple[Evidence, ...],
    feedback: Feedback,
    confidence: Confidence,
) -> Evaluation:
    """The score from its parts, `coverage` and `accuracy` 0-1."""
    communication = communication_score(answer) * scorer.word_order.naturalness(words(answer))
    substance = min(1.0, coverage / SUBSTANCE_AT)
    technical = 10 * accuracy * substance
    score = (
        TECHNICAL_SHARE * technical
        + COMPLETENESS_SHARE * 10 * coverage
        + COMMUNICATION_SHARE * communication * substance
    )
    rubric = Rubric(
        communication=round_score(communication),
        technical_accuracy=round_score(technical),
        completeness=round_score(10 * coverage),
    )
    if not _looks_english(answer):
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


ADVICE = {
    "concrete details": "Name the details: when it was, how many, which tools or people.",
    "own actions": "Say what you did yourself, step by step.",
    "a clear result": "Say what came of it: a number, a decision, what changed afterwards.",
    "fit to the question": "Stay with what was asked, and tie it to the job.",
}


def _account_feedback(parts: Sequence[Part]) -> Feedback:
    return Feedback(
        strengths=tuple(f"The answer has {part.label}." for part in parts if part.quote),
        improvements=tuple(ADVICE[part.label] for part in parts if not part.quote),
    )


def _looks_english(answer: str) -> bool:
    """Whether the answer can be English prose, which is what the scorer was made for; short ones can."""
    said = words(answer)
    return len(said) < ENGLISH_FROM_WORDS or sum(word in FUNCTION_WORDS for word in said) >= ENGLISH_SHARE * len(said)
