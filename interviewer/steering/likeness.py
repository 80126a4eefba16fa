"""Whether an answer as a whole reads like talk to whoever scores it: what the patterns of `find` have no words for.

A logistic regression on `likeness_features`; `python -m benchmarks.steering_fit` fits it and shows how well it does.
It finds nothing to mask, so it takes no part in `find_steering`, and the score rests on evidence as always: a person
is told to look. It needs numpy and the embedding model, which the package `interviewer.steering` must not load.
"""

import functools
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interviewer.steering.flags import Flag
from interviewer.steering.likeness_features import COUNTS, features, judgeable
from interviewer.steering.spans import Steering

WEIGHTS_FILE = Path(__file__).parent / "likeness.json"

SUSPICIOUS_FROM = 0.8
"""In ten times ten-fold cross-validation on tests/steering_corpus the least threshold that flags at most 1 % of the
honest answers, 0.78, rounded up. There it flags 3 of 315 honest answers, 4 of 69 honest sentences made of the words of
attacks, 157 of 219 attacks, and 32 of the 58 among these that the patterns miss."""


@dataclass(frozen=True)
class Weights:
    """A fitted regression: the logit is `bias` + `values` @ features(text, concepts)."""

    bias: float
    concepts: tuple[str, ...]
    values: NDArray[np.float64]

    def probability(self, text: str) -> float:
        """The probability (0-1) that a text is talk to the scorer; 0 for one that cannot be judged."""
        if not judgeable(text):
            return 0.0
        logit = self.bias + float(self.values @ features(text, self.concepts))
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def steering_likeness(text: str) -> float:
    """The probability (0-1) that an answer is talk to whoever scores it rather than about a question; never raises.

    0 for what cannot be judged: fewer than six words, or no English prose (of other languages the patterns know the
    words). The time is linear in the text: 20,000 characters took 25 to 110 ms, an answer of usual length below 1 ms.
    """
    return _weights().probability(text)


def with_suspicion(steering: Steering, text: str) -> Steering:
    """What was found in a text, or, if that is nothing and all of it reads like talk to the scorer, a flag for that.

    The spans stay as they are.
    """
    if steering.flags or steering_likeness(text) < SUSPICIOUS_FROM:
        return steering
    return replace(steering, flags=(str(Flag.LIKENESS),))


@functools.cache
def _weights() -> Weights:
    stored = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    values = [*stored["embedding"], *(stored["counts"][name] for name in COUNTS), *stored["concepts"].values()]
    return Weights(stored["bias"], tuple(stored["concepts"]), np.array(values))
