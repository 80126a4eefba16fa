"""The LLM interviewer: a model plans, asks and judges; where it fails, the built-in bank asks, and nobody scores.

A score comes from the model's judgement as far as evidence supports it, or not at all.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from interviewer.errors import LLMError
from interviewer.interview.model import Interview, Turn
from interviewer.interview.report import Findings
from interviewer.interviewers.base import Interviewer, Opening
from interviewer.interviewers.llm.asking import (
    LATEST_CHARACTERS,
    POSTING_CHARACTERS,
    as_asked,
    opening_request,
    opening_topics,
    question_request,
)
from interviewer.interviewers.llm.hints import all_hints, hints_request
from interviewer.interviewers.llm.judging import Judge
from interviewer.interviewers.llm.narrative import complete_summary, trusted_sentences
from interviewer.interviewers.llm.seen import readable, readable_code
from interviewer.interviewers.llm.shapes import Narrative
from interviewer.interviewers.llm.topic_names import resume_topics_request, said_topics
from interviewer.llm.chat import ChatClient
from interviewer.llm.deadline import Deadline
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.structured import Request, StructuredChat, Unfit
from interviewer.prompts import Prompt, PromptLibrary
from interviewer.records import Evaluation, Question
from interviewer.usage import Meter

logger = logging.getLogger(__name__)

SAMPLING_THREADS = 64
CONTROL_SECONDS = 10.0


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
        """The plan and the first question, in one round trip; topics that were chosen stay."""
        if interview.interview_type == "technical":
            return Opening(topics=interview.topics, question=self.next_question(interview, meter))
        try:
            reply = self._chat.ask(opening_request(self._prompts, interview), Deadline(self._timeout_s), meter)
        except LLMError as error:
            logger.warning("interview %s is opened by the built-in bank: %s", interview.session_id, error)
            return self._understudy.open(interview, meter)
        return Opening(topics=opening_topics(reply, interview), question=as_asked(reply.question, interview))

    def next_question(self, interview: Interview, meter: Meter) -> Question:
        """The model's next question; the bank's when the model has none that can be asked."""
        try:
            reply = self._chat.ask(question_request(self._prompts, interview), Deadline(self._timeout_s), meter)
        except LLMError as error:
            logger.warning("interview %s gets a question of the built-in bank: %s", interview.session_id, error)
            return self._understudy.next_question(interview, meter)
        return as_asked(reply, interview)

    def hints(self, interview: Interview, turn: Turn, meter: Meter) -> tuple[str, ...]:
        """The question's hints and the model's; plain ones when the model has none that can be given."""
        try:
            reply = self._chat.ask(hints_request(self._prompts, interview, turn), Deadline(self._timeout_s), meter)
        except LLMError as error:
            logger.warning("interview %s gets hints without the model: %s", interview.session_id, error)
            return self._understudy.hints(interview, turn, meter)
        return all_hints(turn, reply)

    def resume_topics(self, resume_text: str, meter: Meter) -> tuple[str, ...]:
        """The topics that the model finds; those of the built-in reader when it fails."""
        try:
            request = resume_topics_request(self._prompts, resume_text)
            reply = self._chat.ask(request, Deadline(self._timeout_s), meter)
        except LLMError as error:
            logger.warning("a resume gets its topics without the model: %s", error)
            return self._understudy.resume_topics(resume_text, meter)
        return said_topics(reply, resume_text)

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


def _reported(turn: Turn) -> dict[str, object]:
    verdict = turn.evaluation
    return {
        "number": turn.number,
        "question": turn.question.text,
        "topic": turn.question.topic,
        "answer": readable(turn.answer)[:LATEST_CHARACTERS] if turn.answer else "",
        "code_submission": (readable_code(turn.answer) or "")[:LATEST_CHARACTERS] if turn.answer else "",
        "score": verdict.score if verdict else None,
        "strengths": verdict.feedback.strengths if verdict else (),
        "improvements": verdict.feedback.improvements if verdict else (),
    }
