"""Answers that wait for an evaluation because the LLM failed: tried again in the background, or when somebody asks.

The model is asked without holding the interview's lock, so that the candidate can go on meanwhile; what it says is
taken in under the lock, if the answer still waits. So each answer gets its evaluation once, however many try.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from interviewer.clock import Clock
from interviewer.errors import InterviewNotFound, LLMPaused, LLMUnavailable, WrongState
from interviewer.interview.model import Interview, Turn
from interviewer.interviewers.base import Interviewer
from interviewer.records import Evaluation
from interviewer.service.due_steps import DueSteps
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.usage import Meter

logger = logging.getLogger(__name__)

MOST_TRIES = 5
"""An answer on which the LLM failed so often waits for `flask --app app evaluate-pending` (design, section 8)."""

WAITS_S = (0, 5, 10, 20, 20)
"""How long an answer rests after so many failed tries; never so long that it misses the LLM's return by 30 s."""

PATIENCE_S = 5.0
"""How long a turn of the work waits for the answers it tries: one that hangs must not hold up the others."""

SIDE_BY_SIDE = 8
"""Answers that are evaluated at the same time: enough to work off a long outage, few enough not to flood the server."""


class PendingEvaluations:
    """Evaluates what waits in the interviews of one data folder. Safe beside the server and other processes."""

    def __init__(self, live: LiveInterviews, interviewer: Interviewer, steps: DueSteps, clock: Clock) -> None:
        self._live = live
        self._interviewer = interviewer
        self._clock = clock
        self._steps = steps
        self._nothing_due: dict[str, int] = {}
        self._in_hand: dict[tuple[str, int], Future[bool]] = {}
        self._pool = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="pending")

    def work(self, is_stopping: Callable[[], bool]) -> int:
        """Try what is due, once, if the LLM answers at all; how many answers got their evaluation.

        What takes long goes on by itself and is counted by a later call.

        For an interviewer of this machine nothing is due: what an LLM was given is not scored by it unasked.
        """
        if not self._interviewer.is_remote:
            return 0
        due = [pair for session_id in self._live.ids() for pair in self._due(session_id)]
        new = [(interview, number) for interview, number in due if (interview.session_id, number) not in self._in_hand]
        if new and not self._interviewer.answers(Meter()):  # an outage is nothing to count against an answer
            new = []
        for interview, number in new:
            self._in_hand[interview.session_id, number] = self._pool.submit(
                self._try_unless, is_stopping, interview, number
            )
        wait(self._in_hand.values(), timeout=PATIENCE_S)
        done = [key for key, future in self._in_hand.items() if future.done()]
        return sum(self._in_hand.pop(key).result() for key in done)

    def evaluate(self, session_id: str) -> tuple[int, list[Turn]]:
        """Evaluate all that waits in one interview, whatever was tried before: (how many got it, those still waiting).

        Raises InterviewNotFound when no live interview has this id.
        """
        interview = self._load(session_id)
        evaluated = sum(self._try(interview, turn.number) for turn in interview.pending)
        with self._live.lock(session_id):
            left = self._live.load(session_id)
            if left is not None and left.status == "completed":
                self._steps.settle(left)
            return evaluated, list(left.pending) if left else []

    def _load(self, session_id: str) -> Interview:
        interview = self._live.load(session_id)
        if interview is None:
            raise InterviewNotFound("There is no unfinished interview with this id.")
        return interview

    def _due(self, session_id: str) -> list[tuple[Interview, int]]:
        """The answers of one interview to be tried now. One that somebody is busy with is passed over."""
        stamp = self._live.stamp(session_id)
        if stamp is None or self._nothing_due.get(session_id) == stamp:
            return []
        with self._live.lock(session_id, longest_wait=0) as held:
            interview = self._live.load(session_id) if held else None
            if interview is None:
                return []
            if interview.status == "completed":  # a crash came between the last evaluation and the report
                self._steps.settle(interview)
                return []
        waiting = [turn for turn in interview.pending if not _given_up(turn)]
        if not waiting:
            self._nothing_due[session_id] = stamp
        return [(interview, turn.number) for turn in waiting if _rested(turn, self._clock())]

    def _try_unless(self, is_stopping: Callable[[], bool], interview: Interview, number: int) -> bool:
        return not is_stopping() and self._try(interview, number)

    def _try(self, interview: Interview, number: int) -> bool:
        """Ask for one evaluation and take in what came of it; whether it was a score."""
        meter = Meter()
        outcome = self._steps.judge(interview, interview.turns[number - 1], meter)
        if isinstance(outcome, LLMPaused):  # nobody asked the model
            return False
        counts = None
        if isinstance(outcome, LLMUnavailable):
            counts = self._interviewer.answers(meter)  # it answers others: then it fails on this answer
        with self._live.lock(interview.session_id):
            now = self._live.load(interview.session_id)
            if now is None:
                return False
            try:
                taken = self._steps.take(now, number, outcome, counts=counts)
            except WrongState:  # somebody else had it evaluated meanwhile
                return False
            due = self._steps.put(self._steps.close_if_answered(taken), now, meter)
        _report(due, number)
        if due.status == "completed":
            self._file(due)
        return isinstance(outcome, Evaluation)

    def _file(self, interview: Interview) -> None:
        """File the report of a completed interview, its prose asked for before the lock is taken."""
        meter = Meter()
        narrative = self._interviewer.narrate(interview, meter) or ""
        with self._live.lock(interview.session_id):
            now = self._live.load(interview.session_id)
            if now is not None and now.status == "completed":
                self._steps.keep(now, now, meter, narrative)


def _given_up(turn: Turn) -> bool:
    return turn.failure is not None and turn.failure.tries >= MOST_TRIES


def _rested(turn: Turn, now: datetime) -> bool:
    if turn.failure is None:
        return True
    wait = timedelta(seconds=WAITS_S[min(turn.failure.tries, len(WAITS_S) - 1)])
    return now - turn.failure.at >= wait or now < turn.failure.at  # the latter: the clock was set back


def _report(interview: Interview, number: int) -> None:
    """Tell whoever reads the log what became of an answer that waited."""
    turn = interview.turns[number - 1]
    if turn.evaluation is not None:
        logger.info("answer %d of interview %s, which waited, is evaluated", number, interview.session_id)
    if turn.evaluation is None and turn.failure is not None and turn.failure.tries == MOST_TRIES:
        logger.warning(
            "answer %d of interview %s got no evaluation in %d tries (%s); "
            "it waits for: flask --app app evaluate-pending %s",
            *(number, interview.session_id, MOST_TRIES, turn.failure.reason, interview.session_id),
        )
