"""Signs in what a function keeps things in, and how it gets at them: mappings, tables, stacks, places."""

import ast
from collections.abc import Iterator

from interviewer.interviewers.builtin.coding.finders.by_kind import calls, nodes
from interviewer.interviewers.builtin.coding.functions import AskedFunction
from interviewer.interviewers.builtin.coding.syntax import called, is_constant

DICT_MAKERS = {"dict", "Counter", "defaultdict", "OrderedDict"}


def dicts(function: AskedFunction) -> Iterator[ast.AST]:
    """A dict written or made by a call."""
    yield from nodes(ast.Dict, ast.DictComp)(function)
    yield from calls(*DICT_MAKERS)(function)


def counts(function: AskedFunction) -> Iterator[ast.AST]:
    """A Counter, a defaultdict, a get with a default, or adding in a place of a mapping."""
    yield from calls("Counter", "defaultdict", "setdefault")(function)
    for node in function.nodes():
        if isinstance(node, ast.Call) and called(node) == "get" and len(node.args) == 2:
            yield node
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Subscript):
            yield node


def lookup(function: AskedFunction) -> Iterator[ast.AST]:
    """get, setdefault, `in` or `not in`."""
    yield from calls("get", "setdefault")(function)
    for node in function.nodes():
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            yield node


def delete(function: AskedFunction) -> Iterator[ast.AST]:
    """del, pop or popitem."""
    yield from nodes(ast.Delete)(function)
    yield from calls("pop", "popitem")(function)


def seeded(function: AskedFunction) -> Iterator[ast.AST]:
    """{0: 1}, d[0] = 1 or Counter([0])."""
    for node in function.nodes():
        if isinstance(node, ast.Dict):
            pairs = list(zip(node.keys, node.values, strict=True))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            pairs = [(node.targets[0].slice, node.value)]
        elif called(node) == "Counter" and isinstance(node, ast.Call) and node.args:
            pairs = [(part, ast.Constant(1)) for part in getattr(node.args[0], "elts", [])]
        else:
            continue
        if any(is_constant(key, 0) and is_constant(value, 1) for key, value in pairs):
            yield node


def stack(function: AskedFunction) -> Iterator[ast.AST]:
    """A pop without arguments, from the end."""
    for node in function.nodes():
        if isinstance(node, ast.Call) and called(node) == "pop" and not node.args:
            yield node


def table(function: AskedFunction) -> Iterator[ast.AST]:
    """Something set to a list of repeated or computed entries."""
    for node in function.nodes():
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for part in ast.walk(node.value):
                repeated = (
                    isinstance(part, ast.BinOp)
                    and isinstance(part.op, ast.Mult)
                    and (isinstance(part.left, ast.List) or isinstance(part.right, ast.List))
                )
                if repeated or isinstance(part, ast.ListComp) or called(part) in ("list", "bytearray", "range"):
                    yield node


def swap(function: AskedFunction) -> Iterator[ast.AST]:
    """Places that get their values by one assignment of a tuple to a tuple."""
    for node in function.nodes():
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Tuple)
            and isinstance(node.value, ast.Tuple)
        ) and any(isinstance(target, ast.Subscript) for target in node.targets[0].elts):
            yield node


def last_item(function: AskedFunction) -> Iterator[ast.AST]:
    """An entry taken by index -1."""
    for node in function.nodes():
        if isinstance(node, ast.Subscript) and is_constant(node.slice, -1):
            yield node


def two_back(function: AskedFunction) -> Iterator[ast.AST]:
    """An entry taken by an index less 2."""
    for node in function.nodes():
        if isinstance(node, ast.Subscript):
            subtractions = [part for part in ast.walk(node.slice) if isinstance(part, ast.BinOp)]
            if any(isinstance(s.op, ast.Sub) and is_constant(s.right, 2) for s in subtractions):
                yield node
