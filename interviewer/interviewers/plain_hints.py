"""Hints made from what a strong answer covers, for questions that came with too few and where no model writes more."""

from interviewer.interview.model import FEWEST_HINTS
from interviewer.records import Question

NO_POINTS = (
    "Think of one case from your own work, and of what was at stake in it.",
    "Say what you did yourself, why, and what came of it.",
)
MOST_NAMED = 2  # labels: a hint points to the weightiest and leaves the rest to be found


def complete_hints(question: Question) -> tuple[str, ...]:
    """The question's own hints, and plain ones until there are two; these name key points by their labels."""
    more = [hint for hint in _plain(question) if hint not in question.hints]
    missing = max(0, FEWEST_HINTS - len(question.hints))
    return (*question.hints, *more[len(more) - missing :])


def _plain(question: Question) -> tuple[str, ...]:
    if not question.key_points:
        return NO_POINTS
    weightiest = sorted(question.key_points, key=lambda point: -point.weight)[:MOST_NAMED]
    named = " and ".join(point.label for point in weightiest)
    return (
        f"A strong answer makes {len(question.key_points)} points; which matter most in practice?",
        f"It should speak of these, among others: {named}.",
    )
