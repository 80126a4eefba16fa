"""What the stand-in model asks about a resume: its lines, then what the last answer said."""

import re
from typing import Any

from tests.stand_in_questions import HINTS, POINTS

Json = dict[str, Any]
POINTS_OF_AN_ACCOUNT = ("owned", "load", "latency", "tests")
QUOTED_WORDS = 8


def lines_to_ask_about(resume: str) -> list[str]:
    """The lines of a resume with at least five words, none of them an address."""
    lines = [line.strip() for line in resume.split("\n")]
    return [line for line in lines if len(re.findall(r"\w+", line)) >= 5 and "@" not in line]


def topics(payload: Json) -> Json:
    """Topics with the lines they come from: the two longest words of each."""
    lines = lines_to_ask_about(payload["resume_text"])[:4]
    return {"topics": [{"name": _name(line), "line": line} for line in lines]}


def opening(payload: Json) -> Json:
    """The plan and the first question, on the first line."""
    lines = lines_to_ask_about(payload["resume_text"])[: payload["total_questions"]]
    named = [_name(line) for line in lines] or ["Work so far"]
    about = f"You wrote “{_first_words(lines[0])}”" if lines else "Let us begin with your work"
    return {"topics": named, "question": _question(named[0], f"{about}: what did you do there yourself?", False)}


def question(payload: Json) -> Json:
    """A follow-up on the last answer; on another line of the resume where that was blank."""
    number, said = payload["question_number"], payload["last_answer"].strip()
    topic = (payload["topics"] or ["Work so far"])[(number - 1) % max(1, len(payload["topics"]))]
    if said:
        return _question(topic, f"You said “{_first_words(said)}”. What came of that, in step {number}?", True)
    lines = lines_to_ask_about(payload["resume_text"]) or ["your work"]
    line = lines[(number - 1) % len(lines)]
    return _question(topic, f"Let us turn to “{_first_words(line)}”: what was hard in it, in step {number}?", False)


def _question(topic: str, text: str, is_follow_up: bool) -> Json:
    points = [dict(zip(("label", "text", "weight"), POINTS[name], strict=True)) for name in POINTS_OF_AN_ACCOUNT]
    return {
        "topic": topic,
        "kind": "resume",
        "question": text,
        "key_points": points,
        "hints": list(HINTS),
        "is_follow_up": is_follow_up,
    }


def _name(line: str) -> str:
    words = sorted(dict.fromkeys(re.findall(r"[^\W\d_]+", line)), key=len, reverse=True)
    return " ".join(words[:2])


def _first_words(text: str) -> str:
    return " ".join(text.split()[:QUOTED_WORDS]).rstrip(".,")
