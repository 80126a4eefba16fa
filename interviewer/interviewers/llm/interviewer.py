"""The LLM interviewer: a model plans, asks and judges; where it fails, the built-in bank asks, and nobody scores.

A score comes from the model's judgement as far as evidence supports it, or not at all.
"""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from interviewer.errors import LLMError
from interviewer.interview.report import Findings
from interviewer.interview.state import Interview, Turn
from interviewer.interviewers.base import Interviewer, Opening
from interviewer.interviewers.llm.judging import Judge, readable
from interviewer.interviewers.llm.narrative import complete_summary, trusted_sentences
from interviewer.interviewers.llm.shapes import AskedQuestion, Narrative, PlannedOpening
from interviewer.llm.chat import ChatClient
from interviewer.llm.deadline import Deadline
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.structured import Request, StructuredChat, Unfit
from interviewer.prompts import Prompt, PromptLibrary
from interviewer.records import Evaluation, KeyPoint, Question, QuestionKind, RequestedDifficulty
from interviewer.usage import Meter

logger = logging.getLogger(__name__)

POSTING_CHARACTERS = 12_000
"""So much of a posting the model sees: small models take some 8,000 tokens, and the job is described at the start."""

EARLIER_CHARACTERS, LATEST_CHARACTERS = 800, 4_000
"""So much of an earlier answer, and of the latest one, the model sees when it writes the next question."""

SAMPLING_THREADS = 64
CONTROL_SECONDS = 10.0
LONGEST_LABEL = 6  # words


class LLMInterviewer:
    """Interviews with a model behind an OpenAI-compatible server. Safe for many threads.

    `understudy` asks where the model cannot, and writes the phrases of the report. Raises ConfigurationError when a
    prompt is faulty.
    """

    name = "llm"
    is_remote = True

    def __init__(
        self,
        endpoint: Endpoint,
        understudy: Interviewer,
        *,
        timeout_s: float,
        samples: int = 1,
        prompts: PromptLibrary | None = None,
    ) -> None:
        self.model: str | None = endpoint.model
        self._client = ChatClient(endpoint)
        self._chat = StructuredChat(self._client)
        self._prompts = prompts or PromptLibrary()
        self._judge = Judge(self._chat, self._prompts, f"llm:{endpoint.model}")
        self._understudy = understudy
        self._timeout_s = timeout_s
        self._samples = samples
        self._sampling = ThreadPoolExecutor(SAMPLING_THREADS, thread_name_prefix="sampling")

    def remember(self, asked: Iterable[tuple[str, str, str]]) -> None:
        """Learn what was asked before; only the bank's questions wear out."""
        self._understudy.remember(asked)

    def open(self, interview: Interview, meter: Meter) -> Opening:
        """The plan and the first question, in one round trip."""

        def prompt(*, as_text: bool) -> Prompt:
            turns = max(1, interview.total_questions - 1)
            values = _job(interview) | {"turns": turns, "as_text": as_text}
            return self._prompts.render("opening", values, also=("question",))

        def check(reply: PlannedOpening) -> None:
            _check_question(reply.question, interview)

        request = Request("opening", prompt, PlannedOpening, check)
        try:
            reply = self._chat.ask(request, Deadline(self._timeout_s), meter)
        except LLMError as error:
            logger.warning("interview %s is opened by the built-in bank: %s", interview.session_id, error)
            return self._understudy.open(interview, meter)
        topics = tuple(dict.fromkeys(topic.strip() for topic in reply.topics))[: interview.total_questions]
        return Opening(topics=topics, question=_question(reply.question, interview.next_difficulty))

    def next_question(self, interview: Interview, meter: Meter) -> Question:
        """The model's next question; the bank's when the model has none that can be asked."""

        def prompt(*, as_text: bool) -> Prompt:
            values = _job(interview) | {
                "topics": interview.topics,
                "question_number": len(interview.turns) + 1,
                "asked": _asked(interview),
                "as_text": as_text,
            }
            return self._prompts.render("question", values, also=("follow_up",))

        def check(reply: AskedQuestion) -> None:
            _check_question(reply, interview)

        request = Request("question", prompt, AskedQuestion, check)
        try:
            reply = self._chat.ask(request, Deadline(self._timeout_s), meter)
        except LLMError as error:
            logger.warning("interview %s gets a question of the built-in bank: %s", interview.session_id, error)
            return self._understudy.next_question(interview, meter)
        return _question(reply, interview.next_difficulty)

    def evaluate(self, interview: Interview, turn: Turn, meter: Meter) -> Evaluation:
        """The model's judgement of one answer, in a context of its own. Raises LLMError."""
        return self._judge.evaluate(
            interview,
            turn,
            meter,
            samples=self._samples,
            side_by_side=self._sampling,
            timeout_s=self._timeout_s,
        )

    def answers(self, meter: Meter) -> bool:
        """Whether the server answers a trivial request now."""
        return self._client.probe(Deadline(min(CONTROL_SECONDS, self._timeout_s)), meter)

    def narrate(self, interview: Interview, meter: Meter) -> str | None:
        """What the model writes about the answers, as far as it can be trusted; None when nothing is left of it."""

        def prompt(*, as_text: bool) -> Prompt:
            answers = [_reported(turn) for turn in interview.answered]
            posting = interview.job_description[:POSTING_CHARACTERS]
            return self._prompts.render("report", {"job_description": posting, "answers": answers, "as_text": as_text})

        trusted = ""

        def check(reply: Narrative) -> None:
            nonlocal trusted
            trusted = trusted_sentences(reply.summary, interview)
            if not trusted:
                raise Unfit("each sentence quotes what was not said, or gives marks.")

        request = Request("report", prompt, Narrative, check)
        try:
            self._chat.ask(request, Deadline(self._timeout_s), meter)
        except LLMError as error:
            logger.warning("the report of interview %s gets no prose of the model: %s", interview.session_id, error)
            return None
        return trusted

    def findings(self, interview: Interview, narrative: str | None) -> Findings:
        """The phrases from the evidence, in the words of every report; the prose with its numbers filled in."""
        findings = self._understudy.findings(interview, None)
        if narrative is None:
            return findings
        return findings.model_copy(update={"summary": complete_summary(narrative, interview)})


