"""Scores for interviews of an older system, from the evaluation texts in their conversation. Pure: text in, text out.

An interview is changed when it has the field `final_results` and no scores: average_score and overall_score missing,
null, 0 or not finite, individual_scores missing, null, or empty (also as the text "[]"), or nothing but nulls.

Each answer (a run of the candidate's messages) gets the rating of the evaluator's messages after it, read by
`extract_score_from_evaluation`, 0-10. Without a word of an evaluator, an interviewer's "Rating: 7/10" or "Score: ..."
at the start of a sentence counts. Ratings of one answer that disagree are none, and so is a rating of the whole
interview, or one that the candidate said and the evaluation only repeats. In a conversation without any message of the
candidate each evaluator's message stands for an answer.

individual_scores is one entry an answer, null where there is no rating; average_score is the mean of the others,
overall_score weighs them by difficulty (the one beside the question or answer, else the interview's) and is null when
one is unknown. Both are null without any rating: 0 would be a score that nobody gave.
"""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, cast

from interviewer.audit.scales import score_of_percent
from interviewer.errors import OldFileUnreadable
from interviewer.interview.scores import DIFFICULTY_WEIGHT, mean_score, weighted_score
from interviewer.rating import extract_score_from_evaluation
from interviewer.records import Difficulty
from interviewer.service.json_splice import Element, elements, first, members, spliced, with_fields
from interviewer.service.old_conversation import Message, read_messages

BOM = "\ufeff"
NO_SCORES: tuple[object, ...] = (None, "", "[]", [])

# The patterns repeat nothing without a bound but the rest of a sentence: no text makes them slow.
OF_THE_INTERVIEW = re.compile(
    r"\A[\W_]{0,9}(?:(?:final|overall) (?:evaluation|assessment|summary|results?|feedback|verdict|impression)|"
    r"(?:interview |final )?summary|interview (?:is )?(?:complete|over|results?|evaluation|assessment|score|rating)|"
    r"end of (?:the )?interview)\b|\b(?:whole|entire|overall|(?:rating|score|result) (?:for|of) (?:the|this)) interview"
    r"\b|\bacross all (?:the )?(?:answers|questions)\b",
    re.IGNORECASE,
)
INTERVIEWER_RATING = re.compile(
    r"(?:^|(?<=[.!?])\s)[^\w\n]{0,9}(?:(?:overall|final|total|your|my) ){0,2}(?:rating|score|overall)\b"
    r"[^\w\n]{1,6}[^\n]*?(?=[.!?](?:\s|\Z)|$)",
    re.IGNORECASE | re.MULTILINE,
)
QUOTED = re.compile(r"[\"“”«»]([^\"“”«»\n]{1,300})(?=[\"“”«»])")
AROUND = " \t\"'“”‘’«»()[]*_`~>#-"  # what may be put around a repeated sentence, or left out
SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|[\n\r]")


class Scores(NamedTuple):
    """What an interview gets: each 0-10 with one decimal, or None where no rating is found."""

    average_score: float | None
    individual_scores: list[float | None]
    overall_score: float | None


@dataclass(frozen=True)
class Row:
    """One interview before and after. `place` counts from 1; `scores` is None when it was left as it is."""

    place: int
    session_id: object
    average_before: object
    scores: Scores | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Migration:
    """The file's new text, and each interview in file order. `changed` says how many differ."""

    text: str
    rows: tuple[Row, ...]
    changed: int


@dataclass
class _Answer:
    difficulty: object
    said: list[str] = field(default_factory=list)
    evaluations: list[int | None] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)

    @property
    def ratings(self) -> set[int]:
        """The distinct ratings of it (0-100); an evaluator's word goes before an interviewer's."""
        return {rating for rating in self.evaluations or self.remarks if rating is not None}

    @property
    def score(self) -> float | None:
        return score_of_percent(next(iter(self.ratings))) if len(self.ratings) == 1 else None


def migrate(text: str) -> Migration:
    """Give the interviews of this JSON text their scores; all else in it stays, character by character.

    The text is an array of objects, or an object with such an array as "interviews". Raises OldFileUnreadable for any
    other.
    """
    body = text.removeprefix(BOM)
    try:
        json.loads(body)
    except ValueError as error:  # a number of thousands of digits is one too
        raise OldFileUnreadable(f"is no JSON that can be read: {error}") from error
    except RecursionError as error:
        raise OldFileUnreadable("is nested too deeply") from error
    try:
        done = _migrated(body)
    except RecursionError as error:  # a few calls deeper than json.loads was
        raise OldFileUnreadable("is nested too deeply") from error
    return replace(done, text=text[: len(text) - len(body)] + done.text)


def _migrated(body: str) -> Migration:
    rows, changes = [], []
    for place, interview in enumerate(_interviews(body), start=1):
        if not isinstance(interview.value, dict):
            raise OldFileUnreadable(f"is no list of interviews: entry {place} is no object")
        row = _row(place, interview.value)
        new = _differing(interview.value, row.scores)
        if new:
            changes.append((interview.start, interview.end, with_fields(body[interview.start : interview.end], new)))
        rows.append(row)
    return Migration(spliced(body, changes), tuple(rows), len(changes))


