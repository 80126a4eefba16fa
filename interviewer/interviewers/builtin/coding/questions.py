"""The coding questions: `question_bank/coding-*.json`, one file a topic, checked whole before the first interview.

A file is {"topic", "aliases", "questions"}. A question has, beside what every bank question has, the signature asked
for, examples, the growth of time that is wanted (`target`), and for each key point its aspect and, where code can show
it, the signs to look for (`seen_in_code`, alternatives; "a & b" asks for both; the names are those of `signs`).

Run `python -m interviewer.interviewers.builtin.coding.questions [FILE ...]` to check files while writing them.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field

from interviewer.errors import BankError
from interviewer.interviewers.builtin.bank import BANK_DIR, CODING_PREFIX
from interviewer.interviewers.builtin.bank_files import Text, points_faults, print_faults, read_checked, words
from interviewer.interviewers.builtin.coding.functions import find_function
from interviewer.interviewers.builtin.coding.signs import SIGNS
from interviewer.interviewers.builtin.coding.source import read_source
from interviewer.records import KeyPoint, Question, Record, RequestedDifficulty

Aspect = Literal["correctness", "complexity", "edge cases", "code quality"]
Target = Literal["log", "linear", "linearithmic", "product"]
"""How time may grow: with the logarithm of the input, with its size, size times logarithm, or two sizes multiplied."""

NEEDED_ASPECTS = {"correctness", "complexity", "edge cases"}
LOOKS_LIKE_CODE = re.compile(r"[`=\[\]{}]|\w\(")


class CodeKeyPoint(KeyPoint):
    """A key point with what it is about and the signs by which code shows it (none: only words can)."""

    aspect: Aspect
    seen_in_code: tuple[Text, ...] = ()


class Signature(Record):
    """The function asked for, in Python: `parameters` are "name: type"."""

    function: str = Field(pattern=r"^[a-z_][a-z0-9_]*$")
    parameters: tuple[Text, ...] = Field(min_length=1)
    returns: Text

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters."""
        return tuple(parameter.partition(":")[0].strip() for parameter in self.parameters)

    def __str__(self) -> str:
        return f"def {self.function}({', '.join(self.parameters)}) -> {self.returns}"


class Example(Record):
    """One call and what it returns, both as Python expressions."""

    call: Text
    result: Text


class WrittenAnswer(Record):
    """Code with its explanation."""

    code: Text
    explanation: Text


class CodingQuestion(Record):
    """One coding question. `wrong_answer.explanation` says what is wrong with that code, for people."""

    item_id: str = Field(alias="id", pattern=r"^coding-[a-z0-9-]+$")
    topic: str = ""
    difficulty: RequestedDifficulty
    text: Text
    signature: Signature
    examples: tuple[Example, ...]
    target: Target
    key_points: tuple[CodeKeyPoint, ...]
    hints: tuple[Text, ...]
    sample_answer: WrittenAnswer
    wrong_answer: WrittenAnswer

    def as_asked(self) -> Question:
        """The question as it is asked: the task, then the signature, then each example on a line of its own."""
        examples = [f"{example.call} returns {example.result}" for example in self.examples]
        points = tuple(KeyPoint(text=p.text, label=p.label, weight=p.weight) for p in self.key_points)
        return Question(
            item_id=self.item_id,
            text="\n".join([self.text, "", str(self.signature), "", "Examples:", *examples]),
            topic=self.topic,
            difficulty=self.difficulty,
            kind="coding",
            key_points=points,
            hints=self.hints,
        )


class CodingFile(Record):
    """One file of coding questions. `aliases` are other names that a candidate may choose the topic by."""

    topic: Text
    aliases: tuple[Text, ...] = ()
    questions: tuple[CodingQuestion, ...]


def coding_files(folder: Path) -> list[Path]:
    """The files of a bank folder that ask for code, by name."""
    return sorted(folder.glob(f"{CODING_PREFIX}*.json"))


def file_faults(coding_file: CodingFile) -> Iterable[str]:
    """What breaks the rules in one file, each fault beginning with the question's id."""
    for question in coding_file.questions:
        for fault in question_faults(question):
            yield f"question {question.item_id}: {fault}"


def question_faults(question: CodingQuestion) -> Iterable[str]:
    """What breaks the rules in one question, each fault a sentence."""
    if question.text[-1] not in "?.":
        yield "text must end with a question mark or a full stop"
    if not 2 <= len(question.examples) <= 4:
        yield f"has {len(question.examples)} examples, must have 2 to 4"
    for example in question.examples:
        if not example.call.startswith(f"{question.signature.function}("):
            yield f"example {example.call!r} does not call the function"
    if not 2 <= len(question.hints) <= 3:
        yield f"has {len(question.hints)} hints, must have 2 or 3"
    for hint in question.hints:
        if LOOKS_LIKE_CODE.search(hint):
            yield f"hint looks like code: {hint!r}"
    yield from _points_faults(question)
    yield from _answer_faults(question)


def _points_faults(question: CodingQuestion) -> Iterable[str]:
    points = question.key_points
    if not 4 <= len(points) <= 6:
        yield f"has {len(points)} key points, must have 4 to 6"
    if missing := NEEDED_ASPECTS - {point.aspect for point in points}:
        yield f"has no key point on {', '.join(sorted(missing))}"
    if not any(point.seen_in_code for point in points):
        yield "has no key point that code can show"
    for point in points:
        for sign in (name.strip() for wanted in point.seen_in_code for name in wanted.split("&")):
            if sign not in SIGNS:
                yield f"seen_in_code names no known sign: {sign!r}"
    yield from points_faults(points, question.sample_answer.explanation, "explanation")


def _answer_faults(question: CodingQuestion) -> Iterable[str]:
    if len(words(question.sample_answer.explanation)) < 60:
        yield "the explanation of sample_answer must have at least 60 words"
    for name, answer in (("sample_answer", question.sample_answer), ("wrong_answer", question.wrong_answer)):
        source = read_source(answer.code)
        function = find_function(source.tree, question.signature.function) if source.tree else None
        if function is None:
            yield f"the code of {name} does not define {question.signature.function}"
        elif function.parameters[: len(question.signature.names)] != question.signature.names:
            yield f"the code of {name} has other parameters than the signature"


def read_coding_file(path: Path) -> CodingFile:
    """Read and check one file. Raises BankError that names the file and the question."""
    coding_file = read_checked(path, CodingFile, file_faults)
    named = tuple(question.model_copy(update={"topic": coding_file.topic}) for question in coding_file.questions)
    return coding_file.model_copy(update={"questions": named})


class CodingBank:
    """All coding questions of a bank folder. Raises BankError when a file breaks a rule or two share an id.

    `files` is by file name without ending, `questions` by item id; a folder may have none.
    """

    def __init__(self, folder: Path = BANK_DIR) -> None:
        self.files = {path.stem: read_coding_file(path) for path in coding_files(folder)}
        self.questions = {q.item_id: q for file in self.files.values() for q in file.questions}
        if len(self.questions) < sum(len(file.questions) for file in self.files.values()):
            raise BankError(f"{folder}: two coding questions share an id")

    def documents(self) -> list[str]:
        """The prose of the questions, one text each, for what is learned from it: rare words, word order."""
        return [
            " ".join([q.text, q.sample_answer.explanation, *(point.text for point in q.key_points), *q.hints])
            for q in self.questions.values()
        ]


def main(paths: list[str]) -> int:
    """Check the named files, or all coding files; print each fault; 1 if there is any."""
    asked = [Path(name) for name in paths] or coding_files(BANK_DIR)
    return print_faults(asked, lambda path: len(read_coding_file(path).questions))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
