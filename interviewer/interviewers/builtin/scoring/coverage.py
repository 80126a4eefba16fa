"""How well an answer covers each key point of its question, in meaning, and which of its words show it.

For a key point the best passage of the answer is found by two measures, each 0-1:

* recall: the share of the key point's content words that the passage says, in the same stem or a near word (cosine
  of the word vectors), weighted by how rare a word is in the bank;
* similarity: the cosine of the two texts' vectors after taking out the directions of the question and of the label.

In both, what the question itself says counts for next to nothing ("question demoting", Mohler et al. 2011), so that
an echo of the question gains nothing; and the words of the key point's label count little, because naming a thing is
not explaining it, and labels are what feedback tells. The passage must stand in natural order (`word_order`), in
itself with its surroundings and as part of the whole answer.
"""

import functools
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.embedding import embed, embed_words
from interviewer.interviewers.builtin.scoring.language import (
    Passage,
    content_words,
    passages,
    stems,
    with_content,
    words,
)
from interviewer.interviewers.builtin.scoring.word_order import WordOrder
from interviewer.records import KeyPoint, Question

QUESTION_WORD_WEIGHT = 0.15
LABEL_WORD_WEIGHT = 0.3
NEAR_WORD_FROM = 0.35
"""Cosine of two word vectors under which they count as unrelated; from there to 1 the credit rises linearly."""

NOTHING_AT, COVERED_AT, FULL_AT = 0.14, 0.26, 0.40
"""The match (mean of recall and similarity) at which a point earns nothing, counts as covered, and earns everything.

Measured over the bank: the best match of another answer on the same topic is under 0.23 in 95 % of cases and under 0.30
in 99 %, that of the question's own sample answer as heard over 0.43 in 95 %, that of the mere label under 0.18 in 75 %.
30 answers that a stranger wrote in their own words, as good ones, lie at 0.20 in the median point, since none makes
every point, and over 0.30 in a quarter of them; 9 wrong or vague ones over 0.23 in a tenth.
"""

SURROUNDING_WORDS = 45
"""The stretch of an answer in which the order of a passage's words is tested: the passage alone is too short."""


@dataclass(frozen=True)
class PointCoverage:
    """How far one key point was covered: `degree` 0-1, and the passage that shows it when it counts as covered."""

    point: KeyPoint
    degree: float
    quote: str | None

    @property
    def covered(self) -> bool:
        """Whether the answer makes this point."""
        return self.quote is not None


@dataclass(frozen=True)
class _Target:
    """A key point made ready for matching."""

    stems: tuple[str, ...]
    weights: NDArray[np.float64]
    word_vectors: NDArray[np.float32]
    vector: NDArray[np.float32]
    label_vector: NDArray[np.float32]


