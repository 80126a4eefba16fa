"""What the model is asked for to get a question, by interview type, and whether what it replies can be asked.

Each type has prompts of its own. The difficulty is never the model's to choose, nor are the topics of a technical
interview, which are the candidate's.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import cast

from interviewer.interview.model import FEWEST_HINTS, Interview, Turn
from interviewer.interviewers.llm.seen import readable, readable_code, readable_resume
from interviewer.interviewers.llm.shapes import (
    AskedQuestion,
    PlannedConversation,
    PlannedOpening,
    ResumeQuestion,
    TechnicalQuestion,
)
from interviewer.interviewers.llm.squashed import squashed
from interviewer.interviewers.llm.topic_names import plain_names
from interviewer.llm.structured import Request, Unfit
from interviewer.prompts import Prompt, PromptLibrary
from interviewer.records import InterviewType, KeyPoint, Question, QuestionKind

POSTING_CHARACTERS = 12_000
"""So much of a posting the model sees: small models take some 8,000 tokens, and the job is described at the start."""

EARLIER_CHARACTERS, LATEST_CHARACTERS = 800, 4_000
"""So much of an earlier answer, and of the latest one, the model sees when it writes the next question."""

LONGEST_LABEL = 6  # words
MOST_HINTS = 3
CALL = re.compile(r"\w\s*\(")
"""What a question to be answered in code holds: a signature, examples."""


@dataclass(frozen=True)
class _Opening:
    """The files that make up the prompt for plan and first question, and the shape of the reply."""

    prompt: str
    also: tuple[str, ...]
    shape: type[PlannedOpening]


@dataclass(frozen=True)
class _Following:
    """The same for a question."""

    prompt: str
    also: tuple[str, ...]
    shape: type[AskedQuestion]


OPENINGS = {
    "job": _Opening("opening", ("question",), PlannedOpening),
    "resume": _Opening("resume_opening", ("resume", "question"), PlannedConversation),
}
"""A technical interview has none: its topics are chosen, and its first question is one like the others."""

FOLLOWING: dict[InterviewType, _Following] = {
    "job": _Following("question", ("follow_up",), AskedQuestion),
    "technical": _Following("technical", ("question",), TechnicalQuestion),
    "resume": _Following("resume", ("question",), ResumeQuestion),
}


def opening_request(prompts: PromptLibrary, interview: Interview) -> Request[PlannedOpening]:
    """What asks for the topics and the first question of an interview that has neither."""
    files = OPENINGS[interview.interview_type]

    def prompt(*, as_text: bool) -> Prompt:
        turns = max(1, interview.total_questions - 1)
        return prompts.render(files.prompt, _values(interview) | {"turns": turns, "as_text": as_text}, files.also)

    def check(reply: PlannedOpening) -> None:
        check_question(reply.question, interview)
        if not opening_topics(reply, interview):
            raise Unfit("no topic is a short plain name.")

    return Request("opening", prompt, files.shape, check)


def question_request(prompts: PromptLibrary, interview: Interview) -> Request[AskedQuestion]:
    """What asks for the next question."""
    files = FOLLOWING[interview.interview_type]

    def prompt(*, as_text: bool) -> Prompt:
        return prompts.render(files.prompt, _values(interview) | {"as_text": as_text}, files.also)

    def check(reply: AskedQuestion) -> None:
        check_question(reply, interview)

    return Request("question", prompt, files.shape, check)


def opening_topics(reply: PlannedOpening, interview: Interview) -> tuple[str, ...]:
    """The topics of a plan, each once, as many as there are questions; of a resume only those that are plain names."""
    named = (topic.strip() for topic in reply.topics)
    topics = plain_names(named) if interview.interview_type == "resume" else tuple(dict.fromkeys(named))
    return topics[: interview.total_questions]


def check_question(reply: AskedQuestion, interview: Interview) -> None:
    """Raise Unfit for a question that was asked before, cannot be evaluated, or is none of this interview type."""
    text = squashed(reply.question)
    if any(squashed(turn.question.text) == text for turn in interview.turns):
        raise Unfit("this question was asked before; ask another one.")
    labels = [squashed(point.label) for point in reply.key_points]
    if len(set(labels)) < len(labels):
        raise Unfit("two key points have the same label.")
    if interview.interview_type == "technical" and _chosen_topic(reply.topic, interview) is None:
        raise Unfit(f"the topic must be one of those chosen: {', '.join(interview.topics)}.")
    if reply.kind == "coding" and not CALL.search(reply.question):
        raise Unfit("a coding question states the signature of the function and examples in its text.")


def as_asked(reply: AskedQuestion, interview: Interview) -> Question:
    """The question as it is asked; its id is the same whenever the same text is asked."""
    hints = tuple(dict.fromkeys(reply.hints))[:MOST_HINTS]
    return Question(
        item_id=f"llm:{hashlib.sha256(reply.question.encode()).hexdigest()[:16]}",
        text=reply.question.strip(),
        topic=_chosen_topic(reply.topic, interview) or reply.topic.strip(),
        difficulty=interview.next_difficulty,
        kind=cast(QuestionKind, reply.kind),
        key_points=tuple(
            KeyPoint(text=point.text, label=_short(point.label), weight=round(point.weight, 1))
            for point in reply.key_points
        ),
        hints=hints,
        hints_to_come=len(hints) < FEWEST_HINTS,
    )


def _values(interview: Interview) -> dict[str, object]:
    """What the prompts of all types may show; each takes what it has variables for."""
    latest = interview.answered[-1] if interview.answered else None
    is_resume = interview.interview_type == "resume"
    return {
        "job_description": interview.job_description[:POSTING_CHARACTERS],
        "resume_text": readable_resume(interview.resume_text),
        "candidate_experience_years": interview.candidate_experience,
        "difficulty": interview.next_difficulty,
        "total_questions": interview.total_questions,
        "topics": interview.topics,
        "question_number": len(interview.turns) + 1,
        "asked": [
            _shown(turn, LATEST_CHARACTERS if turn is latest and not is_resume else EARLIER_CHARACTERS)
            for turn in interview.answered
        ],
        "last_answer": _said(latest)[:LATEST_CHARACTERS] if latest else "",
    }


def _shown(turn: Turn, characters: int) -> dict[str, object]:
    """A question so far with its answer: no marks, since the next question is not to follow them."""
    shown: dict[str, object] = {
        "question": turn.question.text,
        "topic": turn.question.topic,
        "kind": turn.question.kind,
        "answer": _said(turn)[:characters],
    }
    code = readable_code(turn.answer) if turn.answer else None
    return shown | {"code": code[:characters]} if code else shown


def _said(turn: Turn) -> str:
    return readable(turn.answer) if turn.answer else ""


def _chosen_topic(named: str, interview: Interview) -> str | None:
    """The topic of this name as the candidate chose it."""
    name = squashed(named)
    return next((topic for topic in interview.topics if squashed(topic) == name), None)


def _short(label: str) -> str:
    return " ".join(label.split()[:LONGEST_LABEL])
