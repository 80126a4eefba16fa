"""The judgement of a coding answer by reading: what the code shows and what the explanation says.

The code is never run, so whether it gives right results stays unknown; the confidence is always low and the feedback
says so. Code weighs more than words, since the task is to write it; words alone stay under half of the marks. Where
neither makes any key point, there is no evidence and so no score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview.scores import round_score, rubric_score
from interviewer.interviewers.builtin.coding.prose import steering_in_code
from interviewer.interviewers.builtin.coding.questions import CodingBank
from interviewer.interviewers.builtin.coding.reading import PROSE_AS_CODE, CodeReading, read_code
from interviewer.interviewers.builtin.coding.submissions import Submission, take_apart
from interviewer.interviewers.builtin.scoring.communication import communication_score
from interviewer.interviewers.builtin.scoring.coverage import CoverageScorer, PointCoverage
from interviewer.interviewers.builtin.scoring.evaluation import NO_ENGLISH, SUBSTANCE_AT
from interviewer.interviewers.builtin.scoring.language import looks_english, words
from interviewer.records import Evaluation, Evidence, Feedback, KeyPoint, Question, Rubric
from interviewer.steering import find_steering

CODE_SHARE = 0.6
"""What the code counts for in technical accuracy; the rest is what is said rightly."""

THERE, BUILT, FAST = 0.3, 0.45, 0.25
"""The code's mark: the asked function is there, is built as a solution is, and is not slower than asked."""

SLOW_LEAVES = 0.3
"""What is left of the part for speed where the code looks slower than asked."""

SHOWN_DEGREE = 0.6
"""How far (0-1) a construct in the code covers a key point: it is there, but whether it is right is not seen."""

EXPLAINED_AT = 0.6
"""The coverage (0-1) by words that earns all that words can in accuracy: code says much by itself."""

COMPLETE_AT = 0.7
"""The coverage (0-1) by code and words together that counts as complete."""

WITHOUT_CODE = 0.5
"""What is left of completeness where no code could be judged: half of the task is not there."""

EXPLANATION_SHARE = 0.75
"""What the explanation counts for in communication; the rest is how readable the code is."""

READ_NOT_RUN = "The code was read, not run: whether it gives the right results was not tested."
STEERING_IGNORED = "A passage addressed to the scorer was left out; it counts for nothing."


@dataclass(frozen=True)
class _Point:
    """One key point: how far (0-1) words make it, the words that do, and the line of code that shows it.

    Without words to quote `explained` is 0: a score has evidence. `belied`: words made it, but the code does otherwise.
    """

    point: KeyPoint
    explained: float
    said: str | None
    seen: str | None
    belied: bool = False

    @property
    def quote(self) -> str | None:
        """Verbatim from the explanation or a comment, else from the code."""
        return self.said or self.seen


