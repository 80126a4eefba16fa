"""Signs in the loops of a function: what they keep, how they are nested, from which end they walk."""

import ast
from collections.abc import Iterator

from interviewer.interviewers.builtin.coding.finders.by_kind import calls
from interviewer.interviewers.builtin.coding.functions import LOOPS, AskedFunction
from interviewer.interviewers.builtin.coding.syntax import COMPARED_IN_ORDER, called, in_loops, is_constant, self_calls


def running_extreme(function: AskedFunction) -> Iterator[ast.AST]:
    """min or max of two in a loop, or a comparison there whose body keeps one of the compared."""
    for node in in_loops(function):
        if called(node) in ("min", "max") and isinstance(node, ast.Call) and len(node.args) > 1:
            yield node
        if isinstance(node, ast.If) and any(
            isinstance(part, ast.Compare) and isinstance(part.ops[0], COMPARED_IN_ORDER) for part in ast.walk(node.test)
        ):
            compared = {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}
            targets = [t for part in node.body if isinstance(part, ast.Assign) for t in part.targets]
            if any(isinstance(target, ast.Name) and target.id in compared for target in targets):
                yield node.test


def running_sum(function: AskedFunction) -> Iterator[ast.AST]:
    """Adding to a name or subtracting from it in a loop, or accumulate."""
    for node in in_loops(function):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
            yield node
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            adds = [part for part in ast.walk(node.value) if isinstance(part, ast.BinOp)]
            if any(isinstance(part, ast.Name) and part.id == name for add in adds for part in ast.walk(add)):
                yield node
    yield from calls("accumulate")(function)


def backward(function: AskedFunction) -> Iterator[ast.AST]:
    """reversed, reverse, a range or a slice with step -1."""
    yield from calls("reversed", "reverse")(function)
    for node in function.nodes():
        if (
            called(node) == "range"
            and isinstance(node, ast.Call)
            and len(node.args) == 3
            and is_constant(node.args[2], -1)
        ):
            yield node
        if isinstance(node, ast.Slice) and is_constant(node.step, -1):
            yield node


def two_loops(function: AskedFunction) -> Iterator[ast.AST]:
    """The second of two loops that follow each other, or a call that walks all of it beside a loop."""
    loops = [node for node in function.nodes() if isinstance(node, LOOPS)]
    inner = {id(part) for loop in loops for part in ast.walk(loop) if part is not loop}
    outer = [loop for loop in loops if id(loop) not in inner]
    yield from outer[1:]
    if outer:
        yield from (node for node in calls("Counter", "set", "count", "next")(function) if id(node) not in inner)


def loop_in_loop(function: AskedFunction) -> Iterator[ast.AST]:
    """A loop inside another."""
    yield from (node for node in in_loops(function) if isinstance(node, LOOPS))


def while_in_loop(function: AskedFunction) -> Iterator[ast.AST]:
    """A while inside another loop."""
    yield from (node for node in in_loops(function) if isinstance(node, ast.While))


def halving(function: AskedFunction) -> Iterator[ast.AST]:
    """Dividing by two in a loop or a recursion."""
    inside = [*in_loops(function), *(part for definition, _ in self_calls(function) for part in ast.walk(definition))]
    for node in inside:
        if isinstance(node, ast.BinOp) and (
            (isinstance(node.op, ast.FloorDiv) and is_constant(node.right, 2))
            or (isinstance(node.op, ast.RShift) and is_constant(node.right, 1))
        ):
            yield node


def neighbour_runs(function: AskedFunction) -> Iterator[ast.AST]:
    """groupby, or a while inside another loop: both close the last run by themselves."""
    yield from calls("groupby")(function)
    yield from while_in_loop(function)


def neighbour_compare(function: AskedFunction) -> Iterator[ast.AST]:
    """An equality, in a loop, of two names or places; or groupby or pairwise."""
    yield from calls("groupby", "pairwise")(function)
    for node in in_loops(function):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = (node.left, node.comparators[0])
            if all(isinstance(side, ast.Name | ast.Subscript) for side in sides):
                yield node


def written_after(function: AskedFunction) -> Iterator[ast.AST]:
    """Something appended or added after a loop, in the same block."""
    for node in function.nodes():
        body = getattr(node, "body", None)
        for block in (body if isinstance(body, list) else [], getattr(node, "orelse", [])):
            seen = False
            for statement in block if isinstance(block, list) else []:
                if seen and any(called(part) in ("append", "write", "extend") for part in ast.walk(statement)):
                    yield statement
                if seen and isinstance(statement, ast.AugAssign):
                    yield statement
                if seen and isinstance(statement, ast.Return) and isinstance(statement.value, ast.BinOp):
                    yield statement
                seen = seen or isinstance(statement, ast.For | ast.While)
