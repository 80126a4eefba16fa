"""The report's words: short phrases that can be counted across interviews, and a summary with quotes.

A phrase is made from topic and key point alone, so the same finding is always the same phrase (design 6.3). The
summary's sentences come in several wordings, chosen by the interview's id, and each names something of this
interview: a report that reads like the last one is not read.
"""

import hashlib
from dataclasses import dataclass

from interviewer.interview.model import Interview, Turn
from interviewer.interview.report import Findings
from interviewer.interview.scores import mean_score
from interviewer.interviewers.builtin.subject import Subject, listed
from interviewer.records import Evidence, Question

PHRASES_AT_MOST = 5
LONGEST_PHRASE = 10  # words; design 6.3 asks for 3 to 10
QUOTED_WORDS = 24
QUESTION_WORDS = 24
STRONG_FROM = 5.0
LOOSE_ENDS = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"))
"""What a shortened topic does not end with."""


ACCOUNT_PHRASES = {
    "concrete details": ("concrete details given", "too few concrete details", "prepare an example with details"),
    "own actions": ("own actions made clear", "own actions left unclear", "practise saying what you did"),
    "a clear result": ("a clear result given", "no clear result given", "practise telling the outcome"),
    "fit to the question": ("answer to the point", "answer beside the question", "practise answering what was asked"),
}
"""For the parts of an account: how they read as a strength, as a weakness, and as advice, each after "Topic: "."""

EXPLANATION_PHRASES = {
    "concrete details": ("concrete details given", "too few concrete details", "prepare to name parts and figures"),
    "reasons given": ("reasons given", "too few reasons given", "practise giving reasons"),
    "fit to the question": ACCOUNT_PHRASES["fit to the question"],
}
"""The same for an answer to a technical question whose topic the bank does not know."""


@dataclass(frozen=True)
class _Finding:
    """A key point of one answer, made or missed, or a part of an account or explanation."""

    topic: str
    label: str
    weight: float
    covered: bool
    phrases: tuple[str, str, str] | None
    """How a part of an account or explanation reads; a key point has its label for that."""

    @property
    def phrase(self) -> str:
        if self.phrases:
            good, bad, _ = self.phrases
            return _of(self.topic, good if self.covered else bad)
        return _phrase(self.topic, self.label if self.covered else f"missing {self.label}")

    @property
    def advice(self) -> str:
        if self.phrases:
            return _of(self.topic, self.phrases[2])
        return _at_most_ten_words(f"Study {self.label} ({self.topic})", f"Study {self.label}")


def write_findings(interview: Interview, subject: Subject) -> Findings:
    """Strengths, weaknesses, what to study, and a summary. `subject` is what the interview was about."""
    found = [finding for turn in interview.scored for finding in _findings(turn)]
    made = sorted((item for item in found if item.covered), key=lambda item: (-item.weight, item.phrase))
    missed = sorted((item for item in found if not item.covered), key=lambda item: (-item.weight, item.phrase))
    return Findings(
        summary=_summary(interview, subject),
        strengths=_pick([(item.topic, item.phrase) for item in made]),
        weaknesses=_pick([(item.topic, item.phrase) for item in missed]),
        recommendations=_recommendations(interview, missed),
    )


def _findings(turn: Turn) -> list[_Finding]:
    evidence = turn.evaluation.evidence if turn.evaluation else ()
    return [
        _Finding(turn.question.topic, item.label, item.weight, item.covered, _phrases(turn.question, item.label))
        for item in evidence
    ]


def _phrases(question: Question, label: str) -> tuple[str, str, str] | None:
    """None for a key point. An LLM judges any answer without key points as an account."""
    if question.key_points:
        return None
    if question.kind == "technical" and label in EXPLANATION_PHRASES:
        return EXPLANATION_PHRASES[label]
    return ACCOUNT_PHRASES[label]


def _pick(phrases: list[tuple[str, str]]) -> tuple[str, ...]:
    """At most five different phrases, each topic having its turn before any comes again."""
    waiting: dict[str, list[str]] = {}
    for topic, phrase in dict.fromkeys(phrases):
        waiting.setdefault(topic, []).append(phrase)
    picked: list[str] = []
    while waiting and len(picked) < PHRASES_AT_MOST:
        for topic in list(waiting):
            picked.append(waiting[topic].pop(0))
            if not waiting[topic]:
                del waiting[topic]
    return tuple(dict.fromkeys(picked))[:PHRASES_AT_MOST]


