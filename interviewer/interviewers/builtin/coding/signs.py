"""What can be seen in code without running it: constructs, each a named sign with the line that shows it.

A sign says that a construct is there, not that it is used rightly; that is why it earns a part of a key point only.
"""

import ast
from collections.abc import Callable, Iterator

from interviewer.interviewers.builtin.coding.functions import LOOPS, AskedFunction, Definition
from interviewer.interviewers.builtin.coding.syntax import called, in_loops, is_constant, memos, self_calls

Finder = Callable[[AskedFunction], Iterator[ast.AST]]

COMPARED_IN_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
DICT_MAKERS = {"dict", "Counter", "defaultdict", "OrderedDict"}
BINARY_SEARCHES = {"bisect", "bisect_left", "bisect_right", "insort", "insort_left", "insort_right"}
HEAP_CALLS = {"heappush", "heappop", "heapify", "heappushpop", "heapreplace", "merge", "nsmallest", "nlargest"}


def _calls(*names: str) -> Finder:
    return lambda function: (node for node in function.nodes() if called(node) in names)


def _nodes(*kinds: type[ast.AST]) -> Finder:
    return lambda function: (node for node in function.nodes() if isinstance(node, kinds))


def _either(*finders: Finder) -> Finder:
    return lambda function: (node for finder in finders for node in finder(function))


def _running_extreme(function: AskedFunction) -> Iterator[ast.AST]:
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


def _running_sum(function: AskedFunction) -> Iterator[ast.AST]:
    for node in in_loops(function):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
            yield node
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            adds = [part for part in ast.walk(node.value) if isinstance(part, ast.BinOp)]
            if any(isinstance(part, ast.Name) and part.id == name for add in adds for part in ast.walk(add)):
                yield node
    yield from _calls("accumulate")(function)


def _starts_at(value: int) -> Finder:
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


def _zero_check(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        test = node.test if isinstance(node, ast.If | ast.IfExp) else None
        compared = test.comparators[0] if isinstance(test, ast.Compare) else None
        if test and (is_constant(compared, 0) or (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not))):
            yield test


def _guard(function: AskedFunction) -> Iterator[ast.AST]:
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


def _backward(function: AskedFunction) -> Iterator[ast.AST]:
    yield from _calls("reversed", "reverse")(function)
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


def _swap(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Tuple)
            and isinstance(node.value, ast.Tuple)
        ) and any(isinstance(target, ast.Subscript) for target in node.targets[0].elts):
            yield node


def _two_loops(function: AskedFunction) -> Iterator[ast.AST]:
    """The second of two loops that follow each other, or a call that walks all of it beside a loop."""
    loops = [node for node in function.nodes() if isinstance(node, LOOPS)]
    inner = {id(part) for loop in loops for part in ast.walk(loop) if part is not loop}
    outer = [loop for loop in loops if id(loop) not in inner]
    yield from outer[1:]
    if outer:
        yield from (node for node in _calls("Counter", "set", "count", "next")(function) if id(node) not in inner)


def _range_compare(function: AskedFunction) -> Iterator[ast.AST]:
    """0 <= x < n, or `x in range(...)`."""
    for node in function.nodes():
        if isinstance(node, ast.Compare):
            if len(node.ops) > 1 and all(isinstance(op, ast.Lt | ast.LtE) for op in node.ops):
                yield node
            if isinstance(node.ops[0], ast.In) and called(node.comparators[0]) == "range":
                yield node


def _length_check(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.Compare) and any(called(part) == "len" for part in [node.left, *node.comparators]):
            yield node


def _narrow_except(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            names = {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)}
            if names and not names & {"Exception", "BaseException"}:
                yield node.type


def _dict(function: AskedFunction) -> Iterator[ast.AST]:
    yield from _nodes(ast.Dict, ast.DictComp)(function)
    yield from _calls(*DICT_MAKERS)(function)


def _counts(function: AskedFunction) -> Iterator[ast.AST]:
    """A Counter, a defaultdict, a get with a default, or adding in a place of a mapping."""
    yield from _calls("Counter", "defaultdict", "setdefault")(function)
    for node in function.nodes():
        if isinstance(node, ast.Call) and called(node) == "get" and len(node.args) == 2:
            yield node
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Subscript):
            yield node


def _lookup(function: AskedFunction) -> Iterator[ast.AST]:
    yield from _calls("get", "setdefault")(function)
    for node in function.nodes():
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            yield node


