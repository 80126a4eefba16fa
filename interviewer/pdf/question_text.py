"""A question's text in blocks: prose, and what is code in it. The pages do the same in question-text.js."""

import re
from typing import NamedTuple

CODE_LINE = re.compile(
    r"\s*(?:(?:async\s+)?def\s+|func(?:tion)?\s+)?[A-Za-z_][\w.]*\(.*\)(?:\s*->\s*.+|\s+returns\s.*)?[:;{]?\s*"
)
"""A signature or a call with what it returns, alone on its line."""
FENCE = re.compile(r"\s*```")


class Block(NamedTuple):
    """Lines that belong together."""

    code: bool
    lines: list[str]


def question_blocks(text: str) -> list[Block]:
    """Runs of lines; an empty line or a change between prose and code ends one. The first is prose."""
    found: list[Block] = []
    fenced, ended = False, True
    for place, line in enumerate(text.strip().split("\n")):
        if place and FENCE.match(line):
            fenced, ended = not fenced, True
            continue
        if not fenced and not line.strip():
            ended = True
            continue
        code = place > 0 and (fenced or CODE_LINE.fullmatch(line) is not None)
        if ended or found[-1].code != code:
            found.append(Block(code, []))
            ended = False
        found[-1].lines.append(line)
    return found
