"""The built-in interviewer: everything it asks and every number it gives comes from this machine."""

import functools
import threading
from collections.abc import Iterable
from pathlib import Path

from interviewer.interview.report import Findings
from interviewer.interview.state import Interview, Turn
from interviewer.interviewers.base import Opening
from interviewer.interviewers.builtin import planner
from interviewer.interviewers.builtin.bank import BANK_DIR, QuestionBank
from interviewer.interviewers.builtin.exposure import Exposure
from interviewer.interviewers.builtin.findings import write_findings
from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.reading.posting import Posting, posting_key, read_posting
from interviewer.interviewers.builtin.reading.titles import role_phrase
from interviewer.interviewers.builtin.scoring.evaluation import Scorer
from interviewer.records import Evaluation, Question
from interviewer.usage import Meter

REMEMBERED_POSTINGS = 512


@functools.cache
def _learned(bank_dir: Path) -> tuple[QuestionBank, Scorer, Lexicon]:
    """What is read and learned from a bank folder, once a process: none of it changes afterwards."""
    bank = QuestionBank(bank_dir)
    return bank, Scorer(bank), Lexicon(bank)


class BuiltinInterviewer:
    """Asks from the question bank and the posting's own words, scores by coverage. Safe for many threads.

    Raises BankError when a file of the bank breaks a rule.
    """

    name = "builtin"
    model = None
    is_remote = False

    def __init__(self, bank_dir: Path = BANK_DIR) -> None:
        self._bank, self._scorer, lexicon = _learned(bank_dir)
        self._read = functools.lru_cache(maxsize=REMEMBERED_POSTINGS)(lambda text: read_posting(text, lexicon))
        self._exposure = Exposure()
        self._exposure_lock = threading.Lock()

    def remember(self, asked: Iterable[tuple[str, str, str]]) -> None:
        """Learn what was asked before: (job_description, item_id, topic) triples."""
        with self._exposure_lock:
            for job_description, item_id, topic in asked:
                self._exposure.record(posting_key(job_description), item_id, topic)

    def open(self, interview: Interview, meter: Meter) -> Opening:
        """The posting's topics that an interview of this length has room for, and the first question."""
        topics = self._posting(interview.job_description).topics[: max(1, interview.total_questions)]
        return Opening(topics=tuple(topic.name for topic in topics), question=self.next_question(interview, meter))

    def next_question(self, interview: Interview, meter: Meter) -> Question:
        """The question for the slot whose turn has come."""
        posting = self._posting(interview.job_description)
        slots = planner.plan(
            posting,
            experience_years=interview.candidate_experience,
            total_questions=interview.total_questions,
            bank=self._bank,
        )
        with self._exposure_lock:
            question = planner.choose(
                slots[len(interview.turns)],
                difficulty=interview.next_difficulty,
                asked={turn.question.item_id for turn in interview.turns},
                posting=posting,
                bank=self._bank,
                exposure=self._exposure,
            )
            self._exposure.record(posting.key, question.item_id, question.topic)
        return question

    def evaluate(self, interview: Interview, turn: Turn, meter: Meter) -> Evaluation:
        """Score the answer of one turn. Raises ValueError when it has none."""
        if turn.answer is None:
            raise ValueError(f"question {turn.number} has no answer")
        return self._scorer.evaluate(turn.question, interview.job_description, turn.answer.scored_text)

    def answers(self, meter: Meter) -> bool:
        """Always: it is in this process."""
        return True

    def narrate(self, interview: Interview, meter: Meter) -> str | None:
        """Nothing: the findings are written when all the numbers are known."""
        return None

    def findings(self, interview: Interview, narrative: str | None) -> Findings:
        """The prose and the phrases of the report."""
        return write_findings(interview, self._subject(interview))

    def _posting(self, job_description: str) -> Posting:
        return self._read(job_description)

    def _subject(self, interview: Interview) -> str:
        """What the interview was for: the role where the posting names it, else what it is about."""
        posting = self._posting(interview.job_description)
        if posting.role is None and interview.topics:
            return f"a job with {' and '.join(interview.topics[:2])}"
        return role_phrase(posting.role)