def _delete(function: AskedFunction) -> Iterator[ast.AST]:
    yield from _nodes(ast.Delete)(function)
    yield from _calls("pop", "popitem")(function)


def _stack(function: AskedFunction) -> Iterator[ast.AST]:
    """A pop without arguments, from the end."""
    for node in function.nodes():
        if isinstance(node, ast.Call) and called(node) == "pop" and not node.args:
            yield node


def _halving(function: AskedFunction) -> Iterator[ast.AST]:
    """Dividing by two in a loop or a recursion."""
    inside = [*in_loops(function), *(part for definition, _ in self_calls(function) for part in ast.walk(definition))]
    for node in inside:
        if isinstance(node, ast.BinOp) and (
            (isinstance(node.op, ast.FloorDiv) and is_constant(node.right, 2))
            or (isinstance(node.op, ast.RShift) and is_constant(node.right, 1))
        ):
            yield node


def _infinity(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.Name | ast.Attribute) and getattr(node, "id", getattr(node, "attr", "")) == "inf":
            yield node
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.strip("+-") in ("inf", "Infinity")
        ):
            yield node


def _none_check(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.Compare) and any(
            isinstance(c, ast.Constant) and c.value is None for c in node.comparators
        ):
            yield node
        if isinstance(node, ast.If) and isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
            yield node.test


def _none_result(function: AskedFunction) -> Iterator[ast.AST]:
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


def _table(function: AskedFunction) -> Iterator[ast.AST]:
    """A list made of repeated or computed entries, which a loop then writes to or grows."""
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


def _neighbour_runs(function: AskedFunction) -> Iterator[ast.AST]:
    """groupby, or a loop in a loop that looks at neighbours: both close the last run by themselves."""
    yield from _calls("groupby")(function)
    yield from _while_in_loop(function)


def _neighbour_compare(function: AskedFunction) -> Iterator[ast.AST]:
    """An equality, in a loop, of two names or places; or groupby or pairwise."""
    yield from _calls("groupby", "pairwise")(function)
    for node in in_loops(function):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = (node.left, node.comparators[0])
            if all(isinstance(side, ast.Name | ast.Subscript) for side in sides):
                yield node


def _one_check(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.Compare) and any(
            is_constant(part, 1) or is_constant(part, 2) for part in node.comparators
        ):
            yield node


def _written_after(function: AskedFunction) -> Iterator[ast.AST]:
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


def _while_in_loop(function: AskedFunction) -> Iterator[ast.AST]:
    yield from (node for node in in_loops(function) if isinstance(node, ast.While))


def _seeded(function: AskedFunction) -> Iterator[ast.AST]:
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


def _one_more_passed(function: AskedFunction) -> Iterator[ast.AST]:
    """An argument (or an entry put aside for later) that is one more than a name; or one added beside a call."""
    for node in function.nodes():
        parts = [*node.args, *(k.value for k in node.keywords)] if isinstance(node, ast.Call) else []
        parts += [element for part in parts if isinstance(part, ast.Tuple) for element in part.elts]
        for part in parts:
            sides = [part.left, part.right] if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add) else []
            if any(is_constant(side, 1) for side in sides):
                yield node
        if isinstance(node, ast.AugAssign) and is_constant(node.value, 1):
            yield node


def _floor_at_zero(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.Call) and called(node) == "max" and any(is_constant(a, 0) for a in node.args):
            yield node
        right = node.comparators[0] if isinstance(node, ast.Compare) else None
        if isinstance(node, ast.Compare) and is_constant(right, 0) and isinstance(node.ops[0], COMPARED_IN_ORDER):
            yield node


def _compares_parameters(function: AskedFunction) -> Iterator[ast.AST]:
    given = set(function.parameters)
    for node in function.nodes():
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], COMPARED_IN_ORDER):
            sides = (node.left, node.comparators[0])
            if all(isinstance(side, ast.Name) and side.id in given for side in sides):
                yield node


def _last_item(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.Subscript) and is_constant(node.slice, -1):
            yield node


def _two_back(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.Subscript):
            subtractions = [part for part in ast.walk(node.slice) if isinstance(part, ast.BinOp)]
            if any(isinstance(s.op, ast.Sub) and is_constant(s.right, 2) for s in subtractions):
                yield node


