"""The question bank: `question_bank/*.json`, one file a skill, checked whole before the first interview.

A file is {"topic", "aliases", "case_sensitive_aliases", "questions"}. `topic` is the name shown to people,
`aliases` are the ways postings write it. The two files `behavioral.json` and `experience.json` have no aliases:
their questions fit any job and each names its own topic. The files `coding-*.json` have a form and rules of their own
(`coding.questions`) and are not read here.

Run `python -m interviewer.interviewers.builtin.bank [FILE ...]` to check files while writing them.
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from interviewer.errors import BankError
from interviewer.records import KeyPoint, Question, Record

BANK_DIR = Path(__file__).resolve().parents[3] / "question_bank"
SHARED_RUN = 5  # a sample answer may not repeat this many words in a row of a key point: it would prove nothing

CODING_PREFIX = "coding-"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class BankQuestion(Question):
    """A bank question, with the strong answer that the scorer is checked against.

    `min_years` and `max_years` (inclusive) say for how much experience an opener fits.
    """

    item_id: str = Field(alias="id", pattern=r"^[a-z0-9-]+$")
    topic: str = ""
    sample_answer: str = ""
    min_years: float = 0
    max_years: float = 80


class BankFile(Record):
    """One file of the bank."""

    topic: Text
    aliases: tuple[Text, ...] = ()
    case_sensitive_aliases: tuple[Text, ...] = ()
    questions: tuple[BankQuestion, ...]


def prose_files(folder: Path) -> list[Path]:
    """The files of a bank folder that ask for an answer in words, by name."""
    return [path for path in sorted(folder.glob("*.json")) if not path.name.startswith(CODING_PREFIX)]


def words(text: str) -> list[str]:
    """The words of a text, lower-cased, without punctuation."""
    return re.findall(r"[\w+#]+", text.casefold())


def shared_run(text: str, other: str, length: int = SHARED_RUN) -> str | None:
    """The first run of `length` words that both texts hold, or None."""
    first, second = words(text), words(other)
    runs = {tuple(second[i : i + length]) for i in range(len(second) - length + 1)}
    for i in range(len(first) - length + 1):
        if tuple(first[i : i + length]) in runs:
            return " ".join(first[i : i + length])
    return None


def question_faults(question: BankQuestion) -> Iterable[str]:
    """What breaks the bank's rules in one question, each fault a sentence."""
    if question.text.strip()[-1:] not in ("?", "."):
        yield "text must end with a question mark or a full stop"
    if len(question.hints) != 2:
        yield f"has {len(question.hints)} hints, must have 2"
    if question.kind in ("behavioral", "experience"):
        if question.key_points:
            yield f"a {question.kind} question has no key points"
        return
    if not 3 <= len(question.key_points) <= 6:
        yield f"has {len(question.key_points)} key points, must have 3 to 6"
    if len(words(question.sample_answer)) < 60:
        yield f"sample_answer has {len(words(question.sample_answer))} words, must have at least 60"
    labels = [point.label for point in question.key_points]
    if len(set(labels)) < len(labels):
        yield "two key points share a label"
    for point in question.key_points:
        yield from point_faults(point, question.sample_answer)


def point_faults(point: KeyPoint, sample_answer: str) -> Iterable[str]:
    """What breaks the rules in one key point."""
    if len(words(point.text)) < 6:
        yield f"key point {point.text!r} is not a full statement"
    if not 2 <= len(point.label.split()) <= 6:
        yield f"label {point.label!r} must have 2 to 6 words"
    if run := shared_run(sample_answer, point.text):
        yield f"sample_answer shares {SHARED_RUN} words in a row with a key point: {run!r}"


def file_faults(bank_file: BankFile) -> Iterable[str]:
    """What breaks the rules in one file, each fault beginning with the question's id."""
    for question in bank_file.questions:
        for fault in question_faults(question):
            yield f"question {question.item_id}: {fault}"
    if not bank_file.aliases and not bank_file.case_sensitive_aliases:
        return
    if len(bank_file.questions) < 6:
        yield f"has {len(bank_file.questions)} questions, a skill needs at least 6"
    for difficulty in ("beginner", "intermediate", "advanced"):
        if sum(question.difficulty == difficulty for question in bank_file.questions) < 2:
            yield f"has fewer than 2 {difficulty} questions"


def read_file(path: Path) -> BankFile:
    """Read and check one file. Raises BankError that names the file and the question."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        bank_file = BankFile.model_validate(raw)
    except ValidationError as error:
        raise BankError(f"{path.name}: {_first_fault(raw, error)}") from error
    except (ValueError, OSError) as error:
        raise BankError(f"{path.name}: {error}") from error
    faults = list(file_faults(bank_file))
    if faults:
        raise BankError(f"{path.name}: " + "; ".join(faults))
    named = tuple(q if q.topic else q.model_copy(update={"topic": bank_file.topic}) for q in bank_file.questions)
    return bank_file.model_copy(update={"questions": named})


def _first_fault(raw: object, error: ValidationError) -> str:
    fault = error.errors()[0]
    place = list(fault["loc"])
    if place[:1] == ["questions"] and len(place) > 1 and isinstance(raw, dict) and isinstance(place[1], int):
        question = raw["questions"][place[1]]
        name = question.get("id", f"number {place[1] + 1}") if isinstance(question, dict) else place[1] + 1
        return f"question {name}: {'.'.join(map(str, place[2:]))}: {fault['msg']}"
    return f"{'.'.join(map(str, place))}: {fault['msg']}"


class QuestionBank:
    """All bank files of a folder, by topic. Raises BankError when a file breaks a rule or two questions share an id."""

    def __init__(self, folder: Path = BANK_DIR) -> None:
        self.files = {path.stem: read_file(path) for path in prose_files(folder)}
        if not self.files:
            raise BankError(f"{folder}: no question bank files")
        self.questions = {q.item_id: q for bank_file in self.files.values() for q in bank_file.questions}
        if len(self.questions) < sum(len(bank_file.questions) for bank_file in self.files.values()):
            raise BankError(f"{folder}: two questions share an id")

    def work_talk(self) -> list[str]:
        """Texts about work: the questions that any job bears, and one strong answer on each matter of the bank."""
        general = [" ".join([q.text, *q.hints]) for q in self.questions.values() if not q.key_points]
        return general + [q.sample_answer for q in self.questions.values() if q.sample_answer]

    def documents(self) -> list[str]:
        """The bank's prose, one text a question, for what is learned from it: rare words, word order."""
        return [
            " ".join([q.text, q.sample_answer, *(point.text for point in q.key_points), *q.hints])
            for q in self.questions.values()
        ]


def main(paths: list[str]) -> int:
    """Check the named files, or the whole bank; print each fault; 1 if there is any."""
    failed = False
    for path in [Path(name) for name in paths] or prose_files(BANK_DIR):
        try:
            print(f"{path.name}: {len(read_file(path).questions)} questions, no fault")
        except BankError as error:
            failed = True
            print(str(error).replace("; ", "\n  "))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
