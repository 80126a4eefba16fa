"""What reading a submission's code gives: is the asked function there, what does it show, what is wrong with it."""

from dataclasses import dataclass, field

from interviewer.interviewers.builtin.coding.functions import AskedFunction, Definition, find_function
from interviewer.interviewers.builtin.coding.growth import Hint, slowness
from interviewer.interviewers.builtin.coding.questions import CodingQuestion
from interviewer.interviewers.builtin.coding.readability import readability
from interviewer.interviewers.builtin.coding.signs import lines_showing
from interviewer.interviewers.builtin.coding.submissions import Submission

UNKNOWN_STRUCTURE = 0.5
"""Taken for the share of signs when the question, not being of the bank, names none."""


@dataclass(frozen=True)
class CodeReading:
    """All numbers are 0-1. `form`: how far the asked function is there at all; 0 where there is nothing to judge.

    structure: the weighted share of the signs asked for that are there. shown: for key points (by their text) the line
    of code that shows them. slow: a hint that it is slower than wanted. remarks: sentences for the candidate on what
    is missing or wrong. notice: why the code was not read, where it was not.
    """

    form: float = 0.0
    structure: float = 0.0
    readable: float = 0.0
    shown: dict[str, str] = field(default_factory=dict)
    slow: Hint | None = None
    remarks: tuple[str, ...] = ()
    notice: str | None = None


def read_code(submission: Submission, asked: CodingQuestion | None, quotable: str) -> CodeReading:
    """Read the code of a submission; never runs it.

    `asked` is None for a question that is not of the bank: then any function counts and no signs are looked for.
    `quotable` is the code without passages that try to steer the scorer: only its lines may show anything.
    """
    if submission.language is not None:
        return CodeReading(
            notice="The built-in scorer reads Python only, so this code was not read and only the explanation counts; "
            "a person should read it."
        )
    source = submission.source
    if source is None:
        return CodeReading(notice="There is no code in the answer.")
    if source.tree is None:
        return CodeReading(notice=f"The code could not be read as Python: {source.fault}. Only the explanation counts.")
    names = [asked.signature.function] if asked else [n.name for n in source.tree.body if isinstance(n, Definition)]
    function = next((found for name in names if (found := find_function(source.tree, name))), None)
    if function is None:
        wanted = f"the function {asked.signature.function}" if asked else "a function"
        return CodeReading(notice=f"The code does not define {wanted}.")
    if function.is_stub():
        return CodeReading(notice="The function is there, but nothing is done in it.")
    return _judged(function, submission, asked, quotable)


def _judged(
    function: AskedFunction, submission: Submission, asked: CodingQuestion | None, quotable: str
) -> CodeReading:
    remarks, form = _form(function, asked)
    readable = readability(function, bool(submission.source and submission.source.notes))
    if asked is None:
        return CodeReading(form=form, structure=UNKNOWN_STRUCTURE, readable=readable, remarks=remarks)
    slow = slowness(function, asked.target)
    if slow:
        remarks = (*remarks, f"The code may be slower than asked: {slow.reason} (line {slow.line}).")
    shown = _shown(function, submission, asked, quotable)
    looked_for = [point for point in asked.key_points if point.seen_in_code]
    total = sum(point.weight for point in looked_for)
    structure = sum(point.weight for point in looked_for if point.text in shown) / total if total else 0.0
    return CodeReading(form=form, structure=structure, readable=readable, shown=shown, slow=slow, remarks=remarks)


def _form(function: AskedFunction, asked: CodingQuestion | None) -> tuple[tuple[str, ...], float]:
    """Remarks on the function as a whole, and what is left of 1 after them."""
    remarks: list[str] = []
    form = 1.0
    if asked is not None:
        count = len(asked.signature.names)
        if not function.takes(count):
            remarks.append(f"The function does not take the {count} parameter(s) asked for.")
            form *= 0.5
        unused = function.unused_parameters(count)
        if unused:
            remarks.append("The function never reads one of its parameters.")
            form *= 0.1 if len(unused) == count else 0.5
    if function.recurses_without_end():
        remarks.append("The recursion has no visible base case.")
        form *= 0.5
    return tuple(remarks), form


def _shown(function: AskedFunction, submission: Submission, asked: CodingQuestion, quotable: str) -> dict[str, str]:
    """For each key point that code shows, the first line that does and may be quoted."""
    lines = submission.source.text.split("\n") if submission.source else []
    allowed = {line.strip() for line in quotable.split("\n")}
    shown: dict[str, str] = {}
    for point in asked.key_points:
        for wanted in point.seen_in_code:
            found = [lines[n - 1].strip() for n in lines_showing(function, wanted) if n <= len(lines)]
            quote = next((line for line in found if line in allowed), None)
            if quote:
                shown.setdefault(point.text, quote)
    return shown
