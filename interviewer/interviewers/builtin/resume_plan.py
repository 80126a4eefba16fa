"""Which question of a resume interview comes next: one that follows up on the last answer and speaks of the resume.

Pure: no I/O and no chance; the same resume, posting and answers get the same questions.
"""

import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from interviewer.interview.model import Interview, Turn
from interviewer.interviewers.builtin.reading.lexicon import Lexicon
from interviewer.interviewers.builtin.reading.resume_deeds import Deed
from interviewer.interviewers.builtin.resume_entries import WHOLE, ResumeEntry, read_entries
from interviewer.interviewers.builtin.resume_pickup import Pickup, pick_up
from interviewer.interviewers.builtin.resume_questions import (
    MOST_CHARS,
    about_bare,
    about_deed,
    about_entry,
    about_latest,
    about_said,
    about_skill,
    resume_frames,
)
from interviewer.records import Question

REMEMBERED_RESUMES = 64
IN_A_ROW = 2
"""So many questions in a row are about one entry: one that opens it, one that follows up on the answer."""
SAID_ALL = 2
"""Rounds that an entry waits when the resume says nothing more about it."""
SKILLS_A_ROUND = 2
"""So many skills are asked about between two rounds of jobs and projects."""
WORK = ("role", "project")
MOST_TOPICS, MOST_WORK_TOPICS = 8, 5


class ResumePlan:
    """Plans resume interviews. Safe for many threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._read = functools.lru_cache(maxsize=REMEMBERED_RESUMES)(
            lambda resume_text, job_description: read_entries(resume_text, job_description, lexicon)
        )

    def topics(self, interview: Interview) -> tuple[str, ...]:
        """What an interview on its resume talks about; see `topics_of`. The work as a whole where that is nothing."""
        return self.topics_of(interview.resume_text, interview.job_description) or (WHOLE,)

    def topics_of(self, resume_text: str, job_description: str = "") -> tuple[str, ...]:
        """The jobs and projects that are asked about first, then skills; none in a text without any."""
        entries = self._read(resume_text, job_description)
        work = [entry.name for entry in entries if entry.kind in WORK][:MOST_WORK_TOPICS]
        skills = [entry.name for entry in entries if entry.kind == "skill"]
        found = dict.fromkeys([*work, *skills][:MOST_TOPICS])
        return tuple(found)

    def next_question(self, interview: Interview) -> Question:
        """The next question, of kind `resume`; none comes twice. It goes on from the last answer where it can."""
        asked = {turn.question.text for turn in interview.turns}
        used = [turn.question.item_id for turn in interview.turns]
        candidates = _candidates(self._entries(interview), interview.turns, used)
        for question in candidates:
            if question.text not in asked and len(question.text) <= MOST_CHARS:
                return question
        raise ValueError("no question is left")

    def _entries(self, interview: Interview) -> tuple[ResumeEntry, ...]:
        return self._read(interview.resume_text, interview.job_description)


def _candidates(entries: Sequence[ResumeEntry], turns: Sequence[Turn], used: Sequence[str]) -> Iterator[Question]:
    """What could come next, best first; the last of them are more than an interview has questions."""
    said: Pickup | None = None
    if turns:
        last = turns[-1]
        said = _said(turns)
        current = next((entry for entry in entries if entry.name == last.question.topic), None)
        if current and _in_a_row(turns) % IN_A_ROW:
            yield from _stay(current, said, turns, used)
    elif entries[0].kind in WORK:
        for deed in entries[0].deeds:
            yield from _fresh_first(about_latest(entries[0], deed), entries[0], used)
    has_work = entries[0].kind in WORK
    skills = [entry for entry in entries if entry.kind == "skill"]
    waits = {entry.ref: 1 + place // SKILLS_A_ROUND if has_work else 0 for place, entry in enumerate(skills)}
    waits[entries[-1].ref] = SAID_ALL + 1 if has_work else 0
    for entry in sorted(entries, key=lambda entry: _rounds(entry, turns) + waits.get(entry.ref, 0)):
        yield from _move(entry, said, turns, used)
    for entry in reversed(entries):
        yield from about_entry(entry, "")


def _stay(entry: ResumeEntry, said: Pickup | None, turns: Sequence[Turn], used: Sequence[str]) -> Iterator[Question]:
    """Follow up on what was said; ask more concretely about the same where that was little."""
    if said:
        yield from _fresh_first(about_said(entry, said), entry, used)
    lead_in = _turned(resume_frames().stays, entry, len(turns))
    yield from _fresh_first(about_entry(entry, lead_in), entry, used)


def _move(entry: ResumeEntry, said: Pickup | None, turns: Sequence[Turn], used: Sequence[str]) -> Iterator[Question]:
    """Go on to another entry, or another deed of the same, with a word about what was said last."""
    frames = resume_frames()
    same = bool(turns) and entry.kind in WORK and turns[-1].question.topic == entry.name
    lead_ins = frames.bridges if said else frames.more if same else frames.moves
    lead_in = _turned(lead_ins, entry, len(turns)) if turns else ""
    lead_in = lead_in.format(said=said.words) if said else lead_in
    for words in dict.fromkeys((lead_in, "")):
        for deed in _untold(entry, turns):
            yield from _fresh_first(about_deed(entry, deed, words), entry, used)
        if entry.kind == "skill":
            yield from _fresh_first(about_skill(entry, words), entry, used)
        if entry.kind != "skill" and not entry.deeds and not _times(entry, turns):
            yield from _fresh_first(about_bare(entry, words), entry, used)
        yield from _fresh_first(about_entry(entry, words), entry, used)


def _rounds(entry: ResumeEntry, turns: Sequence[Turn]) -> int:
    """How often an entry had its turn: what had least comes next, what has nothing left to tell later."""
    rounds = -(-_times(entry, turns) // IN_A_ROW)
    if entry.kind == "skill":
        return rounds * MOST_TOPICS  # every other one before any comes again
    return rounds + SAID_ALL if rounds and entry.kind in WORK and not _untold(entry, turns) else rounds


def _said(turns: Sequence[Turn]) -> Pickup | None:
    """What to pick up from the last answer, unless it was picked up before."""
    answer = turns[-1].answer
    said = pick_up(answer.scored_text, turns[-1].question.text) if answer else None
    return said if said and not any(said.words in turn.question.text for turn in turns) else None


def _untold(entry: ResumeEntry, turns: Sequence[Turn]) -> list[Deed]:
    return [deed for deed in entry.deeds if not any(deed.words in turn.question.text for turn in turns)]


def _in_a_row(turns: Sequence[Turn]) -> int:
    topic, count = turns[-1].question.topic, 0
    for turn in reversed(turns):
        if turn.question.topic != topic:
            break
        count += 1
    return count


def _times(entry: ResumeEntry, turns: Sequence[Turn]) -> int:
    return sum(turn.question.topic == entry.name for turn in turns)


def _fresh_first(questions: Iterable[Question], entry: ResumeEntry, used: Sequence[str]) -> list[Question]:
    """Frames that this interview has had least come first, then in an order of this entry's own."""
    return sorted(
        questions,
        key=lambda question: (used.count(question.item_id), _is_general(question), _hash(entry.ref, question.item_id)),
    )


def _is_general(question: Question) -> bool:
    """Whether it would fit any deed: one about a figure or about leading people is worth more."""
    return not question.item_id.startswith(("resume-figure", "resume-lead"))


def _turned(choices: Sequence[str], entry: ResumeEntry, place: int) -> str:
    return choices[(int(_hash(entry.ref), 16) + place) % len(choices)]


def _hash(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
