"""Signs that are told by a kind of node or the name of a call alone, and the finders that others are made of."""

import ast
from collections.abc import Callable, Iterator

from interviewer.interviewers.builtin.coding.functions import AskedFunction, Definition
from interviewer.interviewers.builtin.coding.syntax import called

Finder = Callable[[AskedFunction], Iterator[ast.AST]]


def calls(*names: str) -> Finder:
    """Calls of any of these names."""
    return lambda function: (node for node in function.nodes() if called(node) in names)


def nodes(*kinds: type[ast.AST]) -> Finder:
    """Nodes of any of these kinds."""
    return lambda function: (node for node in function.nodes() if isinstance(node, kinds))


def either(*finders: Finder) -> Finder:
    """What any of these finds."""
    return lambda function: (node for finder in finders for node in finder(function))


def other_definitions(function: AskedFunction) -> Iterator[ast.AST]:
    """A definition beside the asked one."""
    yield from (node for node in function.nodes() if isinstance(node, Definition) and node is not function.definition)
