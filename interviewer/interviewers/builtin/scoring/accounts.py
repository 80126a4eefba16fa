"""Scoring answers to questions that have no key points: experience, behavior, a duty of the posting.

There is no list of right answers, but a good account has parts that can be seen (the situation-task-action-result
form of behavioral interviewing): concrete details, what the speaker did, what came of it, and that it is about what was
asked and the job. Each part is looked for in the text, and quoted. Confidence is always low.
"""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.embedding import embed
from interviewer.interviewers.builtin.reading.resume_passages import lines_about, without_foreign_quotes
from interviewer.interviewers.builtin.scoring.language import (
    FUNCTION_WORDS,
    Passage,
    content_words,
    passages,
    stems,
    words,
)
from interviewer.interviewers.builtin.scoring.word_order import WordOrder
from interviewer.records import KeyPoint, Question

NUMBER = re.compile(
    r"\d[\d.,%]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|"
    r"hundreds?|thousands?|millions?|half|twice|doubled?|tripled?|percent|per cent)\b",
    re.I,
)
WHEN = re.compile(
    r"\b(?:last (?:year|summer|winter|spring|fall|month|week|job|role|semester)|years? ago|months? ago|"
    r"in my (?:last|previous|current|first|second|third)|when i (?:was|worked|joined|started)|"
    r"at (?:my|our) \w+|during|one (?:day|time|night|evening|morning|week)|the next (?:day|week)|once|near|until)\b",
    re.I,
)
NAME = re.compile(r"(?<=[a-z,;:] )(?!I\b)[A-Z][\w+#.]*")
STEP = re.compile(
    r"\b(?:i|we)(?:'d|'ve|\s+(?:had|have|then|also|first|personally|quickly|always|usually|never|just|finally|straight|"
    r"decided to|started to|began to|had to|would|will))*\s+([a-z]+)"
    r"|(?:^|[.;,]\s+|\b(?:and|then)\s+)(?:i\s+|we\s+|then\s+)?([a-z]+ed|wrote|built|made|ran|took|gave|led|told|found|brought|"
    r"rang|drove|sat|set|kept|got|put|cut|spoke|taught|sold|bought)\b",
    re.I | re.M,
)
STATES = frozenset(
    "am are was were be been do did does think believe guess feel felt know knew like love want wanted need can could "
    "should might may must understand hope prefer agree don didn haven wasn not see really would will had have".split()
)
OUTCOME = re.compile(
    r"\b(?:as a result|in the end|results?|resulted|so that|which meant|led to|outcome|saved|reduced|"
    r"(?:fell|dropped|rose|grew) (?:by|to|from)|improv\w+|increas\w+|faster|matched|came out|"
    r"was (?:happy|done)|fewer|no longer|never (?:again|came back|had)|on time|delivered|shipped|"
    r"launched|adopted|learn(?:ed|t)|thanks to|thank(?:ed)?|finally|passed|solved|fixed|prevented|avoided|accepted|"
    r"agreed|stopped|better|went (?:down|up|from)|instead of|since then|after that|afterwards|from then on|"
    r"still works?|trade-?off)\b",
    re.I,
)
ENOUGH_DETAILS, ENOUGH_WORDS, ENOUGH_STEPS, ENOUGH_OUTCOMES = 4, 40, 3, 2
"""How many of each make a full account of about a minute (numbers, times and names; different content words;
different things done; words of outcome). Set on good, thin and empty accounts, see tests/test_scoring.py."""

FITS_FROM, FITS_FULLY_AT = 0.08, 0.20
"""Cosine of the account with the question, the posting or talk about work at which it begins to be about it, and at
which it clearly is. On our sample accounts (tests/test_scoring.py) those about the job lie at 0.16 to 0.35, those
about another job at -0.1 to 0.15; single cases cross, one reason why confidence is low."""

TOPIC_FITS_FROM, TOPIC_FITS_FULLY_AT = 0.0, 0.06
"""The same for an explanation of a topic that the bank does not know, which need not name it. The six
of tests/test_unknown_topics.py lie at 0.06 to 0.28 to their own question and, in 22 of 30 pairs, under 0.05 to
others."""

