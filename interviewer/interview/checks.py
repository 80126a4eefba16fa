"""What must be true of a stored record (design, sections 6.1 to 6.3). Pure; a fault is a sentence without its content.

A script may save records with less in them: each rule looks only at what is there.
"""

import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, get_args

from interviewer.interview import scores
from interviewer.interview.report import Report
from interviewer.records import CompletionMethod

JsonRecord = dict[str, Any]
Faults = Iterator[str]

SESSION_ID = re.compile(r"[0-9a-z]{8}")
METHODS = get_args(CompletionMethod)
DIFFICULTIES = tuple(scores.DIFFICULTY_WEIGHT)
NEVER_NULL = (  # in an interview that was filed by this program
    *("timestamp", "started_at", "ended_at", "updated_at", "duration", "total_questions", "completed_questions"),
    *("average_score", "overall_score", "individual_scores", "questions_and_answers"),
    *("hire_recommendation", "completion_method", "status"),
)
DURATION_SLACK_S = 1  # whole seconds, cut off


def well_formed_id(value: object) -> bool:
    """Whether this is a session_id: 8 characters of [0-9a-z]."""
    return isinstance(value, str) and SESSION_ID.fullmatch(value) is not None


def was_held_here(record: JsonRecord) -> bool:
    """Whether an interview was filed by this program, and not saved by a script with less in it."""
    return record.keys() >= {name for name, field in Report.model_fields.items() if field.is_required()}


def posting_faults(record: JsonRecord) -> Faults:
    """What is wrong with a record of job_descriptions.json."""
    if not isinstance(record.get("job_description"), str):
        yield "job_description is no text"
    yield from _bad_times(record, "timestamp")


def answer_faults(record: JsonRecord) -> Faults:
    """What is wrong with a record of answers.json."""
    if not _is_number_of_a_question(record.get("question_number")):
        yield "question_number is no whole number from 1 on"
    if not _is_score(record.get("score")):
        yield "score is no number from 0 to 10"
    yield from _bad_rubric(record, "rubric")
    yield from _bad_times(record, "timestamp")


def interview_faults(record: JsonRecord) -> Faults:
    """What is wrong with a record of interviews.json by itself."""
    broken = [fault for rule in SHAPE_RULES for fault in rule(record)]
    yield from broken
    if not broken:  # the others calculate with what these have found to be numbers and times
        for rule in SENSE_RULES:
            yield from rule(record)


def scored_answers(record: JsonRecord) -> list[tuple[int, float]]:
    """(question_number, score) of each answer of an interview without faults."""
    return [(item["question_number"], item["score"]) for item in record.get("questions_and_answers") or []]


def _nothing_missing(record: JsonRecord) -> Faults:
    if was_held_here(record):
        yield from (f"{name} is null" for name in NEVER_NULL if record[name] is None)
    if record.get("individual_scores") == []:
        yield "there is no scored answer"


def _bad_scores(record: JsonRecord) -> Faults:
    for name in ("average_score", "overall_score"):
        if record.get(name) is not None and not _is_score(record[name]):
            yield f"{name} is no number from 0 to 10"
    marks = record.get("individual_scores")
    if marks is not None and not (isinstance(marks, list) and all(map(_is_score, marks))):
        yield "individual_scores are not numbers from 0 to 10"


def _bad_counts(record: JsonRecord) -> Faults:
    for name in ("completed_questions", "total_questions"):
        if record.get(name) is not None and not _is_count(record[name]):
            yield f"{name} is no whole number"


def _bad_answers(record: JsonRecord) -> Faults:
    items = record.get("questions_and_answers")
    if items is None:
        return
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield "questions_and_answers is no list of objects"
        return
    for place, item in enumerate(items, start=1):
        if not _is_number_of_a_question(item.get("question_number")):
            yield f"answer {place}: question_number is no whole number from 1 on"
        if not _is_score(item.get("score")):
            yield f"answer {place}: score is no number from 0 to 10"
        yield from _bad_rubric(item, f"answer {place}: rubric")


def _bad_words(record: JsonRecord) -> Faults:
    if record.get("status") not in (None, "completed"):
        yield "status is not completed"
    if record.get("completion_method") not in (None, *METHODS):
        yield f"completion_method is none of {', '.join(METHODS)}"


def _bad_interview_times(record: JsonRecord) -> Faults:
    yield from _bad_times(record, "timestamp", "started_at", "ended_at", "created_at", "updated_at")
    duration = record.get("duration")
    if duration is not None and not (_is_number(duration) and duration >= 0):
        yield "duration is no number from 0 on"


