"""Questions built from a posting's own words, for topics that the bank has no questions on.

`frames.json` holds the frames: sentences with a place for a duty, a skill, a quote or the role. No sentence stands in
two frames, so that as many interviews as possible read differently.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from interviewer.interviewers.builtin.reading.posting import Topic
from interviewer.interviewers.builtin.reading.titles import role_phrase
from interviewer.records import Question, Record, RequestedDifficulty

FRAMES_FILE = Path(__file__).with_name("frames.json")
ROLE_TOPIC = "The role"
MAX_INSIDE_WORDS = 6  # a longer duty in the middle of a clause loses the listener
RELATIONAL = re.compile(
    r"(?:work|collaborate|communicate|participate|assist|support|contribute|interact|engage|partner|liaise|function|serve"
    r"|coordinate|help|interface|attend|represent)\b"
)
CLAUSE_END = re.compile(r"\{duty(?:_ing)?\}(?:[.?,]|$)")

Family = Literal["duty", "skill", "quote", "role"]


class Frame(Record):
    """A question with a gap: {duty} or {duty_ing}, {skill}, {quote}, {role}.

    `presumes_experience` frames ask about past work, `presumes_posting` ones speak of a posting or its job. `fits`
    limits a skill frame to tools or to methods, and a duty frame to tasks with a result of their own (not "work with
    the team").
    """

    id: str
    family: Family
    kind: str
    difficulties: tuple[RequestedDifficulty, ...]
    text: str
    presumes_experience: bool = False
    presumes_posting: bool = False
    fits: Literal["tool", "method", "task"] | None = None

    @property
    def item_id(self) -> str:
        """The id under which uses of this frame are counted."""
        return f"frame-{self.id}"


class FrameFile(Record):
    """`frames.json`: the frames, and two hints for each kind of frame."""

    hints: dict[str, tuple[str, str]]
    frames: tuple[Frame, ...]


@cache
def frame_file() -> FrameFile:
    """The frames, read once."""
    return TypeAdapter(FrameFile).validate_python(json.loads(FRAMES_FILE.read_text(encoding="utf-8")))


def frames_for(topic: Topic | None, *, experienced: bool, with_posting: bool = True) -> list[Frame]:
    """The frames that fit a topic (None: the role as a whole).

    Without experience none that asks about past work, without a posting none that speaks of one.
    """
    family = _family(topic)
    return [
        frame
        for frame in frame_file().frames
        if frame.family == family
        and (experienced or not frame.presumes_experience)
        and (with_posting or not frame.presumes_posting)
        and _fits(frame, topic)
    ]


def topic_name(topic: Topic | None) -> str:
    """The topic as questions and reports show it."""
    return topic.name if topic else ROLE_TOPIC


def build_question(frame: Frame, topic: Topic | None, role: str | None, difficulty: RequestedDifficulty) -> Question:
    """The question that a frame makes of a topic."""
    text = frame.text.format(
        duty=topic.base if topic else "",
        duty_ing=topic.gerund if topic else "",
        skill=topic.noun if topic else "",
        quote=topic.phrase if topic else "",
        role=role_phrase(role),
    )
    return Question(
        item_id=frame.item_id,
        text=text,
        topic=topic_name(topic),
        difficulty=difficulty,
        kind="technical" if topic and topic.kind == "skill" else "experience",
        hints=frame_file().hints[frame.kind],
    )


def _family(topic: Topic | None) -> Family:
    if topic is None:
        return "role"
    return "duty" if topic.base else "skill" if topic.noun else "quote"


def _fits(frame: Frame, topic: Topic | None) -> bool:
    if frame.fits == "task":
        if topic and RELATIONAL.match(topic.base or ""):
            return False
    elif frame.fits and topic:
        return topic.is_tool is (frame.fits == "tool")
    if frame.presumes_experience and topic and topic.base and _is_local(topic.base):
        return False
    if topic and topic.base and not CLAUSE_END.search(frame.text):
        return len(topic.base.split()) <= MAX_INSIDE_WORDS
    return True


def _is_local(duty: str) -> bool:
    """Whether a duty speaks of this employer's own people or things, which nobody outside can have worked with."""
    named = any(word[:1].isupper() and not word.isupper() for word in duty.split()[1:])
    return named or any(word in {"team", "group", "department"} for word in duty.replace(",", " ").split())
