"""Reading all that a data folder holds, and saying what is wrong with it. Nothing is changed, nothing mended."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from interviewer.interview import checks
from interviewer.interview.model import Interview
from interviewer.storage.archive import Advance
from interviewer.storage.array_format import parse_line, read_lines
from interviewer.storage.record_checks import JsonRecord
from interviewer.storage.snapshot import ANSWERS, FILES, INTERVIEWS, LIVE_FOLDER, POSTINGS, Snapshot

RULES: dict[str, Callable[[JsonRecord], Iterator[str]]] = {
    POSTINGS: checks.posting_faults,
    ANSWERS: checks.answer_faults,
    INTERVIEWS: checks.interview_faults,
}


@dataclass(frozen=True)
class Fault:
    """What is wrong in which file; with the interview's id, or the record's place (from 1) when it has no right one."""

    file: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}{', ' if self.where else ''}{self.where}: {self.what}"


@dataclass
class Verification:
    """One reading of a snapshot. `faults` may be run once; then `counts` says how many records each file has."""

    state: Snapshot
    advance: Advance
    counts: Counter[str] = field(default_factory=Counter)
    from_elsewhere: int = 0
    _scores: dict[tuple[str, int], float] = field(default_factory=dict)  # of answers.json
    _seen: set[object] = field(default_factory=set)

    def faults(self) -> Iterator[Fault]:
        """Every fault, file by file; memory grows with the number of answers, not with their length."""
        for name in (POSTINGS, ANSWERS, INTERVIEWS):  # interviews last: they are compared with the answers
            yield from self._file_faults(name)
        for session_id, content in self.state.live.items():
            yield from self._live_faults(session_id, content)

    def _file_faults(self, name: str) -> Iterator[Fault]:
        if name in self.state.unreadable:
            yield Fault(name, "", self.state.unreadable[name])
            return
        self._seen.clear()
        try:
            for place, (_, line) in enumerate(read_lines(self.state.files[name]), start=1):
                self.advance(len(line) + 2)
                self.counts[name] += 1
                yield from self._line_faults(name, place, line)
        except ValueError as error:
            yield Fault(name, "", f"not a JSON array with one record a line: {error}; what follows was not read")

    def _line_faults(self, name: str, place: int, line: bytes) -> Iterator[Fault]:
        where = f"record {place}"
        try:
            record = parse_line(line)
        except ValueError:
            yield Fault(name, where, "no JSON object")
            return
        session_id = record.get("session_id")
        if not isinstance(session_id, str) or not checks.well_formed_id(session_id):
            yield Fault(name, where, "session_id is not 8 characters of 0-9 and a-z")
            return
        faults = [*self._repeated(name, record), *RULES[name](record)]
        if not faults:
            faults = list(self._across_files(name, session_id, record))
        yield from (Fault(name, session_id, what) for what in faults)

    def _repeated(self, name: str, record: JsonRecord) -> Iterator[str]:
        key = (record["session_id"], str(record.get("question_number")) if name == ANSWERS else None)
        if key in self._seen:
            yield f"question {key[1]} is there twice" if key[1] else "the interview is there twice"
        self._seen.add(key)

    def _across_files(self, name: str, session_id: str, record: JsonRecord) -> Iterator[str]:
        if name == ANSWERS:
            self._scores[session_id, record["question_number"]] = record["score"]
        elif name == INTERVIEWS and not checks.was_held_here(record):
            self.from_elsewhere += 1
        elif name == INTERVIEWS and ANSWERS in self.state.files:
            yield from self._missing_answers(session_id, record)

    def _missing_answers(self, session_id: str, record: JsonRecord) -> Iterator[str]:
        for number, score in checks.scored_answers(record):
            stored = self._scores.get((session_id, number))
            if stored is None:
                yield f"question {number} has no sound record in {ANSWERS}"
            elif stored != score:
                yield f"question {number} has another score in {ANSWERS}"

    def _live_faults(self, session_id: str, content: bytes | None) -> Iterator[Fault]:
        self.counts[LIVE_FOLDER] += 1
        self.advance(len(content or b""))
        what = _live_fault(session_id, content)
        if what:
            yield Fault(f"{LIVE_FOLDER}/{session_id}.json", session_id, what)


def set_aside(data_dir: Path) -> list[str]:
    """The names of damaged files that were set aside and that somebody should look at."""
    found = [path for name in FILES for path in data_dir.glob(f"{name}.damaged-*")]
    found += (data_dir / LIVE_FOLDER).glob("*.broken-*")
    return sorted(str(path.relative_to(data_dir)) for path in found)


def _live_fault(session_id: str, content: bytes | None) -> str | None:
    if content is None:
        return "cannot be read"
    try:
        interview = Interview.model_validate_json(content)
    except ValidationError as error:
        return f"does not load ({error.error_count()} faults)"
    return None if interview.session_id == session_id else "holds another session_id"
