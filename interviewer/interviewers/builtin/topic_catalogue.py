"""What the built-in bank knows about a topic that somebody chose: questions in words, coding questions, or neither."""

from collections.abc import Iterable

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.coding.questions import CodingBank
from interviewer.interviewers.builtin.reading.lexicon import Lexicon, Skill
from interviewer.interviewers.builtin.reading.posting import Topic
from interviewer.records import Record

ANY_CODE_FITS = frozenset({"algorithms", "python"})
"""The bank files on whose topics every coding question is in place: they are about algorithms, written in Python."""

CODING_IN_GENERAL = {
    *("code", "coding", "coding interview", "live coding", "problem solving", "programming", "programming problems"),
    *("computer science", "software engineering"),
}
"""Wishes for code without a word on what; asked as algorithms are."""

ALGORITHMS = "algorithms"


class KnownTopic(Record):
    """A topic of the bank, and how many questions of each kind an interview on it can ask."""

    topic: str
    questions: int
    coding_questions: int


class ChosenTopic(Record):
    """A topic as it was chosen, and what the bank has on it.

    `topic` is what questions in words are about: with a bank file where there is one. `coding` are the ids of the
    coding questions in place.
    """

    topic: Topic
    coding: tuple[str, ...]


class TopicCatalogue:
    """Finds the questions for chosen topics. Read-only once made, so threads may share it."""

    def __init__(self, bank: QuestionBank, coding: CodingBank, lexicon: Lexicon) -> None:
        self._bank = bank
        self._coding = coding
        self._lexicon = lexicon
        choosable = {stem: file for stem, file in bank.files.items() if file.aliases or file.case_sensitive_aliases}
        self._files = {
            name.casefold(): stem
            for stem, file in choosable.items()
            for name in (file.topic, *file.aliases, *file.case_sensitive_aliases)
        } | dict.fromkeys(CODING_IN_GENERAL, ALGORITHMS)
        self._coding_files = {
            name.casefold(): stem for stem, file in coding.files.items() for name in (file.topic, *file.aliases)
        }
        names = [file.topic for file in choosable.values()] + [file.topic for file in coding.files.values()]
        self._spellings = {name.casefold(): name for name in names}

    def spelled(self, name: str) -> str:
        """A topic of the bank as the bank spells it, another one as it is: to be counted across interviews."""
        return self._spellings.get(name.casefold(), name)

    def find(self, name: str) -> ChosenTopic:
        """What there is for a topic of this name, which need not be known; case does not matter."""
        known = name.casefold()
        coding_file = self._coding_files.get(known)
        skill = None if coding_file or known in self._files else self._skill_in(name)
        stem = self._files.get(known) or (skill.bank if skill else None)
        if stem not in self._bank.files:
            stem = None
        topic = Topic(
            name=name,
            kind="skill",
            phrase=name,
            weight=1,
            bank=stem,
            noun=name,
            is_tool=None if skill is None or skill.kind in ("field", "office") else skill.kind == "tool",
        )
        return ChosenTopic(topic=topic, coding=self._coding_ids(stem, coding_file))

    def known(self) -> list[KnownTopic]:
        """Every topic of the bank by name: those with questions in words, and those with coding questions alone."""
        names = sorted(self._spellings.values(), key=str.casefold)
        return [self._counted(name) for name in names]

    def _counted(self, name: str) -> KnownTopic:
        found = self.find(name)
        questions = self._bank.files[found.topic.bank].questions if found.topic.bank else ()
        return KnownTopic(topic=name, questions=len(questions), coding_questions=len(found.coding))

    def _coding_ids(self, stem: str | None, coding_file: str | None) -> tuple[str, ...]:
        if coding_file:
            return _ids(self._coding, [coding_file])
        return _ids(self._coding, self._coding.files) if stem in ANY_CODE_FITS else ()

    def _skill_in(self, name: str) -> Skill | None:
        """The skill that a longer wording speaks of ("Advanced SQL tuning"), if possible one with a bank file."""
        skills = [mention.skill for mention in self._lexicon.find(name)]
        return next((skill for skill in skills if skill.bank), skills[0] if skills else None)


def _ids(coding: CodingBank, stems: Iterable[str]) -> tuple[str, ...]:
    return tuple(question.item_id for stem in stems for question in coding.files[stem].questions)
