"""Bank files read and checked whole: what the files of questions in words and of coding questions have in common."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import StringConstraints, ValidationError

from interviewer.errors import BankError
from interviewer.records import KeyPoint, Record

SHARED_RUN = 5  # a sample answer may not repeat this many words in a row of a key point: it would prove nothing

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
File = TypeVar("File", bound=Record)


def words(text: str) -> list[str]:
    """The words of a text, lower-cased, without punctuation."""
    return re.findall(r"[\w+#]+", text.casefold())


def shared_run(text: str, other: str) -> str | None:
    """The first run of SHARED_RUN words that both texts hold, or None."""
    runs = set(_runs(other))
    return next((" ".join(run) for run in _runs(text) if run in runs), None)


def _runs(text: str) -> list[tuple[str, ...]]:
    said = words(text)
    return [tuple(said[i : i + SHARED_RUN]) for i in range(len(said) - SHARED_RUN + 1)]


def points_faults(points: Sequence[KeyPoint], sample: str, sample_name: str) -> Iterable[str]:
    """What breaks the rules in a question's key points, each fault a sentence; `sample` is the text of its answer."""
    if len({point.label for point in points}) < len(points):
        yield "two key points share a label"
    for point in points:
        if len(words(point.text)) < 6:
            yield f"key point {point.text!r} is not a full statement"
        if not 2 <= len(point.label.split()) <= 6:
            yield f"label {point.label!r} must have 2 to 6 words"
        if run := shared_run(sample, point.text):
            yield f"{sample_name} shares {SHARED_RUN} words in a row with a key point: {run!r}"


def read_checked(path: Path, kind: type[File], faults_of: Callable[[File], Iterable[str]]) -> File:
    """Read one file and check it. Raises BankError that names the file and the question."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        file = kind.model_validate(raw)
    except ValidationError as error:
        raise BankError(f"{path.name}: {_first_fault(raw, error)}") from error
    except (ValueError, OSError) as error:
        raise BankError(f"{path.name}: {error}") from error
    faults = list(faults_of(file))
    if faults:
        raise BankError(f"{path.name}: " + "; ".join(faults))
    return file


def _first_fault(raw: object, error: ValidationError) -> str:
    """The place of a fault, beginning with the question's id where it has one, and what is wrong there."""
    fault = error.errors()[0]
    place = list(fault["loc"])
    if place[:1] == ["questions"] and len(place) > 1 and isinstance(raw, dict) and isinstance(place[1], int):
        question = raw["questions"][place[1]]
        name = question.get("id", f"number {place[1] + 1}") if isinstance(question, dict) else place[1] + 1
        return f"question {name}: {'.'.join(map(str, place[2:]))}: {fault['msg']}"
    return f"{'.'.join(map(str, place))}: {fault['msg']}"


def print_faults(paths: Iterable[Path], count_questions: Callable[[Path], int]) -> int:
    """Check files, for who writes them; print each fault; 1 if there is any.

    The function reads a file, checks it, and says how many questions it has.
    """
    failed = False
    for path in paths:
        try:
            print(f"{path.name}: {count_questions(path)} questions, no fault")
        except BankError as error:
            failed = True
            print(str(error).replace("; ", "\n  "))
    return int(failed)
