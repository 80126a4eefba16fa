"""The state machine, without a file or a server: whatever is called in whatever order, the invariants hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from interviewer.errors import WrongState
from interviewer.interview import state
from interviewer.interview.model import Interview
from interviewer.interview.report import Findings, build_report, live_summary
from interviewer.records import Difficulty, Evaluation, Feedback, Question, Rubric

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LEVELS: tuple[Difficulty, ...] = ("intermediate", "advanced", "conversational", "beginner")
CODES = st.sampled_from([(None, None), ("x = 1", None), ("x = 1", "python")])
FINDINGS = Findings(summary="Fine.", strengths=("a b c",), weaknesses=(), recommendations=("d e f",))


def new_interview(total_questions: int = 3) -> Interview:
    return Interview(
        session_id="abcd1234",
        candidate_name="Ada",
        candidate_experience=3,
        job_description="A job.",
        difficulty="intermediate",
        topics=("SQL",),
        total_questions=total_questions,
        started_at=BEGAN,
        last_activity_at=BEGAN,
    )


def question(number: int) -> Question:
    return Question(
        item_id=f"q-{number}",
        text=f"Question {number}?",
        topic="SQL",
        difficulty=LEVELS[number % len(LEVELS)],
        kind="technical",
        hints=("Think of order.", "Think of an index."),
    )


def evaluation(score: float) -> Evaluation:
    return Evaluation(
        score=score,
        rubric=Rubric(communication=score, technical_accuracy=score, completeness=score),
        feedback=Feedback(strengths=(), improvements=()),
        evidence=(),
        evaluator="builtin",
        confidence="low",
    )


def later(minutes: float) -> datetime:
    return BEGAN + timedelta(minutes=minutes)


def test_answering_every_question_completes_automatically() -> None:
    interview = new_interview(total_questions=2)
    for number in (1, 2):
        interview = state.ask(interview, question(number), later(number))
        interview = state.take_answer(interview, "An answer.", later(number + 0.5))
        interview = state.take_evaluation(interview, number, evaluation(8.0))
    report = build_report(state.complete(interview), FINDINGS, later(5))
    assert report.completion_method == "automatic"
    assert report.individual_scores == (8.0, 8.0)
    assert report.ended_at == later(2.5)
    assert [item.time_taken for item in report.questions_and_answers] == [30, 30]


def test_ending_by_hand_keeps_the_answers_so_far_and_the_open_question() -> None:
    interview = state.ask(new_interview(), question(1), later(1))
    interview = state.take_evaluation(state.take_answer(interview, "Yes.", later(2)), 1, evaluation(5.0))
    interview = state.ask(interview, question(2), later(2))
    _, interview = state.save_draft(interview, 2, "Half a thou", later(3))
    report = build_report(state.end(interview, later(4)), FINDINGS, later(4))
    assert report.completion_method == "manually_ended"
    assert (report.completed_questions, report.total_questions) == (1, 3)
    assert report.unanswered_question == "Question 2?"
    assert report.unsent_draft == "Half a thou"


def test_ending_without_an_answer_abandons() -> None:
    ended = state.end(state.ask(new_interview(), question(1), later(1)), later(2))
    assert ended.status == "abandoned"
    with pytest.raises(ValueError, match="abandoned"):
        build_report(ended, FINDINGS, later(2))


def test_a_timeout_ends_at_the_last_activity() -> None:
    interview = state.ask(new_interview(), question(1), later(1))
    interview = state.take_evaluation(state.take_answer(interview, "Yes.", later(2)), 1, evaluation(5.0))
    expired = state.expire(state.ask(interview, question(2), later(3)))
    assert (expired.completion_method, expired.ended_at) == ("timeout_cleanup", later(3))


def test_ending_with_a_pending_answer_waits_for_its_evaluation() -> None:
    interview = state.take_answer(state.ask(new_interview(), question(1), later(1)), "Yes.", later(2))
    ended = state.end(interview, later(3))
    assert ended.status == "awaiting_evaluation"
    evaluated = state.take_evaluation(ended, 1, evaluation(6.0))
    assert (evaluated.status, evaluated.ended_at) == ("completed", later(3))


def test_idle_time_counts_only_while_a_server_runs() -> None:
    interview = state.ask(new_interview(), question(1), later(0))
    hour = timedelta(hours=1)
    assert state.is_idle(interview, later(61), hour, running_since=BEGAN)
    assert not state.is_idle(interview, later(61), hour, running_since=later(30))


def test_a_draft_counts_its_changes_and_the_same_text_is_none() -> None:
    interview = state.ask(new_interview(), question(1), later(0))
    _, interview = state.save_draft(interview, 1, "one", later(1))
    _, interview = state.save_draft(interview, 1, "one", later(2))
    draft, interview = state.save_draft(interview, 1, "one two", later(3))
    assert draft.revision == 2
    answered = state.take_answer(interview, "one two three", later(4))
    assert answered.turns[0].answer is not None
    assert answered.turns[0].answer.revision_count == 2
    assert answered.draft is None


def test_a_draft_for_another_question_is_refused() -> None:
    interview = state.ask(new_interview(), question(1), later(0))
    with pytest.raises(WrongState, match="question 1"):
        state.save_draft(interview, 2, "x", later(1))


class InterviewMachine(RuleBasedStateMachine):
    """Random calls in random order; each either keeps the invariants or raises WrongState and changes nothing."""

    interview: Interview
    now: datetime

    @initialize(total=st.integers(1, 4))
    def begin(self, total: int) -> None:
        self.interview, self.now = new_interview(total), BEGAN

    def tick(self) -> datetime:
        self.now += timedelta(seconds=7)
        return self.now

    @rule()
    def ask(self) -> None:
        if self.interview.wants_question:
            self.interview = state.ask(self.interview, question(len(self.interview.turns) + 1), self.tick())
        else:
            with pytest.raises(WrongState):
                state.ask(self.interview, question(99), self.now)

    @rule(text=st.text(min_size=1, max_size=30))
    def answer(self, text: str) -> None:
        if self.interview.current:
            self.interview = state.take_answer(self.interview, text, self.tick())
        else:
            with pytest.raises(WrongState):
                state.take_answer(self.interview, text, self.now)

    @rule(number=st.integers(1, 4), tenths=st.integers(0, 100))
    def evaluate(self, number: int, tenths: int) -> None:
        if number in [turn.number for turn in self.interview.pending]:
            self.interview = state.take_evaluation(self.interview, number, evaluation(tenths / 10))
        else:
            with pytest.raises(WrongState):
                state.take_evaluation(self.interview, number, evaluation(tenths / 10))

    @rule(number=st.integers(1, 4), counts=st.booleans())
    def fail_to_evaluate(self, number: int, counts: bool) -> None:
        """As an LLM does that is down, or that finds no evidence."""
        waiting = {turn.number: turn for turn in self.interview.pending}
        if number not in waiting:
            with pytest.raises(WrongState):
                state.fail_evaluation(self.interview, number, "no evidence", self.now, counts=counts)
            return
        before = waiting[number].failure
        self.interview = state.fail_evaluation(self.interview, number, "no evidence", self.tick(), counts=counts)
        failure = self.interview.turns[number - 1].failure
        assert failure is not None
        assert failure.tries == (before.tries if before else 0) + counts

    @rule(number=st.none() | st.integers(1, 3))
    def hint(self, number: int | None) -> None:
        current = self.interview.current
        used = current.hints_used if current else 0
        wanted = number or used + 1
        if current is None or wanted > min(used + 1, len(current.question.hints)):
            with pytest.raises(WrongState):
                state.take_hint(self.interview, number, self.now)
            return
        given, self.interview = state.take_hint(self.interview, number, self.tick())
        assert given == wanted
        assert self.interview.turns[-1].hints_used == max(used, wanted)

    @rule(text=st.text(max_size=10), number=st.integers(1, 4), code=CODES)
    def draft(self, text: str, number: int, code: tuple[str | None, str | None]) -> None:
        current, before = self.interview.current, self.interview.draft
        if not (current and current.number == number):
            with pytest.raises(WrongState):
                state.save_draft(self.interview, number, text, self.now, *code)
            return
        draft, self.interview = state.save_draft(self.interview, number, text, self.tick(), *code)
        same = before is not None and (before.text, before.code_submission, before.code_language) == (text, *code)
        assert draft.revision == (before.revision if before else 0) + (not same)

    @precondition(lambda self: self.interview.status == "in_progress")
    @rule(how=st.sampled_from(["complete", "end", "expire"]))
    def close(self, how: str) -> None:
        if how == "end":
            self.interview = state.end(self.interview, self.tick())
        elif how == "expire":
            self.interview = state.expire(self.interview)
        elif len(self.interview.answered) == self.interview.total_questions:
            self.interview = state.complete(self.interview)
        else:
            with pytest.raises(WrongState):
                state.complete(self.interview)

    @rule()
    def restart(self) -> None:
        self.interview = Interview.model_validate_json(self.interview.model_dump_json())

    @invariant()
    def the_report_holds_its_invariants_or_there_is_none(self) -> None:
        if self.interview.status != "completed":
            summary = live_summary(self.interview)
            assert summary["status"] == self.interview.status
            assert [item["question_number"] for item in summary["pending"]] == [
                t.number for t in self.interview.pending
            ]
            return
        report = build_report(self.interview, FINDINGS, self.now)
        assert report.completed_questions == len(self.interview.answered) == len(report.individual_scores) >= 1
        assert (report.completion_method == "automatic") <= (report.completed_questions == report.total_questions)
        assert report.unsent_draft == (self.interview.draft.text if self.interview.draft else None)
        assert report.started_at <= report.ended_at <= report.updated_at
        assert sum(item.time_taken for item in report.questions_and_answers) <= report.duration

    @invariant()
    def the_status_follows_from_the_answers_and_how_it_ended(self) -> None:
        interview = self.interview
        if interview.completion_method is None:
            assert interview.status == "in_progress"
        elif not interview.answered:
            assert interview.status == "abandoned"
        else:
            assert interview.status == ("awaiting_evaluation" if interview.pending else "completed")

    @invariant()
    def no_score_is_above_what_the_hints_left(self) -> None:
        for turn in self.interview.scored:
            assert turn.evaluation is not None
            assert turn.evaluation.score <= turn.highest_score
            assert turn.failure is None

    @invariant()
    def no_moment_is_before_the_one_it_follows(self) -> None:
        moments = [self.interview.started_at]
        for turn in self.interview.turns:
            moments += [turn.asked_at, *([turn.answer.received_at] if turn.answer else [])]
        moments.append(self.interview.last_activity_at)
        assert moments == sorted(moments)
        ended_at = self.interview.ended_at
        assert ended_at is None or moments[-2] <= ended_at <= moments[-1]


InterviewMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestInterviewMachine = InterviewMachine.TestCase
