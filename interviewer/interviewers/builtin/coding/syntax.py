"""Small questions to a syntax tree that several readers ask."""

import ast
from collections.abc import Iterator

from interviewer.interviewers.builtin.coding.functions import LOOPS, AskedFunction, Definition

COMPARED_IN_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
"""What compares by order, not by equality."""

MEMOS = {"cache", "lru_cache"}
"""Decorators that remember results."""


def called(node: ast.AST) -> str | None:
    """The last name of what a call calls (`sort` for `x.sort()`), None for anything else."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else None


def is_constant(node: ast.AST | None, value: int) -> bool:
    """Whether a node is this number, written plainly (-1 too); True is no 1."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return is_constant(node.operand, -value)
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value == value


def self_calls(function: AskedFunction) -> Iterator[tuple[Definition, ast.Call]]:
    """Each call of a definition within itself, with that definition."""
    for definition in (node for node in function.nodes() if isinstance(node, Definition)):
        for node in ast.walk(definition):
            if isinstance(node, ast.Call) and called(node) == definition.name:
                yield definition, node


def memos(function: AskedFunction) -> Iterator[ast.AST]:
    """Decorators that remember results, and lookups of a kept result before it is returned."""
    for node in function.nodes():
        if isinstance(node, Definition):
            for decorator in node.decorator_list:
                name = called(decorator) or getattr(decorator, "attr", getattr(decorator, "id", None))
                if name in MEMOS:
                    yield decorator
        if isinstance(node, ast.If) and any(isinstance(part, ast.In) for part in ast.walk(node.test)):
            returned = [part.value for part in node.body if isinstance(part, ast.Return)]
            yield from (value for value in returned if isinstance(value, ast.Subscript))


def in_loops(function: AskedFunction) -> Iterator[ast.AST]:
    """Every node inside a loop; one in two loops comes twice."""
    for node in function.nodes():
        if isinstance(node, LOOPS):
            yield from (part for part in ast.walk(node) if part is not node)
