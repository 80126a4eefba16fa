"""Scoring answers to questions that have no key points: experience, behavior, a duty of the posting.

There is no list of right answers, but a good account has parts that can be seen (the situation-task-action-result
form of behavioral interviewing): concrete details, what the speaker did, what came of it, and that it is about what was
asked and the job. Each part is looked for sentence by sentence, and quoted. Confidence is always low.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from interviewer.interviewers.builtin.embedding import embed
from interviewer.interviewers.builtin.language import Passage, content_words, passages, stems, words
from interviewer.interviewers.builtin.word_order import WordOrder
from interviewer.records import Question

NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundreds?|thousands?|millions?|half|"
    r"twice|double[ds]?|tripled?|percent|per cent)\b",
    re.I,
)
WHEN = re.compile(
    r"\b(?:last (?:year|summer|month|week|job|role|semester)|in my (?:last|previous|current|first)|years? ago|"
    r"when i (?:was|worked|joined|started)|at (?:my|our) \w+|during (?:my|our|the|a)|one (?:day|time|night|week)|once)\b",
    re.I,
)
ACTION = re.compile(
    r"\b(?:i|we)(?:'d|'ve| (?:had|have|then|also|first|personally|quickly|decided to|started to|began to|had to))*"
    r"\s+(?!(?:was|were|am|are|think|believe|guess|feel|know|like|love|want|need|would|could|should|can|will|might)\b)"
    r"\w+(?:ed|t|d|ght|de|an|ew|ote|oke|ose|ook|ame|ave|ent|ot)\b",
    re.I,
)
RESULT = re.compile(
    r"\b(?:as a result|in the end|result(?:s|ed|ing)?|so that|which meant|led to|outcome|saved|reduced|"
    r"cut|fell|dropped|rose|grew|improv\w+|increas\w+|faster|fewer|no longer|never (?:again|came back)|on time|"
    r"delivered|shipped|launched|adopted|learn(?:ed|t)|thanks to|finally|passed|solved|fixed|prevented|avoided|"
    r"went (?:down|up|from)|from \w+ to \w+|the trade-?off)\b",
    re.I,
)
FITS_FROM, FITS_FULLY_AT = 0.18, 0.42
"""Cosine of a sentence with what was asked (question, topic, posting): about chance, and clearly about it."""

ENOUGH_DETAILS = 4
ENOUGH_ACTIONS = 3
ENOUGH_RESULTS = 2


@dataclass(frozen=True)
class Part:
    """One part of a good account: `degree` 0-1, and the sentence that shows it best when it counts as there."""

    label: str
    statement: str
    weight: float
    degree: float
    quote: str | None


@dataclass(frozen=True)
class _Ask:
    label: str
    statement: str
    weight: float
    counter: Callable[[str], int]
    enough: int


def _details(sentence: str) -> int:
    names = re.findall(r"(?<=[\w,;:] )[A-Z][\w+#.]*\b(?<!\bI)", sentence)
    return len(NUMBER.findall(sentence)) + len(WHEN.findall(sentence)) + len(names)


ASKS = (
    _Ask("concrete details", "Gives concrete details: when, how much, which.", 1.0, _details, ENOUGH_DETAILS),
    _Ask(
        "own actions",
        "Says what the speaker did, step by step.",
        1.5,
        lambda sentence: len(ACTION.findall(sentence)),
        ENOUGH_ACTIONS,
    ),
    _Ask(
        "a clear result",
        "Says what came of it.",
        1.0,
        lambda sentence: len(RESULT.findall(sentence)),
        ENOUGH_RESULTS,
    ),
)


def account_parts(question: Question, posting: str, answer: str, word_order: WordOrder) -> list[Part]:
    """The parts of an account, each with how far it is there. All are 0 for an answer about something else.

    Sentences that were said before, or only repeat the question, do not count.
    """
    sentences = _telling(question, passages(answer))
    fits, best = _fit(question, posting, sentences)
    gate = fits * word_order.naturalness(words(answer)) * min(1.0, len(content_words(answer)) / 12)
    parts = [_part(ask, sentences, gate) for ask in ASKS]
    quote = best.text if best and gate > 0 and fits >= 0.5 else None
    return [*parts, Part("fit to the question", "Is about what was asked and the job.", 1.0, gate, quote)]


def _part(ask: _Ask, sentences: list[Passage], gate: float) -> Part:
    counts = [ask.counter(sentence.text) for sentence in sentences]
    degree = min(1.0, sum(counts) / ask.enough) * gate
    quote = sentences[int(np.argmax(counts))].text if degree >= 0.5 else None
    return Part(ask.label, ask.statement, ask.weight, degree, quote)


def _telling(question: Question, sentences: list[Passage]) -> list[Passage]:
    """The sentences that add something: not said before, not the question again."""
    asked = set(stems(content_words(question.text)))
    said: set[tuple[str, ...]] = set()
    telling: list[Passage] = []
    for sentence in sentences:
        meaning = tuple(stems(content_words(sentence.text)))
        if meaning and meaning not in said and len(set(meaning) - asked) >= max(1, len(set(meaning)) // 3):
            telling.append(sentence)
        said.add(meaning)
    return telling


def _fit(question: Question, posting: str, sentences: list[Passage]) -> tuple[float, Passage | None]:
    """How far the account is about what was asked, 0-1, and its most fitting sentence.

    An account wanders, so the mean of its best third counts, against the nearer of question and posting.
    """
    if not sentences:
        return 0.0, None
    asked = embed([f"{question.topic}. {question.text}", *(piece.text for piece in passages(posting)[:80])])
    cosines = embed([sentence.text for sentence in sentences]) @ asked.T
    nearest = np.sort(cosines, axis=1)[:, ::-1][:, :3].mean(axis=1)
    top = np.sort(nearest)[::-1][: max(1, len(sentences) // 3)].mean()
    degree = float(np.clip((top - FITS_FROM) / (FITS_FULLY_AT - FITS_FROM), 0, 1))
    return degree, sentences[int(nearest.argmax())]
