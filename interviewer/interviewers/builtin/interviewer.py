"""The built-in interviewer: everything it asks and every number it gives comes from this machine."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from interviewer.interview.model import Interview, Turn
from interviewer.interview.report import Findings
from interviewer.interviewers.base import Opening
from interviewer.interviewers.builtin.bank import BANK_DIR
from interviewer.interviewers.builtin.findings import write_findings
from interviewer.interviewers.builtin.job_plan import JobPlan
from interviewer.interviewers.builtin.learned import learned
from interviewer.interviewers.builtin.resume_plan import ResumePlan
from interviewer.interviewers.builtin.scoring.repeats import TOLD_BEFORE, is_repetition, without_repeats
from interviewer.interviewers.builtin.subject import subject_of
from interviewer.interviewers.builtin.technical_plan import TechnicalPlan
from interviewer.interviewers.plain_hints import complete_hints
from interviewer.records import Evaluation, InterviewType, Question
from interviewer.usage import Meter


class Plan(Protocol):
    """What each interview type has: the topics of an interview, and the question that comes next in it."""

    def topics(self, interview: Interview) -> tuple[str, ...]:
        """What the interview is about, in an interview that has no questions yet."""

    def next_question(self, interview: Interview) -> Question:
        """The question to ask next; never one that was asked before."""


class BuiltinInterviewer:
    """Asks from the question banks and from posting or resume, scores by coverage. Safe for many threads.

    Raises BankError when a file of the bank breaks a rule.
    """

    name = "builtin"
    model = None
    is_remote = False

    def __init__(self, bank_dir: Path = BANK_DIR) -> None:
        self._learned = learned(bank_dir)
        self._job = JobPlan(self._learned.bank, self._learned.lexicon)
        self._resumes = ResumePlan(self._learned.lexicon)
        self._plans: dict[InterviewType, Plan] = {
            "job": self._job,
            "technical": TechnicalPlan(self._learned.bank, self._learned.coding, self._learned.catalogue),
            "resume": self._resumes,
        }

    def remember(self, asked: Iterable[tuple[str, str, str]]) -> None:
        """Learn what was asked before: (job_description, item_id, topic) triples."""
        self._job.remember(asked)

    def open(self, interview: Interview, meter: Meter) -> Opening:
        """The topics, and the first question."""
        topics = self._plans[interview.interview_type].topics(interview)
        planned = interview.model_copy(update={"topics": topics})
        return Opening(topics=topics, question=self.next_question(planned, meter))

    def next_question(self, interview: Interview, meter: Meter) -> Question:
        """The next question of the plan for this interview's type."""
        question = self._plans[interview.interview_type].next_question(interview)
        self.remember([(interview.job_description, question.item_id, question.topic)])
        return question

    def hints(self, interview: Interview, turn: Turn, meter: Meter) -> tuple[str, ...]:
        """The question's own, and plain ones where an LLM has left some to be written."""
        return complete_hints(turn.question)

    def resume_topics(self, resume_text: str, meter: Meter) -> tuple[str, ...]:
        """What an interview on this resume would talk about: its jobs, projects and skills; none where it has none."""
        return self._resumes.topics_of(resume_text)

    def evaluate(self, interview: Interview, turn: Turn, meter: Meter) -> Evaluation:
        """Score the answer of one turn. Raises ValueError when it has none.

        Code is judged where the question asks for it and says by its key points what is wanted. Elsewhere words are,
        and code counts only if it came alone: it then is read as the answer.
        """
        answer = turn.answer
        if answer is None:
            raise ValueError(f"question {turn.number} has no answer")
        if turn.question.kind == "coding" and turn.question.key_points:
            return self._learned.judge.judge(
                turn.question, answer.scored_text, answer.scored_code, answer.code_language
            )
        words = answer.scored_text if answer.text else answer.scored_code or ""
        if turn.question.kind == "resume":
            return self._evaluate_account(interview, turn, words)
        return self._learned.scorer.evaluate(turn.question, _background(interview), words)

    def _evaluate_account(self, interview: Interview, turn: Turn, words: str) -> Evaluation:
        """The evaluation of what an answer about the resume adds to the answers before it."""
        before = interview.turns[: turn.number - 1]
        new = without_repeats(words, [earlier.answer.scored_text for earlier in before if earlier.answer])
        evaluation = self._learned.scorer.evaluate(turn.question, _background(interview), new)
        if not is_repetition(words, new):
            return evaluation
        feedback = evaluation.feedback
        repeated = feedback.model_copy(update={"improvements": (TOLD_BEFORE, *feedback.improvements)})
        return evaluation.model_copy(update={"feedback": repeated})

    def answers(self, meter: Meter) -> bool:
        """Always: it is in this process."""
        return True

    def narrate(self, interview: Interview, meter: Meter) -> str | None:
        """Nothing: the findings are written when all the numbers are known."""
        return None

    def findings(self, interview: Interview, narrative: str | None) -> Findings:
        """The prose and the phrases of the report."""
        return write_findings(interview, subject_of(interview, self._job.role(interview)))


def _background(interview: Interview) -> str:
    """What the candidate knew before the question came: saying it again is no answer."""
    return "\n\n".join(text for text in (interview.job_description, interview.resume_text) if text)
