"""One answer judged by the model, in a context of its own; the score is computed here, from surviving evidence."""

import functools
import re
import statistics
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from interviewer.audit.scales import score_of_percent
from interviewer.errors import LLMError, UnusableReply
from interviewer.interview.model import Interview, Turn
from interviewer.interview.scores import round_score, rubric_score
from interviewer.interviewers.builtin.scoring.accounts import ACCOUNT_POINTS
from interviewer.interviewers.llm.evidence import EvidenceCheck, covered_share
from interviewer.interviewers.llm.seen import readable, readable_code
from interviewer.interviewers.llm.shapes import JudgedAnswer
from interviewer.llm.deadline import Deadline
from interviewer.llm.structured import Request, StructuredChat, Unfit
from interviewer.prompts import Prompt, PromptLibrary
from interviewer.rating import extract_score_from_evaluation
from interviewer.records import Confidence, Evaluation, Evidence, Feedback, Rubric
from interviewer.usage import Meter

NEEDS_EVIDENCE_ABOVE = 2.0
"""A rating above this with no surviving quote is a failed evaluation (design, section 8)."""

NO_EVIDENCE, NO_RATING = "no evidence", "no rating"
AGREEING_SPREAD, DISAGREEING_SPREAD = 1.0, 3.0
"""Samples this near each other (0-10) make a score trustworthy, this far apart a doubtful one."""

SAMPLING_TEMPERATURE = 0.7
"""Of each of several samples: at 0 they would be copies of one, and their agreement would mean nothing."""

QUOTE_LINE = re.compile(r"^\W*quote\W{0,4}\s*[\"“](.{1,1000}?)[\"”]\s*$", re.I | re.M)
DIMENSION_LINE = r"^\W*{name}\W{{0,6}}:?\W{{0,4}}(\d{{1,2}}(?:\.\d)?) ?/ ?10\b"


class Judge:
    """Evaluates answers with a model. Safe for many threads."""

    def __init__(self, chat: StructuredChat, prompts: PromptLibrary, evaluator: str) -> None:
        self._chat = chat
        self._prompts = prompts
        self._evaluator = evaluator

    def evaluate(
        self,
        interview: Interview,
        turn: Turn,
        meter: Meter,
        *,
        samples: int,
        side_by_side: Executor,
        timeout_s: float,
    ) -> Evaluation:
        """The evaluation of a turn's answer: of several samples the median one, with their spread.

        Raises LLMError: UnusableReply with the reason `no evidence`, `no rating` or `unusable reply`, and what the
        client raises. Of several samples more than half must succeed.
        """
        case = _Case(interview, turn)
        deadline = Deadline(timeout_s)
        sample = functools.partial(self._sample, case, deadline, meter, SAMPLING_TEMPERATURE if samples > 1 else 0)
        others = [side_by_side.submit(_caught, sample) for _ in range(samples - 1)]
        outcomes = [_caught(sample), *(other.result() for other in others)]
        good = [outcome for outcome in outcomes if isinstance(outcome, Evaluation)]
        if 2 * len(good) <= samples:
            raise next(outcome for outcome in outcomes if isinstance(outcome, LLMError))
        chosen = _median(good) if samples > 1 else good[0]
        return _not_run(chosen) if turn.answer and turn.answer.code_submission else chosen

    def _sample(self, case: "_Case", deadline: Deadline, meter: Meter, temperature: float) -> Evaluation:
        versions: list[str] = []

        def prompt(*, as_text: bool) -> Prompt:
            rendered = self._prompts.render("evaluation", case.values() | {"as_text": as_text})
            versions.append(rendered.version)
            return rendered

        try:
            reply = self._chat.ask(
                Request("evaluation", prompt, JudgedAnswer, case.check, temperature), deadline, meter
            )
        except UnusableReply as failure:
            return case.from_text(failure, self._evaluator, versions[-1])
        return case.from_reply(reply, self._evaluator, versions[-1])


