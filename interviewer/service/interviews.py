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
from datetime import timedelta

from interviewer.clock import Clock
from interviewer.errors import InterviewNotFound, InvalidField, StorageUnavailable, WrongState
from interviewer.interview import state
from interviewer.interview.checks import was_held_here
from interviewer.interview.model import Interview
from interviewer.interviewers.base import Interviewer
from interviewer.service import replies
from interviewer.service.due_steps import DueSteps
from interviewer.service.received import NewInterview, Submission, Unsent
from interviewer.service.replies import Reply
from interviewer.service.spoken_answers import spoken_answer
from interviewer.spoken import SpokenAnswer
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from interviewer.storage.record_checks import JsonRecord
from interviewer.storage.recordings import Recordings
from interviewer.turn_taking import at_work
from interviewer.usage import Meter

logger = logging.getLogger(__name__)

ID_CHARACTERS = string.digits + string.ascii_lowercase
REMEMBERED_INTERVIEWS = 1_000  # so many of the latest are enough to spread questions over postings

GLANCE_S = 0.25
"""How long a look at an interview waits for whoever holds it: the background's glance, but no evaluation."""


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
        self.recordings = Recordings(storage.folder)
        self._clock = clock
        self._session_timeout = session_timeout
        self._running_since = clock()
        interviewer.remember(storage.asked_items(REMEMBERED_INTERVIEWS))
        interviewer.remember(
            (interview.job_description, turn.question.item_id, turn.question.topic)
            for interview in live.all()
            for turn in interview.turns
        )

    def start(self, wish: NewInterview, user_id: str | None = None) -> Reply:
        """Plan an interview, ask its first question, and put both on disk. With a `user_id` it is that user's alone."""
        with at_work():
            return self._start(wish, user_id)

    def _start(self, wish: NewInterview, user_id: str | None) -> Reply:
        now = self._clock()
        session_id = self._free_id()
        with self.live.lock(session_id):
            interview = Interview(
                session_id=session_id,
                interview_type=wish.interview_type,
                candidate_name=wish.candidate_name,
                candidate_experience=wish.candidate_experience,
                job_description=wish.job_description,
                resume_text=wish.resume_text,
                difficulty="conversational" if wish.interview_type == "resume" else wish.difficulty,
                topics=wish.topics,
                total_questions=wish.total_questions,
                started_at=now,
                last_activity_at=now,
                user_id=user_id,
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

    def submit(self, session_id: str, submission: Submission, user_id: str | None = None) -> Reply:
        """Take an answer, or reply again to one that was taken (design 5, "Repeats").

        Raises InterviewNotFound; WrongState for another answer to an answered question, one to a question not
        asked yet, and one after the end.
        """
        with at_work(), self.held(session_id, user_id) as found:
            if isinstance(found, Interview):
                return self._submit_live(found, submission)
            return _repeat_finished(found, submission)

    def save_draft(self, session_id: str, unsent: Unsent, user_id: str | None = None) -> Reply:
        """Keep an unsent answer. Raises WrongState when it is not the current question's."""
        with self.held(session_id, user_id) as found:
            if not isinstance(found, Interview):
                raise WrongState("This interview has ended.")
            draft, drafted = state.save_draft(
                found,
                unsent.question_number,
                unsent.answer,
                self.steps.now(found),
                unsent.code_submission,
                unsent.code_language,
            )
            if drafted is not found:
                self.live.save(drafted)
        return {"saved_at": draft.saved_at.isoformat(), "revision": draft.revision}

    def hint(
        self, session_id: str, hint_number: int | None, question_number: int | None, user_id: str | None = None
    ) -> Reply:
        """Give a hint for the current question, by default the next one.

        Raises InterviewNotFound, and WrongState when there is none or the question is not the current one.
        """
        with self.held(session_id, user_id) as found:
            if not isinstance(found, Interview):
                raise WrongState("This interview has ended.")
            number, hinted = state.take_hint(
                self._with_hints(found), hint_number, self.steps.now(found), question_number
            )
            if hinted is not found:
                self.live.save(hinted)
        return replies.hinted(hinted, number)

    def _with_hints(self, interview: Interview) -> Interview:
        """The interview with all the hints of its current question, which a model may still have to write."""
        current = interview.current
        if current is None or not current.question.hints_to_come:
            return interview
        meter = Meter()
        hints = self.interviewer.hints(interview, current, meter)
        return state.add_usage(state.know_hints(interview, hints), meter.total())

    def end(self, session_id: str, user_id: str | None = None) -> Reply:
        """Close an interview by hand; one that has ended already replies the same again."""
        with self.held(session_id, user_id) as found:
            if isinstance(found, Interview) and found.status == "in_progress":
                found = self._close(state.end(found, self.steps.now(found)))
            return replies.ended_live(found) if isinstance(found, Interview) else replies.ended_finished(found)

    def view(self, session_id: str, user_id: str | None = None) -> Reply:
        """Where an interview stands, for a page that loads.

        It does not wait for a model: while another request has an answer evaluated, there is no question.
        """
        found = self._as_it_is(session_id, user_id)
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
                    self._settle_recordings(interview)
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
        if not submission.answer and interview.interview_type != "technical":
            raise InvalidField("answer", "must hold something to read; code alone is for technical interviews")
        taken = state.take_answer(
            interview,
            submission.answer,
            self.steps.now(interview),
            submission.code_submission,
            submission.code_language,
            taken_by=self.interviewer.name,
            steering=submission.steering(current.question.kind),
            code_steering=submission.code_steering(),
            audio=self._audio(interview, submission),
        )
        self.live.save(taken)  # P1: from here on the answer survives, whatever happens to its evaluation
        self._settle_recordings(taken)
        settled = self.steps.settle(taken, just_answered=number)
        return self._reply(settled, number)

    def _audio(self, interview: Interview, submission: Submission) -> SpokenAnswer | None:
        if submission.audio is None:
            return None
        return spoken_answer(self.recordings, interview, submission.answer, submission.audio)

    def _settle_recordings(self, interview: Interview) -> None:
        """Remove what was recorded for questions that are done, but for the sounds that are kept."""
        answers = [turn.answer for turn in interview.turns if turn.answer is not None]
        kept = [sound for answer in answers if answer.audio for sound in answer.audio.sounds]
        current = interview.current
        self.recordings.settle(interview.session_id, current.number if current else None, kept)

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
    def held(self, session_id: str, user_id: str | None) -> Iterator[Interview | JsonRecord]:
        """The live interview, brought up to date and locked; or the record of a finished one, which needs no lock.

        An interview leaves the live ones only after interviews.json has it. Raises InterviewNotFound, also for one of
        another user: who asks shall not learn that there is one.
        """
        if not self.live.exists(session_id):
            yield self._stored(session_id, user_id)
            return
        with self.live.lock(session_id):
            interview = self.live.load(session_id)
            if interview is not None:
                _check_owner(session_id, interview.user_id, user_id)
            yield self.steps.settle(interview) if interview is not None else self._stored(session_id, user_id)

    def _as_it_is(self, session_id: str, user_id: str | None) -> Interview | JsonRecord:
        """The interview brought up to date, or as it lies on disk when a request is at work on it."""
        if not self.live.exists(session_id):
            return self._stored(session_id, user_id)
        with self.live.lock(session_id, longest_wait=GLANCE_S) as held:
            interview = self.live.load(session_id)
            if interview is None:
                return self._stored(session_id, user_id)
            _check_owner(session_id, interview.user_id, user_id)
            return self.steps.settle(interview) if held else interview

    def _stored(self, session_id: str, user_id: str | None) -> JsonRecord:
        """The record of an interview that was held here. One that a script saved is data, and no interview to go on."""
        record = self.storage.get_interview_by_id(session_id)
        if record is None or not was_held_here(record):
            raise _not_found()
        _check_owner(session_id, record.get("user_id"), user_id)
        return record

    def _close(self, closed: Interview) -> Interview | JsonRecord:
        self.live.save(closed)
        self._settle_recordings(closed)
        return self.steps.settle(closed)

    def _save_job_description(self, interview: Interview) -> None:
        """The posting's line of job_descriptions.json; without a posting there is none."""
        if not interview.job_description:
            return
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
    return WrongState(f"Question {number} has been answered already, and otherwise; that answer stands.")


def _check_owner(session_id: str, owner: str | None, user_id: str | None) -> None:
    """Raise InterviewNotFound for another user's interview. One that is nobody's is open to all who have its id."""
    if owner is not None and owner != user_id:
        logger.warning("interview %s was asked for by somebody else than its user", session_id)
        raise _not_found()


def _not_found() -> InterviewNotFound:
    return InterviewNotFound("There is no interview with this id.")
