"""Hints at how the time of code grows with its input, by the shape of its loops. Hints, not proofs: nothing runs.

A loop is "over" a parameter when what it walks or counts to mentions the parameter itself, or a name that stands for
it or its length; the elements of the parameter are other things, smaller than it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.interviewers.builtin.coding.functions import LOOPS, AskedFunction, Definition
from interviewer.interviewers.builtin.coding.syntax import called, memos, self_calls

WALKS_ALL = {"sum", "min", "max", "sorted", "list", "set", "tuple", "any", "all", "Counter"}
WALKING_METHODS = {"count", "index", "remove", "find"}
SAME_SIZE = {"len", "list", "sorted", "range", "enumerate", "reversed", "tuple", "zip"}


@dataclass(frozen=True)
class Hint:
    """Why the code may be slower than wanted: a sentence for the candidate, and the line (1-based).

    `nested`: it is a loop inside a loop over the same input, which leaves little room for another reading.
    """

    reason: str
    line: int
    nested: bool = False


def slowness(function: AskedFunction, target: str) -> Hint | None:
    """The first hint that the time grows faster than the target, or None; nested loops come before other hints.

    The targets are those of `questions.Target`.
    """
    roots = _roots(function)
    if target == "log":
        return _walks(function, roots)
    found = [*_nested(function, roots), *_repeated_recursion(function), *_recursion_in_recursion(function)]
    return min(found, key=lambda hint: (not hint.nested, hint.line), default=None)


def _roots(function: AskedFunction) -> dict[str, set[str]]:
    """For each name that stands for a parameter, its length or a place in it: which parameters."""
    roots = {name: {name} for name in function.parameters}
    for _ in range(3):  # a name may stand for a name; three steps are more than people write
        for node in function.nodes():
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    _relate(target, node.value, roots)
            elif isinstance(node, ast.For | ast.comprehension) and called(node.iter) in ("range", "enumerate"):
                index = node.target.elts[0] if isinstance(node.target, ast.Tuple) else node.target
                if isinstance(index, ast.Name):
                    roots.setdefault(index.id, set()).update(_mentioned(node.iter, roots))
    return roots


def _relate(target: ast.expr, value: ast.expr, roots: dict[str, set[str]]) -> None:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            _relate(one, other, roots)
    elif isinstance(target, ast.Name) and called(value) in SAME_SIZE:
        roots.setdefault(target.id, set()).update(_mentioned(value, roots))


def _mentioned(node: ast.expr, roots: dict[str, set[str]]) -> set[str]:
    """The parameters an expression is about as wholes: not through an element, nor through a call of something else."""
    if isinstance(node, ast.Name):
        return set(roots.get(node.id, ()))
    if isinstance(node, ast.Call):
        if called(node) not in SAME_SIZE:
            return set()
        return {root for argument in node.args for root in _mentioned(argument, roots)}
    if isinstance(node, ast.Subscript):
        return _mentioned(node.value, roots) if isinstance(node.slice, ast.Slice) else set()
    if isinstance(node, ast.BinOp):
        return _mentioned(node.left, roots) | _mentioned(node.right, roots)
    if isinstance(node, ast.Compare):
        return {root for part in [node.left, *node.comparators] for root in _mentioned(part, roots)}
    if isinstance(node, ast.BoolOp):
        return {root for part in node.values for root in _mentioned(part, roots)}
    return set()


def _over(loop: ast.AST, roots: dict[str, set[str]]) -> set[str]:
    """The parameters that a loop walks."""
    if isinstance(loop, ast.For | ast.AsyncFor):
        return _mentioned(loop.iter, roots)
    if isinstance(loop, ast.While):
        halves = any(isinstance(n, ast.BinOp) and isinstance(n.op, ast.FloorDiv | ast.RShift) for n in ast.walk(loop))
        return set() if halves else _mentioned(loop.test, roots)
    generators = getattr(loop, "generators", [])
    return {root for generator in generators for root in _mentioned(generator.iter, roots)}


def _repeating_part(loop: ast.AST) -> list[ast.AST]:
    """What is done again in each round: not the expression that the loop walks, which is computed once."""
    if isinstance(loop, ast.For | ast.AsyncFor | ast.While):
        return [*loop.body, *([loop.test] if isinstance(loop, ast.While) else [])]
    generators = getattr(loop, "generators", [])
    again: list[ast.AST] = [part for part in ast.iter_child_nodes(loop) if not isinstance(part, ast.comprehension)]
    again += [condition for generator in generators for condition in generator.ifs]
    return again + [generator.iter for generator in generators[1:]]


def _nested(function: AskedFunction, roots: dict[str, set[str]]) -> Iterator[Hint]:
    """Walks over an input inside a walk over the same input."""
    for outer in (node for node in function.nodes() if isinstance(node, LOOPS)):
        walked = _over(outer, roots)
        generators = getattr(outer, "generators", [])
        if sum(bool(_mentioned(generator.iter, roots) & walked) for generator in generators) > 1:
            yield Hint("it walks the same input in two loops inside each other", _line(outer), nested=True)
        for again in _repeating_part(outer):
            for node in ast.walk(again):
                yield from _walk_again(outer, node, walked, roots)


def _walk_again(outer: ast.AST, node: ast.AST, walked: set[str], roots: dict[str, set[str]]) -> Iterator[Hint]:
    if isinstance(node, LOOPS) and walked & _over(node, roots) and not _goes_on(outer, node):
        yield Hint("it walks the same input in two loops inside each other", _line(node), nested=True)
    elif isinstance(node, ast.Call):
        name = called(node)
        if name in ("pop", "insert") and len(node.args) > 0 and _is_zero(node.args[0]) and walked:
            yield Hint(f"{name} at the front of a list moves all other entries, in every round of a loop", _line(node))
        elif name in WALKS_ALL and len(node.args) == 1 and _mentioned(node.args[0], roots) & walked:
            if isinstance(node.args[0], ast.Name | ast.Subscript):
                yield Hint(f"{name} goes through the input again in every round of a loop", _line(node))
        elif (
            name in WALKING_METHODS
            and isinstance(node.func, ast.Attribute)
            and _mentioned(node.func.value, roots) & walked
        ):
            yield Hint(f"{name} goes through the input again in every round of a loop", _line(node))


def _goes_on(outer: ast.AST, inner: ast.AST) -> bool:
    """Whether an inner `while` goes on where it stopped last, so that both loops together walk the input once.

    It does when the names it counts with are not set anew in each round, or when the outer loop then jumps to where
    the inner one stopped.
    """
    if not isinstance(inner, ast.While) or not isinstance(outer, ast.For | ast.AsyncFor | ast.While):
        return False
    tested = {name.id for name in ast.walk(inner.test) if isinstance(name, ast.Name)}
    counted = {name for node in ast.walk(inner) for name in _set_names(node)} & tested
    own = {id(node) for node in ast.walk(inner)}
    set_anew: set[str] = set()
    jumps = False
    for node in (part for statement in outer.body for part in ast.walk(statement) if id(part) not in own):
        names = _set_names(node)
        set_anew |= names & counted
        if isinstance(node, ast.Assign) and isinstance(outer, ast.While) and names - counted:
            jumps = jumps or any(isinstance(name, ast.Name) and name.id in counted for name in ast.walk(node.value))
    return not set_anew or jumps


def _set_names(node: ast.AST) -> set[str]:
    """The names (not places in a list or mapping) that a statement sets."""
    if isinstance(node, ast.Assign):
        parts = [part for target in node.targets for part in getattr(target, "elts", [target])]
    else:
        parts = [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []
    return {part.id for part in parts if isinstance(part, ast.Name)}


def _walks(function: AskedFunction, roots: dict[str, set[str]]) -> Hint | None:
    """A loop over an input, or a copy of it, where only a few looks at it are allowed."""
    for node in function.nodes():
        if isinstance(node, LOOPS) and _over(node, roots):
            return Hint("it goes through the whole input, where a few looks at it are enough", _line(node))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and _mentioned(node.value, roots):
            return Hint("a slice copies the entries, which takes as long as walking through them", _line(node))
        if called(node) in WALKS_ALL | WALKING_METHODS and isinstance(node, ast.Call):
            about = [node.func.value] if isinstance(node.func, ast.Attribute) else node.args
            if any(isinstance(part, ast.Name) and part.id in function.parameters[:1] for part in about):
                return Hint(f"{called(node)} goes through the whole input", _line(node))
    return None


def _repeated_recursion(function: AskedFunction) -> Iterator[Hint]:
    """More than one call of itself on a smaller number or a slice, without remembering results."""
    if any(True for _ in memos(function)):
        return
    found: dict[str, tuple[Definition, list[ast.Call]]] = {}
    for definition, call in self_calls(function):
        if _shrinks(call):
            found.setdefault(definition.name, (definition, []))[1].append(call)
    for definition, calls in found.values():
        looped = {id(n) for loop in ast.walk(definition) if isinstance(loop, LOOPS) for n in ast.walk(loop)}
        if len({id(call) for call in calls}) > 1 or any(id(call) in looped for call in calls):
            yield Hint(
                "it calls itself several times without remembering results, which grows exponentially", _line(calls[0])
            )


def _shrinks(call: ast.Call) -> bool:
    return any(
        (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Sub)) or isinstance(part, ast.Slice)
        for argument in call.args
        for part in ast.walk(argument)
    )


def _recursion_in_recursion(function: AskedFunction) -> Iterator[Hint]:
    """A recursion over a part, called anew in every step of another recursion."""
    recursive = {definition.name: definition for definition, _ in self_calls(function)}
    for name, definition in recursive.items():
        inside = {
            id(node)
            for d in ast.walk(definition)
            if isinstance(d, Definition) and d is not definition
            for node in ast.walk(d)
        }
        for node in ast.walk(definition):
            if id(node) not in inside and called(node) in recursive and called(node) != name:
                yield Hint("in every step of a recursion another one walks the same part again", _line(node))


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 1)
