"""Whether words stand in an order that a person would say, or were only thrown together.

Static embeddings give a sentence and its own shuffle nearly the same vector, so key words in any order would pass
for an answer. What tells them apart is how the kinds of words follow each other ("of the", "-ing the"), which
needs no punctuation and no capitals, so that a transcript of speech passes. The measure is a permutation test: the
text's likelihood under bigrams of word classes, against that of the same words in random order, in standard
deviations (z). The bigrams are counted in the question bank's own prose.
"""

import functools
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from interviewer.interviewers.builtin.scoring.language import FUNCTION_WORDS

PERMUTATIONS = 256
FEWEST_WORDS = 6

NATURAL_MEAN = 0.78
"""Mean of z / sqrt(words) in natural text: 0.86 in bank answers held out by skill, 0.79 in 1,339 students' answers
(Mohler et al. 2011), 0.49 in job postings (fragments). Shuffled text has mean 0."""

NATURAL_SPREAD = 2.0
"""Standard deviation of z in natural text, widened from the measured 1.5 to be kind to fragments and lists."""

PRIOR_NATURAL = 0.9
"""How likely an answer is taken to be natural before looking: few candidates throw words together."""

SUFFIXES = (
    *("ing", "ed", "ly", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ers", "er", "or", "able", "ible"),
    *("al", "ic", "ive", "ous", "ful", "ize", "ise", "ates", "ate", "ies", "es", "s", "y"),
)


@functools.lru_cache(maxsize=100_000)
def word_class(word: str) -> str:
    """The class of a lower-cased word: itself if it carries grammar, else its ending, a number, or its length."""
    if word in FUNCTION_WORDS:
        return word
    if "'" in word:
        return word[word.index("'") :]
    if word[0].isdigit():
        return "#"
    suffix = next((s for s in SUFFIXES if word.endswith(s) and len(word) > len(s) + 2), None)
    return f"-{suffix}" if suffix else ("short" if len(word) <= 4 else "long")


class WordOrder:
    """Bigrams of word classes, learned from natural texts. Read-only once made, so threads may share it."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """`texts` are the words of each, in their order."""
        sequences = [[word_class(word) for word in text] for text in texts]
        self._ids = {name: number for number, name in enumerate(sorted({name for s in sequences for name in s}))}
        self._log_ratio = self._association(sequences)

    def z(self, text_words: list[str]) -> float:
        """How many standard deviations the words' order is likelier than a random order of the same words.

        0 for fewer than six words, which no test can tell. The same words always give the same value.
        """
        if len(text_words) < FEWEST_WORDS:
            return 0.0
        unknown = len(self._ids)
        classes = np.array([self._ids.get(word_class(word), unknown) for word in text_words])
        shuffled = np.random.default_rng(0).permuted(np.tile(classes, (PERMUTATIONS, 1)), axis=1)
        likelihoods = self._log_ratio[shuffled[:, :-1], shuffled[:, 1:]].sum(axis=1)
        observed = self._log_ratio[classes[:-1], classes[1:]].sum()
        spread = float(likelihoods.std())
        return float(observed - likelihoods.mean()) / spread if spread > 0 else 0.0

    def naturalness(self, text_words: list[str]) -> float:
        """The probability (0-1) that the words stand in natural order, by Bayes' rule; 1 for too few to tell."""
        if len(text_words) < FEWEST_WORDS:
            return 1.0
        z = self.z(text_words)
        natural_z = NATURAL_MEAN * len(text_words) ** 0.5
        if z >= natural_z:
            return 1.0
        natural = PRIOR_NATURAL * np.exp(-0.5 * ((z - natural_z) / NATURAL_SPREAD) ** 2) / NATURAL_SPREAD
        shuffled = (1 - PRIOR_NATURAL) * np.exp(-0.5 * z**2)
        return float(natural / (natural + shuffled))

    def _association(self, sequences: list[list[str]]) -> NDArray[np.float64]:
        """log P(next class | class) / P(next class), shrunk towards 0 where little was seen; unknown is the last id."""
        size = len(self._ids) + 1
        counts = np.zeros((size, size))
        for sequence in sequences:
            for first, second in pairwise(sequence):
                counts[self._ids[first], self._ids[second]] += 1
        expected = np.outer(counts.sum(axis=1) + 1, counts.sum(axis=0) + 1) / (counts.sum() + size)
        association: NDArray[np.float64] = np.log((counts + 0.3 * expected + 0.3) / (1.3 * expected + 0.3))
        return association
