"""What to pick up from an answer in the next question: a short clause of it, in the candidate's own words."""

import re
from dataclasses import dataclass
from typing import Literal

from interviewer.interviewers.builtin.reading.resume_deeds import UNSAFE
from interviewer.interviewers.builtin.reading.resume_sections import CONTACT
from interviewer.interviewers.builtin.reading.wording import DANGLING
from interviewer.interviewers.builtin.scoring.accounts import NUMBER, OUTCOME, own_steps
from interviewer.interviewers.builtin.scoring.language import content_words, stems

FEWEST_WORDS, MOST_WORDS, MOST_CHARS = 3, 22, 130
"""A quotation is a whole clause: about twenty words are what a person says back. Longer ones are not cut but left."""
COPIED_SHARE = 0.8
FEWEST_STEMS = 3  # "We used standard methods" says too little to ask about
SEARCHED_CHARS = 6_000
CLAUSE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bapprox)[.!?;:](?=\s|$)|\n+"
    r"|,\s+(?=(?:and|but|so|then|because|which|while|who|where|when|although|though|as|or|i|we)\b)"
    r"|\s+(?=(?:(?:even|only|just|mainly|partly|simply|also) )?(?:because|while|although|though)\b|so that\b"
    r"|(?:but|so|and then|and|then) (?:i|we|they|he|she)\b)"
    r"|\s+[–—-]\s+",
    re.I,
)
"""Where a clause ends. "and" alone opens one only before a pronoun that must be its subject: in "the old and the new
service" and "between this and that" it does not; nor does "which" without a comma."""
LISTED = re.compile(r",(?=\s)")
LEAD_WORDS = re.compile(
    r"(?:(?:and|but|so|then|also|well|okay|ok|um|uh|er|yes|yeah|no|basically|actually|honestly|first|next|finally"
    r"|after that|afterwards|in the end|as a result|because|which|that|when|while|where|who|if|though"
    r"|although)\b,?\s+)+",
    re.I,
)
OWN = re.compile(r"(?:I|we|i|We)\b(?:'(?:d|ve)|’(?:d|ve))?\s")
SPOKEN_I = re.compile(r"\bi\b")
POINTS_BACK = re.compile(r"(?:it|this|that|these|those|they|he|she|there|here|his|her|their|its)\b", re.I)
NO_ANSWER = re.compile(
    r"\b(?:don['’]?t|do not|can['’]?t|cannot|not) (?:know|remember|recall|sure|really|think)\b|\bno idea\b", re.I
)


@dataclass(frozen=True)
class Pickup:
    """A clause of an answer, verbatim but for white space and a capital I: a step taken, or what came of it."""

    words: str
    kind: Literal["step", "outcome"]


def pick_up(scored_text: str, known: str) -> Pickup | None:
    """The clause that most invites a question; None in an answer that says too little.

    `scored_text` is the answer without what steers the scorer. What only repeats `known` (the question) is passed over.
    """
    heard = frozenset(stems(content_words(known)))
    best: tuple[int, Pickup] | None = None
    for clause in _clauses(scored_text):
        meaning = frozenset(stems(content_words(clause)))
        if len(meaning) < FEWEST_STEMS or len(meaning & heard) >= COPIED_SHARE * len(meaning):
            continue
        steps, outcome = bool(OWN.match(clause) and own_steps(clause)), bool(OUTCOME.search(clause))
        number = bool(NUMBER.search(clause))
        if not steps and not (outcome and number):
            continue
        worth = 2 * steps + number + outcome + min(3, len(meaning) // 2)
        if best is None or worth > best[0]:
            best = worth, Pickup(clause, "step" if steps else "outcome")
    return best[1] if best else None


def _clauses(text: str) -> list[str]:
    """The pieces of a text that stand as a clause of their own and are fit to be quoted."""
    found = []
    pieces = CLAUSE_END.split(text[:SEARCHED_CHARS])
    for piece in pieces[:-1] if len(text) > SEARCHED_CHARS else pieces:  # the last may be cut off
        clause = " ".join(piece.split())
        lead = LEAD_WORDS.match(clause)
        clause = clause[lead.end() :] if lead else clause
        clause = _short(clause.strip(" ,-–—\"'“”‘’"))
        if clause and _quotable(clause):
            found.append(SPOKEN_I.sub("I", clause))
    return found


def _short(clause: str) -> str:
    """Cut at its last comma that leaves enough, where the clause is too long to be said back; "" without one."""
    while len(clause.split()) > MOST_WORDS or len(clause) > MOST_CHARS:
        commas = [match.start() for match in LISTED.finditer(clause)]  # not the one in "4,000"
        if not commas:
            return ""
        clause = clause[: commas[-1]]
    return clause


def _quotable(clause: str) -> bool:
    words = clause.split()
    return (
        len(words) >= FEWEST_WORDS
        and clause.isprintable()
        and clause[0].isalnum()
        and words[-1].casefold() not in DANGLING
        and clause.count("(") == clause.count(")")
        and not (POINTS_BACK.match(clause) or NO_ANSWER.search(clause))
        and not (UNSAFE.search(clause) or CONTACT.search(clause))
    )
