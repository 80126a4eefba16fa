"""What is read and learned from a bank folder, once a process: none of it changes afterwards."""

import functools
from dataclasses import dataclass
from pathlib import Path

from interviewer.interviewers.builtin.bank import BANK_DIR, QuestionBank
from interviewer.interviewers.builtin.coding.judging import CodeJudge
from interviewer.interviewers.builtin.coding.questions import CodingBank
from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.scoring.coverage import CoverageScorer
from interviewer.interviewers.builtin.scoring.evaluation import Scorer
from interviewer.interviewers.builtin.topic_catalogue import TopicCatalogue


@dataclass(frozen=True)
class Learned:
    """The banks, and what is made of them. Threads may share it."""

    bank: QuestionBank
    coding: CodingBank
    lexicon: Lexicon
    scorer: Scorer
    catalogue: TopicCatalogue

    @functools.cached_property
    def judge(self) -> CodeJudge:
        """Made for the first code: most servers see none for a long time, and it takes a quarter of a second."""
        return CodeJudge(self.coding, CoverageScorer([*self.bank.documents(), *self.coding.documents()]))


@functools.cache
def learned(bank_dir: Path = BANK_DIR) -> Learned:
    """What this folder teaches. Raises BankError when one of its files breaks a rule."""
    bank, coding = QuestionBank(bank_dir), CodingBank(bank_dir)
    lexicon = Lexicon(bank)
    return Learned(
        bank=bank,
        coding=coding,
        lexicon=lexicon,
        scorer=Scorer(bank),
        catalogue=TopicCatalogue(bank, coding, lexicon),
    )
