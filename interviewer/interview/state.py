"""The interview as a state machine: plan, ask, answer, evaluate, end, expire. Values in, values out; no I/O, no clock.

    in_progress --last answer evaluated--> completed
    in_progress --ended or expired, something scored, nothing pending--> completed
    in_progress --ended, expired or last answer, something pending--> awaiting_evaluation --evaluated--> completed
    in_progress --ended or expired with no answer--> abandoned

`completion_method` is decided here and nowhere else.
"""

from datetime import datetime, timedelta

from interviewer.errors import WrongState
from interviewer.interview.model import NO_STEERING, Answer, Draft, FailedEvaluation, Interview, Status, Turn
from interviewer.records import CompletionMethod, Evaluation, Question
from interviewer.spoken import RecordingConsent, SpokenAnswer
from interviewer.steering import Steering
from interviewer.usage import Usage


def plan(interview: Interview, topics: tuple[str, ...]) -> Interview:
    """Say what the interview will be about. Raises WrongState when it has begun."""
    if interview.turns:
        raise WrongState("This interview has begun.")
    return _changed(interview, topics=topics)


def ask(interview: Interview, question: Question, now: datetime) -> Interview:
    """Put the next question. Raises WrongState when one is open or all have been asked."""
    if not interview.wants_question:
        raise WrongState("This interview does not take another question now.")
    turn = Turn(number=len(interview.turns) + 1, question=question, asked_at=now)
    return _changed(interview, turns=(*interview.turns, turn), last_activity_at=now, draft=None)


def take_answer(
    interview: Interview,
    text: str,
    now: datetime,
    code_submission: str | None = None,
    code_language: str | None = None,
    taken_by: str = "builtin",
    steering: Steering = NO_STEERING,
    code_steering: Steering = NO_STEERING,
    audio: SpokenAnswer | None = None,
) -> Interview:
    """Give the current question its answer. Raises WrongState when no question waits for one."""
    turn = _open_turn(interview)
    answer = Answer(
        text=text,
        code_submission=code_submission,
        code_language=code_language,
        received_at=now,
        revision_count=interview.draft.revision if interview.draft else 0,
        taken_by=taken_by,
        steering=steering,
        code_steering=code_steering,
        audio=audio,
    )
    answered = turn.model_copy(update={"answer": answer})
    return _changed(interview, turns=(*interview.turns[:-1], answered), last_activity_at=now, draft=None)


def agree_to_recording(interview: Interview, version: str, now: datetime) -> tuple[RecordingConsent, Interview]:
    """Note the consent to this version of the text: (the consent, the interview with it). The same again is no news.

    Raises WrongState when the interview has ended.
    """
    _open_interview(interview)
    before = interview.recording_consent
    if before is not None and before.version == version:
        return before, interview
    consent = RecordingConsent(version=version, at=now)
    return consent, _changed(interview, recording_consent=consent, last_activity_at=now)


def know_hints(interview: Interview, hints: tuple[str, ...]) -> Interview:
    """Give the current question the hints that were still to come. Raises WrongState when no question is open."""
    turn = _open_turn(interview)
    question = turn.question.model_copy(update={"hints": hints, "hints_to_come": False})
    return _with_turn(interview, turn.number, question=question)


def take_hint(
    interview: Interview, hint_number: int | None, now: datetime, question_number: int | None = None
) -> tuple[int, Interview]:
    """Give the current question's hint of this number, by default the next: (its number from 1, the interview).

    One that was given before is given again and counts once. Raises WrongState when no question is open or another
    one than `question_number`, the hint before it has not been asked for, or there is none.
    """
    turn = _open_turn(interview)
    if question_number not in (None, turn.number):
        raise WrongState(f"Question {question_number} is not the current one, and only that has hints to give.")
    number = hint_number or turn.hints_used + 1
    if number <= turn.hints_used:
        return number, interview
    if not turn.question.hints:
        raise WrongState("There are no hints for this question.")
    if number > len(turn.question.hints):
        raise WrongState("There are no more hints for this question.")
    if number > turn.hints_used + 1:
        raise WrongState(f"Hint {turn.hints_used + 1} comes before hint {number}.")
    return number, _changed(_with_turn(interview, turn.number, hints_used=number), last_activity_at=now)


