"""Which question of an interview for a posting comes next: the plan of `planner`, with what was asked before."""

import functools
import threading
from collections.abc import Iterable

from interviewer.interview.model import Interview
from interviewer.interviewers.builtin import planner
from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.exposure import Exposure
from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.reading.posting import Posting, posting_key, read_posting
from interviewer.records import Question

REMEMBERED_POSTINGS = 512


class JobPlan:
    """Plans interviews for postings. Safe for many threads."""

    def __init__(self, bank: QuestionBank, lexicon: Lexicon) -> None:
        self._bank = bank
        self._read = functools.lru_cache(maxsize=REMEMBERED_POSTINGS)(lambda text: read_posting(text, lexicon))
        self._exposure = Exposure()
        self._exposure_lock = threading.Lock()

    def remember(self, asked: Iterable[tuple[str, str, str]]) -> None:
        """Learn what was asked, in interviews of any type: (job_description, item_id, topic) triples."""
        with self._exposure_lock:
            for job_description, item_id, topic in asked:
                self._exposure.record(posting_key(job_description), item_id, topic)

    def topics(self, interview: Interview) -> tuple[str, ...]:
        """The posting's topics that an interview of this length has room for."""
        topics = self._posting(interview).topics[: max(1, interview.total_questions)]
        return tuple(topic.name for topic in topics)

    def next_question(self, interview: Interview) -> Question:
        """The question for the slot whose turn has come."""
        posting = self._posting(interview)
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

    def role(self, interview: Interview) -> str | None:
        """The role that the posting names, or None; also where there is no posting."""
        return self._posting(interview).role if interview.job_description else None

    def _posting(self, interview: Interview) -> Posting:
        return self._read(interview.job_description)
