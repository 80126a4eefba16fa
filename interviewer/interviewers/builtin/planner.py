"""Which topics an interview is about, in which order, and which question is asked when a topic's turn comes.

Pure: no I/O and no chance. Where several questions serve equally well, a hash of posting, topic and question decides,
so that different postings get different ones and the same posting always the same.
"""

import hashlib
from collections.abc import Collection, Iterable
from typing import Literal

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.candidates import Candidate, asked_form, from_bank, from_frames
from interviewer.interviewers.builtin.exposure import Exposure
from interviewer.interviewers.builtin.reading.posting import Posting, Topic
from interviewer.records import Difficulty, Question, Record

WORN = 3  # postings after which a question rests while others are fresh
TURNS_WITHOUT_BANK = 2  # questions that one duty or one skill without a bank file bears
EXPERIENCED_YEARS = 1
OPENERS, BEHAVIORAL = "experience", "behavioral"

SlotKind = Literal["opener", "topic", "role", "behavioral"]


class PlannedSlot(Record):
    """One question to come: what it is about, not yet which. `topic` is set for kind `topic` alone."""

    kind: SlotKind
    experience_years: float
    topic: Topic | None = None


def plan(posting: Posting, *, experience_years: float, total_questions: int, bank: QuestionBank) -> list[PlannedSlot]:
    """The slots of an interview, `total_questions` of them (1-20).

    An opener; from two on the posting's topics by weight; from three on exactly one behavioral question, last but one
    (last of three). Every topic has a turn before any has a second; the role itself fills up what is left.
    """
    with_behavioral = total_questions >= 3
    turns = total_questions - 1 - with_behavioral
    slots = [PlannedSlot(kind="opener", experience_years=experience_years)]
    for topic in _turns(posting.topics, turns, bank):
        slots.append(PlannedSlot(kind="topic" if topic else "role", experience_years=experience_years, topic=topic))
    if with_behavioral:
        place = len(slots) - (total_questions > 3)
        slots.insert(place, PlannedSlot(kind="behavioral", experience_years=experience_years))
    return slots


def choose(
    slot: PlannedSlot,
    *,
    difficulty: Difficulty,
    asked: Collection[str],
    posting: Posting,
    bank: QuestionBank,
    exposure: Exposure,
) -> Question:
    """The question for a slot whose turn has come; `asked` are the item ids this interview had already.

    In order: not worn out by other postings, nearest to `difficulty`, asked before for this very posting, least used
    elsewhere. Raises ValueError when nothing is left to ask, which `plan` does not let happen.
    """
    for source in _sources(slot, difficulty, posting, bank):
        open_candidates = [candidate for candidate in source if candidate.question.item_id not in asked]
        if open_candidates:
            return min(open_candidates, key=lambda candidate: _rank(candidate, posting, exposure)).question
    raise ValueError("no question is left for this slot")


def _turns(topics: Iterable[Topic], turns: int, bank: QuestionBank) -> list[Topic | None]:
    """The topics in the order of their turns, filled up with None (the role)."""
    left = [(topic, _capacity(topic, bank)) for topic in topics]
    order: list[Topic | None] = []
    done = 0
    while left and len(order) < turns:
        order += [topic for topic, _ in left]
        done += 1
        left = [(topic, capacity) for topic, capacity in left if capacity > done]
    return (order + [None] * turns)[:turns]


def _capacity(topic: Topic, bank: QuestionBank) -> int:
    return len(bank.files[topic.bank].questions) if topic.bank else TURNS_WITHOUT_BANK


def _sources(
    slot: PlannedSlot, difficulty: Difficulty, posting: Posting, bank: QuestionBank
) -> Iterable[list[Candidate]]:
    """Where the question may come from, the next only when the one before has nothing left."""
    experienced = slot.experience_years >= EXPERIENCED_YEARS
    if slot.kind == "opener":
        yield _openers(bank, slot.experience_years, posting.role, difficulty)
    elif slot.kind == "behavioral":
        yield from_bank(bank, BEHAVIORAL, difficulty)
    elif slot.topic and slot.topic.bank:
        yield from_bank(bank, slot.topic.bank, difficulty)
    if slot.topic:
        yield from_frames(slot.topic, posting.role, difficulty, experienced=experienced)
    yield from_frames(None, posting.role, difficulty, experienced=experienced)
    yield _openers(bank, slot.experience_years, posting.role, difficulty)


def _openers(bank: QuestionBank, years: float, role: str | None, difficulty: Difficulty) -> list[Candidate]:
    """Openers for these years of experience. They suit any difficulty, so they take the asked one."""
    questions = bank.files[OPENERS].questions
    fitting = [question for question in questions if question.min_years <= years <= question.max_years]
    return [
        Candidate(question=asked_form(question, role).model_copy(update={"difficulty": difficulty}), distance=0)
        for question in fitting or questions
    ]


def _rank(candidate: Candidate, posting: Posting, exposure: Exposure) -> tuple[bool, int, bool, int, str]:
    question = candidate.question
    here = exposure.used_with(posting.key, question.item_id, question.topic)
    uses = exposure.elsewhere(posting.key, question.item_id, question.topic)
    tie = hashlib.sha256(f"{posting.key} {question.topic} {question.item_id}".encode()).hexdigest()
    return (uses >= WORN and not here, candidate.distance, not here, uses, tie)