class CodeJudge:
    """Judges coding answers. Read-only once made, so threads may share it.

    `coverage` should have learned from the coding questions' documents too, so that it knows which words are rare.
    """

    def __init__(self, bank: CodingBank, coverage: CoverageScorer) -> None:
        self._bank = bank
        self._coverage = coverage

    def judge(
        self, question: Question, answer: str, code_submission: str | None, code_language: str | None
    ) -> Evaluation:
        """The evaluation of one answer; never raises for valid Unicode, and never runs it.

        `answer` and `code_submission` may come with steering passages or already without: they count for nothing.
        Each evidence quote is verbatim from one of them.
        """
        submission = take_apart(answer, code_submission, code_language)
        in_words, in_code = find_steering(submission.explanation), steering_in_code(submission.code)
        quotable = in_code.masked(submission.code)
        reading = read_code(submission, self._bank.questions.get(question.item_id), quotable)
        notes = submission.source.notes if submission.source else ()
        said = "\n".join(
            [in_words.masked(submission.explanation), *(note for note in notes if note in quotable)]
        ).strip()
        points = self._points(question, said, reading)
        feedback = _feedback(points, reading, submission, steered=bool(in_words.flags or in_code.flags))
        if not looks_english(said):
            feedback = feedback.model_copy(update={"improvements": (*feedback.improvements, NO_ENGLISH)})
        return self._evaluation(points, reading, said, feedback)

    def _points(self, question: Question, said: str, reading: CodeReading) -> list[_Point]:
        """The hints count as asked, like the question itself: reading them back gains nothing."""
        told = question.model_copy(update={"text": " ".join([question.text, *question.hints])})
        covered = self._coverage.cover(told, said)
        return [_point(item, reading) for item in covered]

    def _evaluation(self, points: Sequence[_Point], reading: CodeReading, said: str, feedback: Feedback) -> Evaluation:
        explained = _weighted([(p.point.weight, p.explained) for p in points])
        together = _weighted(
            [(p.point.weight, max(p.explained, SHOWN_DEGREE * reading.form if p.seen else 0.0)) for p in points]
        )
        code = _code_mark(reading) if any(p.quote for p in points) else 0.0
        technical = 10 * (CODE_SHARE * code + (1 - CODE_SHARE) * min(1.0, explained / EXPLAINED_AT))
        completeness = 10 * min(1.0, together / COMPLETE_AT) * (1.0 if reading.form else WITHOUT_CODE)
        natural = self._coverage.word_order.naturalness(words(said))
        put = communication_score(said) * natural * min(1.0, explained / SUBSTANCE_AT)
        communication = EXPLANATION_SHARE * put + (1 - EXPLANATION_SHARE) * 10 * reading.readable * code
        return Evaluation(
            score=round_score(rubric_score(communication, technical, completeness)),
            rubric=Rubric(
                communication=round_score(communication),
                technical_accuracy=round_score(technical),
                completeness=round_score(completeness),
            ),
            feedback=feedback,
            evidence=tuple(_evidence(point) for point in points),
            evaluator="builtin",
            confidence="low",
        )


def _point(item: PointCoverage, reading: CodeReading) -> _Point:
    """What the code contradicts earns nothing by words."""
    seen = reading.shown.get(item.point.text)
    if item.point.text in reading.contradicted:
        return _Point(item.point, 0.0, None, None, belied=item.quote is not None)
    return _Point(item.point, item.degree if item.covered else 0.0, item.quote, seen)


def _code_mark(reading: CodeReading) -> float:
    """0-1; speed counts only as far as there is something built that could be slow."""
    speed = SLOW_LEAVES if reading.slow else 1.0
    return reading.form * (THERE + BUILT * reading.structure + FAST * speed * reading.structure)


def _evidence(point: _Point) -> Evidence:
    return Evidence(
        key_point=point.point.text,
        label=point.point.label,
        weight=point.point.weight,
        covered=point.quote is not None,
        quote=point.quote,
    )


def _feedback(points: Sequence[_Point], reading: CodeReading, submission: Submission, steered: bool) -> Feedback:
    """What was made and missed, saying of each point whether words or code made it; then what reading cannot tell."""
    ordered = sorted(points, key=lambda item: -item.point.weight)
    said = [f"You explained {item.point.label}." for item in ordered if item.said]
    seen = [f"A line of your code points to {item.point.label}." for item in ordered if item.seen and not item.said]
    belied = [
        f"Your explanation speaks of {item.point.label}, but the code does not do that."
        for item in ordered
        if item.belied
    ]
    sent = bool(submission.code.strip()) and reading.notice != PROSE_AS_CODE
    places = "the explanation" if reading.notice else "the code or the explanation"
    missed = [f"Not seen in {places}: {item.point.label}." for item in ordered if not item.quote and not item.belied]
    if reading.notice and sent and not submission.explanation.strip():
        missed = []  # nothing was there to look at
    notices = [reading.notice] if reading.notice else []
    if sent and not submission.explanation.strip():
        notices.append("The code came without an explanation.")
    if steered:
        notices.append(STEERING_IGNORED)
    last = [READ_NOT_RUN] if sent else []
    return Feedback(strengths=(*said, *seen), improvements=(*notices, *reading.remarks, *belied, *missed, *last))


def _weighted(pairs: Sequence[tuple[float, float]]) -> float:
    """The weighted mean of (weight, value) pairs; 0 for none."""
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else 0.0
