"""Hints that a model writes when a candidate asks for the first: for questions that came with fewer than two."""

from interviewer.interview.model import FEWEST_HINTS, Interview, Turn
from interviewer.interviewers.builtin.coding.prose import steering_in_code
from interviewer.interviewers.llm.asking import LATEST_CHARACTERS, MOST_HINTS
from interviewer.interviewers.llm.shapes import WrittenHints
from interviewer.interviewers.llm.squashed import squashed
from interviewer.llm.structured import Request, Unfit
from interviewer.prompts import Prompt, PromptLibrary
from interviewer.steering import find_steering


def hints_request(prompts: PromptLibrary, interview: Interview, turn: Turn) -> Request[WrittenHints]:
    """What asks for the hints that a question lacks."""
    question = turn.question

    def prompt(*, as_text: bool) -> Prompt:
        values = {
            "question": question.text,
            "kind": question.kind,
            "key_points": [{"text": point.text, "weight": point.weight} for point in question.key_points],
            "hints_given": question.hints,
            "answer_so_far": _draft(interview)[:LATEST_CHARACTERS],
            "as_text": as_text,
        }
        return prompts.render("hint", values)

    def check(reply: WrittenHints) -> None:
        if len(all_hints(turn, reply)) < FEWEST_HINTS:
            raise Unfit("more hints are needed, other than those given.")
        told = [squashed(hint) for hint in reply.hints]
        if any(squashed(point.text).rstrip(".") in hint for point in question.key_points for hint in told):
            raise Unfit("a hint gives a key point away whole.")

    return Request("hint", prompt, WrittenHints, check)


def all_hints(turn: Turn, reply: WrittenHints) -> tuple[str, ...]:
    """The question's own hints and those that were written for it, at most three."""
    return tuple(dict.fromkeys((*turn.question.hints, *reply.hints)))[:MOST_HINTS]


def _draft(interview: Interview) -> str:
    """The answer so far, as far as the page has saved it."""
    draft = interview.draft
    if draft is None:
        return ""
    code = draft.code_submission or ""
    return f"{find_steering(draft.text).masked(draft.text)}\n\n{steering_in_code(code).masked(code)}".strip()