def _recommendations(interview: Interview, missed: list[_Finding]) -> tuple[str, ...]:
    advice = _pick([(item.topic, item.advice) for item in sorted(missed, key=lambda item: item.phrases is not None)])
    if advice:
        return advice
    topics = dict.fromkeys(turn.question.topic for turn in interview.scored if turn.question.key_points)
    return tuple(_phrase(topic, "try more advanced questions") for topic in list(topics)[:3])


def _phrase(topic: str, finding: str) -> str:
    return _at_most_ten_words(f"{topic}: {finding}", finding)


def _of(topic: str, finding: str) -> str:
    """The finding with its topic, shortened if need be: without any it would not say what it is about."""
    words = topic.split()
    room = LONGEST_PHRASE - len(finding.split())
    if len(words) <= room:
        return f"{topic}: {finding}"
    kept = words[:room]
    while len(kept) > 1 and (kept[-1].casefold() in LOOSE_ENDS or not any(map(str.isalnum, kept[-1]))):
        kept.pop()
    return f"{' '.join(kept).rstrip(',;:')}…: {finding}"


def _at_most_ten_words(phrase: str, shorter: str) -> str:
    """The phrase, or the shorter one where it is longer than a phrase may be."""
    return phrase if len(phrase.split()) <= LONGEST_PHRASE else " ".join(shorter.split()[:LONGEST_PHRASE])


OPENINGS = (
    "{name} answered {count} {aim} and came to {average} out of 10 on average.",
    "With {count} {aim}, {name} averaged {average} out of 10.",
    "This was {name}'s interview {aim}: {count}, {average} out of 10 on average.",
    "{name} was asked about {subject}; over {count} the mean score is {average} out of 10.",
    "Over {count} {aim}, {name} averages {average} out of 10.",
    "An average of {average} out of 10 is what {name} reached with {count} {aim}.",
)
STRONGEST = (
    "Most convincing was “{quote}”, said when asked “{question}”",
    "{name} was strongest with “{quote}”, in reply to “{question}”",
    "What stands out is “{quote}”, an answer to “{question}”",
    "There was substance in “{quote}”, which answered “{question}”",
    "The best answer, “{quote}”, came to the question “{question}”",
    "Take “{quote}”, the kind of thing that carries an answer to “{question}”",
)
MISSING = (
    "On {topic}, {labels} stayed unsaid when {name} was asked “{question}”",
    "Nothing was heard on {labels} in reply to “{question}”",
    "The lowest score went to an answer without {labels}, asked for by “{question}”",
    "There was no word on {labels} when the question was “{question}”",
    "Least convincing, for want of {labels}, was the answer to “{question}”",
    "With {labels} missing, little was left of the answer to “{question}”",
)
ALSO_MISSING = (
    "{name} also left out {labels} when asked “{question}”",
    "Missing too, on being asked “{question}”: {labels}",
    "The same goes for {labels} and the question “{question}”",
    "Nor was there anything on {labels} in what came to “{question}”",
    "Another gap is {labels}, where the question was “{question}”",
    "On {topic}, a fuller answer would name {labels}, in reply to “{question}”",
)
NOTHING_STRONG = (
    "No answer {aim} covered enough of what was asked to be called strong.",
    "Nothing that {name} said {aim} covered most of what was asked.",
    "Among the answers {aim}, none went far enough to quote as a strength.",
    "{name} did not show strengths {aim} in these answers.",
)
CAVEATS = (
    "A person should read the answers on {topics} before anything is decided: they were judged by their form.",
    "Read the answers on {topics} yourself, since no fixed points exist to check them against.",
    "The scores on {topics} say how the account was built, not whether it is true; that is for a person to judge.",
    "Take the scores on {topics} as a first sign only; they deserve a person's reading.",
)
CODE_CAVEATS = (
    "The code on {topics} was read, not run: try it out before you rely on its scores.",
    "Nobody has run the code on {topics}, so whether it gives the right results is for a person to find out.",
    "The scores for code on {topics} say how it is built and explained; run it to know whether it works.",
)
NEXT_STEPS = (
    "Worth working on, too: {labels}.",
    "Before the next round {aim}, it would pay to go through {labels}.",
    "Time spent on {labels} would help most {aim}.",
    "To do better {aim}, {name} should look into {labels}.",
)


