"""The question bank: `question_bank/*.json`, one file a skill, checked whole before the first interview.

A file is {"topic", "aliases", "case_sensitive_aliases", "questions"}. `topic` is the name shown to people,
`aliases` are the ways postings write it. The two files `behavioral.json` and `experience.json` have no aliases:
their questions fit any job and each names its own topic. The files `coding-*.json` have a form and rules of their own
(`coding.questions`) and are not read here.

Run `python -m interviewer.interviewers.builtin.bank [FILE ...]` to check files while writing them.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from pydantic import Field

from interviewer.errors import BankError
from interviewer.interviewers.builtin.bank_files import Text, points_faults, print_faults, read_checked, words
from interviewer.records import Question, Record

BANK_DIR = Path(__file__).resolve().parents[3] / "question_bank"
CODING_PREFIX = "coding-"


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
    yield from points_faults(question.key_points, question.sample_answer, "sample_answer")


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
    bank_file = read_checked(path, BankFile, file_faults)
    named = tuple(q if q.topic else q.model_copy(update={"topic": bank_file.topic}) for q in bank_file.questions)
    return bank_file.model_copy(update={"questions": named})


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
    asked = [Path(name) for name in paths] or prose_files(BANK_DIR)
    return print_faults(asked, lambda path: len(read_file(path).questions))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