class _Case:
    """One answer to be judged: what the model sees of it, and what its reply is worth."""

    def __init__(self, interview: Interview, turn: Turn) -> None:
        if turn.answer is None:
            raise ValueError(f"question {turn.number} has no answer")
        self._question = turn.question
        self._posting = interview.job_description
        self._points = turn.question.key_points or ACCOUNT_POINTS
        self._answer = turn.answer
        self._evidence_check: EvidenceCheck | None = None
        self._latest: tuple[JudgedAnswer, tuple[Evidence, ...]] | None = None

    def values(self) -> dict[str, object]:
        """What the prompt shows: answer and code without the passages that try to steer whoever reads them."""
        return {
            "question": self._question.text,
            "topic": self._question.topic,
            "difficulty": self._question.difficulty,
            "kind": self._question.kind,
            "key_points": [
                {"number": number, "text": point.text, "weight": point.weight}
                for number, point in enumerate(self._points, start=1)
            ],
            "answer": readable(self._answer),
            "code_submission": readable_code(self._answer),
            "code_language": self._answer.code_language if self._answer.code_submission else None,
        }

    def check(self, reply: JudgedAnswer) -> None:
        """Raise Unfit for a judgement that leaves a point out, or rates what it has no evidence for."""
        missing = set(range(1, len(self._points) + 1)) - {point.number for point in reply.points}
        if missing:
            raise Unfit(f"points {', '.join(map(str, sorted(missing)))} are missing.")
        if _rating(reply) > NEEDS_EVIDENCE_ABOVE and not covered_share(self._evidence(reply)):
            raise Unfit(
                "it rates the answer, but no quote in it can be found in the answer and has to do with its point. "
                "Quote the answer's exact words, or mark the points as not covered and rate accordingly.",
                NO_EVIDENCE,
            )

    def from_reply(self, reply: JudgedAnswer, evaluator: str, version: str) -> Evaluation:
        """The evaluation, its score capped by the share of covered points."""
        evidence = self._evidence(reply)
        claimed = sum(point.covered for point in reply.points)
        dropped = claimed > sum(item.covered for item in evidence)
        return Evaluation(
            score=_capped(_rating(reply), evidence),
            rubric=Rubric(
                communication=round_score(reply.communication),
                technical_accuracy=round_score(reply.technical_accuracy),
                completeness=round_score(reply.completeness),
            ),
            feedback=Feedback(
                strengths=tuple(reply.strengths) if covered_share(evidence) else (),  # praise without evidence is none
                improvements=tuple(reply.improvements),
            ),
            evidence=evidence,
            evaluator=evaluator,
            confidence="low" if dropped or self._answer.flags else "medium",
            prompt_version=version,
        )

    def from_text(self, failure: UnusableReply, evaluator: str, version: str) -> Evaluation:
        """The evaluation that a plain-text reply holds: a rating with at least one surviving quote.

        Raises UnusableReply, with the reason, when there is none.
        """
        if failure.reason == NO_EVIDENCE:
            raise failure
        for text in reversed(failure.texts):
            rating = extract_score_from_evaluation(text)
            if rating is None:
                continue
            quotes = QUOTE_LINE.findall(text)
            check = self._check
            evidence = check.evidence((check.nearest_point(quote), quote) for quote in quotes)
            if not covered_share(evidence):
                raise UnusableReply(NO_EVIDENCE, failure.texts)
            return Evaluation(
                score=_capped(score_of_percent(rating), evidence),
                rubric=_text_rubric(text),
                feedback=_text_feedback(evidence),
                evidence=evidence,
                evaluator=evaluator,
                confidence="low",
                prompt_version=version,
            )
        prose = any(text.strip() and "{" not in text for text in failure.texts)
        raise UnusableReply(NO_RATING if prose else failure.reason, failure.texts)

    @property
    def _check(self) -> EvidenceCheck:
        """Made when the first reply is there: the model need not wait for it."""
        if self._evidence_check is None:
            self._evidence_check = EvidenceCheck(self._question, self._points, self._posting, self._answer)
        return self._evidence_check

    def _evidence(self, reply: JudgedAnswer) -> tuple[Evidence, ...]:
        latest = self._latest
        if latest is None or latest[0] is not reply:
            claimed = [(point.number - 1, point.quote) for point in reply.points if point.covered and point.quote]
            here = [(place, quote) for place, quote in claimed if 0 <= place < len(self._points)]
            self._latest = latest = (reply, self._check.evidence(here))
        return latest[1]


def _rating(reply: JudgedAnswer) -> float:
    return rubric_score(reply.communication, reply.technical_accuracy, reply.completeness)


def _capped(rating: float, evidence: Sequence[Evidence]) -> float:
    """The rating (0-10), but at most the share of the key points that is covered."""
    return round_score(min(rating, 10 * covered_share(evidence)))


def _text_rubric(text: str) -> Rubric:
    """The dimensions that a plain-text reply rates; None for those it does not."""

    def mark(name: str) -> float | None:
        found = re.search(DIMENSION_LINE.format(name=name), text, re.I | re.M)
        value = float(found.group(1)) if found else None
        return value if value is not None and value <= 10 else None

    return Rubric(
        communication=mark("communication"),
        technical_accuracy=mark("technical[ _]accuracy"),
        completeness=mark("completeness"),
    )


def _text_feedback(evidence: Sequence[Evidence]) -> Feedback:
    return Feedback(
        strengths=tuple(f"You covered {item.label}." for item in evidence if item.covered),
        improvements=tuple(f"Not heard in the answer: {item.label}." for item in evidence if not item.covered),
    )


def _median(samples: Sequence[Evaluation]) -> Evaluation:
    """The sample with the median score (of an even number the lower one), so that score and evidence agree."""
    scores = [sample.score for sample in samples]
    middle = statistics.median_low(scores)
    chosen = next(sample for sample in samples if sample.score == middle)
    spread = round_score(max(scores) - min(scores))
    return chosen.model_copy(update={"score_spread": spread, "confidence": _confidence(chosen, spread)})


def _not_run(evaluation: Evaluation) -> Evaluation:
    """Code was read and not run: agreement of several readings is no proof that it works."""
    return evaluation.model_copy(update={"confidence": "medium"}) if evaluation.confidence == "high" else evaluation


def _confidence(chosen: Evaluation, spread: float) -> Confidence:
    if spread > DISAGREEING_SPREAD or chosen.confidence == "low":
        return "low"
    return "high" if spread <= AGREEING_SPREAD else "medium"


def _caught(sample: Callable[[], Evaluation]) -> Evaluation | LLMError:
    try:
        return sample()
    except LLMError as error:
        return error