class CoverageScorer:
    """Matches answers with key points. Learns from the bank's texts which words are rare and how words follow."""

    def __init__(self, documents: Iterable[str]) -> None:
        texts = [words(document) for document in documents]
        self.word_order = WordOrder(texts)
        self._documents = len(texts)
        self._frequency = Counter(stem for text in texts for stem in set(stems(with_content(text))))
        self._prepare = functools.lru_cache(maxsize=4096)(self._prepare_uncached)

    def cover(self, question: Question, answer: str) -> list[PointCoverage]:
        """One result for each key point of the question, in its order."""
        pieces = passages(answer)
        if not pieces or not question.key_points:
            return [PointCoverage(point, 0.0, None) for point in question.key_points]
        question_vector, targets = self._prepare(question)
        matches = self._matches(pieces, targets, question_vector)
        natural = self.word_order.naturalness(words(answer))
        return [
            self._judge(point, matches[:, index], pieces, answer, natural)
            for index, point in enumerate(question.key_points)
        ]

    def rarity(self, stemmed: str) -> float:
        """How much a word says: its inverse document frequency in the bank, at least 0.3."""
        return math.log((self._documents + 1) / (self._frequency[stemmed] + 1)) + 0.3

    def _judge(
        self, point: KeyPoint, matches: NDArray[np.float64], pieces: list[Passage], answer: str, natural: float
    ) -> PointCoverage:
        best = int(matches.argmax())
        match = float(matches[best])
        if match <= NOTHING_AT:
            return PointCoverage(point, 0.0, None)
        natural = min(natural, self.word_order.naturalness(_surroundings(answer, pieces[best])))
        degree = min(1.0, (match - NOTHING_AT) / (FULL_AT - NOTHING_AT)) * natural
        counts = degree >= (COVERED_AT - NOTHING_AT) / (FULL_AT - NOTHING_AT)
        return PointCoverage(point, degree, pieces[best].text if counts else None)

    def _matches(
        self, pieces: list[Passage], targets: tuple[_Target, ...], question_vector: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """The match of every passage (row) with every key point (column)."""
        vectors = _without_direction(embed([piece.text for piece in pieces]), question_vector)
        similarity = np.stack([_similarity(vectors, target) for target in targets], axis=1)
        said = [content_words(piece.text) for piece in pieces]
        vocabulary = sorted({word for piece_words in said for word in piece_words})
        place = {word: index for index, word in enumerate(vocabulary)}
        said_places = [np.array([place[word] for word in piece_words], dtype=np.intp) for piece_words in said]
        vocabulary_vectors, vocabulary_stems = embed_words(vocabulary), stems(vocabulary)
        recall = np.zeros(similarity.shape)
        for column, target in enumerate(targets):
            closeness = _closeness(target, vocabulary_vectors, vocabulary_stems)
            for row, places in enumerate(said_places):
                if places.size:
                    recall[row, column] = closeness[:, places].max(axis=1) @ target.weights
        match: NDArray[np.float64] = 0.5 * recall + 0.5 * similarity
        return match

    def _prepare_uncached(self, question: Question) -> tuple[NDArray[np.float32], tuple[_Target, ...]]:
        question_vector = embed([question.text])[0]
        question_stems = set(stems(content_words(question.text)))
        return question_vector, tuple(
            self._target(point, question_vector, question_stems) for point in question.key_points
        )

    def _target(self, point: KeyPoint, question_vector: NDArray[np.float32], question_stems: set[str]) -> _Target:
        text_vector, label_vector = _without_direction(embed([point.text, point.label]), question_vector)
        of_point = list(dict.fromkeys(content_words(point.text)))
        stemmed = stems(of_point)
        label_stems = set(stems(content_words(point.label)))
        weights = np.array([self._weight(s, question_stems, label_stems) for s in stemmed])
        return _Target(
            stems=tuple(stemmed),
            weights=weights / max(weights.sum(), 1e-9),
            word_vectors=embed_words(of_point),
            vector=_without_direction(text_vector[None], label_vector)[0],
            label_vector=label_vector,
        )

    def _weight(self, stemmed: str, question_stems: set[str], label_stems: set[str]) -> float:
        """What a word of a key point counts for."""
        asked = QUESTION_WORD_WEIGHT if stemmed in question_stems else 1
        named = LABEL_WORD_WEIGHT if stemmed in label_stems else 1
        return self.rarity(stemmed) * asked * named


def _closeness(target: _Target, vectors: NDArray[np.float32], stemmed: list[str]) -> NDArray[np.float64]:
    """How near each word of a key point (row) is to each word of the answer (column), 0-1."""
    cosine = (target.word_vectors @ vectors.T).astype(np.float64)
    near = np.clip((cosine - NEAR_WORD_FROM) / (1 - NEAR_WORD_FROM), 0, 1)
    same = np.array(target.stems)[:, None] == np.array(stemmed)[None, :]
    return np.where(same, 1.0, near)


def _similarity(vectors: NDArray[np.float32], target: _Target) -> NDArray[np.float64]:
    """How near each passage is to a key point, 0-1, apart from what the label already says."""
    cosine = _without_direction(vectors, target.label_vector) @ target.vector
    near: NDArray[np.float64] = np.clip(cosine, 0, 1).astype(np.float64)
    return near


def _without_direction(vectors: NDArray[np.float32], direction: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors with their part along `direction` taken out, at unit length; 0 where next to nothing is left."""
    rest = vectors - np.outer(vectors @ direction, direction)
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.where(lengths > 0.2, rest / np.maximum(lengths, 1e-9), 0).astype(np.float32)
    return unit


def _surroundings(answer: str, piece: Passage) -> list[str]:
    """The words of a passage with as many around it as make a testable stretch."""
    inside = words(piece.text)
    missing = max(0, SURROUNDING_WORDS - len(inside))
    before, after = words(answer[: piece.start]), words(answer[piece.end :])
    left = min(len(before), max(missing // 2, missing - len(after)))
    return [*before[len(before) - left :], *inside, *after[: missing - left]]
