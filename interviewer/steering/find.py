"""The search: cues in the text and in what its encoded passages say, their extents, and what goes on beside them."""

import re
from collections.abc import Iterator

from interviewer.steering.claims import beside, claims
from interviewer.steering.concepts import sentences
from interviewer.steering.cues import STRONG, imperatives
from interviewer.steering.excuses import excused
from interviewer.steering.flags import Flag
from interviewer.steering.hidden_text import decoded, invisible, reversed_text, rotated, tag_text
from interviewer.steering.labelled_lines import labelled_lines
from interviewer.steering.markup import markup
from interviewer.steering.normal_form import normal_form
from interviewer.steering.reply_shapes import reply_shapes
from interviewer.steering.sentences import Tokens, tokens
from interviewer.steering.spans import Span, Steering, masked, merged
from interviewer.steering.weak_cues import WEAK

Found = tuple[int, int, Flag]

MOST_ROUNDS = 6
"""Searches of one text; see `find_steering`."""


def find_steering(text: str) -> Steering:
    """The passages of a candidate's text that try to steer its scorer; never raises, in time linear in the text.

    What is left once they are masked is searched again until nothing is found, so that masking joins no two halves of
    an attack. A text that still yields something after six rounds was made for that and is flagged as a whole.
    """
    spans: tuple[Span, ...] = ()
    flags: set[Flag] = set()
    rest = text
    for _ in range(MOST_ROUNDS):
        found = list(_search(rest))
        if not found:
            break
        spans = merged([*spans, *((start, end) for start, end, _ in found)])
        flags.update(flag for _, _, flag in found)
        rest = masked(text, spans)
    else:
        spans = ((0, len(text)),)
    return Steering(spans, tuple(sorted(str(flag) for flag in flags)))


def _search(text: str, encoded: bool = False) -> Iterator[Found]:
    """What one look at a text finds, in its own offsets; `encoded` where the text was decoded from another."""
    form = normal_form(text)
    found = list(_in_words(form.text))
    if not encoded:
        found += [(start, end, Flag.ENCODED) for start, end, said in decoded(form.cased) if _steers(said)]
        found += [(start, end, Flag.ENCODED) for start, end, _ in _in_words(rotated(form.text))]
        size = len(form.text)
        found += [(size - end, size - start, Flag.ENCODED) for start, end, _ in _in_words(reversed_text(form.text))]
    for start, end, flag in found:
        first, last = form.span(start, end)
        yield first, last, flag
        if len(text) != len(form.text) and not encoded and _hides(text[first:last]):
            yield first, last, Flag.INVISIBLE
    if not encoded and not text.isascii():
        yield from ((start, end, Flag.INVISIBLE) for start, end in invisible(text))
        yield from ((start, end, Flag.ENCODED) for start, end, said in tag_text(text) if _steers(said))


def _steers(said: str) -> bool:
    return any(True for _ in _search(said, encoded=True))


def _hides(passage: str) -> bool:
    return re.search(r"[A-Za-z][\u200b-\u200f\u2060-\u2064\ufeff\u180e\u202a-\u202e]+[A-Za-z]", passage) is not None


def _in_words(text: str) -> list[Found]:
    if not text:
        return []
    parsed = tokens(text)
    shapes = list(reply_shapes(text))
    found = [*shapes]
    for start, end, flag in markup(text):
        stop = text.find("\n", end)
        line_end = len(text) if stop < 0 else stop
        found.append((start, end if line_end - end > 200 else _rest_of_line(text, end, line_end), flag))
    verbs = imperatives(parsed.parts)
    for cue in STRONG:
        for match in cue.matches(parsed.parts, verbs):
            if match.end() > match.start() and not excused(parsed, match, cue.flag):
                found.append((*parsed.extent(match.start(), match.end()), cue.flag))
    said = sentences(text)
    found += claims(said)
    found += labelled_lines(text)
    if not found:
        return []
    found += beside(said, found)
    return [*found, *_beside(parsed, found)]


def _rest_of_line(text: str, end: int, line_end: int) -> int:
    """A heading takes its line along, but not the sentences that follow in it."""
    stop = re.compile(r"[.!?](?=\s)").search(text, end, line_end)
    return stop.end() if stop else line_end


def _beside(parsed: Tokens, found: list[Found]) -> Iterator[Found]:
    """The weak cues in the sentences next to what was found, and next to those."""
    weak: dict[int, Flag] = {}
    for cue in WEAK:
        for match in cue.pattern.finditer(parsed.parts):
            weak.setdefault(parsed.sentence(match.start())[0], cue.flag)
    if not weak:
        return
    sentences = _sentences(parsed)
    flagged = [any(start < end_ and start_ < end for start_, end_, _ in found) for start, end, _ in sentences]
    for order in (range(len(sentences)), range(len(sentences) - 1, -1, -1)):
        before = False
        for index in order:
            start, end, first = sentences[index]
            if before and not flagged[index] and first in weak and len(parsed.text[start:end].split()) <= 40:
                flagged[index] = True
                yield start, end, weak[first]
            before = flagged[index]


def _sentences(parsed: Tokens) -> list[tuple[int, int, int]]:
    """(start, end) in the text and the first token of every sentence that has any token."""
    found = []
    first = 0
    for stop in [*parsed.breaks, len(parsed.parts)]:
        if stop > first:
            last = min(stop, len(parsed.parts) - 1)
            found.append((parsed.starts[first], parsed.ends[last], first))
        first = stop + 1
    return found
