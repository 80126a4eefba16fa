"""How an answer is put: length, structure, filler, repetition. 0-10, the same for speech and writing."""

import re

from interviewer.interviewers.builtin.scoring.language import words

ENOUGH_WORDS = 60
"""From here on an answer is long enough to have made a point with its reasons (25 s at 150 words a minute)."""

TOO_MANY_WORDS = 400
"""From here on an answer rambles: a spoken answer of two and a half minutes."""

FILLERS = re.compile(r"\b(?:u+m+|u+h+|e+r+m*|you know|i mean|sort of|kind of|basically|and stuff|or something)\b", re.I)
CONNECTIVES = frozenset(
    "because so therefore first second third then finally next after before when if whereas while although however but "
    "instead for since thus example result also rather otherwise until once".split()
)


def communication_score(answer: str) -> float:
    """0-10, not rounded. Empty is 0; punctuation and capitals play no part, since a transcript may lack both."""
    spoken = words(answer)
    if not spoken:
        return 0.0
    marks = 4 * _length(len(spoken)) + 3 * _structure(spoken) + 1.5 * _fluency(answer, spoken) + 1.5 * _variety(spoken)
    return marks * min(1.0, len(spoken) / 12)  # a few words show neither structure nor its lack


def _length(count: int) -> float:
    if count <= ENOUGH_WORDS:
        return count / ENOUGH_WORDS
    return max(0.5, min(1.0, 1 - (count - TOO_MANY_WORDS) / TOO_MANY_WORDS))


def _structure(spoken: list[str]) -> float:
    """Words that tie thoughts together; one in 25 words is full marks."""
    ties = sum(word in CONNECTIVES for word in spoken)
    return min(1.0, ties / max(2.0, len(spoken) / 25))


def _fluency(answer: str, spoken: list[str]) -> float:
    """No filler is full marks, one in ten words none."""
    return max(0.0, 1 - 10 * len(FILLERS.findall(answer)) / len(spoken))


def _variety(spoken: list[str]) -> float:
    """The share of three-word runs that are said once; a repeated text has few."""
    runs = list(zip(spoken, spoken[1:], spoken[2:], strict=False))
    return len(set(runs)) / len(runs) if runs else 1.0
