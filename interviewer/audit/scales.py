"""The one place where the product's numbers become those of the audit views, and back. Pure.

The product counts questions from 1 and scores from 0 to 10 with one decimal. The audit views, and ratings read from a
model's plain text, score from 0 to 100 in whole numbers. `question_index` counts from 1 as the product does;
`current_question_index` alone counts from 0.
"""

import math
from decimal import ROUND_HALF_UP, Decimal


def percent(score: object) -> int | None:
    """A score of 0-10 as a whole number of 0-100, rounded half up (7.25 is 73).

    None for what is no score: a missing one, and what someone wrote into a file by hand that is no number of 0-10.
    """
    if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        return None
    if not 0 <= score <= 10:
        return None
    return int((Decimal(repr(score)) * 10).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def score_of_percent(rating: int) -> float:
    """A rating of 0-100 as a score of 0-10, one decimal. Raises ValueError outside 0-100."""
    if not 0 <= rating <= 100:
        raise ValueError(f"{rating} is not between 0 and 100")
    return rating / 10


def index_of_question(number: int) -> int:
    """The 0-based index of the question with this 1-based number."""
    return number - 1


def index_after(answered: int) -> int:
    """The 0-based index of what follows so many answered questions: the next question, or `total_questions`.

    The number is the same; it is the 1-based number of the last answer read as a 0-based index.
    """
    return index_of_question(answered + 1)