ANY_STORY, ANY_WORK_STORY, ANY_ACCOUNT = 0.6, 0.8, 0.25
"""What an account counts for at least. A behavioral question may be answered with any story: whether it fits is more
than these embeddings can tell, and a person reads it. A question about the job or a duty wants the job."""

MOST_SENTENCES = 200
"""So many sentences of an answer, and of a posting, are compared: more than anyone says, and the cost stays bounded."""

ENTRY_FITS_FROM, ENTRY_FITS_FULLY_AT = 0.08, 0.24
"""The same for the lines of an entry of a resume. Of 18 accounts written for entries of our 13 resumes nine tenths lie
above 0.15 (median 0.27); of 90 pairs with a story of another life nine tenths below 0.14, of 210 pairs with an account
of another trade below 0.17. They overlap: with these bounds 6 of the 90 and 21 of the 210 score above 5, and 15 of the
18."""

FIT_QUOTE_FROM = 0.15
"""The cosine of a sentence with the entry from which it may be quoted as what shows the fit: half way up the above."""

BLOCK_LINES = 2
"""The lines of an entry are compared in twos, each with the next. Single lines are so short that some is near to any
text; so accounts of another entry of the same resume are told apart in 82 % of the pairs, in 75 % with blocks of four
among the twelve lines from the entry's name on."""

RUN_WORDS, COPIED_RUNS = 3, 0.5
"""A sentence with so great a share of its runs of three words in the resume was read out from it."""

FEWEST_STEPS = 2
"""An account with fewer different things that the speaker did is talk: all its parts count by that share. Of 72 texts
that plead with or order the scorer three quarters hold at most one, of 130 honest answers 95 % two or more."""

VAGUE_BELOW = 0.4
"""Under this degree of detail an account is talk about oneself rather than a story, and its other parts count less."""

KEY_WORDS_SHARE, PROSE_SHARE = 0.08, 0.25
THERE_FROM = 0.5
COPIED_SHARE = 0.8


ACCOUNT_POINTS = (
    KeyPoint(label="concrete details", text="Gives concrete details: when, how much, which.", weight=1.0),
    KeyPoint(label="own actions", text="Says what the speaker did, step by step.", weight=1.5),
    KeyPoint(label="a clear result", text="Says what came of it.", weight=1.0),
    KeyPoint(label="fit to the question", text="Is about what was asked and the job.", weight=0.5),
)
"""The parts of a good account as key points, for whoever judges one: what a question without key points asks for."""


@dataclass(frozen=True)
class Part:
    """One part of a good account: `degree` 0-1, and the passage that shows it best when it counts as there.

    `only_unfit`: it was told, and counts for little only because the account is not about what was asked.
    """

    label: str
    statement: str
    weight: float
    degree: float
    quote: str | None
    only_unfit: bool = False


@dataclass(frozen=True)
class Telling:
    """What an answer adds to the question and the posting: its passages, their text without overlaps.

    `fit` (0-1) is how far it is about what was asked, `prose` (0-1) how far it is sentences in natural order.
    """

    passages: Sequence[Passage]
    text: str
    fit: float
    prose: float

    def best(self, count: Callable[[str], set[str]]) -> str:
        """The passage in which most is found; raises ValueError where there is none."""
        return max(self.passages, key=lambda passage: len(count(passage.text))).text


