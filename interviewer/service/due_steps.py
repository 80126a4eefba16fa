"""What is due on an interview, done step by step: evaluate, ask, append to the files, close and file the report.

Each step is on disk before the next begins. Whatever step a crash interrupts, `settle` takes up from what is on disk.
The caller holds the interview's lock.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from interviewer.clock import Clock
from interviewer.errors import LLMError, LLMUnavailable
from interviewer.interview import state
from interviewer.interview.model import Interview, Turn
from interviewer.interview.report import answer_record, build_report
from interviewer.interviewers.base import Interviewer
from interviewer.records import Evaluation
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.storage.record_checks import JsonRecord
from interviewer.turn_taking import at_work, waiting
from interviewer.usage import Meter

logger = logging.getLogger(__name__)

EVALUATING_THREADS = 128  # as many as the server's own, each of which may wait for one evaluation


class DueSteps:
    """Brings interviews forward. Safe for many threads, each with another interview."""

    def __init__(self, storage: DataStorage, live: LiveInterviews, interviewer: Interviewer, clock: Clock) -> None:
        self._storage = storage
        self._live = live
        self._interviewer = interviewer
        self._clock = clock
        self._in_file: dict[str, frozenset[int]] = {}
        self._evaluating = ThreadPoolExecutor(EVALUATING_THREADS, thread_name_prefix="evaluating")

    def settle(self, interview: Interview, just_answered: int | None = None) -> Interview | JsonRecord:
        """Do what is due; the record once the report is filed. `just_answered` numbers the turn that was answered now.

        An answer that a remote interviewer failed on, or was interrupted at, is left to the background.
        """
        meter = Meter()
        narrative = None
        if just_answered and self._interviewer.is_remote:
            due, narrative = self._evaluate_and_go_on(interview, just_answered, meter)
        else:
            due = self._go_on(self._evaluate_fresh(interview, meter), meter)
        return self.keep(due, interview, meter, narrative)

    def keep(
        self, due: Interview, before: Interview, meter: Meter, narrative: str | None = None
    ) -> Interview | JsonRecord:
        """Put an interview that went on from `before` on disk, and its answers and report into their files.

        `narrative` is the prose of the report where it was asked for already ("" when nothing came of that).
        """
        if due.status == "completed" and narrative is None:
            narrative = self._interviewer.narrate(due, meter)
        due = self.put(due, before, meter)
        if due.status == "completed":
            return self._file_report(due, narrative)
        return due

    def put(self, due: Interview, before: Interview, meter: Meter) -> Interview:
        """Put an interview that went on from `before` on disk, and its answers into their file; it, with its usage."""
        due = state.add_usage(due, meter.total())
        if due is not before:
            self._live.save(due)
        self._append_answers(due)
        return due

    def take_up(self, interview: Interview) -> None:
        """At start: what needs no other machine, and nobody waits for.

        The next question waits for the first use, which sends it: its time starts then, and not while nobody sees it.
        """
        meter = Meter()
        due = self.close_if_answered(self._evaluate_fresh(interview, meter))
        if self._interviewer.is_remote:  # narrating waits for the first use, or the background
            self.put(due, interview, meter)
        else:
            self.keep(due, interview, meter)

    def close_if_answered(self, interview: Interview) -> Interview:
        """The interview, closed if its last question has its answer: a crash may have come in between."""
        if interview.status == "in_progress" and interview.current is None and not interview.wants_question:
            return state.complete(interview)
        return interview

    def judge(self, interview: Interview, turn: Turn, meter: Meter) -> Evaluation | LLMError:
        """The evaluation of one answer, or why there is none."""
        try:
            return self._interviewer.evaluate(interview, turn, meter)
        except LLMError as error:
            return error

    def take(
        self, interview: Interview, number: int, outcome: Evaluation | LLMError, *, counts: bool | None = None
    ) -> Interview:
        """The interview with what became of a pending answer.

        A failure counts as a try of this answer unless it was an outage; `counts` says so where it is known better.
        """
        if isinstance(outcome, Evaluation):
            return state.take_evaluation(interview, number, outcome)
        if counts is None:
            counts = not isinstance(outcome, LLMUnavailable)
        return state.fail_evaluation(interview, number, outcome.reason, self.now(interview), counts=counts)

    def now(self, interview: Interview) -> datetime:
        """The time, never before what the interview already holds: a wall clock set back must not break it."""
        return max(self._clock(), interview.last_activity_at)

    def _evaluate_and_go_on(self, interview: Interview, number: int, meter: Meter) -> tuple[Interview, str | None]:
        """Evaluate an answer and prepare what follows it, at the same time: (the interview, prose for the report).

        The prose is None where it was not asked for, and "" where nothing came of that.
        """
        judged = self._evaluating.submit(self._judge_in_turn, interview, interview.turns[number - 1], meter)
        question = narrative = None
        if interview.wants_question:
            question = self._interviewer.next_question(interview, meter)
        elif len(interview.pending) == 1:
            narrative = self._interviewer.narrate(interview, meter) or ""
        with waiting(next_in_line=True):
            outcome = judged.result()
        taken = self.take(interview, number, outcome)
        if question is not None:
            return state.ask(taken, question, self.now(taken)), None
        return self._go_on(taken, meter), narrative

    def _judge_in_turn(self, interview: Interview, turn: Turn, meter: Meter) -> Evaluation | LLMError:
        with at_work(next_in_line=True):
            return self.judge(interview, turn, meter)

    def _evaluate_fresh(self, interview: Interview, meter: Meter) -> Interview:
        """Evaluate here and now what this interviewer was given and a crash left over, if it needs no other machine."""
        if self._interviewer.is_remote:
            return interview
        for turn in interview.pending:
            if turn.answer is not None and turn.answer.taken_by == self._interviewer.name and turn.failure is None:
                interview = self.take(interview, turn.number, self.judge(interview, turn, meter))
        return interview

    def _go_on(self, interview: Interview, meter: Meter) -> Interview:
        if interview.wants_question:
            return state.ask(interview, self._interviewer.next_question(interview, meter), self.now(interview))
        return self.close_if_answered(interview)

    def _append_answers(self, interview: Interview) -> None:
        """Append the evaluated answers that answers.json does not have.

        What this process has appended or seen there is remembered: to ask the file again, each request would have to
        wait for the appends of others.
        """
        scored = {turn.number for turn in interview.scored}
        there = self._in_file.get(interview.session_id, frozenset())
        if scored <= there:
            return
        stored = there or set(self._storage.get_answer_numbers(interview.session_id))
        for turn in interview.scored:
            if turn.number not in stored:
                self._storage.save_answer(**answer_record(interview.session_id, turn))
        self._in_file[interview.session_id] = frozenset(scored)

    def _file_report(self, interview: Interview, narrative: str | None) -> JsonRecord:
        record = self._storage.get_interview_by_id(interview.session_id)
        if record is None:
            findings = self._interviewer.findings(interview, narrative or None)
            report = build_report(interview, findings, self.now(interview))
            self._storage.save_interview_session(report.model_dump(mode="json"))
            record = self._storage.get_interview_by_id(interview.session_id)
        if record is None:
            raise AssertionError("a saved interview can be read")
        self._live.remove(interview.session_id)
        self._in_file.pop(interview.session_id, None)
        _log_usage(interview)
        return record


def _log_usage(interview: Interview) -> None:
    if (used := interview.usage) is not None:
        logger.info(
            "interview %s is filed; LLM: %d calls, %d tokens in, %d out, %.1f s, %d retries",
            *(interview.session_id, used.calls, used.tokens_in, used.tokens_out, used.seconds, used.retries),
        )