def _counts_agree(record: JsonRecord) -> Faults:
    counts = [
        len(record[name]) for name in ("individual_scores", "questions_and_answers") if record.get(name) is not None
    ]
    completed, total = record.get("completed_questions"), record.get("total_questions")
    if completed is not None:
        counts.append(completed)
    if len(set(counts)) > 1:
        yield "individual_scores, questions_and_answers and completed_questions disagree"
    if completed is None or total is None:
        return
    if completed > total:
        yield "completed_questions is more than total_questions"
    if record.get("completion_method") == "automatic" and completed < total:
        yield "completion_method is automatic, but not every question is answered"


def _answers_agree(record: JsonRecord) -> Faults:
    answers, marks = scored_answers(record), record.get("individual_scores")
    numbers = [number for number, _ in answers]
    if numbers != sorted(set(numbers)):
        yield "the question numbers of the answers do not rise"
    if answers and marks is not None and marks != [score for _, score in answers]:
        yield "individual_scores are not those of the answers"


def _means_are_right(record: JsonRecord) -> Faults:
    marks = record.get("individual_scores")
    if not marks:
        return
    if record.get("average_score") not in (None, scores.mean_score(marks)):
        yield "average_score is not the mean of individual_scores"
    overall = _weighted(marks, record.get("questions_and_answers") or [])
    if overall is not None and record.get("overall_score") not in (None, overall):
        yield "overall_score is not the weighted mean of individual_scores"
    if "score_interval" in record and len(marks) <= len(scores.T_975) + 1:
        interval = scores.score_interval(marks)
        if record["score_interval"] != (None if interval is None else list(interval)):
            yield "score_interval is not that of individual_scores"


def _weighted(marks: list[float], items: list[JsonRecord]) -> float | None:
    """The overall score; None when the difficulty of an answer is not known."""
    known = [name for item in items if (name := item.get("difficulty")) in DIFFICULTIES]
    return scores.weighted_score(marks, known) if len(known) == len(items) == len(marks) else None


def _recommendation_follows(record: JsonRecord) -> Faults:
    overall, said = record.get("overall_score"), record.get("hire_recommendation")
    if overall is not None and said not in (None, scores.hire_recommendation(overall)):
        yield "hire_recommendation does not follow from overall_score"


def _times_in_order(record: JsonRecord) -> Faults:
    names = [name for name in ("started_at", "ended_at", "updated_at") if record.get(name) is not None]
    times = [datetime.fromisoformat(record[name]) for name in names]
    if times != sorted(times):
        yield f"{', '.join(names)} are not in order"
    if record.get("ended_at") is None:
        return
    ended = datetime.fromisoformat(record["ended_at"])
    if record.get("timestamp") is not None and datetime.fromisoformat(record["timestamp"]) != ended:
        yield "timestamp is not ended_at"
    if record.get("started_at") is not None and record.get("duration") is not None:
        seconds = (ended - datetime.fromisoformat(record["started_at"])).total_seconds()
        if abs(seconds - record["duration"]) >= DURATION_SLACK_S:
            yield "duration is not the time from started_at to ended_at"


Rule = Callable[[JsonRecord], Faults]
SHAPE_RULES: tuple[Rule, ...] = (
    _nothing_missing,
    _bad_scores,
    _bad_counts,
    _bad_answers,
    _bad_words,
    _bad_interview_times,
)
SENSE_RULES: tuple[Rule, ...] = (
    _counts_agree,
    _answers_agree,
    _means_are_right,
    _recommendation_follows,
    _times_in_order,
)


def _bad_times(record: JsonRecord, *names: str) -> Faults:
    for name in names:
        if record.get(name) is not None and not _is_time_with_offset(record[name]):
            yield f"{name} is no time with offset"


def _bad_rubric(record: JsonRecord, label: str) -> Faults:
    rubric = record.get("rubric")
    rated = [mark for mark in rubric.values() if mark is not None] if isinstance(rubric, dict) else [rubric]
    if rubric is not None and not all(map(_is_score, rated)):
        yield f"{label} does not hold numbers from 0 to 10"


def _is_time_with_offset(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_score(value: object) -> bool:
    return isinstance(value, int | float) and _is_number(value) and 0 <= value <= 10


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number_of_a_question(value: object) -> bool:
    return isinstance(value, int) and _is_count(value) and value >= 1