class AccountScorer:
    """Looks for the parts of a good account. `work_talk` are texts about work, which an account should resemble."""

    def __init__(self, word_order: WordOrder, work_talk: Sequence[str]) -> None:
        self._word_order = word_order
        centre = embed(work_talk).mean(axis=0)
        self._work: NDArray[np.float32] = centre / max(float(np.linalg.norm(centre)), 1e-9)

    def parts(self, question: Question, posting: str, answer: str) -> list[Part]:
        """The parts, each with how far it is there. All are 0 for an answer about something else.

        Sentences said before, and those that only repeat the question or the posting, do not count.
        """
        told = self.telling(question, posting, answer)
        text = told.text
        gate = told.fit * told.prose * (0.5 + 0.5 * min(1.0, _details(text) / VAGUE_BELOW))
        gate *= share_of(own_steps(text), FEWEST_STEPS)
        details, actions, result, fitting = ACCOUNT_POINTS
        story = [
            _part(
                point,
                degree * gate,
                told.best(count) if degree * gate >= THERE_FROM else None,
                only_unfit=told.fit < THERE_FROM <= degree,
            )
            for point, degree, count in (
                (details, _details(text), _marks),
                (actions, _action(text), own_steps),
                (result, _result(text), _outcomes),
            )
        ]
        substance = min(1.0, sum(part.degree for part in story))
        fit = gate * substance
        quote = self.most_fitting(question, posting, told) if fit >= THERE_FROM else None
        return [*story, _part(fitting, fit, quote)]

    def telling(self, question: Question, posting: str, answer: str) -> Telling:
        """What the answer adds to question and posting, each sentence once."""
        told = _telling(question, posting, passages(answer))
        text = "\n".join(_without_overlaps(told))
        prose = self._word_order.naturalness(words(answer)) * _prose(answer)
        return Telling(told, text, self._fit(question, posting, text), prose)

    def most_fitting(self, question: Question, posting: str, told: Telling) -> str | None:
        """The passage nearest to what was asked; none without any, or where all are far from the entry of a resume."""
        if not told.passages:
            return None
        said = embed([passage.text for passage in told.passages])
        if question.kind != "resume":
            nearest = said @ embed([f"{question.topic}. {question.text}"])[0]
        else:
            asked = self._without_work_talk(embed(_asked_about(question, posting)))
            nearest = (self._without_work_talk(said) @ asked.T).max(axis=1)
            if float(nearest.max()) < FIT_QUOTE_FROM:
                return None
        return told.passages[int(nearest.argmax())].text

    def _fit(self, question: Question, posting: str, text: str) -> float:
        """How far the account is about what was asked, 0-1.

        A behavioral question may be answered with any story from work, so there being about work counts too, but
        not in full; a question about the job or a duty wants the job; a technical one wants its own topic.
        """
        if not content_words(text):
            return 0.0
        account = embed([text])[0]
        if question.kind == "resume":
            return self._fit_to_entry(question, posting, text)
        own, asked, job = self._without_work_talk(embed([text, f"{question.topic}. {question.text}", posting]))
        to_question, to_job = _fitting(float(own @ asked)), _fitting(float(own @ job))
        to_work = _fitting(float(account @ self._work))
        if question.kind == "behavioral":
            return max(to_question, ANY_WORK_STORY * max(to_job, to_work), ANY_STORY)
        if question.kind == "technical":
            return _fitting(float(own @ asked), TOPIC_FITS_FROM, TOPIC_FITS_FULLY_AT)
        return max(to_question, to_job, ANY_ACCOUNT)

    def _fit_to_entry(self, question: Question, resume: str, text: str) -> float:
        """How far the account is about the entry of the resume that was asked about, 0-1.

        Where the resume does not say which lines those are (a question about it as a whole) all count, not in full.
        """
        own, *asked = self._without_work_talk(embed([text, *_asked_about(question, resume)]))
        cosine = max(float(own @ vector) for vector in asked)
        whole = 1.0 if lines_about(question.topic, question.text, resume) else ANY_WORK_STORY
        return max(whole * _fitting(cosine, ENTRY_FITS_FROM, ENTRY_FITS_FULLY_AT), ANY_ACCOUNT)

    def _without_work_talk(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The vectors without what all talk about work has in common, so that only the matter itself compares."""
        rest = vectors - np.outer(vectors @ self._work, self._work)
        unit: NDArray[np.float32] = rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), np.float32(1e-9))
        return unit


def _asked_about(question: Question, resume: str) -> list[str]:
    """What a question about a resume asks about: its own words, and the entry it names in blocks of lines."""
    lines = lines_about(question.topic, question.text, resume) or resume.split("\n")
    lines = [line for line in lines if content_words(line)][:MOST_SENTENCES]
    blocks = ["\n".join(lines[i : i + BLOCK_LINES]) for i in range(max(1, len(lines) - BLOCK_LINES + 1))]
    return [f"{question.topic}. {without_foreign_quotes(question.text, resume)}", *blocks]


def _part(point: KeyPoint, degree: float, quote: str | None, *, only_unfit: bool = False) -> Part:
    return Part(point.label, point.text, point.weight, degree, quote, only_unfit)


def _fitting(cosine: float, none_at: float = FITS_FROM, full_at: float = FITS_FULLY_AT) -> float:
    return float(np.clip((cosine - none_at) / (full_at - none_at), 0, 1))


def _prose(text: str) -> float:
    """0 for a heap of key words, 1 for sentences, by the share of words that carry grammar (in prose 40 % and more)."""
    said = words(text)
    share = sum(word in FUNCTION_WORDS for word in said) / max(1, len(said))
    return float(np.clip((share - KEY_WORDS_SHARE) / (PROSE_SHARE - KEY_WORDS_SHARE), 0, 1))


def _details(text: str) -> float:
    """Numbers, times and names, and how much is told at all, 0-1; names alone are not needed: speech has none."""
    return 0.6 * share_of(_marks(text), ENOUGH_DETAILS) + 0.4 * share_of(set(content_words(text)), ENOUGH_WORDS)


def _action(text: str) -> float:
    return share_of(own_steps(text), ENOUGH_STEPS)


def _result(text: str) -> float:
    return share_of(_outcomes(text), ENOUGH_OUTCOMES)


def _marks(text: str) -> set[str]:
    found = [*NUMBER.findall(text), *WHEN.findall(text), *NAME.findall(text)]
    return {mark.casefold() for mark in found}


def own_steps(text: str) -> set[str]:
    """The different things the speaker says they did."""
    return {(own or other).casefold() for own, other in STEP.findall(text)} - STATES


def _outcomes(text: str) -> set[str]:
    return {word.casefold() for word in OUTCOME.findall(text)}


def share_of(found: set[str], enough: int) -> float:
    """How far what was found is enough, 0-1."""
    return min(1.0, len(found) / enough)


def _without_overlaps(told: list[Passage]) -> list[str]:
    """The passages' texts, each stretch of the answer once: pieces of unpunctuated speech overlap."""
    texts, end = [], 0
    for passage in told:
        texts.append(passage.text[max(0, end - passage.start) :])
        end = max(end, passage.end)
    return texts


def _telling(question: Question, posting: str, sentences: list[Passage]) -> list[Passage]:
    """The sentences that add something: not said before, not the question or a sentence of the posting again."""
    sources = (frozenset(stems(content_words(question.text))), *_meanings(posting))
    said: set[frozenset[str]] = set()
    telling: list[Passage] = []
    for sentence in sentences:
        meaning = frozenset(stems(content_words(sentence.text)))
        if meaning and meaning not in said and len(telling) < MOST_SENTENCES:
            said.add(meaning)
            if question.kind == "resume" and copied_runs(sentence.text, f"{question.text}\n{posting}") >= COPIED_RUNS:
                continue
            if not any(len(meaning & source) >= COPIED_SHARE * len(meaning) for source in sources):
                telling.append(sentence)
    return telling


def copied_runs(sentence: str, source: str) -> float:
    """The share (0-1) of a sentence's runs of words that stand in the source, wherever its lines break."""
    said = words(sentence)
    runs = [tuple(said[i : i + RUN_WORDS]) for i in range(len(said) - RUN_WORDS + 1)]
    return sum(run in _runs(source) for run in runs) / len(runs) if runs else 0.0


@functools.lru_cache(maxsize=64)
def _runs(source: str) -> frozenset[tuple[str, ...]]:
    said = words(source)
    return frozenset(tuple(said[i : i + RUN_WORDS]) for i in range(len(said) - RUN_WORDS + 1))


@functools.lru_cache(maxsize=256)
def _meanings(posting: str) -> tuple[frozenset[str], ...]:
    """What the sentences of a posting say, each once; the longest ones where there are very many."""
    found = {frozenset(stems(content_words(passage.text))) for passage in passages(posting)}
    return tuple(sorted(found, key=len, reverse=True)[:MOST_SENTENCES])
