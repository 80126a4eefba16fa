"""Signs in what a function tests: emptiness, bounds, comparisons, expected errors."""

import ast
from collections.abc import Iterator

from interviewer.interviewers.builtin.coding.functions import AskedFunction
from interviewer.interviewers.builtin.coding.syntax import COMPARED_IN_ORDER, called, is_constant


def zero_check(function: AskedFunction) -> Iterator[ast.AST]:
    """A condition that compares with zero, or begins with `not`."""
    for node in function.nodes():
        test = node.test if isinstance(node, ast.If | ast.IfExp) else None
        compared = test.comparators[0] if isinstance(test, ast.Compare) else None
        if test and (is_constant(compared, 0) or (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not))):
            yield test


def guard(function: AskedFunction) -> Iterator[ast.AST]:
    """A condition on a parameter being empty, zero or None, or on its length."""
    given = set(function.parameters)
    for node in function.nodes():
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            test = node.test
            for part in ast.walk(test):
                names = {name.id for name in ast.walk(part) if isinstance(name, ast.Name)} & given
                if not names:
                    continue
                bare = isinstance(part, ast.Name) and (part is test or isinstance(test, ast.BoolOp))
                negated = isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not)
                small = isinstance(part, ast.Compare) and any(_is_nothing(right) for right in part.comparators)
                if bare or negated or small:
                    yield part


def _is_nothing(node: ast.expr) -> bool:
    """What emptiness is compared with: 0, 1, 2 (a length), "", [] and None."""
    if isinstance(node, ast.Constant):
        return node.value is None or node.value == "" or (type(node.value) is int and 0 <= node.value <= 2)
    return isinstance(node, ast.List | ast.Tuple) and not node.elts


def range_compare(function: AskedFunction) -> Iterator[ast.AST]:
    """0 <= x < n, or `x in range(...)`."""
    for node in function.nodes():
        if isinstance(node, ast.Compare):
            if len(node.ops) > 1 and all(isinstance(op, ast.Lt | ast.LtE) for op in node.ops):
                yield node
            if isinstance(node.ops[0], ast.In) and called(node.comparators[0]) == "range":
                yield node


def length_check(function: AskedFunction) -> Iterator[ast.AST]:
    """A comparison with a length."""
    for node in function.nodes():
        if isinstance(node, ast.Compare) and any(called(part) == "len" for part in [node.left, *node.comparators]):
            yield node


def narrow_except(function: AskedFunction) -> Iterator[ast.AST]:
    """An except that names what it catches, and not everything."""
    for node in function.nodes():
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            names = {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)}
            if names and not names & {"Exception", "BaseException"}:
                yield node.type


def none_check(function: AskedFunction) -> Iterator[ast.AST]:
    """A comparison with None, or an `if not`."""
    for node in function.nodes():
        if isinstance(node, ast.Compare) and any(
            isinstance(c, ast.Constant) and c.value is None for c in node.comparators
        ):
            yield node
        if isinstance(node, ast.If) and isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
            yield node.test


def one_check(function: AskedFunction) -> Iterator[ast.AST]:
    """A comparison with 1 or 2."""
    for node in function.nodes():
        if isinstance(node, ast.Compare) and any(
            is_constant(part, 1) or is_constant(part, 2) for part in node.comparators
        ):
            yield node


def floor_at_zero(function: AskedFunction) -> Iterator[ast.AST]:
    """max with 0, or an order compared with 0."""
    for node in function.nodes():
        if isinstance(node, ast.Call) and called(node) == "max" and any(is_constant(a, 0) for a in node.args):
            yield node
        right = node.comparators[0] if isinstance(node, ast.Compare) else None
        if isinstance(node, ast.Compare) and is_constant(right, 0) and isinstance(node.ops[0], COMPARED_IN_ORDER):
            yield node


def compares_parameters(function: AskedFunction) -> Iterator[ast.AST]:
    """Two parameters compared in order."""
    given = set(function.parameters)
    for node in function.nodes():
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], COMPARED_IN_ORDER):
            sides = (node.left, node.comparators[0])
            if all(isinstance(side, ast.Name) and side.id in given for side in sides):
                yield node
