"""How the built-in scorer separates answers: `python -m benchmarks.scoring [--human FILE.csv]`.

Over every bank question with key points it scores the sample answer, the same without punctuation and capitals,
and four answers that must gain nothing. With --human it also shows the agreement with human graders, on a CSV with
the columns question, desired_answer, student_answer and score_avg (0-5), such as the data of Mohler et al. 2011.
"""

import argparse
import csv
import random
import re
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from interviewer.interviewers.builtin.bank import BankQuestion, QuestionBank
from interviewer.interviewers.builtin.scoring.coverage import CoverageScorer
from interviewer.interviewers.builtin.scoring.evaluation import Scorer
from interviewer.interviewers.builtin.scoring.language import words
from interviewer.records import KeyPoint, Question

DO_NOT_KNOW = "I don't know"


def as_heard(text: str) -> str:
    """A text as speech recognition may write it: no punctuation, no capitals."""
    return re.sub(r"[^\w\s']", " ", text).lower()


def thrown_together(question: BankQuestion, seed: int) -> str:
    """All words of the question's key points, shuffled together and cut into sentences of 8 to 15 words."""
    dice = random.Random(f"{question.item_id}{seed}")
    heap = [word for point in question.key_points for word in re.findall(r"[\w'+#-]+", point.text)]
    dice.shuffle(heap)
    sentences = []
    while heap:
        length = dice.randint(8, 15)
        sentences.append(" ".join(heap[:length]).capitalize() + ".")
        heap = heap[length:]
    return " ".join(sentences)


def listed_labels(question: BankQuestion) -> str:
    """The labels of the key points, which feedback tells, in a sentence that says nothing about them."""
    labels = [point.label for point in question.key_points]
    return f"For this I would look at {', '.join(labels[:-1])} and the {labels[-1]}."


def praised_labels(question: BankQuestion) -> str:
    """The labels, each in a sentence of its own that says nothing about it."""
    return " ".join(f"The {point.label} is important." for point in question.key_points)


def neighbours(question: BankQuestion, bank: QuestionBank) -> Iterator[str]:
    """The sample answers of all other questions on the same topic: the hardest wrong answers there are."""
    for other in bank.questions.values():
        if other.topic == question.topic and other.item_id != question.item_id and other.sample_answer:
            yield other.sample_answer


def separation() -> None:
    """Print a row for each kind of answer."""
    bank = QuestionBank()
    scorer = Scorer(bank)
    asked = [question for question in bank.questions.values() if question.key_points]
    kinds: dict[str, tuple[Callable[[float], bool], str, list[float]]] = {}

    def row(name: str, holds: Callable[[float], bool], rule: str, answers: Callable[[BankQuestion], list[str]]) -> None:
        scores = [scorer.evaluate(question, "", answer).score for question in asked for answer in answers(question)]
        kinds[name] = holds, rule, scores

    row("sample answer", lambda s: s >= 7, ">= 7", lambda q: [q.sample_answer])
    row("as heard", lambda s: s >= 6.5, ">= 6.5", lambda q: [as_heard(q.sample_answer)])
    row("I don't know", lambda s: s <= 3, "<= 3", lambda _: [DO_NOT_KNOW])
    row("echoed question", lambda s: s <= 3, "<= 3", lambda q: [q.text])
    row("labels in a list", lambda s: s <= 3, "<= 3", lambda q: [listed_labels(q)])
    row("labels praised", lambda s: s <= 3, "<= 3", lambda q: [praised_labels(q)])
    row("words shuffled (x5)", lambda s: s <= 3, "<= 3", lambda q: [thrown_together(q, seed) for seed in range(5)])
    row("same topic's other answers", lambda s: s <= 3, "<= 3", lambda q: list(neighbours(q, bank)))
    row("any other answer (x5)", lambda s: s <= 3, "<= 3", lambda q: _others(q, asked))
    print(f"{len(asked)} questions with key points")
    print(f"{'answer':28} {'n':>6} {'rule':>7} {'holds':>7}   {'5 %':>5} {'median':>6} {'95 %':>5}")
    for name, (holds, rule, scores) in kinds.items():
        cuts = statistics.quantiles(scores, n=20)
        share = sum(map(holds, scores)) / len(scores)
        print(
            f"{name:28} {len(scores):6} {rule:>7} {share:7.1%}   "
            f"{cuts[0]:5.1f} {statistics.median(scores):6.1f} {cuts[-1]:5.1f}"
        )


def _others(question: BankQuestion, asked: list[BankQuestion]) -> list[str]:
    dice = random.Random(question.item_id)
    return [other.sample_answer for other in dice.sample([q for q in asked if q is not question], 5)]


def human_agreement(path: Path) -> None:
    """Print the correlation of our score with the mean human one, taking each desired answer as one key point."""
    scorer = CoverageScorer(QuestionBank().documents())
    ours, theirs = [], []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            point = KeyPoint(text=row["desired_answer"], label="", weight=1)
            question = Question(
                item_id="human",
                text=row["question"],
                topic="",
                difficulty="beginner",
                kind="technical",
                key_points=(point,),
            )
            ours.append(
                scorer.cover(question, row["student_answer"])[0].degree if words(row["student_answer"]) else 0.0
            )
            theirs.append(float(row["score_avg"]))
    print(f"{len(ours)} human-graded answers: Pearson r {statistics.correlation(ours, theirs):.2f}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--human", type=Path, help="CSV of human-graded answers")
    options = parser.parse_args()
    separation()
    if options.human:
        human_agreement(options.human)


if __name__ == "__main__":
    main()
