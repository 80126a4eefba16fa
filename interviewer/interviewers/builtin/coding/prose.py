"""The words in code, comments and strings, searched for passages that try to steer the scorer.

Only these are searched: code itself speaks to nobody, and `return max(...)` is no wish for the highest score.
"""

import io
import itertools
import re
import tokenize
from collections.abc import Iterable

from interviewer.interviewers.builtin.coding.source import read_source
from interviewer.interviewers.builtin.coding.submissions import find_pasted
from interviewer.steering import Steering, find_steering
from interviewer.steering.spans import Span

WORD_TOKENS = {tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
LONGEST_STRING = 2_000
"""Of a string literal in what is no Python; a limit keeps the search linear."""

COMMENT_OR_STRING = re.compile(
    rf'"(?:[^"\\\n]|\\.){{0,{LONGEST_STRING}}}"|\'(?:[^\'\\\n]|\\.){{0,{LONGEST_STRING}}}\''
    r"|`[^`]*`|//[^\n]*|#[^\n]*|/\*.*?(?:\*/|\Z)",
    re.S,
)
LINE = re.compile(r"[^\n]+")
MARK_OF_CODE = re.compile(r"[(){}\[\]=;]")


def steering_in_code(code: str) -> Steering:
    """The steering passages of code in any language, in its own offsets; never raises."""
    return find_steering(_only(code, word_spans(code)))


def words_of_answer(answer: str) -> str:
    """The answer to a question that asks for code, as long as it is, with line breaks for what in it is only code.

    To be searched for steering in its stead: the offsets are the same.
    """
    found = find_pasted(answer)
    if found is None:
        return answer
    start, end, code, _ = found
    begin = answer.index(code, start) if code else start
    words = _only(code, word_spans(code))
    fences = (answer[start:begin], answer[begin + len(code) : end])
    before, after = ("".join("\n" for _ in fence) for fence in fences)
    return f"{answer[:start]}{before}{words}{after}{answer[end:]}"


def word_spans(code: str) -> list[Span]:
    """Where comments and strings are; in what is no Python also lines without any mark of code.

    Only what parses is given to the tokenizer, which takes quadratic time for some texts that do not.
    """
    if read_source(code).tree is None:
        return _spans_elsewhere(code)
    lines = re.findall(r"[^\n]*\n|[^\n]+", code)  # not splitlines, which cuts at more than the tokenizer does
    starts = [0, *itertools.accumulate(len(line) for line in lines)]
    try:
        return [
            (starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1])
            for token in tokenize.generate_tokens(io.StringIO(code, newline="\n").readline)
            if token.type in WORD_TOKENS
        ]
    except (tokenize.TokenError, SyntaxError):
        return _spans_elsewhere(code)


def _spans_elsewhere(code: str) -> list[Span]:
    bare = [line.span() for line in LINE.finditer(code) if not MARK_OF_CODE.search(line.group())]
    return [*bare, *(match.span() for match in COMMENT_OR_STRING.finditer(code))]


def _only(code: str, spans: Iterable[Span]) -> str:
    """The code, as long as it is, with line breaks for all that is neither white space nor inside the spans."""
    kept = bytearray(len(code))
    for start, end in spans:
        kept[start:end] = b"\1" * (end - start)
    return "".join(
        character if keep or character.isspace() else "\n" for character, keep in zip(code, kept, strict=True)
    )