def _summary(interview: Interview, subject: Subject) -> str:
    """Two to seven sentences: the result, the best answer, what was missing, what to do, what to mistrust."""
    facts = {"name": interview.candidate_name, "subject": subject.name, "aim": subject.aim}
    sentences = [_opening(interview, facts), _strongest(interview, facts)]
    sentences += _missing(interview, facts)
    sentences += _caveat(interview, facts)
    return " ".join(sentences)


def _opening(interview: Interview, facts: dict[str, str]) -> str:
    scores = [turn.evaluation.score for turn in interview.scored if turn.evaluation]
    answered, total = len(interview.scored), interview.total_questions
    questions = "question" if total == 1 else "questions"
    count = f"{answered} of {total} {questions}" if answered < total else f"{total} {questions}"
    return _say(OPENINGS, interview, facts | {"count": count, "average": f"{mean_score(scores):.1f}"})


def _strongest(interview: Interview, facts: dict[str, str]) -> str:
    best = max(interview.scored, key=_score)
    quotes = [item for item in best.evaluation.evidence if item.quote] if best.evaluation else []
    if _score(best) < STRONG_FROM or not quotes:
        return _say(NOTHING_STRONG, interview, facts)
    heaviest = max(quotes, key=lambda item: item.weight)
    quoted = {"question": _question(best), "quote": _clip((heaviest.quote or "").rstrip(".!? "), QUOTED_WORDS)}
    return _say(STRONGEST, interview, facts | quoted)


def _missing(interview: Interview, facts: dict[str, str]) -> list[str]:
    """What was missing, for the two answers that lost most, and what to do about it."""
    gaps = sorted((gap for gap in map(_gap, interview.scored) if gap[1]), key=lambda gap: _score(gap[0]))
    sentences = [
        _say(
            wordings,
            interview,
            facts
            | {
                "topic": turn.question.topic,
                "question": _question(turn),
                "labels": _labels(missed, noted=bool(turn.question.key_points)),
            },
        )
        for wordings, (turn, missed) in zip((MISSING, ALSO_MISSING), gaps, strict=False)
    ]
    others = [item for turn, missed in gaps[2:] if turn.question.key_points for item in missed]
    if others:
        sentences.append(_say(NEXT_STEPS, interview, facts | {"labels": _labels(others, noted=True)}))
    return sentences


def _gap(turn: Turn) -> tuple[Turn, list[Evidence]]:
    evidence = turn.evaluation.evidence if turn.evaluation else ()
    return turn, [item for item in evidence if not item.covered]


def _caveat(interview: Interview, facts: dict[str, str]) -> list[str]:
    """What to mistrust: answers that were judged by their form, and code that nobody ran."""
    doubtful = [turn.question for turn in interview.scored if turn.evaluation and turn.evaluation.confidence == "low"]
    sentences = []
    for wordings, is_code in ((CAVEATS, False), (CODE_CAVEATS, True)):
        topics = list(dict.fromkeys(question.topic for question in doubtful if (question.kind == "coding") is is_code))
        if topics:
            sentences.append(_say(wordings, interview, facts | {"topics": _listed(topics)}))
    return sentences


def _say(wordings: tuple[str, ...], interview: Interview, facts: dict[str, str]) -> str:
    """One of the wordings, the same for the same interview. Facts are filled in as they are, braces and all."""
    digest = hashlib.sha256(f"{interview.session_id}{wordings[0]}".encode()).digest()
    sentence = wordings[digest[0] % len(wordings)].format_map(facts)
    whole = sentence if sentence.endswith((".", "?”", ".”", "!”")) else f"{sentence}."
    return whole[0].upper() + whole[1:]


def _score(turn: Turn) -> float:
    return turn.evaluation.score if turn.evaluation else 0.0


def _labels(missed: list[Evidence], *, noted: bool) -> str:
    """What was missed, as part of a sentence. `noted`: a bank's label may be any note, so it stands in quotes."""
    heaviest = sorted(missed, key=lambda item: -item.weight)[:3]
    labels = dict.fromkeys(item.label for item in heaviest)
    return _listed([f"“{label}”" if noted else label for label in labels])


def _listed(items: list[str]) -> str:
    return listed(items, len(items))


def _question(turn: Turn) -> str:
    return _clip(turn.question.text, QUESTION_WORDS)


def _clip(text: str, most_words: int) -> str:
    words = text.split()
    return text.strip() if len(words) <= most_words else " ".join(words[:most_words]) + " …"
