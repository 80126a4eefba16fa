"""The candidate's use cases: start, submit, save a draft, end, look; and what time and restarts do to an interview.

How an answer travels: lock the interview, put the answer on disk, evaluate it and choose the next question, put
that on disk, append it to answers.json, reply. Whatever step a crash interrupts, `DueSteps` takes up from
what is on disk: it runs at start for every interview, and before each use of one.
"""

import contextlib
import logging
import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from interviewer.clock import Clock
from interviewer.errors import InterviewNotFound, StorageUnavailable, WrongState
from interviewer.interview import state
from interviewer.interview.checks import was_held_here
from interviewer.interview.state import Interview
from interviewer.interviewers.base import Interviewer
from interviewer.records import RequestedDifficulty
from interviewer.service import replies
from interviewer.service.due_steps import DueSteps
from interviewer.service.replies import Reply
from interviewer.steering import find_steering
from interviewer.steering.likeness import with_suspicion
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.storage.record_checks import JsonRecord
from interviewer.turn_taking import at_work
from interviewer.usage import Meter

logger = logging.getLogger(__name__)

ID_CHARACTERS = string.digits + string.ascii_lowercase
REMEMBERED_INTERVIEWS = 1_000  # so many of the latest are enough to spread questions over postings


@dataclass(frozen=True)
class NewInterview:
    """What start-interview is told, checked."""

    job_description: str
    candidate_name: str = "Candidate"
    candidate_experience: int | float = 0
    difficulty: RequestedDifficulty = "intermediate"
    total_questions: int = 5


@dataclass(frozen=True)
class Submission:
    """An answer as sent. `question_number` (1-based) is the idempotency key; None means the current question."""

    answer: str
    question_number: int | None = None
    code_submission: str | None = None
    code_language: str | None = None

    def repeats(self, answer: str, code_submission: str | None, code_language: str | None) -> bool:
        """Whether this is the answer that was already given."""
        return (self.answer, self.code_submission, self.code_language) == (answer, code_submission, code_language)


