"""Reads the conversation that an older system kept in `final_results`. Tolerant; what it does not know it passes over.

It takes, also wrapped in one another and also as a JSON string:

- a list of messages: {"role": ..., "content": ...}. For "role" also "speaker", "sender", "from" or "author", for
  "content" also "text" or "message"; the content is text or a list of texts and {"text": ...}; "difficulty" may stand
  beside them;
- a list of {"question": ..., "answer": ..., "evaluation": ...}, for "evaluation" also "feedback";
- a list of texts "Speaker: ...", each one message whatever its further lines begin with;
- an object with one of these under "conversation", "messages", "conversation_history", "history" or "transcript";
- a plain text transcript with "Speaker: ..." where a speaker begins; further lines are theirs. There a line
  "Words: ..." that is neither a known speaker nor a heading of an evaluation begins somebody unknown.

Speakers are the words in SPEAKERS, and the candidate's name or first name. Somebody unknown is never an evaluator.
"""

import json
import re
from typing import Literal, NamedTuple

Speaker = Literal["candidate", "interviewer", "evaluator"]

SPEAKERS: dict[str, Speaker] = {
    **dict.fromkeys(("candidate", "user", "human", "applicant", "interviewee"), "candidate"),
    **dict.fromkeys(("interviewer", "assistant", "ai", "bot", "recruiter"), "interviewer"),
    **dict.fromkeys(("evaluator", "evaluation", "assessor", "assessment", "grader", "judge"), "evaluator"),
}
ROLE_NAMES = ("role", "speaker", "sender", "from", "author")
TEXT_NAMES = ("content", "text", "message")
EVALUATION_NAMES = ("evaluation", "feedback")
WRAPPER_NAMES = ("conversation", "messages", "conversation_history", "history", "transcript")
MAX_WRAPPINGS = 8

SPEECH = re.compile(
    r"[\W_]{0,9}(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?[\W_]{0,9}(?P<name>[^\W\d_][^:：\n]{0,60})[:：][*_]{0,3}\s?"
)
HEADING = re.compile(
    r"\b(?:rating|score|overall|strengths?|weakness(?:es)?|improvements?|feedback|comments?|evaluation|assessment|verdict|"
    r"summary|reason(?:ing)?|notes?|communication|accuracy|completeness|clarity|depth|quote|next|question)\b",
    re.IGNORECASE,
)


class Message(NamedTuple):
    """Something said. `speaker` is None for somebody unknown; `difficulty` is as written beside it, or None."""

    speaker: Speaker | None
    text: str
    difficulty: object = None


def read_messages(final_results: object, candidate_name: object) -> list[Message]:
    """The messages in their order; none when there is no conversation in it. Takes any JSON value, raises nothing."""
    names = _speakers(candidate_name)
    for _ in range(MAX_WRAPPINGS):
        if isinstance(final_results, list):
            return [message for item in final_results for message in _messages(item, names)]
        if isinstance(final_results, dict):
            inner = [final_results[name] for name in WRAPPER_NAMES if final_results.get(name)]
            final_results = inner[0] if inner else None
        elif isinstance(final_results, str):
            parsed = _parsed(final_results)
            if parsed is None:
                return _transcript(final_results, names)
            final_results = parsed
    return []


def _parsed(text: str) -> object:
    """What a JSON string holds, when that is a list, an object or text again; else None."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list | dict | str) else None


def _messages(item: object, names: dict[str, Speaker]) -> list[Message]:
    if isinstance(item, str):
        speaker, text = _speech(item, names)
        return [Message(speaker, text)]
    if not isinstance(item, dict):
        return [Message(None, "")]
    difficulty = item.get("difficulty")
    if "answer" in item:
        said = [
            Message("interviewer", _text(item.get("question")), difficulty),
            Message("candidate", _text(item["answer"])),
        ]
        return (
            said + [Message("evaluator", _text(item[name])) for name in EVALUATION_NAMES if _text(item.get(name))][:1]
        )
    role = next((item[name] for name in ROLE_NAMES if isinstance(item.get(name), str)), "")
    text = next((found for name in TEXT_NAMES if (found := _text(item.get(name)))), "")
    return [Message(names.get(_plain(role)), text, difficulty)]


def _text(content: object) -> str:
    if isinstance(content, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in content]
        return "\n".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _transcript(text: str, names: dict[str, Speaker]) -> list[Message]:
    turns: list[tuple[Speaker | None, list[str]]] = [(None, [])]
    for line in text.split("\n"):
        speaker, said = _speech(line, names)
        if speaker is not None or _begins_somebody_unknown(line):
            turns.append((speaker, []))
        turns[-1][1].append(said)
    spoken = [Message(speaker, "\n".join(lines).strip()) for speaker, lines in turns]
    return [message for message in spoken if message.speaker or message.text]


def _speech(text: str, names: dict[str, Speaker]) -> tuple[Speaker | None, str]:
    """(who says it, what they say); (None, the text) without a known speaker."""
    found = SPEECH.match(text)
    speaker = names.get(_plain(found["name"])) if found else None
    return (speaker, text[found.end() :]) if found and speaker else (None, text)


def _begins_somebody_unknown(line: str) -> bool:
    found = SPEECH.match(line)
    return found is not None and not HEADING.search(found["name"])


def _speakers(candidate_name: object) -> dict[str, Speaker]:
    words = candidate_name.split() if isinstance(candidate_name, str) else []
    own: dict[str, Speaker] = {_plain(name): "candidate" for name in (" ".join(words), *words[:1])}
    return SPEAKERS | own if words else SPEAKERS  # last: one who is called Evaluator is a candidate


def _plain(name: str) -> str:
    return " ".join(re.sub(r"\([^()]{0,60}\)|[\[\]*_]", " ", name).split()).casefold()
