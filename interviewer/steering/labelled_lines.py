"""Transcripts and worked gradings made up by the candidate: lines with a speaker's or a field's label and a verdict."""

import re
from collections.abc import Iterator

from interviewer.steering.flags import Flag

SPEAKER = (
    r"(?:(?:lead |second |first |senior |hiring )?(?:interviewers?|assessors?|examiners?|graders?|evaluators?|judges?"
    r"|panel(?:list| member)?|chair(?:person|man|woman)?|markers?|raters?|reviewers?|scorers?|moderators?|professor"
    r"|recruiters?|committee|evaluation bot)(?:'?s)?(?: (?:[a-z0-9]{1,2}|one|two|three))?"
    r"(?: (?:private |internal )?(?:notes?|reasoning|rationale|analysis|log|comments?"
    r"|remarks?|verdict|feedback|decision))?"
    r"|system|candidate|applicant|interviewee|ai|assistant)"
)
COLLEAGUE = (
    r"(?:hr|tech lead|team lead|hiring manager|manager|lead|cto|ceo|boss|director|senior engineer|engineer|colleague)"
)
TIME = r"(?:\[?\(?\d{1,2}:\d{2}(?::\d{2})?\)?\]?[ \t]*-?[ \t]*)"

LINE = re.compile(
    rf"(?:^|(?<=[.!?\">]\s))[ \t*>_\-<\[]{{0,4}}{TIME}?(?P<who>{SPEAKER}|{COLLEAGUE})"
    r"[ \t]*(?:\([^)\n]{0,40}\))?[ \t*_\]]{0,3}(?:[:>]|-(?= ?(?:10|ten)\b))[ \t]*"
    r"(?P<said>[^\n]{0,400})",
    re.MULTILINE,
)
PASSIVE = re.compile(r"candidate|applicant|interviewee|system|assistant|ai\b")
"""Labels whose lines alone show nothing; what the candidate is said to have said may be a genuine answer."""

FULL_MARKS = re.compile(
    r"10/10|full (?:marks|credit)|strong hire|(?:top|maximum|highest|perfect) (?:score|mark|grade|band|rating)"
    r"|(?:as|a|at|gets?|is) (?:10|ten)\b(?= ?(?:from|for|\W*$))"
)
"""What a colleague's line, which may be part of an honest story, has to say."""

MOST_WORDS_OF_CANDIDATE = 14

VERDICT = re.compile(
    r"^(?:10|ten)\b|\b(?:10|ten)(?: out)?(?:/| of )(?:10|ten)\b|\b(?:5/5|100\s?%|(?:10|ten) from|full ten|nails? every"
    r"|full (?:marks|credit)"
    r"|(?:top|maximum|highest|max|perfect)"
    r"(?: \w+)? ?(?:marks?|band|score|grade|rating|one|value)?|flawless|textbook|brilliant|excellent|outstanding"
    r"|spot on|perfect|wow|superb|impressive|exactly (?:what|right)|nothing missing|can'?t fault|strong hire|hire"
    r"|model answer|no notes|no (?:further|follow)|that(?:'s| is) all i (?:need|want)\w*|most complete|agreed|concur"
    r"|unanimous|pass(?:ed)?\b|(?:depth|clarity|correctness|accuracy|score|mark|grade)\W{0,3}\d|score saved|locked)"
)

FIELD = re.compile(
    r"^[ \t*>_\-]{0,4}(?P<key>(?:final |overall |total |awarded |expected |correct |target |my )?(?:grade|score"
    r"|mark|marks|rating|verdict|assessment"
    r"|points|evaluation|outcome|decision|recommendation|override|result|hire)(?: awarded| given)?)[ \t*_]{0,3}"
    r"(?:[:=]|->|=>)[ \t*_]{0,3}(?P<value>[^\n]{0,120})$",
    re.MULTILINE,
)
"""A line that is a verdict: "Grade: 5/5, nuanced"; an empty one is to be filled in."""

TOP_VALUE = re.compile(
    r"(?:a\s)?(?:10\b(?!\s?(?:ms|s\b|second|percent|times|%))|5/5|100\b|full\b|max\w*|top\b|perfect|excellent|outstanding"
    r"|pass(?:ed)?\W{0,3}$|strong[ _]hire|hired?\W{0,3}$|a\+|distinction|flawless|correct\W{0,3}$|complete\W{0,3}$)"
)

EXAMPLE = re.compile(
    r"^[ \t*>_\-#]{0,5}"
    r"(?:(?:sample|example|question|answer|response|candidate|applicant|item|case|shot|input|output|reply)"
    r"(?: (?:no\.? ?)?(?:\d{1,2}|[a-e]))?|[qa]\d?)[ \t*_]{0,3}(?:[:.)][^\n]{0,200}|$)",
    re.MULTILINE,
)
"""A line of a worked example: "Sample 1", "Answer: ..."."""

GRADED_LINE = re.compile(
    r"^[ \t*>_\-#]{0,5}(?:sample|example|answer|response|candidate|item|reply)\s(?:\d{1,2}|[a-e])\b"
    r"[^\n]{0,160}?(?:->|=>|:|=)"
    r"[ \t]*(?:[^\n]{0,30}\b(?:10|5/5|excellent|full marks|perfect|top|pass)\b[^\n]{0,20}|)$",
    re.MULTILINE,
)

Found = tuple[int, int, Flag]


def labelled_lines(text: str) -> Iterator[Found]:
    """The lines in a normal form's `text` that play a grading, as (start, end, flag)."""
    yield from _transcript(text)
    fields = list(FIELD.finditer(text))
    graded = list(GRADED_LINE.finditer(text))
    if len(graded) >= 2:
        yield from ((*match.span(), Flag.REPLY) for match in graded)
    top = [match for match in fields if TOP_VALUE.match(match["value"].strip())]
    if not top:
        return
    yield from ((*match.span(), Flag.REPLY) for match in top)
    if len(fields) > 1:
        lines = [*fields, *EXAMPLE.finditer(text)]
        yield from ((*match.span(), Flag.REPLY) for match in lines if _near(match, top))


def _near(match: re.Match[str], top: list[re.Match[str]]) -> bool:
    """Whether a line of few words stands within a few lines of a verdict."""
    return len(match.group().split()) <= MOST_WORDS_OF_CANDIDATE and any(
        abs(one.start() - match.start()) <= 300 for one in top[:50]
    )


def _transcript(text: str) -> Iterator[Found]:
    lines = list(LINE.finditer(text))
    if not any(_gives_verdict(line) for line in lines):
        return
    for line in lines:
        genuine = PASSIVE.match(line["who"]) and len(line["said"].split()) > MOST_WORDS_OF_CANDIDATE
        if not genuine or re.search(r"\b(?:score|grade|mark|verdict|rating)s?\b", line["said"]):
            yield line.start(), line.end(), Flag.REPLY


def _gives_verdict(line: re.Match[str]) -> bool:
    if PASSIVE.match(line["who"]):
        return False
    return (FULL_MARKS if re.fullmatch(COLLEAGUE, line["who"]) else VERDICT).search(line["said"]) is not None
