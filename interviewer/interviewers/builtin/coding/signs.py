"""What can be seen in code without running it: constructs, each a named sign with the line that shows it.

A sign says that a construct is there, not that it is used rightly; that is why it earns a part of a key point only.
"""

import ast

from interviewer.interviewers.builtin.coding.finders import conditions, containers, loops, numbers
from interviewer.interviewers.builtin.coding.finders.by_kind import Finder, calls, either, nodes, other_definitions
from interviewer.interviewers.builtin.coding.functions import LOOPS, AskedFunction
from interviewer.interviewers.builtin.coding.syntax import memos, self_calls

BINARY_SEARCHES = {"bisect", "bisect_left", "bisect_right", "insort", "insort_left", "insort_right"}
HEAP_CALLS = {"heappush", "heappop", "heapify", "heappushpop", "heapreplace", "merge", "nsmallest", "nlargest"}

SIGNS: dict[str, Finder] = {
    "None check": conditions.none_check,
    "backward": loops.backward,
    "bisect": calls(*BINARY_SEARCHES),
    "compares parameters": conditions.compares_parameters,
    "counts": containers.counts,
    "delete": containers.delete,
    "deque": calls("deque"),
    "dict": containers.dicts,
    "extend": calls("extend", "chain"),
    "floor at zero": conditions.floor_at_zero,
    "guard": conditions.guard,
    "halving": loops.halving,
    "heap": calls(*HEAP_CALLS),
    "helper function": other_definitions,
    "infinity": numbers.infinity,
    "isinstance": calls("isinstance", "type"),
    "join": calls("join"),
    "last item": containers.last_item,
    "length check": conditions.length_check,
    "lookup": containers.lookup,
    "loop": nodes(*LOOPS),
    "loop in loop": loops.loop_in_loop,
    "lower": calls("lower", "casefold"),
    "max call": calls("max"),
    "memo": memos,
    "min call": calls("min"),
    "minus one": numbers.minus_one,
    "modulo": numbers.modulo,
    "move to end": calls("move_to_end"),
    "narrow except": conditions.narrow_except,
    "neighbour compare": loops.neighbour_compare,
    "neighbour runs": loops.neighbour_runs,
    "none result": numbers.none_result,
    "one check": conditions.one_check,
    "one more passed": numbers.one_more_passed,
    "one start": numbers.starts_at(1),
    "ordered dict": calls("OrderedDict", "move_to_end"),
    "product": numbers.product,
    "range compare": conditions.range_compare,
    "recursion": lambda function: (call for _, call in self_calls(function)),
    "running extreme": loops.running_extreme,
    "running sum": loops.running_sum,
    "seeded": containers.seeded,
    "set": either(nodes(ast.Set, ast.SetComp), calls("set", "frozenset")),
    "skips": nodes(ast.Continue),
    "slice": nodes(ast.Slice),
    "sort": calls("sort", "sorted"),
    "sorted copy": calls("sorted"),
    "split": calls("split", "partition", "rsplit"),
    "stack": containers.stack,
    "strip": calls("strip"),
    "subtraction": numbers.subtraction,
    "sum call": calls("sum"),
    "swap": containers.swap,
    "table": containers.table,
    "two back": containers.two_back,
    "two loops": loops.two_loops,
    "while": nodes(ast.While),
    "while in loop": loops.while_in_loop,
    "written after the loop": loops.written_after,
    "zero check": conditions.zero_check,
    "zero start": numbers.starts_at(0),
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
