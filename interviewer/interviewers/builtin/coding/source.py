"""Python source made readable without running it: syntax tree, comments, or the fault that stops the reading.

Nothing here or in this package compiles to bytecode, imports or executes what a candidate sent: `ast.parse` builds a
tree of values and stops there.
"""

import ast
import io
import re
import textwrap
import tokenize
import warnings
from dataclasses import dataclass

from interviewer.interviewers.builtin.coding.reachable import drop_dead_code
from interviewer.interviewers.builtin.coding.syntax_faults import told

MOST_CHARACTERS = 20_000
"""What the API takes; more is not read."""

DEEPEST_BRACKETS = 60
"""Brackets inside each other. Code that people write stays under 10; Python's own limit is 200."""

DEEPEST_TREE = 80
"""Levels of the syntax tree. Code that people write stays under 30; what walks the tree may recurse this deep."""

MOST_NODES = 30_000
"""Of the syntax tree. 20,000 characters of ordinary code have some 6,000."""

FILENAME = "<submitted code>"


@dataclass(frozen=True)
class Source:
    """Code as read. `tree` is None where `fault` says why it could not be parsed; `notes` are comments and docstrings.

    The tree is without what can never run; `dead` are the lines where such parts begin. `text` is what was parsed;
    every note and every line of it occurs verbatim in what was submitted.
    """

    text: str
    tree: ast.Module | None
    fault: str | None
    notes: tuple[str, ...]
    dead: tuple[int, ...] = ()


def read_source(code: str) -> Source:
    """Parse code; never raises, never executes it."""
    if len(code) > MOST_CHARACTERS:
        return _unreadable(code, f"it is longer than {MOST_CHARACTERS} characters")
    if _bracket_depth(code) > DEEPEST_BRACKETS:
        return _unreadable(code, f"its brackets are nested more than {DEEPEST_BRACKETS} deep")
    text = textwrap.dedent(code)
    try:
        _keep_warnings_out()
        tree = ast.parse(text, filename=FILENAME)
    except SyntaxError as error:
        return _unreadable(code, _syntax_fault(error))
    except (RecursionError, MemoryError):
        return _unreadable(code, "it is nested too deeply")
    except ValueError:
        return _unreadable(code, "it holds characters that no Python source may hold")
    if fault := _size_fault(tree):
        return _unreadable(code, fault)
    notes = (*_comments(text), *_docstring_lines(tree, text))
    return Source(text, tree, None, notes, drop_dead_code(tree))


def _unreadable(code: str, fault: str) -> Source:
    return Source(code, None, fault, ())


def _syntax_fault(error: SyntaxError) -> str:
    """The fault with its line and Python's message; without the message where that quotes the code."""
    place = f"syntax error in line {error.lineno}" if error.lineno else "syntax error"
    message = told(error.msg)
    return f"{place}: {message}" if message else place


def _keep_warnings_out() -> None:
    """The parser warns about odd escapes, quoting the candidate's line; that must reach no log and raise nothing.

    Set before each parse, since others may reset the filters; setting it twice changes nothing.
    """
    warnings.filterwarnings("ignore", module=re.escape(FILENAME))


def _size_fault(tree: ast.Module) -> str | None:
    """Level by level, since a tree this deep must not be walked by recursion."""
    level: list[ast.AST] = [tree]
    nodes = depth = 0
    while level:
        nodes, depth = nodes + len(level), depth + 1
        if nodes > MOST_NODES:
            return "it is too large"
        if depth > DEEPEST_TREE:
            return "it is nested too deeply"
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return None


def _bracket_depth(code: str) -> int:
    """The deepest nesting of brackets, those in strings counted too: an upper bound that needs no parser."""
    depth = deepest = 0
    for character in code:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth = max(0, depth - 1)
    return deepest


def _comments(text: str) -> list[str]:
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                found.append(token.string.lstrip("#").strip())
    except (tokenize.TokenError, SyntaxError):  # the tokenizer is stricter than the parser in a few odd cases
        pass
    return [comment for comment in found if comment]


def _docstring_lines(tree: ast.Module, text: str) -> list[str]:
    """The lines of all docstrings that stand so in the text (an escape does not)."""
    owners = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    docstrings = [ast.get_docstring(node, clean=False) or "" for node in ast.walk(tree) if isinstance(node, owners)]
    lines = [line.strip() for docstring in docstrings for line in docstring.split("\n")]
    return [line for line in lines if line and line in text]