class InterviewService:
    """The use cases of one DATA_DIR. Safe for many threads, and for several processes on the same folder."""

    def __init__(
        self,
        storage: DataStorage,
        live: LiveInterviews,
        interviewer: Interviewer,
        clock: Clock,
        session_timeout: timedelta,
    ) -> None:
        self.storage = storage
        self.live = live
        self.interviewer = interviewer
        self.steps = DueSteps(storage, live, interviewer, clock)
        self._clock = clock
        self._session_timeout = session_timeout
        self._running_since = clock()
        interviewer.remember(storage.asked_items(REMEMBERED_INTERVIEWS))
        interviewer.remember(
            (interview.job_description, turn.question.item_id, turn.question.topic)
            for interview in live.all()
            for turn in interview.turns
        )

    def start(self, wish: NewInterview) -> Reply:
        """Plan an interview, ask its first question, and put both on disk."""
        with at_work():
            return self._start(wish)

    def _start(self, wish: NewInterview) -> Reply:
        now = self._clock()
        session_id = self._free_id()
        with self.live.lock(session_id):
            interview = Interview(
                session_id=session_id,
                candidate_name=wish.candidate_name,
                candidate_experience=wish.candidate_experience,
                job_description=wish.job_description,
                difficulty=wish.difficulty,
                topics=(),
                total_questions=wish.total_questions,
                started_at=now,
                last_activity_at=now,
            )
            interview = self._opened(interview)
            self.live.save(interview)
            try:
                self._save_job_description(interview)
            except StorageUnavailable:
                self.live.remove(session_id)  # nobody was told of it: nothing half-written stays
                raise
        return replies.started(interview)

    def _opened(self, interview: Interview) -> Interview:
        """The interview with its plan and first question, which the candidate has not waited for."""
        meter = Meter()
        opening = self.interviewer.open(interview, meter)
        planned = state.add_usage(state.plan(interview, opening.topics), meter.total())
        return state.ask(planned, opening.question, self.steps.now(interview))

    def submit(self, session_id: str, submission: Submission) -> Reply:
        """Take an answer, or reply again to one that was taken (design 5, "Repeats").

        Raises InterviewNotFound; WrongState for another answer to an answered question, one to a question not
        asked yet, and one after the end.
        """
        with at_work(), self._held(session_id) as found:
            if isinstance(found, Interview):
                return self._submit_live(found, submission)
            return _repeat_finished(found, submission)

    def save_draft(self, session_id: str, question_number: int, text: str) -> Reply:
        """Keep an unsent answer. Raises WrongState when it is not the current question's."""
        with self._held(session_id) as found:
            if not isinstance(found, Interview):
                raise WrongState("This interview has ended.")
            draft, drafted = state.save_draft(found, question_number, text, self.steps.now(found))
            if drafted is not found:
                self.live.save(drafted)
        return {"saved_at": draft.saved_at.isoformat(), "revision": draft.revision}

    def end(self, session_id: str) -> Reply:
        """Close an interview by hand; one that has ended already replies the same again."""
        with self._held(session_id) as found:
            if isinstance(found, Interview) and found.status == "in_progress":
                found = self._close(state.end(found, self.steps.now(found)))
            return replies.ended_live(found) if isinstance(found, Interview) else replies.ended_finished(found)

    def view(self, session_id: str) -> Reply:
        """Where an interview stands, for a page that loads.

        It waits for nobody: while another request has an answer evaluated, there is no question.
        """
        found = self._as_it_is(session_id)
        server_time = self._clock().isoformat()
        if isinstance(found, Interview):
            return replies.view_live(found, server_time)
        return replies.view_finished(found, server_time)

    def recover(self) -> None:
        """At start: take up every interview where a crash left it, so that each answer is in its file once."""
        for session_id in self.live.ids():
            with self.live.lock(session_id):
                interview = self.live.load(session_id)
                if interview is not None:
                    self._save_job_description(interview)
                    self.steps.take_up(interview)

    def close_idle(self) -> int:
        """Close the interviews in which nothing has happened for the session timeout; how many there were."""
        closed = 0
        for session_id in self.live.ids():
            with self.live.lock(session_id):
                interview = self.live.load(session_id)
                if interview is None or not self._is_idle(interview):
                    continue
                answered = self.steps.close_if_answered(interview)
                self._close(state.expire(interview) if answered is interview else answered)
                closed += 1
        if closed:
            logger.info("%d idle interviews closed", closed)
        return closed

    def _submit_live(self, interview: Interview, submission: Submission) -> Reply:
        current = interview.current
        number = submission.question_number or (current.number if current else 0)
        if number and number <= len(interview.answered):
            return self._repeat_live(interview, number, submission)
        if interview.status != "in_progress" or current is None:
            raise WrongState("This interview has ended.")
        if number != current.number:
            raise WrongState(f"Question {number} has not been asked yet; the current one is {current.number}.")
        taken = state.take_answer(
            interview,
            submission.answer,
            self.steps.now(interview),
            submission.code_submission,
            submission.code_language,
            taken_by=self.interviewer.name,
            steering=with_suspicion(find_steering(submission.answer), submission.answer),
        )
        self.live.save(taken)  # P1: from here on the answer survives, whatever happens to its evaluation
        settled = self.steps.settle(taken, just_answered=number)
        return self._reply(settled, number)

    def _repeat_live(self, interview: Interview, number: int, submission: Submission) -> Reply:
        given = interview.turns[number - 1].answer
        if given is None or not submission.repeats(given.text, given.code_submission, given.code_language):
            raise _answered_otherwise(number)
        return self._reply(interview, number)

    def _reply(self, found: Interview | JsonRecord, number: int) -> Reply:
        if isinstance(found, Interview):
            return replies.answered_live(found, number)
        return replies.answered_finished(found, number)

    @contextlib.contextmanager
    def _held(self, session_id: str) -> Iterator[Interview | JsonRecord]:
        """The live interview, brought up to date and locked; or the record of a finished one, which needs no lock.

        An interview leaves the live ones only after interviews.json has it. Raises InterviewNotFound.
        """
        if not self.live.exists(session_id):
            yield self._stored(session_id)
            return
        with self.live.lock(session_id):
            interview = self.live.load(session_id)
            yield self.steps.settle(interview) if interview is not None else self._stored(session_id)

    def _as_it_is(self, session_id: str) -> Interview | JsonRecord:
        """The interview brought up to date, or as it lies on disk when a request is at work on it."""
        if not self.live.exists(session_id):
            return self._stored(session_id)
        with self.live.lock(session_id, wait=False) as held:
            interview = self.live.load(session_id)
            if interview is None:
                return self._stored(session_id)
            return self.steps.settle(interview) if held else interview

    def _stored(self, session_id: str) -> JsonRecord:
        """The record of an interview that was held here. One that a script saved is data, and no interview to go on."""
        record = self.storage.get_interview_by_id(session_id)
        if record is None or not was_held_here(record):
            raise _not_found()
        return record

    def _close(self, closed: Interview) -> Interview | JsonRecord:
        self.live.save(closed)
        return self.steps.settle(closed)

    def _save_job_description(self, interview: Interview) -> None:
        self.storage.save_job_description(
            interview.job_description,
            interview.session_id,
            timestamp=interview.started_at.isoformat(),
            interview_type=interview.interview_type,
        )

    def _is_idle(self, interview: Interview) -> bool:
        return state.is_idle(interview, self._clock(), self._session_timeout, self._running_since)

    def _free_id(self) -> str:
        while True:
            session_id = "".join(secrets.choice(ID_CHARACTERS) for _ in range(8))
            if not self.live.exists(session_id) and self.storage.get_interview_by_id(session_id) is None:
                return session_id


def _repeat_finished(record: JsonRecord, submission: Submission) -> Reply:
    number = submission.question_number
    items = {item["question_number"]: item for item in record["questions_and_answers"]}
    if number is None:
        raise WrongState("This interview has ended.")
    if number not in items:
        raise WrongState(f"This interview has ended; question {number} was not answered in it.")
    given = items[number]
    if not submission.repeats(given["answer"], given["code_submission"], given["code_language"]):
        raise _answered_otherwise(number)
    return replies.answered_finished(record, number)


def _answered_otherwise(number: int) -> WrongState:
    return WrongState(f"Question {number} has been answered already, with another text; that answer stands.")


def _not_found() -> InterviewNotFound:
    return InterviewNotFound("There is no interview with this id.")