def _product(function: AskedFunction) -> Iterator[ast.AST]:
    for node in function.nodes():
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Mult):
            yield node
        if isinstance(node, ast.Name | ast.Attribute) and getattr(node, "id", getattr(node, "attr", "")) == "mul":
            yield node
        sides = [node.left, node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) else []
        if sides and not any(isinstance(side, ast.List) for side in sides):
            yield node


def _modulo(function: AskedFunction) -> Iterator[ast.AST]:
    yield from _calls("divmod")(function)
    for node in function.nodes():
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Mod):
            yield node


def _subtraction(function: AskedFunction) -> Iterator[ast.AST]:
    yield from (node for node in function.nodes() if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub))


def _helper(function: AskedFunction) -> Iterator[ast.AST]:
    yield from (node for node in function.nodes() if isinstance(node, Definition) and node is not function.definition)


def _loop_in_loop(function: AskedFunction) -> Iterator[ast.AST]:
    yield from (node for node in in_loops(function) if isinstance(node, LOOPS))


def _minus_one(function: AskedFunction) -> Iterator[ast.AST]:
    """Returning -1 in some case."""
    for node in function.nodes():
        if isinstance(node, ast.Return) and node.value is not None:
            choices = [node.value]
            if isinstance(node.value, ast.IfExp):
                choices = [node.value.body, node.value.orelse]
            if any(is_constant(choice, -1) for choice in choices):
                yield node


SIGNS: dict[str, Finder] = {
    "None check": _none_check,
    "backward": _backward,
    "bisect": _calls(*BINARY_SEARCHES),
    "compares parameters": _compares_parameters,
    "counts": _counts,
    "delete": _delete,
    "deque": _calls("deque"),
    "dict": _dict,
    "extend": _calls("extend", "chain"),
    "floor at zero": _floor_at_zero,
    "guard": _guard,
    "halving": _halving,
    "heap": _calls(*HEAP_CALLS),
    "helper function": _helper,
    "infinity": _infinity,
    "isinstance": _calls("isinstance", "type"),
    "join": _calls("join"),
    "last item": _last_item,
    "length check": _length_check,
    "lookup": _lookup,
    "loop": _nodes(*LOOPS),
    "loop in loop": _loop_in_loop,
    "lower": _calls("lower", "casefold"),
    "max call": _calls("max"),
    "memo": memos,
    "min call": _calls("min"),
    "minus one": _minus_one,
    "modulo": _modulo,
    "move to end": _calls("move_to_end"),
    "narrow except": _narrow_except,
    "neighbour compare": _neighbour_compare,
    "neighbour runs": _neighbour_runs,
    "none result": _none_result,
    "one check": _one_check,
    "one more passed": _one_more_passed,
    "one start": _starts_at(1),
    "ordered dict": _calls("OrderedDict", "move_to_end"),
    "product": _product,
    "range compare": _range_compare,
    "recursion": lambda function: (call for _, call in self_calls(function)),
    "running extreme": _running_extreme,
    "running sum": _running_sum,
    "seeded": _seeded,
    "set": _either(_nodes(ast.Set, ast.SetComp), _calls("set", "frozenset")),
    "skips": _nodes(ast.Continue),
    "slice": _nodes(ast.Slice),
    "sort": _calls("sort", "sorted"),
    "sorted copy": _calls("sorted"),
    "split": _calls("split", "partition", "rsplit"),
    "stack": _stack,
    "strip": _calls("strip"),
    "subtraction": _subtraction,
    "sum call": _calls("sum"),
    "swap": _swap,
    "table": _table,
    "two back": _two_back,
    "two loops": _two_loops,
    "while": _nodes(ast.While),
    "while in loop": _while_in_loop,
    "written after the loop": _written_after,
    "zero check": _zero_check,
    "zero start": _starts_at(0),
}
"""Every sign by its name: what finds the nodes that show it in a function."""


def lines_showing(function: AskedFunction, wanted: str) -> list[int]:
    """The lines (1-based, ascending) that show a sign, or for "a & b" the first of them where both are there."""
    found = [sorted({_line(node) for node in SIGNS[name.strip()](function)}) for name in wanted.split("&")]
    return found[0] if all(found) else []


def _line(node: ast.AST) -> int:
    """The line a node begins in; a bare slice has no place of its own in every version, its values have."""
    line = getattr(node, "lineno", None)
    return line if isinstance(line, int) else min((_line(child) for child in ast.iter_child_nodes(node)), default=1)
