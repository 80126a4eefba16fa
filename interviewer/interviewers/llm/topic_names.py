"""Topics that a model takes from a resume: only short plain names get out, and only what the resume says.

A resume is a stranger's text, and a model may be talked into anything by it.
"""

import re
from collections.abc import Iterable

from interviewer.interviewers.llm.quotes import QuotableText
from interviewer.interviewers.llm.seen import readable_resume
from interviewer.interviewers.llm.shapes import FoundTopics
from interviewer.interviewers.llm.squashed import squashed
from interviewer.llm.structured import Request, Unfit
from interviewer.prompts import Prompt, PromptLibrary
from interviewer.steering import find_steering

LONGEST_NAME, MOST_WORDS = 60, 8
PLAIN = re.compile(r"[^\W_](?:[\w +#.,/&'’()\-–:]*[\w+#)])?")
"""Letters, digits and what names are written with; no markup, no address, no brackets of code, one line."""

ADDRESS = re.compile(r"://|\bwww\.|\d{3}[ \-.]?\d{3,}")
"""Of a page or a telephone."""


def plain_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those that are short and plain, each once whatever the case."""
    found: dict[str, str] = {}
    for name in names:
        name = " ".join(name.split())
        if _is_plain(name):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def resume_topics_request(prompts: PromptLibrary, resume_text: str) -> Request[FoundTopics]:
    """What asks for the topics of a resume."""
    shown = readable_resume(resume_text)

    def prompt(*, as_text: bool) -> Prompt:
        return prompts.render("resume_topics", {"resume_text": shown, "as_text": as_text})

    def check(reply: FoundTopics) -> None:
        if not said_topics(reply, resume_text):
            raise Unfit("no topic has a short plain name and a line that stands in the resume.")

    return Request("resume_topics", prompt, FoundTopics, check)


def said_topics(reply: FoundTopics, resume_text: str) -> tuple[str, ...]:
    """The names of the topics whose line, and half of whose words, stand in what the model saw of the resume."""
    shown = readable_resume(resume_text)
    quotable, lines, there = QuotableText(shown), {squashed(line) for line in shown.splitlines()}, _words(shown)
    return plain_names(
        topic.name
        for topic in reply.topics
        if (quotable.find(topic.line) or squashed(topic.line) in lines)
        and 2 * len(_words(topic.name) & there) >= len(_words(topic.name))
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w+#]+", text.casefold()))


def _is_plain(name: str) -> bool:
    return (
        len(name) <= LONGEST_NAME
        and len(name.split()) <= MOST_WORDS
        and PLAIN.fullmatch(name) is not None
        and not ADDRESS.search(name)
        and not find_steering(name).flags
    )