def _job(interview: Interview) -> dict[str, object]:
    return {
        "job_description": interview.job_description[:POSTING_CHARACTERS],
        "candidate_experience_years": interview.candidate_experience,
        "difficulty": interview.next_difficulty,
        "total_questions": interview.total_questions,
    }


def _asked(interview: Interview) -> list[dict[str, str]]:
    """The questions so far with their answers: no marks, since the next question is not to follow them."""
    latest = len(interview.answered)
    return [
        {
            "question": turn.question.text,
            "topic": turn.question.topic,
            "answer": _seen(turn)[: LATEST_CHARACTERS if turn.number == latest else EARLIER_CHARACTERS],
        }
        for turn in interview.answered
    ]


def _reported(turn: Turn) -> dict[str, object]:
    verdict = turn.evaluation
    return {
        "number": turn.number,
        "question": turn.question.text,
        "topic": turn.question.topic,
        "answer": _seen(turn)[:LATEST_CHARACTERS],
        "score": verdict.score if verdict else None,
        "strengths": verdict.feedback.strengths if verdict else (),
        "improvements": verdict.feedback.improvements if verdict else (),
    }


def _seen(turn: Turn) -> str:
    return readable(turn.answer) if turn.answer else ""


def _check_question(reply: AskedQuestion, interview: Interview) -> None:
    """Raise Unfit for a question that was asked before or cannot be evaluated."""
    text = _squashed(reply.question)
    if any(_squashed(turn.question.text) == text for turn in interview.turns):
        raise Unfit("this question was asked before; ask another one.")
    labels: Sequence[str] = [_squashed(point.label) for point in reply.key_points]
    if len(set(labels)) < len(labels):
        raise Unfit("two key points have the same label.")


def _question(reply: AskedQuestion, difficulty: RequestedDifficulty) -> Question:
    """The question as it is asked; its id is the same whenever the same text is asked."""
    return Question(
        item_id=f"llm:{hashlib.sha256(reply.question.encode()).hexdigest()[:16]}",
        text=reply.question.strip(),
        topic=reply.topic.strip(),
        difficulty=difficulty,
        kind=cast(QuestionKind, reply.kind),
        key_points=tuple(
            KeyPoint(text=point.text, label=_short(point.label), weight=round(point.weight, 1))
            for point in reply.key_points
        ),
        hints=tuple(reply.hints),
    )


def _short(label: str) -> str:
    return " ".join(label.split()[:LONGEST_LABEL])


def _squashed(text: str) -> str:
    return " ".join(text.split()).casefold()
