"""What of a syntax tree can run, as far as the tree itself shows: no values are computed, but for plain constants."""

import ast

from interviewer.interviewers.builtin.coding.functions import Definition

BLOCKS = ("body", "orelse", "finalbody")


def drop_dead_code(tree: ast.Module) -> tuple[int, ...]:
    """Take the statements that can never run out of a tree, in place; gives the lines where such parts begin.

    They are those after return, raise, continue, break or an endless loop in the same block, and the branches of `if`
    and `while` that a constant rules out.
    """
    dead: list[int] = []
    _prune_inside(tree, dead)
    return tuple(sorted(dead))


def _prune_inside(node: ast.AST, dead: list[int]) -> None:
    """Prune every block under a node; the tree is as deep as `source.DEEPEST_TREE` lets it be."""
    for name in BLOCKS:
        block = getattr(node, name, None)
        if isinstance(block, list) and block:
            kept = _prune_block(block, dead)
            if not kept and name == "body":
                first = block[0]
                kept = [ast.Pass(lineno=first.lineno, col_offset=first.col_offset)]
            setattr(node, name, kept)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ExceptHandler | ast.match_case):
            _prune_inside(child, dead)


def _prune_block(block: list[ast.stmt], dead: list[int]) -> list[ast.stmt]:
    kept: list[ast.stmt] = []
    for place, statement in enumerate(block):
        kept += _live_part(statement, dead)
        if kept and _ends(kept[-1]):
            if place + 1 < len(block):
                dead.append(block[place + 1].lineno)
            break
    return kept


def _live_part(statement: ast.stmt, dead: list[int]) -> list[ast.stmt]:
    """A statement without what in it can never run: its one live branch in its place where a constant decides."""
    known = _known(statement.test) if isinstance(statement, ast.If | ast.While) else None
    if isinstance(statement, ast.If | ast.While) and known is False:
        dead.append(statement.body[0].lineno)
        return _prune_block(statement.orelse, dead)
    if isinstance(statement, ast.If) and known is True:
        if statement.orelse:
            dead.append(statement.orelse[0].lineno)
        return _prune_block(statement.body, dead)
    _prune_inside(statement, dead)
    return [statement]


def _known(test: ast.expr) -> bool | None:
    """Whether a test is always true or always false; None where that depends."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _known(test.operand)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        decides = isinstance(test.op, ast.Or)
        parts = [_known(value) for value in test.values]
        if decides in parts:
            return decides
        return None if None in parts else not decides
    return None


def _ends(statement: ast.stmt) -> bool:
    """Whether what follows in the same block never runs. `with` may swallow an exception, so it ends nothing."""
    if isinstance(statement, ast.Return | ast.Raise | ast.Continue | ast.Break):
        return True
    if isinstance(statement, ast.If):
        return _block_ends(statement.body) and _block_ends(statement.orelse)
    if isinstance(statement, ast.While):
        return _known(statement.test) is True and not _breaks(statement.body)
    if isinstance(statement, ast.Try):
        tried = _block_ends(statement.body) or _block_ends(statement.orelse)
        return _block_ends(statement.finalbody) or (tried and all(_block_ends(h.body) for h in statement.handlers))
    return False


def _block_ends(block: list[ast.stmt]) -> bool:
    return bool(block) and _ends(block[-1])


def _breaks(block: list[ast.stmt]) -> bool:
    """Whether a `break` in this block leaves the loop that the block is the body of."""
    for statement in block:
        if isinstance(statement, ast.Break):
            return True
        if isinstance(statement, Definition | ast.ClassDef):
            continue
        loop = isinstance(statement, ast.For | ast.AsyncFor | ast.While)
        inside = [getattr(statement, name, []) for name in (BLOCKS[1:] if loop else BLOCKS)]
        inside += [part.body for name in ("handlers", "cases") for part in getattr(statement, name, [])]
        if any(_breaks(part) for part in inside):
            return True
    return False
