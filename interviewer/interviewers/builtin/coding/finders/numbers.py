"""Signs in the values that a function begins with, calculates and returns."""

import ast
from collections.abc import Iterator

from interviewer.interviewers.builtin.coding.finders.by_kind import Finder, calls
from interviewer.interviewers.builtin.coding.functions import AskedFunction
from interviewer.interviewers.builtin.coding.syntax import called, is_constant


def starts_at(value: int) -> Finder:
    """Something set to this number, returning it or passing it by name, also within a list; a dict or a max with it."""

    def find(function: AskedFunction) -> Iterator[ast.AST]:
        for node in function.nodes():
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.Return | ast.keyword):
                parts = node.value.elts if isinstance(node.value, ast.Tuple | ast.List) else [node.value]
                lists = [part.left for part in parts if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult)]
                inside = [element for part in [*lists, *parts] if isinstance(part, ast.List) for element in part.elts]
                sums = [part.left for part in parts if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add)]
                inside += [element for part in sums if isinstance(part, ast.List) for element in part.elts]
                if any(is_constant(part, value) for part in [*parts, *inside]):
                    yield node.value if isinstance(node, ast.keyword) else node
            if isinstance(node, ast.Call) and called(node) == "max" and any(is_constant(a, value) for a in node.args):
                yield node
            if isinstance(node, ast.Dict) and any(is_constant(part, value) for part in node.values):
                yield node

    return find


def infinity(function: AskedFunction) -> Iterator[ast.AST]:
    """inf, as a name or as text that float takes."""
    for node in function.nodes():
        if isinstance(node, ast.Name | ast.Attribute) and getattr(node, "id", getattr(node, "attr", "")) == "inf":
            yield node
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.strip("+-") in ("inf", "Infinity")
        ):
            yield node


def one_more_passed(function: AskedFunction) -> Iterator[ast.AST]:
    """An argument (or an entry put aside for later) that is one more than a name; or one added in place."""
    for node in function.nodes():
        parts = [*node.args, *(k.value for k in node.keywords)] if isinstance(node, ast.Call) else []
        parts += [element for part in parts if isinstance(part, ast.Tuple) for element in part.elts]
        for part in parts:
            sides = [part.left, part.right] if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add) else []
            if any(is_constant(side, 1) for side in sides):
                yield node
        if isinstance(node, ast.AugAssign) and is_constant(node.value, 1):
            yield node


def product(function: AskedFunction) -> Iterator[ast.AST]:
    """A multiplication, other than the repeating of a list."""
    for node in function.nodes():
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Mult):
            yield node
        if isinstance(node, ast.Name | ast.Attribute) and getattr(node, "id", getattr(node, "attr", "")) == "mul":
            yield node
        sides = [node.left, node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) else []
        if sides and not any(isinstance(side, ast.List) for side in sides):
            yield node


def modulo(function: AskedFunction) -> Iterator[ast.AST]:
    """A remainder."""
    yield from calls("divmod")(function)
    for node in function.nodes():
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Mod):
            yield node


def subtraction(function: AskedFunction) -> Iterator[ast.AST]:
    """A difference of two values."""
    yield from (node for node in function.nodes() if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub))


def none_result(function: AskedFunction) -> Iterator[ast.AST]:
    """None returned, as the default of next, or as a branch of a choice."""
    for node in function.nodes():
        parts: list[ast.expr | None] = []
        if isinstance(node, ast.Return):
            parts = [node.value]
        elif called(node) == "next" and isinstance(node, ast.Call):
            parts = [*node.args[1:]]
        elif isinstance(node, ast.IfExp):
            parts = [node.body, node.orelse]
        if any(isinstance(part, ast.Constant) and part.value is None for part in parts):
            yield node


def minus_one(function: AskedFunction) -> Iterator[ast.AST]:
    """Returning -1 in some case."""
    for node in function.nodes():
        if isinstance(node, ast.Return) and node.value is not None:
            choices = [node.value]
            if isinstance(node.value, ast.IfExp):
                choices = [node.value.body, node.value.orelse]
            if any(is_constant(choice, -1) for choice in choices):
                yield node
