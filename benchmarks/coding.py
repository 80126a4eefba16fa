"""How the built-in judge ranks code that it reads and never runs: `python -m benchmarks.coding`.

Over the submissions of tests/coding_submissions, which were written before the judge: the scores of each kind, and the
share of pairs (a right submission and another one to the same question) in which the right one ranks above.
"""

import statistics
from collections import defaultdict

from interviewer.interviewers.builtin.learned import learned
from tests.coding_submissions import Written, all_submissions

Scores = dict[str, list[float]]
"""The scores (0-10) of one question's submissions, by kind."""


def scored(submissions: list[Written]) -> tuple[dict[str, Scores], set[str]]:
    """The scores by question and kind, and every confidence that was stated."""
    found = learned()
    questions = {item_id: question.as_asked() for item_id, question in found.coding.questions.items()}
    scores: dict[str, Scores] = defaultdict(lambda: defaultdict(list))
    confidences: set[str] = set()
    for written in submissions:
        verdict = found.judge.judge(questions[written.item_id], written.answer, written.code, written.language)
        scores[written.item_id][written.kind].append(verdict.score)
        confidences.add(verdict.confidence)
    return scores, confidences


def ranked_below(scores: dict[str, Scores], kind: str) -> tuple[int, int]:
    """(pairs in which the submission of this kind ranks below the right one, all such pairs)."""
    pairs = [
        (one, right) for of_question in scores.values() for one in of_question[kind] for right in of_question["right"]
    ]
    return sum(one < right for one, right in pairs), len(pairs)


def main() -> None:
    """Run from the command line."""
    submissions = all_submissions()
    scores, confidences = scored(submissions)
    print(f"{len(submissions)} submissions to {len(scores)} questions; confidence: {', '.join(sorted(confidences))}")
    print(f"{'kind':26} {'n':>3}  {'lowest':>6} {'median':>6} {'highest':>7}   below a right one")
    kinds = dict.fromkeys(written.kind for written in submissions)
    for kind in sorted(kinds, key=lambda name: name != "right"):
        marks = [mark for of_question in scores.values() for mark in of_question[kind]]
        below, pairs = ranked_below(scores, kind)
        share = "" if kind == "right" else f"{below} of {pairs} pairs, {below / pairs:.0%}"
        print(
            f"{kind:26} {len(marks):3}  {min(marks):6.1f} {statistics.median(marks):6.1f} {max(marks):7.1f}   {share}"
        )


if __name__ == "__main__":
    main()
