"""Sentences whose concepts together steer, and the sentences beside them that belong to the same attempt."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from interviewer.steering.combinations import SHORT, STRONG, WEAK, bits_of, matching
from interviewer.steering.concepts import Sentence
from interviewer.steering.flags import Flag
from interviewer.steering.spans import merged

Found = tuple[int, int, Flag]

LONGEST_SENTENCE = 48
"""Words; of a longer one, which is speech without punctuation, only what is about steering is flagged."""

WINDOW, STEP = 60, 30
"""Words of such speech that are looked at together, and how far the next look is."""

MOST_HITS = 2 * WINDOW
"""In one window; a character of a script without blanks counts half a word."""

CHAIN = 9
"""Words that may lie between one concept of an attempt and the next in such speech."""

CHAINED = bits_of(
    "beg | hardship | pass | pay | payyou | threat | warning | flattery | likeyou | lenientme | power | fullmark"
    "| lowmark | mygrade | goodmark | grade | candidate | grader | panel | approval | thanks | please | markthis"
    "| hush | this | f_grade | f_top | f_full | f_answer | f_cand | f_give | f_please | f_grader | f_guide"
    "| f_complete | f_hush"
)
"""Concepts that lengthen what is flagged in such speech."""

FEW = 9
"""Words of a sentence that belongs to what is beside it by little."""


def claims(sentences: Sequence[Sentence]) -> Iterator[Found]:
    """The sentences of a text that steer by themselves, as (start, end, flag)."""
    for sentence in sentences:
        for part in _parts(sentence):
            for first, last, flag in matching(STRONG, part):
                yield *_extent(sentence, part, first, last), flag


def beside(sentences: Sequence[Sentence], found: list[Found]) -> Iterator[Found]:
    """What belongs to the attempts in `found`: the sentences next to them that go on in their way, and so on."""
    spans = merged((start, end) for start, end, _ in found)
    starts = [start for start, _ in spans]
    flagged = []
    for one in sentences:
        place = bisect_left(starts, one.end) - 1
        flagged.append(place >= 0 and spans[place][1] > one.start)
    for order in (range(len(sentences)), range(len(sentences) - 1, -1, -1)):
        before = False
        for index in order:
            if before and not flagged[index] and _goes_along(sentences[index]):
                flagged[index] = True
                yield sentences[index].start, sentences[index].end, Flag.ADDRESSES
            before = flagged[index]


def _goes_along(sentence: Sentence) -> bool:
    if not sentence.bits or sentence.words > LONGEST_SENTENCE:
        return False
    if any(matching(WEAK, sentence)):
        return True
    return sentence.words <= FEW and any(matching(SHORT, sentence))


def _parts(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, or the overlapping windows of an endless one."""
    if not sentence.bits:
        return
    if sentence.words <= WINDOW:
        yield sentence
        return
    first = 0
    for begin in range(0, int(sentence.words), STEP):
        while first < len(sentence.hits) and sentence.hits[first][0] < begin:
            first += 1
        hits = []
        bits = 0
        for hit in sentence.hits[first : first + MOST_HITS]:
            if hit[0] >= begin + WINDOW:
                break
            hits.append(hit)
            bits |= hit[1]
        if hits:
            yield Sentence(hits[0][2], hits[-1][3], WINDOW, bits, hits)


def _extent(sentence: Sentence, part: Sentence, first: int, last: int) -> tuple[int, int]:
    if sentence.words <= LONGEST_SENTENCE:
        return sentence.start, sentence.end
    hits = part.hits
    for index in range(first - 1, -1, -1):
        if hits[first][0] - hits[index][0] > CHAIN:
            break
        first = index if hits[index][1] & CHAINED else first
    for index in range(last + 1, len(hits)):
        if hits[index][0] - hits[last][0] > CHAIN:
            break
        last = index if hits[index][1] & CHAINED else last
    start, end = hits[first][2], max(hit[3] for hit in hits[first : last + 1])
    begins = hits[first][0] <= CHAIN
    ends = sentence.words - hits[last][0] <= CHAIN
    return sentence.start if begins else start, sentence.end if ends else end
