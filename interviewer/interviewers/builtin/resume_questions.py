"""The questions of a resume interview, built from the frames of `resume_frames.json`."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from interviewer.interviewers.builtin.reading.resume_deeds import Deed, Mode
from interviewer.interviewers.builtin.resume_entries import ResumeEntry
from interviewer.interviewers.builtin.resume_pickup import Pickup
from interviewer.records import Question, Record

FRAMES_FILE = Path(__file__).with_name("resume_frames.json")
MOST_CHARS = 480
"""No question is longer: more than that nobody keeps in mind while answering."""
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")  # "at Acme Co., Ltd.. You built ..."


class ResumeFrame(Record):
    """A question or its last sentence, with gaps: {ref}, {there}, {name}, {said}, {figure}, {deed_you}, {ask}.

    `fits` says behind which deeds it may stand.
    """

    id: str
    text: str
    fits: tuple[Mode, ...] = ("did", "included", "says")


class ResumeFrames(Record):
    """`resume_frames.json`. `asks` follow a sentence about a deed, the other lists are whole questions or lead-ins."""

    first: tuple[ResumeFrame, ...]
    bare: tuple[ResumeFrame, ...]
    moves: tuple[str, ...]
    more: tuple[str, ...]
    bridges: tuple[str, ...]
    stays: tuple[str, ...]
    asks: tuple[ResumeFrame, ...]
    figure_asks: tuple[ResumeFrame, ...]
    leading_asks: tuple[ResumeFrame, ...]
    steps: tuple[ResumeFrame, ...]
    outcomes: tuple[ResumeFrame, ...]
    skills: tuple[ResumeFrame, ...]
    entry: tuple[ResumeFrame, ...]
    hints: tuple[str, str]


@cache
def resume_frames() -> ResumeFrames:
    """The frames, read once."""
    return TypeAdapter(ResumeFrames).validate_python(json.loads(FRAMES_FILE.read_text(encoding="utf-8")))


def about_latest(entry: ResumeEntry, deed: Deed) -> Iterator[Question]:
    """What may be asked first of all."""
    for frame in resume_frames().first:
        for ask in _asks(deed):
            text = frame.text.format(ref=entry.ref, deed_you=_you(deed), ask=_ask(ask, deed))
            yield _question(ask.id, text, entry)


def about_deed(entry: ResumeEntry, deed: Deed, lead_in: str) -> Iterator[Question]:
    """What may be asked about one thing that was done; `lead_in` is what is said before."""
    for ask in _asks(deed):
        yield _question(ask.id, f"{lead_in} {_told(entry, deed)} {_ask(ask, deed)}".strip(), entry)


def about_bare(entry: ResumeEntry, lead_in: str) -> Iterator[Question]:
    """What may be asked first about a job or project of which the resume says no more than the name."""
    for frame in resume_frames().bare:
        yield _question(frame.id, f"{lead_in} {frame.text.format(ref=entry.ref)}".strip(), entry)


def about_skill(entry: ResumeEntry, lead_in: str) -> Iterator[Question]:
    """What may be asked about a skill that the resume only names."""
    for frame in resume_frames().skills:
        yield _question(frame.id, f"{lead_in} {_capital(frame.text.format(name=entry.name))}".strip(), entry)


def about_entry(entry: ResumeEntry, lead_in: str) -> Iterator[Question]:
    """What may be asked about any entry: more questions than an interview has."""
    for frame in resume_frames().entry:
        yield _question(frame.id, f"{lead_in} {frame.text.format(ref=entry.ref)}".strip(), entry)


def about_said(entry: ResumeEntry, said: Pickup) -> Iterator[Question]:
    """What may be asked about something in the last answer."""
    frames = resume_frames().steps if said.kind == "step" else resume_frames().outcomes
    for frame in frames:
        yield _question(frame.id, frame.text.format(said=said.words, there=entry.there), entry)


def _asks(deed: Deed) -> tuple[ResumeFrame, ...]:
    frames = resume_frames()
    return (
        *(frames.figure_asks if deed.figure else ()),
        *(frames.leading_asks if deed.leads else ()),
        *(frame for frame in frames.asks if deed.mode in frame.fits),
    )


def _ask(frame: ResumeFrame, deed: Deed) -> str:
    return frame.text.format(figure=deed.figure)


def _you(deed: Deed) -> str:
    """The deed as a sentence behind one that names the entry."""
    if deed.mode == "did":
        return f"You {deed.words}."
    if deed.mode == "included":
        return f"It included {deed.words}."
    return f"Your resume says: “{deed.words}”."


def _told(entry: ResumeEntry, deed: Deed) -> str:
    """The deed as a sentence that names the entry."""
    if deed.mode == "did":
        return f"{entry.place}, you {deed.words}."
    if deed.mode == "included":
        return f"{_capital(entry.ref)} included {deed.words}."
    where = f"About {entry.ref}, your" if entry.place else "Your"
    return f"{where} resume says: “{deed.words}”."


def _question(frame_id: str, text: str, entry: ResumeEntry) -> Question:
    return Question(
        item_id=f"resume-{frame_id}",
        text=TWO_STOPS.sub(".", text),
        topic=entry.name,
        difficulty="conversational",
        kind="resume",
        hints=resume_frames().hints,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
