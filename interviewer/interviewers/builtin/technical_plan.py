"""Which question of a technical interview comes next: its chosen topics in turn, and code between the words.

Pure: no I/O and no chance; the same topics, posting and scores get the same questions. Everybody who chose the same is
asked the same as far as the scores agree, so that candidates can be compared; what other interviews asked counts for
nothing here.
"""

import hashlib
from collections.abc import Iterable, Sequence

from interviewer.interview.model import Interview
from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.candidates import Candidate, from_bank, from_coding, from_frames
from interviewer.interviewers.builtin.coding.questions import CodingBank
from interviewer.interviewers.builtin.planner import EXPERIENCED_YEARS
from interviewer.interviewers.builtin.reading.posting import posting_key
from interviewer.interviewers.builtin.topic_catalogue import ALGORITHMS, ChosenTopic, TopicCatalogue
from interviewer.records import Question, Record

CODE_AFTER, CODE_AT_LAST = 2, 3
"""So many questions after one for code comes the next: soonest, if a topic whose turn it is has any; at the latest."""


class TechnicalSlot(Record):
    """One question to come: on which topic, and whether it asks for code."""

    topic: ChosenTopic
    asks_for_code: bool


def plan(topics: Sequence[ChosenTopic], total_questions: int) -> list[TechnicalSlot]:
    """The slots of an interview, `total_questions` of them, on at least one topic.

    The topics have turns in their order, every one a first before any has a second, but that a topic without coding
    questions waits where code is overdue. Every second or third question asks for code as long as there is some. The
    first asks for words, unless all topics are known for their code alone.
    """
    in_words, in_code = [0] * len(topics), [0] * len(topics)
    code_alone = all(topic.coding and not topic.topic.bank for topic in topics)
    last_code = 1 - CODE_AFTER if code_alone else 0
    slots = []
    for number in range(1, total_questions + 1):
        places = range(len(topics))
        first_turn = min(in_words[place] + in_code[place] for place in places)
        for_code = [
            place
            for place in places
            if len(topics[place].coding) > in_code[place]
            and number - last_code >= (CODE_AFTER if in_words[place] + in_code[place] == first_turn else CODE_AT_LAST)
        ]
        of_this_kind = in_code if for_code else in_words
        chosen = min(
            for_code or places, key=lambda place: (in_words[place] + in_code[place], of_this_kind[place], place)
        )
        of_this_kind[chosen] += 1
        last_code = number if for_code else last_code
        slots.append(TechnicalSlot(topic=topics[chosen], asks_for_code=bool(for_code)))
    return slots


class TechnicalPlan:
    """Plans technical interviews from the two banks. Read-only once made, so threads may share it."""

    def __init__(self, bank: QuestionBank, coding: CodingBank, catalogue: TopicCatalogue) -> None:
        self._bank = bank
        self._coding = coding
        self._catalogue = catalogue

    def topics(self, interview: Interview) -> tuple[str, ...]:
        """What the interview is about: the topics that were chosen, those of the bank in its spelling."""
        return tuple(map(self._catalogue.spelled, interview.topics))

    def next_question(self, interview: Interview) -> Question:
        """The question for the slot whose turn has come, near the interview's `next_difficulty`; none comes twice."""
        slots = plan([self._catalogue.find(name) for name in interview.topics], interview.total_questions)
        asked = [turn.question for turn in interview.turns]
        asked_ids = {question.item_id for question in asked}
        key = posting_key("\n".join([*interview.topics, interview.job_description]))
        for source in self._sources(slots[len(asked)], interview):
            unasked = [candidate for candidate in source if candidate.question.item_id not in asked_ids]
            if unasked:
                return min(unasked, key=lambda candidate: _rank(candidate, asked, key)).question
        raise ValueError("no question is left for this slot")

    def _sources(self, slot: TechnicalSlot, interview: Interview) -> Iterable[list[Candidate]]:
        """Where the question may come from, the next only when the one before has nothing left.

        A topic known for its code alone gets the questions in words on algorithms, to which it belongs. One without any
        file gets general questions about its name: those of skills that a posting names. Those that ask about past
        work come last for who has none: without them a long interview would run out of questions.
        """
        difficulty, topic = interview.next_difficulty, slot.topic.topic
        if slot.asks_for_code:
            yield from_coding([self._coding.questions[item_id] for item_id in slot.topic.coding], difficulty)
        if bank := topic.bank or (ALGORITHMS if slot.topic.coding else None):
            yield from_bank(self._bank, bank, difficulty)
        experienced = interview.candidate_experience >= EXPERIENCED_YEARS
        yield from_frames(topic, None, difficulty, experienced=experienced, with_posting=False)
        yield from_frames(topic, None, difficulty, experienced=True, with_posting=False)


def _rank(candidate: Candidate, asked: Sequence[Question], key: str) -> tuple[int, int, str]:
    """Nearest to the asked difficulty first, then what the interview has had least of, then by a hash.

    `key` is the same for interviews that were asked for in the same way.
    """
    question = candidate.question
    had = sum(other.topic == question.topic for other in asked)
    tie = hashlib.sha256(f"{key} {question.topic} {question.item_id}".encode()).hexdigest()
    return candidate.distance, had, tie
