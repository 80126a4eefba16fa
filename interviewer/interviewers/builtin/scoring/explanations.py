"""Scoring answers to technical questions on topics that the bank does not know, and so has no key points for.

Whether such an explanation is right cannot be told here, and what the speaker did themselves is not what was asked.
What can be seen is that it names things, gives reasons and is about the question. Each is looked for in the text, and
quoted. So the score is at most `MOST`, confidence is low, and the feedback says why.
"""

import functools
import re

from interviewer.interviewers.builtin.scoring.accounts import NUMBER, AccountScorer, Part, share_of
from interviewer.interviewers.builtin.scoring.language import content_words, stem, stems
from interviewer.records import KeyPoint, Question

REASON = re.compile(
    r"\b(because|since|so that|so|therefore|thus|hence|which means|that means|which is why|that is why|this is why|if|"
    r"unless|otherwise|instead|rather than|whereas|in order to|depends on|due to|leads? to|causes?|prevents?|avoids?|"
    r"the reason is|without)[,:]?\s+"
    r"((?:the|a|an|it|they|you|we|i|this|that|is|to|of|there|its|their|your)\s+)*([^\W\d_]+)",
    re.I,
)
"""Words that tie a statement to its cause, condition or alternative, and the next word that says something: the same
tie before the same word is one reason. "As a result" is not here: it tells an outcome, which empty talk claims too."""

ENOUGH_THINGS, ENOUGH_REASONS = 30, 4
"""How many different content words and figures that the question lacks, and how many reasons, make a full explanation
of about 70 words. Set on the six expert and six empty texts of tests/test_unknown_topics.py: the experts, as heard too,
name 32 to 43 things and give 4 to 6 reasons, the empty ones name 10 or 11 and give none."""

THIN_BELOW = 0.6
"""Under this share of the things enough for a full explanation there is little that a reason could be about, and all
parts count less: between the most of the empty texts (11 of 30) and the fewest of the experts (32), nearer to them."""

THERE_FROM = 0.5
"""The degree from which a part counts as there, as for accounts."""

ANY_EXPLANATION = 0.5
"""What an explanation counts for at least, whatever it is about: experts need not name the topic, and these embeddings
know few words of a rare trade. One about something else so stays under 5, from where a report says "maybe"."""

MOST = 7.0
"""The highest score: a "yes" can be reached, a "strong yes" (8.5) cannot, since nobody checked whether it is right."""

EXPLANATION_POINTS = (
    KeyPoint(label="concrete details", text="Names concrete things: parts, settings, figures.", weight=1.5),
    KeyPoint(label="reasons given", text="Gives reasons, conditions or alternatives.", weight=1.5),
    KeyPoint(label="fit to the question", text="Is about what was asked.", weight=0.5),
)


class ExplanationScorer:
    """Looks for the parts of a good explanation. `accounts` knows what adds something and what is about a question."""

    def __init__(self, accounts: AccountScorer) -> None:
        self._accounts = accounts

    def parts(self, question: Question, posting: str, answer: str) -> list[Part]:
        """The parts, each with how far it is there. Words thrown together are no explanation.

        Sentences said before, and those that only repeat the question or the posting, do not count.
        """
        telling = self._accounts.telling(question, posting, answer)
        asked = frozenset(stems(content_words(f"{question.topic} {question.text}")))
        named = share_of(_things(telling.text, asked=asked), ENOUGH_THINGS)
        told = telling.prose * min(1.0, named / THIN_BELOW)
        gate = told * max(ANY_EXPLANATION, telling.fit)
        details, reasons, fitting = EXPLANATION_POINTS
        reasoned = share_of(_reasons(telling.text), ENOUGH_REASONS)
        story = [
            Part(point.label, point.text, point.weight, degree, telling.best(count) if degree >= THERE_FROM else None)
            for point, degree, count in (
                (details, gate * named, functools.partial(_things, asked=asked)),
                (reasons, gate * reasoned, _reasons),
            )
        ]
        fit = told * telling.fit
        quote = self._accounts.most_fitting(question, "", telling) if fit >= THERE_FROM else None
        return [*story, Part(fitting.label, fitting.text, fitting.weight, fit, quote)]


def _things(text: str, *, asked: frozenset[str]) -> set[str]:
    """The stems and figures in a text that the question has not named."""
    figures = {figure.casefold() for figure in NUMBER.findall(text)}
    return ({stem(word) for word in content_words(text)} | figures) - asked


def _reasons(text: str) -> set[str]:
    return {f"{tie} {what}".casefold() for tie, _, what in REASON.findall(text)}
