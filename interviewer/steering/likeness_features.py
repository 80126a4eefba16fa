"""What the likeness of an answer to talk to the scorer is told by: its meaning as a whole, and how densely certain
words stand in it.

The shares are of the words of the answer, so that a long honest account, in which some such words occur, is no more
suspicious than a short one. The length itself is no feature: attacks are shorter than honest answers in our data,
and an honest answer may be short.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from interviewer.embedding import embed
from interviewer.interviewers.builtin.scoring.accounts import own_steps
from interviewer.interviewers.builtin.scoring.language import ENGLISH_SHARE, FUNCTION_WORDS, words
from interviewer.steering.concepts import BITS, sentences
from interviewer.steering.normal_form import normal_form

FEWEST_WORDS = 6
"""Fewer words are no talk to anybody: "I don't know", a number, a name."""

SHARED_WORDS = frozenset(
    "a also am an as at be been by do even for had has he her here i in is it me more my no of on once or other over "
    "so was we were who will".split()
)
"""Words that other languages have as well; Dutch is full of "in", "is", "of" and "was"."""

ENGLISH_ALONE = FUNCTION_WORDS - SHARED_WORDS
ENGLISH_ALONE_SHARE = 0.1

SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself)\b")
ASSESSMENT = re.compile(
    r"\b(?:scores?|scored|scoring|ratings?|rated?|marks?|marked|marking|grades?|graded|grading|rubrics?|criteri\w+|"
    r"evaluat\w+|assess\w+|examiner\w*|graders?|candidates?|verdict|flawless|maximum|highest|10)\b"
)
SHARE_SCALE = 3
"""A third of an answer's words being of one of these two kinds counts 1."""

MOST_STEPS = 3
"""Things done that count; who tells of three tells a story."""

CONCEPT_PER_WORDS = 40
"""A concept that comes once in so many words counts 1, and more often no more."""

COUNTS = ("second person", "words of assessment", "own steps")

Features = NDArray[np.float64]
"""Shape (256 + counts + concepts,): the embedding, then `COUNTS`, then the concepts asked for; none far above 1."""


def judgeable(text: str) -> bool:
    """Whether a text is English prose of some words: what the features were made for and the weights fitted on.

    15 % of its words must carry English grammar, and 10 % be of those that no other language has. Nearly all of our
    attacks and honest answers in English prose pass, imitated records and lists often do not; of our answers in other
    languages the second share is at most 7 %. Who is not judged is not suspected.
    """
    said = words(_visible(text))
    english = sum(word in FUNCTION_WORDS for word in said) >= ENGLISH_SHARE * len(said)
    alone = sum(word in ENGLISH_ALONE for word in said) >= ENGLISH_ALONE_SHARE * len(said)
    return len(said) >= FEWEST_WORDS and english and alone


def features(text: str, concepts: Sequence[str]) -> Features:
    """The features of a text with at least one word; a concept that there is no more counts 0."""
    said = _visible(text)
    count = max(1, len(words(said)))
    shares = [SHARE_SCALE * len(pattern.findall(said)) / count for pattern in (SECOND_PERSON, ASSESSMENT)]
    steps = min(MOST_STEPS, len(own_steps(said))) / MOST_STEPS
    hits = Counter(bit for sentence in sentences(said) for _, bits, _, _ in sentence.hits for bit in _single_bits(bits))
    per_hit = CONCEPT_PER_WORDS / max(count, CONCEPT_PER_WORDS)
    dense = [min(1.0, per_hit * hits[BITS.get(concept, 0)]) for concept in concepts]
    return np.concatenate([embed([said])[0], shares, [steps], dense])


def _single_bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest


def _visible(text: str) -> str:
    """The text as a reader sees it, in lower case; half a surrogate pair, which is no character, becomes "?"."""
    return normal_form(text.encode("utf-8", "replace").decode()).text