def take_evaluation(interview: Interview, number: int, evaluation: Evaluation) -> Interview:
    """Give a pending answer its evaluation, its score capped by the hints; finishes the interview with the last one.

    Raises WrongState when that answer is not pending.
    """
    highest = _pending_turn(interview, number).highest_score
    if evaluation.score > highest:
        evaluation = evaluation.model_copy(update={"score": highest})
    taken = _with_turn(interview, number, evaluation=evaluation, failure=None)
    if taken.status == "awaiting_evaluation" and not taken.pending:
        return _changed(taken, status="completed")
    return taken


def fail_evaluation(interview: Interview, number: int, reason: str, now: datetime, *, counts: bool) -> Interview:
    """Keep why a pending answer got no evaluation; it stays pending. `counts` adds to its tries.

    Raises WrongState when that answer is not pending.
    """
    turn = _pending_turn(interview, number)
    tries = (turn.failure.tries if turn.failure else 0) + counts
    return _with_turn(interview, number, failure=FailedEvaluation(reason=reason, tries=tries, at=now))


def add_usage(interview: Interview, usage: Usage) -> Interview:
    """Add what a step cost at the LLM; nothing changes when it made no call."""
    if usage == Usage():
        return interview
    return _changed(interview, usage=interview.usage.plus(usage) if interview.usage else usage)


def complete(interview: Interview) -> Interview:
    """Close an interview whose last question has been answered, as of that answer.

    Raises WrongState when questions are left.
    """
    if interview.status != "in_progress" or len(interview.answered) < interview.total_questions:
        raise WrongState("This interview still has questions to answer.")
    return _close(interview, interview.last_activity_at, "automatic")


def end(interview: Interview, now: datetime) -> Interview:
    """Close an interview by hand. Raises WrongState when it has ended already."""
    _open_interview(interview)
    return _close(_changed(interview, last_activity_at=now), now, "manually_ended")


def expire(interview: Interview) -> Interview:
    """Close an idle interview, as of its last activity. Raises WrongState when it has ended already."""
    _open_interview(interview)
    return _close(interview, interview.last_activity_at, "timeout_cleanup")


def is_idle(interview: Interview, now: datetime, timeout: timedelta, running_since: datetime) -> bool:
    """Whether nothing has happened for `timeout`; time without a running server does not count."""
    return interview.status == "in_progress" and now - max(interview.last_activity_at, running_since) >= timeout


def save_draft(
    interview: Interview,
    number: int,
    text: str,
    now: datetime,
    code_submission: str | None = None,
    code_language: str | None = None,
) -> tuple[Draft, Interview]:
    """Keep the unsent answer: (the draft, the interview with it). The same again changes nothing.

    Raises WrongState when `number` is not the current question's.
    """
    turn = _open_turn(interview)
    if turn.number != number:
        raise WrongState(f"Question {number} is not the current one; that is question {turn.number}.")
    before = interview.draft
    sent = (text, code_submission, code_language)
    if before is not None and (before.text, before.code_submission, before.code_language) == sent:
        return before, interview
    draft = Draft(
        text=text,
        revision=before.revision + 1 if before else 1,
        saved_at=now,
        code_submission=code_submission,
        code_language=code_language,
    )
    return draft, _changed(interview, draft=draft, last_activity_at=now)


def _pending_turn(interview: Interview, number: int) -> Turn:
    for turn in interview.pending:
        if turn.number == number:
            return turn
    raise WrongState(f"Answer {number} does not wait for an evaluation.")


def _with_turn(interview: Interview, number: int, **changes: object) -> Interview:
    turns = tuple(turn.model_copy(update=changes) if turn.number == number else turn for turn in interview.turns)
    return _changed(interview, turns=turns)


def _open_interview(interview: Interview) -> None:
    if interview.status != "in_progress":
        raise WrongState("This interview has ended.")


def _open_turn(interview: Interview) -> Turn:
    _open_interview(interview)
    if interview.current is None:
        raise WrongState("No question waits for an answer.")
    return interview.current


def _close(interview: Interview, ended_at: datetime, method: CompletionMethod) -> Interview:
    status: Status = "completed"
    if not interview.answered:
        status = "abandoned"
    elif interview.pending:
        status = "awaiting_evaluation"
    return _changed(interview, status=status, ended_at=ended_at, completion_method=method)


def _changed(interview: Interview, **changes: object) -> Interview:
    """A validated copy: model_copy alone would not check the invariants."""
    fields = {name: getattr(interview, name) for name in Interview.model_fields}
    return Interview(**(fields | changes))
