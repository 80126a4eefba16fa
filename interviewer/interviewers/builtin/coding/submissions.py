"""What a candidate sent, taken apart: the code, and the words that explain it."""

import re
from dataclasses import dataclass

from interviewer.interviewers.builtin.coding.source import Source, read_source

PYTHON_NAMES = {"python", "python3", "py", "py3", "cpython"}
PROSE_WORDS = 8
"""In one line, by which a text without any line of code is prose; fewer say nothing."""

FENCE = re.compile(r"[ \t]*(?:```|~~~)[ \t]*([\w+#.-]*)")
CODE_BEGINS = re.compile(r"^(?:async def|def|class) +\w+|^(?:from +[\w.]+ +import|import +[\w.]+)\b|^@\w+", re.M)
BEGUN_FUNCTION = re.compile(r"(?:async )?def \w+\((?:[^\n]*:[ \t]*(?:\n|\Z)|[^\n]*\n\s*[^\s\n])")
"""A signature with its colon or with something after it; alone without either, it is the question read back."""

LIKE_CODE = re.compile(
    r"^[ \t]*(?:(?:async )?def [^\n]*:[ \t]*$|class \w+[^\n]*[:{]|(?:for|while|if|elif|else|try|with)\b[^\n]*:[ \t]*$"
    r"|(?:function|func|fn|procedure)\b[^\n]*\(|return\b|(?:from [\w.]+ )?import \w|[\w.\[\]]+ *[-+*/]?= *\S|\})"
    r"|[;{(][ \t]*$",
    re.M | re.I,
)
GOES_ON = re.compile(
    r"\s|#|@|[)\]}]|(?:async def|def|class|from|import|if|for|while|try|with|return)\b|[\w.\[\]]+ *[-+*/]?= *\S"
)


@dataclass(frozen=True)
class Submission:
    """A submission taken apart. `code` and `explanation` are verbatim pieces; either may be empty.

    `language` is what the code is said to be in where it is not Python, else None; then `source` is None.
    """

    explanation: str
    code: str
    language: str | None
    source: Source | None


def take_apart(answer: str, code: str | None, language: str | None) -> Submission:
    """Find the code: in its own field, or else where it was pasted into the answer. Never raises."""
    stated = (language or "").strip()
    if code and code.strip():
        return _with_code(answer, code, stated)
    found = find_pasted(answer)
    if found is None:
        return Submission(answer, "", None, None)
    start, end, pasted, fence_language = found
    rest = answer[:start] + "\n" + answer[end:]
    return _with_code(rest, pasted, stated or fence_language)


def find_pasted(answer: str) -> tuple[int, int, str, str] | None:
    """The code pasted into an answer: (start, end, code, language); start to end holds its fences too, code does not.

    `language` is what the fence says, or "". None where there is no code.
    """
    return _fenced(answer) or _pasted(answer)


def is_prose(code: str) -> bool:
    """Whether text that is no Python has no line that looks like code in any language, and one of many words."""
    longest = max((len(line.split()) for line in code.split("\n")), default=0)
    return longest >= PROSE_WORDS and LIKE_CODE.search(code) is None


def _with_code(explanation: str, code: str, language: str) -> Submission:
    """Code said to be in another language is read all the same where it happens to be Python: a slip of the chooser."""
    source = read_source(code)
    if language and language.casefold() not in PYTHON_NAMES and (source.tree is None or not _defines(source)):
        return Submission(explanation, code, language, None)
    return Submission(explanation, code, None, source)


def _defines(source: Source) -> bool:
    return re.search(r"^[ \t]*(?:async )?def \w+\(", source.text, re.M) is not None


def _fenced(answer: str) -> tuple[int, int, str, str] | None:
    """The longest block between code fences: (start, end, code, language). A last fence may be left open."""
    blocks: list[tuple[int, int, str, str]] = []
    opened: tuple[int, int, str] | None = None  # start of the fence, start of the code, language
    place = 0
    for line in [*re.findall(r"[^\n]*\n|[^\n]+", answer), None]:
        fence = FENCE.match(line) if line else None
        after = place + len(line or "")
        if opened and (fence or line is None):
            blocks.append((opened[0], after, answer[opened[1] : place], opened[2]))
            opened = None
        elif fence:
            opened = (place, after, fence.group(1))
        place = after
    return max(blocks, key=lambda block: len(block[2]), default=None)


def _pasted(answer: str) -> tuple[int, int, str, str] | None:
    """Lines of Python in the answer, from the first that begins a definition or import to the last that goes on."""
    begin = CODE_BEGINS.search(answer)
    if begin is None:
        return None
    end = begin.start()
    for line in re.findall(r"[^\n]*\n|[^\n]+", answer[begin.start() :]):
        if line.strip() and not GOES_ON.match(line):
            break
        end += len(line)
    code = answer[begin.start() : end]
    looks_right = read_source(code).tree is not None or BEGUN_FUNCTION.match(code)
    return (begin.start(), end, code, "") if looks_right else None
