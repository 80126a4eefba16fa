"""Questions that could be asked next, each with its distance from the asked difficulty: what plans choose among."""

from interviewer.interview.difficulty import LEVELS
from interviewer.interviewers.builtin.bank import BankQuestion, QuestionBank
from interviewer.interviewers.builtin.coding.questions import CodingQuestion
from interviewer.interviewers.builtin.duty_questions import build_question, frames_for
from interviewer.interviewers.builtin.reading.posting import Topic
from interviewer.interviewers.builtin.reading.titles import role_phrase
from interviewer.records import Difficulty, Question, Record


class Candidate(Record):
    """A question that could be asked, and how far it is from the asked difficulty (0-2 levels)."""

    question: Question
    distance: int


def from_bank(bank: QuestionBank, stem: str, difficulty: Difficulty) -> list[Candidate]:
    """Every question of one bank file."""
    return [
        Candidate(question=asked_form(question, None), distance=distance(question.difficulty, difficulty))
        for question in bank.files[stem].questions
    ]


def from_frames(
    topic: Topic | None, role: str | None, difficulty: Difficulty, *, experienced: bool, with_posting: bool = True
) -> list[Candidate]:
    """The frames that fit a topic (None: the role as a whole), each at its level nearest to the asked one."""
    candidates = []
    for frame in frames_for(topic, experienced=experienced, with_posting=with_posting):
        level = min(frame.difficulties, key=lambda offered: distance(offered, difficulty))
        question = build_question(frame, topic, role, level)
        candidates.append(Candidate(question=question, distance=distance(level, difficulty)))
    return candidates


def from_coding(questions: list[CodingQuestion], difficulty: Difficulty) -> list[Candidate]:
    """The coding questions as they are asked."""
    return [
        Candidate(question=question.as_asked(), distance=distance(question.difficulty, difficulty))
        for question in questions
    ]


def asked_form(question: BankQuestion, role: str | None) -> Question:
    """The bank question without what only the checks need, its {role} filled in."""
    return Question(
        item_id=question.item_id,
        text=question.text.replace("{role}", role_phrase(role)),
        topic=question.topic,
        difficulty=question.difficulty,
        kind=question.kind,
        key_points=question.key_points,
        hints=question.hints,
    )


def distance(level: Difficulty, difficulty: Difficulty) -> int:
    """How many levels lie between the two; 1 where one of them is none, as in a conversation."""
    order = [str(known) for known in LEVELS]
    return abs(order.index(level) - order.index(difficulty)) if {level, difficulty} <= {*order} else 1
