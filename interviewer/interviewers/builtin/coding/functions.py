"""The function that a question asks for: whether it is there, and whether there is anything in it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

Definition = ast.FunctionDef | ast.AsyncFunctionDef
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class AskedFunction:
    """A function found in a submission. `reached` are its own definition and those of the module that it uses."""

    definition: Definition
    reached: tuple[ast.AST, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters in order, without `self`, *args and keyword-only ones."""
        arguments = self.definition.args
        names = tuple(argument.arg for argument in [*arguments.posonlyargs, *arguments.args])
        return names[1:] if names[:1] == ("self",) else names

    def nodes(self) -> Iterator[ast.AST]:
        """Every node of what is reached, each once."""
        for definition in self.reached:
            yield from ast.walk(definition)

    def takes(self, count: int) -> bool:
        """Whether it can be called with this many positional arguments."""
        arguments = self.definition.args
        most = len(self.parameters)
        return most - len(arguments.defaults) <= count and (count <= most or arguments.vararg is not None)

    def unused_parameters(self, count: int) -> tuple[str, ...]:
        """Those of the first `count` parameters that its body never reads."""
        read = {
            node.id
            for statement in self.definition.body
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        return tuple(name for name in self.parameters[:count] if name not in read)

    def is_stub(self) -> bool:
        """Whether it does nothing: pass, ..., raise, printing, or returning a constant or just what it was given."""
        if any(isinstance(node, LOOPS) for node in self.nodes()):
            return False
        inside = list(ast.walk(self.definition))
        if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in inside):
            return False
        assigned = [node for node in inside if isinstance(node, ast.Assign) and not _is_given(node.value, frozenset())]
        computed = {name.id for node in assigned for name in ast.walk(node) if isinstance(name, ast.Name)}
        given = frozenset(self.parameters) - computed
        constants = {name for node in inside if isinstance(node, ast.Assign) for name in _names(node)} - computed
        returned = [node.value for node in inside if isinstance(node, ast.Return)]
        return all(value is None or _is_given(value, given | constants) for value in returned)

    def gives_a_value(self) -> bool:
        """Whether it ever returns something other than None, or yields; functions inside it are not asked."""
        return any(
            isinstance(node, ast.Yield | ast.YieldFrom)
            or (isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value))
            for node in _own_nodes(self.definition)
        )

    def recurses_without_end(self) -> bool:
        """Whether some definition calls itself and has no visible way not to: no condition, no loop."""
        return any(_always_calls_itself(node) for node in self.nodes() if isinstance(node, Definition))


def find_function(tree: ast.Module, name: str) -> AskedFunction | None:
    """The function of this name, or the method of a class (as some sites ask for it); the last one if redefined.

    A name that differs in case and underscores only (countStretches for count_stretches) is the same, if none is equal.
    """
    top, methods = _definitions(tree)
    functions = [node for node in top.values() if isinstance(node, Definition)]
    for same in (lambda other: other == name, lambda other: _bare(other) == _bare(name)):
        found = next((node for node in [*functions, *methods] if same(node.name)), None)
        if found is not None:
            return AskedFunction(found, tuple(_reached(found, top)))
    return None


def only_function(tree: ast.Module, count: int) -> AskedFunction | None:
    """The one function (or method) that has this number of parameters, whatever its name; None for none or several."""
    top, methods = _definitions(tree)
    functions = [node for node in top.values() if isinstance(node, Definition)]
    named = [node for node in [*functions, *methods] if not node.name.startswith("__")]
    found = [AskedFunction(node, tuple(_reached(node, top))) for node in named]
    fitting = [function for function in found if len(function.parameters) == count and function.takes(count)]
    return fitting[0] if len(fitting) == 1 else None


def _definitions(tree: ast.Module) -> tuple[dict[str, Definition | ast.ClassDef], list[Definition]]:
    """What a module defines by name, the last of each; and the methods of its classes."""
    top = {node.name: node for node in tree.body if isinstance(node, Definition | ast.ClassDef)}
    methods = [m for c in tree.body if isinstance(c, ast.ClassDef) for m in c.body if isinstance(m, Definition)]
    return top, methods


def _bare(name: str) -> str:
    return name.replace("_", "").casefold()


def _own_nodes(definition: Definition) -> Iterator[ast.AST]:
    """The nodes of its body, without those of functions and classes defined in it."""
    left: list[ast.AST] = list(definition.body)
    for node in left:  # grows while it is walked
        if not isinstance(node, Definition | ast.Lambda | ast.ClassDef):
            yield node
            left.extend(ast.iter_child_nodes(node))


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _reached(start: Definition, top: dict[str, Definition | ast.ClassDef]) -> list[ast.AST]:
    """The definition and, step by step, the top-level ones whose names it mentions."""
    found: list[ast.AST] = [start]
    for definition in found:  # grows while it is walked
        for node in ast.walk(definition):
            if isinstance(node, ast.Name) and node.id in top and top[node.id] not in found:
                found.append(top[node.id])
    return found


def _always_calls_itself(definition: Definition) -> bool:
    inside = list(ast.walk(definition))
    calls = [node.func for node in inside if isinstance(node, ast.Call)]
    names = {getattr(function, "id", getattr(function, "attr", None)) for function in calls}
    ways_out = (*LOOPS, ast.If, ast.IfExp, ast.Match, ast.Try)
    if definition.name not in names or any(isinstance(node, ways_out) for node in inside):
        return False
    short_cuts = [node.values[0] for node in inside if isinstance(node, ast.BoolOp)]
    return not any(_tests_for_nothing(first) for first in short_cuts)


def _tests_for_nothing(test: ast.expr) -> bool:
    """`x`, `not x`, or a comparison with a constant: what ends a recursion inside `and` and `or`."""
    if isinstance(test, ast.Compare):
        return any(isinstance(right, ast.Constant) for right in test.comparators)
    return isinstance(test, ast.Name | ast.UnaryOp)


def _names(assignment: ast.Assign) -> set[str]:
    return {target.id for target in assignment.targets if isinstance(target, ast.Name)}


def _is_given(value: ast.expr, given: frozenset[str]) -> bool:
    """A constant, an empty or constant display, or one of the names that nothing was computed for."""
    if isinstance(value, ast.UnaryOp):
        return _is_given(value.operand, given)
    if isinstance(value, ast.List | ast.Tuple | ast.Set):
        return all(_is_given(element, given) for element in value.elts)
    if isinstance(value, ast.Dict):
        return not value.keys
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in given)
