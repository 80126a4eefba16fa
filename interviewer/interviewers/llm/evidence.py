"""Which of a model's quotes survive: found in the answer, outside what tries to steer the scorer, and about the point.

A model may be talked into anything; whether words stand in an answer, and what they are about, is checked here.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from interviewer.embedding import embed
from interviewer.interview.model import Answer
from interviewer.interviewers.builtin.scoring.accounts import own_steps
from interviewer.interviewers.builtin.scoring.language import looks_english, passages
from interviewer.interviewers.llm.code_evidence import CodeEvidence
from interviewer.interviewers.llm.quotes import QuotableText
from interviewer.records import Evidence, KeyPoint, Question
from interviewer.steering import Flag

ABOUT_THE_POINT = 0.25
"""Cosine of quote and key point (static embeddings) from which a quote has to do with its point.

Over the bank's 216 questions with key points, a sentence of a sample answer has over 0.48 with the point it makes in
99 % of cases, and under 0.27 with a point of another topic in 99 %; of 802 students' answers with full marks (Mohler
et al. 2011) 94 % have more with the reference answer."""

ABOUT_THE_STORY = 0.10
"""The same for questions about experience and behavior, where the quote tells a story and the point only names a part
of it ("says what came of it"): what counts is the nearest of point, question and job description, to the quote, its
sentence or the whole answer. This bars what is quite beside the matter and no more: sentences of genuine accounts lie
at 0.07 to 0.42, pleading with the scorer at 0.02 to 0.20. The flags, and a person's reading, have to do the rest."""

DOUBTED_ABOUT_THE_POINT, DOUBTED_ABOUT_THE_STORY = 0.40, 0.25
"""The same for an answer that as a whole reads like talk to the scorer: it has to be plainly about the matter."""

STORY_KINDS = ("behavioral", "experience", "resume")


class EvidenceCheck:
    """Checks quotes against one answer to one question: first against its words, then against its code."""

    def __init__(self, question: Question, points: Sequence[KeyPoint], posting: str, answer: Answer) -> None:
        self._points = tuple(points)
        self._answer = answer.text
        self._steering = answer.steering
        self._quotable = QuotableText(answer.text)
        self._sentences = passages(answer.scored_text)
        story = [f"{question.topic}. {question.text}", *filter(None, [posting])] if question.kind in STORY_KINDS else []
        if Flag.LIKENESS in answer.steering.flags:
            self._threshold = DOUBTED_ABOUT_THE_STORY if story else DOUBTED_ABOUT_THE_POINT
        else:
            self._threshold = ABOUT_THE_STORY if story else ABOUT_THE_POINT
        self._is_no_story = bool(story) and _tells_nothing(answer.scored_text)
        whole = " ".join(sentence.text for sentence in self._sentences)
        self._context = embed([whole] if story and whole else [])
        about_story = embed(story)
        self._about = [np.vstack([own, about_story]) for own in embed([point.text for point in self._points])]
        code = answer.code_submission or ""
        self._code = CodeEvidence(question, self._points, code, answer.code_steering, self._words_are_about)

    def evidence(self, quotes: Iterable[tuple[int, str]]) -> tuple[Evidence, ...]:
        """One entry a key point, in order; `quotes` are (place of the point from 0, what the model quotes for it)."""
        found: dict[int, str] = {}
        for place, quote in quotes:
            verbatim = self._surviving(place, quote)
            if verbatim and place not in found:
                found[place] = verbatim
        return tuple(
            Evidence(
                key_point=point.text,
                label=point.label,
                weight=point.weight,
                covered=place in found,
                quote=found.get(place),
            )
            for place, point in enumerate(self._points)
        )

    def nearest_point(self, quote: str) -> int:
        """The place of the key point that a quote without one has most to do with."""
        vector = embed([quote])[0]
        return int(np.argmax([float((about @ vector).max()) for about in self._about]))

    def _surviving(self, place: int, quote: str) -> str | None:
        for start, end in self._quotable.find(quote):
            if not self._steering.overlaps(start, end) and self._is_about(place, start, end):
                return self._answer[start:end]
        return self._code.surviving(place, quote)

    def _words_are_about(self, place: int, words: str) -> bool:
        """Whether a comment has to do with the point: held to more than a story, of which no code tells one."""
        return float(self._about[place][0] @ embed([words])[0]) >= max(self._threshold, ABOUT_THE_POINT)

    def _is_about(self, place: int, start: int, end: int) -> bool:
        """Whether the quoted words have to do with the point; half as much will do if their sentence does."""
        if self._is_no_story:
            return False
        around = [sentence.text for sentence in self._sentences if sentence.start <= start and end <= sentence.end]
        vectors = np.vstack([embed([self._answer[start:end], *around[:1]]), self._context])
        own, *contexts = (float(cosine) for cosine in (self._about[place] @ vectors.T).max(axis=0))
        if len(self._context):
            return max(own, *contexts) >= self._threshold
        return own >= self._threshold or (own >= self._threshold / 2 and max(contexts, default=0.0) >= self._threshold)


def _tells_nothing(answer: str) -> bool:
    """Whether an English answer names nothing that the speaker did: no evidence of any experience."""
    return looks_english(answer) and not own_steps(answer)


def covered_share(evidence: Sequence[Evidence]) -> float:
    """The share of the key points, by weight, that surviving quotes cover, 0-1."""
    total = sum(item.weight for item in evidence)
    return sum(item.weight for item in evidence if item.covered) / total if total else 0.0
