"""What a record must be before it may be written: JSON that every reader understands, and scores that are scores."""

import math
from typing import Any

import orjson

JsonRecord = dict[str, Any]


def plain_record(record: JsonRecord) -> JsonRecord:
    """The record as json.load will give it back (tuples as lists).

    Raises ValueError for what JSON cannot hold: NaN, infinity, lone surrogates, integers over 64 bits, other types.
    """
    try:
        raw = orjson.dumps(record)
    except TypeError as error:  # orjson's own error for surrogates and large integers is a TypeError too
        raise ValueError(f"not a record that JSON can hold: {error}") from error
    plain: JsonRecord = orjson.loads(raw)
    if plain != record and not _all_finite(record):  # orjson writes null for NaN; where both are equal there is none
        raise ValueError("not a record that JSON can hold: a number in it is not finite")
    return plain


def _all_finite(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(map(_all_finite, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_all_finite, value))
    return True


def check_score(name: str, score: object) -> None:
    """Raise ValueError unless the score is a finite number from 0 to 10 (True is no number)."""
    if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        raise ValueError(f"{name}: {score!r} is no finite number")
    if not 0 <= score <= 10:
        raise ValueError(f"{name}: {score!r} is not between 0 and 10")


def check_question_number(number: object) -> None:
    """Raise ValueError unless the number is None or a whole number from 1 to 32,767."""
    if number is not None and (isinstance(number, bool) or not isinstance(number, int) or not 1 <= number < 2**15):
        raise ValueError(f"question_number: {number!r} is no whole number from 1 on")
