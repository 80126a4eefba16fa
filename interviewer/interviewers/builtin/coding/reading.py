"""What reading a submission's code gives: is the asked function there, what does it show, what is wrong with it."""

import ast
from dataclasses import dataclass, field, replace

from interviewer.interviewers.builtin.coding.functions import AskedFunction, Definition, find_function, only_function
from interviewer.interviewers.builtin.coding.growth import Hint, slowness
from interviewer.interviewers.builtin.coding.questions import CodingQuestion
from interviewer.interviewers.builtin.coding.readability import readability
from interviewer.interviewers.builtin.coding.signs import lines_showing
from interviewer.interviewers.builtin.coding.submissions import Submission, is_prose

UNKNOWN_STRUCTURE = 0.5
"""Taken for the share of signs when the question, not being of the bank, names none."""

OTHER_NAME_LEAVES = 0.9
"""What is left of the form where the function asked for has another name: a slip, but one that breaks its callers."""

LONGEST_NAME = 40
"""Of a candidate's own name, in the feedback."""

NO_CODE = "No code was sent."
PROSE_AS_CODE = "No code was sent: what came as code is plain text."
NO_VALUE = "The function never returns a value, so it is unfinished and nothing in it counts."
DEAD_CODE = "Part of the code can never run (from line {line} on) and was left out."


@dataclass(frozen=True)
class CodeReading:
    """All numbers are 0-1. `form`: how far the asked function is there at all; 0 where there is nothing to judge.

    structure: the weighted share of the signs asked for that are there. shown: for key points (by their text) the line
    of code that shows them. slow: a hint that it is slower than wanted. remarks: sentences for the candidate on what
    is missing or wrong. notice: why the code was not read, where it was not. contradicted: the key points (by their
    text) that this code cannot live up to, whatever the explanation says.
    """

    form: float = 0.0
    structure: float = 0.0
    readable: float = 0.0
    shown: dict[str, str] = field(default_factory=dict)
    slow: Hint | None = None
    remarks: tuple[str, ...] = ()
    notice: str | None = None
    contradicted: frozenset[str] = frozenset()


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
        return CodeReading(notice=NO_CODE)
    if source.tree is None:
        if is_prose(source.text):
            return CodeReading(notice=PROSE_AS_CODE)
        fault = (source.fault or "").rstrip(".")
        stop = "" if fault.endswith("?") else "."
        return CodeReading(notice=f"The code could not be read as Python: {fault}{stop} Only the explanation counts.")
    dead = (DEAD_CODE.format(line=source.dead[0]),) if source.dead else ()
    reading = _of_tree(source.tree, submission, asked, quotable)
    return replace(reading, remarks=(*dead, *reading.remarks))


def _of_tree(tree: ast.Module, submission: Submission, asked: CodingQuestion | None, quotable: str) -> CodeReading:
    names = [asked.signature.function] if asked else [n.name for n in tree.body if isinstance(n, Definition)]
    function = next((found for name in names if (found := find_function(tree, name))), None)
    if function is None:
        return _under_another_name(tree, submission, asked, quotable)
    return _found(function, submission, asked, quotable)


def _under_another_name(
    tree: ast.Module, submission: Submission, asked: CodingQuestion | None, quotable: str
) -> CodeReading:
    """The only function that could be the one asked for is judged as that, if it shows anything looked for."""
    if asked is None:
        return CodeReading(notice="The code does not define a function, so it was not read further.")
    wanted, count = asked.signature.function, len(asked.signature.names)
    missing = f"The code does not define the function {wanted}"
    function = only_function(tree, count)
    if function is None:
        return CodeReading(
            notice=f"{missing}, nor exactly one other function of {count} parameter(s), so it was not read further."
        )
    reading = _found(function, submission, asked, quotable)
    if reading.form and not reading.structure:
        return CodeReading(
            notice=f"{missing}, and its function of {count} parameter(s) shows nothing that the question asks for, "
            "so it was not read further."
        )
    named = f"Your function is called {_short(function.definition.name)}, the question asked for {wanted}."
    return replace(reading, form=reading.form * OTHER_NAME_LEAVES, remarks=(named, *reading.remarks))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}..."


def _found(function: AskedFunction, submission: Submission, asked: CodingQuestion | None, quotable: str) -> CodeReading:
    if function.is_stub():
        return CodeReading(notice="The function is there, but nothing is done in it.")
    if asked is not None and asked.signature.returns != "None" and not function.gives_a_value():
        return CodeReading(notice=NO_VALUE)
    return _judged(function, submission, asked, quotable)


def _judged(
    function: AskedFunction, submission: Submission, asked: CodingQuestion | None, quotable: str
) -> CodeReading:
    remarks, form = _form(function, asked)
    readable = readability(function, bool(submission.source and submission.source.notes))
    if asked is None:
        return CodeReading(form=form, structure=UNKNOWN_STRUCTURE, readable=readable, remarks=remarks)
    slow = slowness(function, asked.target)
    contradicted: frozenset[str] = frozenset()
    if slow and slow.nested:
        contradicted = frozenset([next(p.text for p in asked.key_points if p.aspect == "complexity")])
    if slow:
        remarks = (*remarks, f"The code may be slower than asked: {slow.reason} (line {slow.line}).")
    shown = _shown(function, submission, asked, quotable)
    looked_for = [point for point in asked.key_points if point.seen_in_code]
    total = sum(point.weight for point in looked_for)
    structure = sum(point.weight for point in looked_for if point.text in shown) / total if total else 0.0
    return CodeReading(
        form=form,
        structure=structure,
        readable=readable,
        shown=shown,
        slow=slow,
        remarks=remarks,
        contradicted=contradicted,
    )


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
