"""Fits the likeness of answers to talk to the scorer: `python -m benchmarks.steering_fit [--write]`.

It cross-validates on the steering corpus of the tests, prints what each threshold would find and flag wrongly, and
with --write puts weights fitted on all of it into interviewer/steering/likeness.json. The same corpus always gives
the same weights. Texts that cannot be judged (no English prose) take no part.
"""

import argparse
import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.steering import find_steering
from interviewer.steering.concepts import BITS
from interviewer.steering.likeness import SUSPICIOUS_FROM, WEIGHTS_FILE, Weights
from interviewer.steering.likeness_features import COUNTS, features, judgeable
from tests.steering_corpus import ATTACKS, HONEST, JOINED, MORE_ATTACKS, MORE_HONEST, MORE_JOINED, NEAR_MISSES, TRAINING

Matrix = NDArray[np.float64]

FOLDS, PARTITIONS = 10, 10
MOST_NEWTON_STEPS, STILL = 30, 1e-7
"""The largest change of a weight at which the search has arrived; it takes about eight steps."""

RIDGE = 0.3
"""L2 penalty on the weights, not on the bias. With 0.1 or 1 in its place the attacks that are found while 1 % of the
answers are flagged change by a few points."""

FEWEST_TEXTS = 8
"""In which a concept must occur for a weight to be fitted for it."""

DIGITS = 4
THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.82, 0.85, 0.9, 0.95)
MOST_FLAGGED = 0.01
"""The share of honest answers that may be flagged."""


@dataclass(frozen=True)
class Example:
    """A training text and where it is from: "attack", "answer" (honest), or "near miss" (made to look like one)."""

    text: str
    kind: str


def examples() -> list[Example]:
    """Each text of the corpus that can be judged, once."""
    groups = (ATTACKS, MORE_ATTACKS, TRAINING["attacks"])
    attacks = [text for kinds in groups for texts in kinds.values() for text in texts]
    answers = [*HONEST, *MORE_HONEST, *TRAINING["honest"], *TRAINING["good_parts"], *TRAINING["short_talk"]]
    answers += [good for joined in (JOINED, MORE_JOINED) for one in joined.values() for good in one.good]
    kinds = dict.fromkeys(attacks, "attack")
    kinds.update(dict.fromkeys(answers, "answer") | dict.fromkeys(NEAR_MISSES, "near miss"))
    return [Example(text, kind) for text, kind in kinds.items() if judgeable(text)]


def frequent_concepts(texts: Sequence[str]) -> tuple[str, ...]:
    """The English concepts that occur in enough of the texts, in the order of their names."""
    names = sorted(name for name in BITS if not name.startswith("f_"))
    first = len(features(texts[0], ()))
    counts = np.array([features(text, names)[first:] > 0 for text in texts]).sum(axis=0)
    return tuple(name for name, count in zip(names, counts, strict=True) if count >= FEWEST_TEXTS)


def regression(inputs: Matrix, attacks: Matrix) -> Matrix:
    """The weights of a logistic regression and, last, its bias, by Newton's method."""
    columns = np.c_[inputs, np.ones(len(inputs))]
    penalty = np.r_[np.full(inputs.shape[1], RIDGE), 1e-6]
    weights: Matrix = np.zeros(columns.shape[1])
    for _ in range(MOST_NEWTON_STEPS):
        guess = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (guess - attacks) + penalty * weights
        curve = (columns.T * (guess * (1 - guess))) @ columns + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < STILL:
            break
    return weights


def fit(training: Sequence[Example]) -> Weights:
    """The weights fitted on these examples, rounded as they are stored."""
    texts = [one.text for one in training]
    concepts = frequent_concepts(texts)
    inputs = np.array([features(text, concepts) for text in texts])
    found = regression(inputs, np.array([float(one.kind == "attack") for one in training])).round(DIGITS)
    return Weights(float(found[-1]), concepts, found[:-1])


def cross_validated(training: Sequence[Example], partitions: int = PARTITIONS) -> Matrix:
    """For each example the mean probability by weights fitted without it, over so many partitions into folds."""
    concepts = frequent_concepts([one.text for one in training])
    inputs = np.array([features(one.text, concepts) for one in training])
    attacks = np.array([float(one.kind == "attack") for one in training])
    dice = np.random.default_rng(0)
    total: Matrix = np.zeros(len(training))
    for _ in range(partitions):
        folds = dice.permutation(len(training)) % FOLDS
        for fold in range(FOLDS):
            held = folds == fold
            weights = regression(inputs[~held], attacks[~held])
            total[held] += 1 / (1 + np.exp(-np.c_[inputs[held], np.ones(held.sum())] @ weights))
    return total / partitions


def threshold_for(probabilities: Matrix, most_flagged: float) -> float:
    """The least threshold, in hundredths, from which at most this share of the probabilities is flagged."""
    return next(at / 100 for at in range(101) if (probabilities >= at / 100).mean() <= most_flagged)


def write(weights: Weights, note: str) -> None:
    """Store weights where `interviewer.steering.likeness` reads them."""
    values = [round(float(value), DIGITS) for value in weights.values]
    size = len(values) - len(COUNTS) - len(weights.concepts)
    stored = {
        "note": note,
        "bias": weights.bias,
        "counts": dict(zip(COUNTS, values[size:], strict=False)),
        "concepts": dict(zip(weights.concepts, values[size + len(COUNTS) :], strict=True)),
        "embedding": values[:size],
    }
    WEIGHTS_FILE.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


def main() -> None:
    """Print the table, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description="Fit the likeness of answers to talk to the scorer.")
    parser.add_argument("--write", action="store_true", help="store the weights in interviewer/steering/likeness.json")
    arguments = parser.parse_args()
    training = examples()
    kinds = np.array([one.kind for one in training])
    missed = np.array([one.kind == "attack" and not find_steering(one.text).flags for one in training])
    likely = cross_validated(training)
    groups = {
        "attacks": kinds == "attack",
        "missed by patterns": missed,
        "answers": kinds == "answer",
        "near misses": kinds == "near miss",
    }
    note = ", ".join(f"{group.sum()} {name}" for name, group in groups.items())
    print(f"{note}; {FOLDS}-fold cross-validation, {PARTITIONS} times; flagged from each threshold on:")
    print("threshold  " + "  ".join(f"{name:>18}" for name in groups))
    for at in THRESHOLDS:
        row = [f"{(likely[group] >= at).sum():>4} {(likely[group] >= at).mean():>6.1%}" for group in groups.values()]
        print(f"{at:>9.2f}  " + "  ".join(f"{cell:>18}" for cell in row))
    best = threshold_for(likely[groups["answers"]], MOST_FLAGGED)
    print(f"at most {MOST_FLAGGED:.0%} of the answers: from {best:.2f} on; in use: {SUSPICIOUS_FROM}")
    if arguments.write:
        today = datetime.datetime.now(datetime.UTC).date()
        write(fit(training), f"Fitted by benchmarks/steering_fit.py on {today} on tests/steering_corpus: {note}.")


if __name__ == "__main__":
    main()
