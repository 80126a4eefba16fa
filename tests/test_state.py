"""The state machine, without a file or a server: whatever is called in whatever order, the invariants hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from interviewer.errors import WrongState
from interviewer.interview import state
from interviewer.interview.report import Findings, build_report, live_summary
from interviewer.interview.state import Interview
from interviewer.records import Evaluation, Feedback, Question, Rubric

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
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
        item_id=f"q-{number}", text=f"Question {number}?", topic="SQL", difficulty="intermediate", kind="technical"
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

    @rule(text=st.text(max_size=10), number=st.integers(1, 4))
    def draft(self, text: str, number: int) -> None:
        current = self.interview.current
        if current and current.number == number:
            _, self.interview = state.save_draft(self.interview, number, text, self.tick())
        else:
            with pytest.raises(WrongState):
                state.save_draft(self.interview, number, text, self.now)

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
        if self.interview.status == "completed":
            report = build_report(self.interview, FINDINGS, self.now)
            assert report.completed_questions == len(self.interview.answered) >= 1
            assert (report.completion_method == "automatic") <= (report.completed_questions == report.total_questions)
        else:
            assert live_summary(self.interview)["status"] == self.interview.status


InterviewMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestInterviewMachine = InterviewMachine.TestCase
