"""Where each record of a file stands, and running sums over them: no second copy of the records in memory."""

from array import array
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from interviewer.interview.scores import mean_score
from interviewer.storage.record_checks import JsonRecord


class RecordIndex:
    """Offsets and lengths (bytes) of the records, in file order, by session and question number.

    A slot is a record's place in file order, from 0.
    """

    def __init__(self) -> None:
        self._offsets = array("Q")
        self._lengths = array("L")
        self._numbers = array("h")  # question_number, 0 for none
        self._slots: dict[str, int | list[int]] = {}  # most sessions of interviews.json have one: no list for them

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, record: JsonRecord, offset: int, length: int) -> None:
        """Take in the next record of the file."""
        slot = len(self._offsets)
        self._offsets.append(offset)
        self._lengths.append(length)
        number = record.get("question_number")
        self._numbers.append(number if isinstance(number, int) and 0 <= number < 2**15 else 0)
        session_id = str(record.get("session_id"))
        known = self._slots.get(session_id)
        if known is None:
            self._slots[session_id] = slot
        elif isinstance(known, int):
            self._slots[session_id] = [known, slot]
        else:
            known.append(slot)

    def slots(self, session_id: str) -> list[int]:
        """The slots of one session's records, in file order."""
        known = self._slots.get(session_id)
        if known is None:
            return []
        return [known] if isinstance(known, int) else list(known)

    def slot(self, session_id: str, question_number: int | None = None) -> int | None:
        """The slot of one session's record, or of its answer with that number; None when there is none."""
        slots = self.slots(session_id)
        if question_number is None:
            return slots[0] if slots else None
        return next((slot for slot in slots if self._numbers[slot] == question_number), None)

    def numbers(self, session_id: str) -> list[int]:
        """The question numbers of one session's answers, in file order."""
        return [self._numbers[slot] for slot in self.slots(session_id)]

    def place(self, slot: int) -> tuple[int, int]:
        """(offset, length) of a record in bytes."""
        return self._offsets[slot], self._lengths[slot]


class InterviewTally:
    """Counts and sums over interviews.json, kept up as records are added."""

    def __init__(self) -> None:
        self._interviews = self._questions = self._answers = self._averaged = 0
        self._average_sum = 0.0
        self._recommendations: Counter[str] = Counter()
        self.latest_update: datetime | None = None  # the latest updated_at

    def add(self, record: JsonRecord) -> None:
        """Count one more interview. What a hand-made record lacks counts as nothing."""
        self._interviews += 1
        self._questions += _number(record.get("total_questions"))
        self._answers += _number(record.get("completed_questions"))
        average = record.get("average_score")
        if isinstance(average, int | float) and not isinstance(average, bool):
            self._averaged += 1
            self._average_sum += average
        self._recommendations[str(record.get("hire_recommendation") or "none")] += 1
        updated = _moment(record.get("updated_at"))
        if updated is not None and (self.latest_update is None or updated > self.latest_update):
            self.latest_update = updated

    def statistics(self) -> dict[str, Any]:
        """The counts and means; average_score is the mean of the interviews' average_score, None without any."""
        mean = mean_score([self._average_sum / self._averaged]) if self._averaged else None
        return {
            "total_interviews": self._interviews,
            "average_score": mean,
            "total_questions": self._questions,
            "total_answers": self._answers,
            "recommendations": dict(self._recommendations),
        }


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _moment(value: object) -> datetime | None:
    """A time of a record; one without offset, as scripts write them, is UTC. None for what is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
