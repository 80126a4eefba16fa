"""What the report says about times, numbers and suggestions. The pages say the same in words.js."""

from datetime import UTC, datetime

VERDICTS = {
    "strong yes": (
        "A very strong interview",
        "On these answers, the interviewer’s suggestion to the people who decide is a strong yes.",
    ),
    "yes": ("A strong interview", "On these answers, the interviewer’s suggestion to the people who decide is yes."),
    "maybe": (
        "A mixed interview",
        "On these answers, the interviewer’s suggestion to the people who decide is maybe: part of what it looked for "
        "was there, part was not.",
    ),
    "no": (
        "Not there yet",
        "On these answers, the interviewer’s suggestion to the people who decide is no: most of what it looked for did "
        "not come up.",
    ),
}
"""For each recommendation a title and a sentence."""

TYPES = {"job": "Job interview", "technical": "Technical interview", "resume": "Resume interview"}
DIMENSIONS = {
    "technical_accuracy": "Technical accuracy",
    "completeness": "Completeness",
    "communication": "Communication",
}
"""The rubric's, in the order they are shown."""


def score_text(score: float) -> str:
    """A score with its one decimal."""
    return f"{score:.1f}"


def plural(count: float, noun: str) -> str:
    """(3, "answer") is "3 answers", (1200, "character") is "1,200 characters"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def duration_text(seconds: float) -> str:
    """75 is "1 min 15 s"."""
    whole = max(0, round(seconds))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    if minutes:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{rest} s"


def date_text(moment: str) -> str:
    """An ISO 8601 time with offset as "21 November 2026, 09:30 UTC"."""
    there = datetime.fromisoformat(moment).astimezone(UTC)
    return f"{there.day} {there:%B %Y, %H:%M} UTC"


def evaluator_text(evaluator: str) -> str:
    """ "llm:gpt-5-mini, builtin" is "the language model gpt-5-mini, the built-in interviewer"."""
    return ", ".join(_evaluator(name) for name in evaluator.split(", "))


def _evaluator(name: str) -> str:
    if name == "builtin":
        return "the built-in interviewer"
    return f"the language model {name.removeprefix('llm:')}" if name.startswith("llm:") else name
