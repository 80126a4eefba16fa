"""How readable code is, as far as its form shows: names, docstring or comments, annotations."""

import ast

from interviewer.interviewers.builtin.coding.functions import AskedFunction

COUNTERS = frozenset("ijknmxy_")
"""Single letters that are ordinary names: counters, sizes, coordinates, what is not used."""


def readability(function: AskedFunction, has_notes: bool) -> float:
    """0-1: half for names that say something, 0.3 for a docstring or comment, 0.2 for annotated parameters."""
    arguments = [*function.definition.args.posonlyargs, *function.definition.args.args]
    annotated = sum(argument.annotation is not None for argument in arguments) / max(1, len(arguments))
    return 0.5 * _telling_names(function) + 0.3 * has_notes + 0.2 * annotated


def _telling_names(function: AskedFunction) -> float:
    """The share of the assigned names that are longer than a letter or are usual ones."""
    names = {node.id for node in function.nodes() if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return sum(len(name) > 1 or name in COUNTERS for name in names) / len(names) if names else 1.0
