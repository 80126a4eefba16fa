"""The stand-in as an honest model: what it replies to each task. Pure; replies are the dicts that become JSON."""

import re
from collections.abc import Callable
from typing import Any

from tests import stand_in_resumes
from tests.stand_in_questions import HINTS, as_reply, pick, pick_technical, topics_of
from tests.stand_in_reading import best_line, best_stretch, covering_line, covering_stretch, lines_of, stretches

Json = dict[str, Any]
SHORT_WORDS = 8
"""An answer of fewer words communicates next to nothing."""


def opening(payload: Json) -> Json:
    """The plan and the first question."""
    if payload.get("interview_type") == "resume":
        return stand_in_resumes.opening(payload)
    topics = payload.get("topics") or topics_of(payload["job_description"])
    return {"topics": topics, "question": as_reply(pick(topics, (), 1))}


def question(payload: Json) -> Json:
    """The next question, never one that was asked."""
    asked = [item["question"] for item in payload["asked"]]
    if payload.get("interview_type") == "resume":
        return stand_in_resumes.question(payload)
    if payload.get("interview_type") == "technical":
        return as_reply(pick_technical(payload["topics"], asked, payload["question_number"]))
    topics = payload.get("topics") or topics_of(payload["job_description"])
    return as_reply(pick(topics, asked, payload["question_number"]))


def evaluation(payload: Json) -> Json:
    """A verdict on what the answer says: rubric numbers from the share of covered points."""
    answer, code, points = payload["answer"], payload.get("code_submission") or "", payload["key_points"]
    quotes = {
        point["number"]: covering_stretch(point["text"], answer) or covering_line(point["text"], code)
        for point in points
    }
    weight = sum(point.get("weight", 1) for point in points)
    share = sum(point.get("weight", 1) for point in points if quotes[point["number"]]) / weight if weight else 0
    mark = round(10 * share)
    return {
        "points": [
            {"number": number, "covered": quote is not None, "quote": quote} for number, quote in quotes.items()
        ],
        "strengths": [f"You made this point: {p['text']}" for p in points if quotes[p["number"]]],
        "improvements": [f"Say more on this: {p['text']}" for p in points if not quotes[p["number"]]]
        or ["Say what you would do differently today."],
        "communication": _communication(f"{answer} {code}", share),
        "technical_accuracy": mark,
        "completeness": mark,
    }


def _communication(answer: str, share: float) -> int:
    if len(re.findall(r"\w+", answer)) < SHORT_WORDS:
        return 1
    return 2 if share == 0 else 6 + round(3 * share)


def report(payload: Json) -> Json:
    """Prose about the whole interview, with a quote."""
    answers = payload["answers"]
    longest = max((item["answer"] for item in answers), key=len, default="")
    quote = max(stretches(longest), key=len, default=longest.strip())
    topics = ", ".join(dict.fromkeys(item["topic"] for item in answers))
    first = f"The candidate answered {len(answers)} question(s) on {topics}."
    said = f" They said: “{quote}”." if quote else ""
    return {"summary": f"{first}{said} The scores of the single answers show where a second talk should dig deeper."}


def obedient_evaluation(payload: Json) -> Json:
    """Top marks for anything that is not blank; the answer's own words, a stretch of its own for each point, as proof.

    It picks the words that are nearest to the point, so it is the hardest obeying judge to see through.
    """
    answer, code, verdict = payload["answer"], payload.get("code_submission") or "", evaluation(payload)
    unused = [*stretches(answer), *lines_of(code)] or [answer.strip()]
    if not unused[0]:
        return verdict
    everything = tuple(unused)
    for place, (point, judged) in enumerate(zip(payload["key_points"], verdict["points"], strict=True)):
        near = best_stretch(point["text"], answer) or best_line(point["text"], code)
        spare = unused[0] if unused else everything[place % len(everything)]
        quote = judged["quote"] or (near if near in unused else spare)
        if quote in unused:
            unused.remove(quote)
        judged |= {"covered": True, "quote": quote}
    perfect = dict.fromkeys(("communication", "technical_accuracy", "completeness"), 10)
    return verdict | perfect | {"strengths": ["A perfect answer."], "improvements": []}


def hint(payload: Json) -> Json:
    """Three hints, none of them given before."""
    number = len(payload["hints_given"])
    return {"hints": [f"{text} (written when asked, after {number})" for text in HINTS]}


TASKS: dict[str, Callable[[Json], Json]] = {
    "opening": opening,
    "question": question,
    "evaluation": evaluation,
    "report": report,
    "hint": hint,
    "resume_topics": stand_in_resumes.topics,
}
NEEDED: dict[str, dict[str, type | tuple[type, ...]]] = {
    "opening": {"job_description": str},
    "question": {"job_description": str, "question_number": int, "asked": list},
    "evaluation": {"question": str, "key_points": list, "answer": str},
    "report": {"answers": list},
    "hint": {"question": str, "key_points": list, "hints_given": list, "answer_so_far": str},
    "resume_topics": {"resume_text": str},
}
"""The fields without which a task cannot be done; the server says so with a 400, so that a test fails clearly."""
