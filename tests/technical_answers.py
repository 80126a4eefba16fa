"""Strong answers to whatever the built-in interviewer asks in a technical interview: the samples of its banks."""

from typing import Any

from interviewer.interviewers.builtin.learned import learned

ACCOUNT = (
    "In my last job I ran it for three years with four colleagues. I wrote the rules myself, tested them on 40 "
    "services and rolled them out one by one. As a result incidents fell from 12 a month to 2."
)


def strong_answer(question: str) -> dict[str, Any]:
    """The fields of a submit-answer body that answer this question well: words, and code where it asks for code."""
    for coding in learned().coding.questions.values():
        if coding.as_asked().text == question:
            sample = coding.sample_answer
            return {"answer": sample.explanation, "code_submission": sample.code, "code_language": "python"}
    samples = {known.text: known.sample_answer for known in learned().bank.questions.values()}
    return {"answer": samples.get(question) or ACCOUNT}
