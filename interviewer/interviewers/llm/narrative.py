"""The prose of a report: the model's sentences as far as they can be trusted; numbers and last answer by code."""

import re
from collections.abc import Sequence

from interviewer.interview.model import Interview, Turn
from interviewer.interview.scores import mean_score
from interviewer.interviewers.llm.quotes import QuotableText
from interviewer.steering import find_steering

SENTENCE_END = re.compile(r"[.!?。！？]+[)\]]*(?:\s+|$)|[.!?。！？][”\"](?:\s+|$)|\n+")
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
MARKS = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:/|out of|of|von|sur|de)\s*\d+|\d+\s*%|\b(?:scores?|scored|ratings?|rated|marks?)\b", re.I
)
LONGEST_QUOTE = 20  # words


def trusted_sentences(summary: str, interview: Interview) -> str:
    """The sentences of a model's summary that quote only what was said and give no marks; empty when none is left."""
    answers = [turn.answer for turn in interview.answered if turn.answer]
    said = [QuotableText(answer.text) for answer in answers]
    said += [QuotableText(answer.scored_code, is_code=True) for answer in answers if answer.scored_code]
    steers = bool(find_steering(summary).flags)  # one search of the whole is nearly always enough
    kept = [
        sentence
        for sentence in _sentences(summary)
        if _is_trusted(sentence, said) and not (steers and find_steering(sentence).flags)
    ]
    return " ".join(kept)


def complete_summary(prose: str, interview: Interview) -> str:
    """The model's prose with what it could not know when it was written: the mean, and how the last answer did."""
    scores = [turn.evaluation.score for turn in interview.scored if turn.evaluation]
    answered, total = len(scores), interview.total_questions
    count = f"{answered} of {total}" if answered < total else f"{total}"
    questions = "question" if total == 1 else "questions"
    opening = (
        f"{interview.candidate_name} answered {count} {questions} and averages {mean_score(scores):.1f} out of 10."
    )
    return " ".join([opening, prose, *_last_answer(interview.scored)])


def _sentences(text: str) -> list[str]:
    """The sentences of a text; a full stop inside a quotation ends none."""
    sentences, start = [], 0
    for end in SENTENCE_END.finditer(text):
        so_far = text[start : end.end()]
        if so_far.count("“") == so_far.count("”") and so_far.count('"') % 2 == 0:
            sentences.append(so_far.strip())
            start = end.end()
    return [sentence for sentence in (*sentences, text[start:].strip()) if sentence]


def _is_trusted(sentence: str, said: Sequence[QuotableText]) -> bool:
    quotes = QUOTED.findall(sentence)
    if not all(any(text.find(quote) for text in said) for quote in quotes):
        return False
    own_words = QUOTED.sub("", sentence)
    unclosed = any(mark in own_words for mark in '“”"')
    return not unclosed and not MARKS.search(own_words)


def _last_answer(scored: Sequence[Turn]) -> list[str]:
    """One sentence on the last answer: its score, and its weightiest quote or what was missing."""
    turn = scored[-1]
    if turn.evaluation is None:
        return []
    evidence = sorted(turn.evaluation.evidence, key=lambda item: -item.weight)
    quotes = [item.quote for item in evidence if item.quote]
    missing = [item.label for item in evidence if not item.covered]
    start = f"The last answer, on {turn.question.topic}, scored {turn.evaluation.score:.1f}"
    if quotes:
        words = quotes[0].rstrip(".!? ").split()
        clipped = " ".join(words[:LONGEST_QUOTE]) + (" …" if len(words) > LONGEST_QUOTE else "")
        return [f"{start}: “{clipped}”."]
    return [f"{start}; it left out {' and '.join(missing[:2])}." if missing else f"{start}."]
