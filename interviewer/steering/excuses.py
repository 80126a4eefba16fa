"""What makes a cue honest talk: others' words told or quoted, or the speaker's own doings."""

import re

from interviewer.steering.flags import Flag
from interviewer.steering.sentences import Tokens

OTHERS_WORDS = re.compile(r"(?<!Y)(?<!Y[ex])(?<!Y[ex][ex])F")
"""Before a cue in its sentence, or anywhere around a quotation: someone else's words are told."""

TALK_BEFORE = 14
"""Tokens before a cue that are looked through for it."""

OWN_DOING = re.compile(r"s(?![ekzB])")
"""Before a cue that names neither this answer nor a rating: the speaker tells what he does, it is no imperative."""

SELF_OR_RATING = re.compile(r"[rmdCYAJK]")

LONGEST_QUOTATION = 80
"""Tokens between a quotation mark and a cue inside the quotation."""

PROMPT_SHOWN = re.compile(r"[DdM]Ix[|:]{0,2}\"")
"""'The prompt was: "': the candidate shows one of his own."""

ORDERS = frozenset({Flag.ASKS, Flag.OVERRIDES, Flag.AUTHORITY})


def excused(parsed: Tokens, match: re.Match[str], flag: Flag) -> bool:
    """Whether a cue is talk about others' words or the speaker's own doings."""
    first, last = parsed.sentence(match.start())
    before = parsed.parts[max(first, match.start() - TALK_BEFORE) : match.start()]
    if OTHERS_WORDS.search(before):
        return True
    if (
        flag in ORDERS
        and OWN_DOING.search(before)
        and not SELF_OR_RATING.search(parsed.parts, max(first, match.start() - 3), match.end())
    ):
        return True
    return _quoted_talk(parsed, first, last, match.start())


def _quoted_talk(parsed: Tokens, first: int, last: int, at: int) -> bool:
    """Whether a cue stands in a quotation, in or after a sentence that tells of others' words."""
    window = max(0, at - LONGEST_QUOTATION)
    if parsed.parts.count('"', window, at) % 2 == 0:
        return False
    opening = parsed.sentence(parsed.parts.rindex('"', window, at))[0]
    around = parsed.parts[max(0, opening - TALK_BEFORE) : first] + parsed.parts[first:last]
    return OTHERS_WORDS.search(around) is not None or PROMPT_SHOWN.search(parsed.parts, opening, at) is not None