def _interviews(text: str) -> list[Element]:
    whole = first(text)
    if isinstance(whole.value, list):
        return elements(text, whole.start)
    if isinstance(whole.value, dict) and isinstance(whole.value.get("interviews"), list):
        return elements(text, [m for m in members(text, whole.start) if m.name == "interviews"][-1].start)
    raise OldFileUnreadable('is neither a list of interviews nor an object with a list "interviews"')


def _row(place: int, interview: dict[str, Any]) -> Row:
    session_id, before = interview.get("session_id", interview.get("id")), interview.get("average_score")
    if _has_scores(interview):
        return Row(place, session_id, before, None)
    if "final_results" not in interview:
        return Row(place, session_id, before, None, ("left as it is: no final_results",))
    messages = read_messages(interview["final_results"], interview.get("candidate_name"))
    answers = _answers(messages)
    found = _scores_of(answers, interview.get("difficulty"))
    return Row(place, session_id, before, found, tuple(_notes(messages, answers, found)))


def _has_scores(interview: dict[str, Any]) -> bool:
    marks = interview.get("individual_scores")
    only_nulls = isinstance(marks, list) and all(mark is None for mark in marks)
    if not only_nulls and marks not in NO_SCORES:
        return True
    return not all(_is_no_score(interview.get(name)) for name in ("average_score", "overall_score"))


def _is_no_score(value: object) -> bool:
    if isinstance(value, float) and not math.isfinite(value):
        return True
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value == 0)


def _answers(messages: Iterable[Message]) -> list[_Answer]:
    messages = list(messages)
    anonymous = not any(message.speaker == "candidate" for message in messages)
    answers: list[_Answer] = []
    difficulty: object = None
    answering = False
    for speaker, text, level in messages:
        if speaker == "candidate":
            if not answering:
                answers.append(_Answer(difficulty))
            answers[-1].said.append(text)
        elif speaker == "evaluator" and not OF_THE_INTERVIEW.search(text):
            if anonymous:
                answers.append(_Answer(difficulty))
            if answers:
                own = _without_repeated(text, "\n".join(answers[-1].said))
                answers[-1].evaluations.append(extract_score_from_evaluation(own))
        elif speaker == "interviewer":
            difficulty = level
            if answers and not OF_THE_INTERVIEW.search(text):
                own = _without_repeated(text, "\n".join(answers[-1].said))
                answers[-1].remarks += _remarked(own)
        if level is not None and answers and speaker in ("candidate", "evaluator"):
            answers[-1].difficulty = level
        answering = speaker == "candidate" or (answering and speaker is None)
    return answers


def _remarked(text: str) -> list[int]:
    """The ratings in an interviewer's message: only what a sentence that begins so says, for questions hold numbers."""
    found = (extract_score_from_evaluation(sentence[0].strip()) for sentence in INTERVIEWER_RATING.finditer(text))
    return [rating for rating in found if rating is not None]


def _without_repeated(text: str, said: str) -> str:
    """The evaluation without the ratings in it that are the candidate's words: whole sentences, and what it quotes."""
    lowered = said.casefold()
    sentences = {sentence.strip() for sentence in SENTENCE_END.split(said)}
    quotes = {quote[1] for quote in QUOTED.finditer(text) if quote[1].casefold() in lowered}
    worded = {sentence for sentence in sentences if any(map(str.isalpha, sentence))}
    for repeated in sorted(worded | quotes, key=len, reverse=True):
        if extract_score_from_evaluation(repeated) is not None:
            core = re.escape(repeated.strip(AROUND))
            text = re.sub(rf"(?<!\w){core}(?!\w)", " ", text, flags=re.IGNORECASE)
    return text


def _scores_of(answers: list[_Answer], interview_difficulty: object) -> Scores:
    """The three numbers, from the answers that have a rating and from nothing else."""
    individual = [answer.score for answer in answers]
    marks = [mark for mark in individual if mark is not None]
    if not marks:
        return Scores(None, individual, None)
    rated = [answer for answer in answers if answer.score is not None]
    levels = [level for answer in rated if (level := _level(answer.difficulty, interview_difficulty))]
    overall = weighted_score(marks, levels) if len(levels) == len(marks) else None
    return Scores(mean_score(marks), individual, overall)


def _level(own: object, of_the_interview: object) -> Difficulty | None:
    return next((cast(Difficulty, name) for name in (own, of_the_interview) if _is_difficulty(name)), None)


def _is_difficulty(name: object) -> bool:
    return isinstance(name, str) and name in DIFFICULTY_WEIGHT


def _notes(messages: list[Message], answers: list[_Answer], found: Scores) -> Iterable[str]:
    if not answers:
        yield "no answer found in final_results"
    unknown = sum(message.speaker is None for message in messages)
    if unknown:
        yield f"messages passed over, their speaker is not known: {unknown}"
    for number, answer in enumerate(answers, start=1):
        if len(answer.ratings) > 1:
            yield f"answer {number}: its evaluations disagree, none is taken"
    if found.average_score is not None and found.overall_score is None:
        yield "no overall_score: the difficulty is not known"


def _differing(interview: dict[str, Any], scores: Scores | None) -> dict[str, object]:
    """The fields that the interview has not yet with this value."""
    if scores is None:
        return {}
    fields: dict[str, object] = scores._asdict()
    return {name: value for name, value in fields.items() if name not in interview or interview[name] != value}
