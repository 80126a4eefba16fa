"""The report in words, in the order it is printed: what `template/report.typ` lays out."""

from typing import Any

from interviewer.pdf.answers import answer_content, marked_prose, prose_line, question_content
from interviewer.pdf.printable import cjk_font, isolated, printable
from interviewer.pdf.words import (
    DIMENSIONS,
    TYPES,
    VERDICTS,
    date_text,
    duration_text,
    evaluator_text,
    plural,
    score_text,
)

JsonRecord = dict[str, Any]

FINDINGS = (
    ("Strengths", "strengths", "Nothing stood out in these answers."),
    ("What to improve", "weaknesses", "No gap stood out in these answers."),
    ("Study next", "recommendations", "Nothing in particular."),
)
ENDINGS = {
    "automatic": "with the last answer",
    "manually_ended": "early, by the candidate or the team",
    "timeout_cleanup": "by a long time without activity",
}


def report_content(record: JsonRecord) -> JsonRecord:
    """A finished interview's record (design 6.3) as the template takes it: JSON, each text printable."""
    report = printable(record)
    items = report["questions_and_answers"]
    several = len({item["evaluator"] for item in items}) > 1
    verdict, suggestion = VERDICTS[report["hire_recommendation"]]
    interval = _spread(report)
    return {
        "session_id": report["session_id"],
        "cjk": cjk_font(report["candidate_name"] + "".join(item["answer"] for item in items)) or "SC",
        "date": date_text(report["ended_at"]),
        "kind": TYPES.get(report["interview_type"], "Interview"),
        "name": prose_line(report["candidate_name"]),
        "verdict": verdict,
        "suggestion": f"{suggestion} A person makes the decision.",
        "completion": _completion(report),
        "overall": report["overall_score"],
        "overall_text": score_text(report["overall_score"]),
        "average": report["average_score"],
        "average_text": score_text(report["average_score"]),
        "interval": interval,
        "interval_text": _interval_text(report, interval),
        "interval_short": ""
        if interval is None
        else "{} to {}, with 95 % confidence".format(*map(score_text, interval)),
        "summary": marked_prose(_about(report["summary"], report["candidate_name"]), []),
        "findings": [
            {"title": title, "points": [prose_line(point) for point in report[name]], "none": none}
            for title, name, none in FINDINGS
        ],
        "rubric": [_rubric_over_all(label, name, items) for name, label in DIMENSIONS.items()],
        "answers": [answer_content(item, several_evaluators=several) for item in items],
        "unsent": _unsent(report),
        "facts": _facts(report),
        "usage": _usage(report.get("usage")),
    }


def _about(text: str, candidate: str) -> str:
    """Text about the candidate, whose name must not turn the direction of the rest."""
    return text.replace(candidate, isolated(candidate)) if candidate else text


def _completion(report: JsonRecord) -> str | None:
    """An interview that did not run to its end says so before any number."""
    done, total = report["completed_questions"], plural(report["total_questions"], "question")
    about = "that answer" if done == 1 else "those answers"
    answered = f"with {done} of {total} answered; everything here is about {about} only."
    match report["completion_method"]:
        case "manually_ended":
            return f"The interview was ended early, {answered}"
        case "timeout_cleanup":
            return f"The interview was closed after a long time without activity, {answered}"
        case _:
            return None


def _spread(report: JsonRecord) -> list[float] | None:
    """The interval, if it is one: the width 0 of equal scores says nothing about how certain they are."""
    interval: list[float] | None = report["score_interval"]
    return interval if interval and interval[0] < interval[1] else None


def _interval_text(report: JsonRecord, interval: list[float] | None) -> str:
    count = report["completed_questions"]
    if count < 2:
        return "One answer is too few to say how certain that is."
    if interval is None:
        return f"The {plural(count, 'answer')} scored alike."
    low, high = map(score_text, interval)
    return f"From {plural(count, 'answer')} it can be placed between {low} and {high}, with 95 % confidence."


def _rubric_over_all(label: str, name: str, items: list[JsonRecord]) -> JsonRecord:
    ratings = [item["rubric"][name] for item in items if item["rubric"].get(name) is not None]
    mean = sum(ratings) / len(ratings) if ratings else None
    missing = f"Rated in {len(ratings)} of {plural(len(items), 'answer')}." if 0 < len(ratings) < len(items) else None
    return {
        "label": label,
        "ratings": ratings,
        "mean": mean,
        "text": "not rated" if mean is None else score_text(int(mean * 10 + 0.5 + 1e-9) / 10),  # half up
        "missing": missing,
    }


def _unsent(report: JsonRecord) -> JsonRecord | None:
    """What was in the answer box when the interview was closed."""
    draft, code = report["unsent_draft"] or "", report.get("unsent_draft_code") or ""
    if not draft.strip() and not code.strip():
        return None
    question = report["unanswered_question"]
    return {
        "question": question_content(question) if question else [],
        "draft": marked_prose(draft, []) if draft.strip() else [],
        "code": [[{"text": line, "quoted": False, "ending": []}] for line in code.split("\n")] if code.strip() else [],
    }


def _facts(report: JsonRecord) -> list[list[str]]:
    """Rows of a name and a value."""
    years, difficulty = report["candidate_experience"], report["difficulty"]
    rows = [
        ("Reference number", report["session_id"]),
        ("Topics", ", ".join(isolated(topic) for topic in report["topics"])),
        ("Experience", plural(years, "year") if years else ""),
        ("Started at difficulty", "" if difficulty == "conversational" else difficulty),
        ("Started", date_text(report["started_at"])),
        ("Ended", f"{date_text(report['ended_at'])}, {ENDINGS[report['completion_method']]}"),
        ("Length", duration_text(report["duration"])),
        ("Scored by", evaluator_text(report["evaluator"])),
    ]
    return [[name, value] for name, value in rows if value]


def _usage(usage: JsonRecord | None) -> str | None:
    """What the language model was used for in all."""
    if not usage or not usage["calls"]:
        return None
    parts = [
        plural(usage["calls"], "call"),
        f"{plural(usage['tokens_in'], 'token')} in and {usage['tokens_out']:,} out",
        f"{duration_text(usage['seconds'])} of waiting",
    ]
    if usage["retries"]:
        parts.append("1 retry" if usage["retries"] == 1 else f"{usage['retries']:,} retries")
    return f"The language model: {', '.join(parts)}."
