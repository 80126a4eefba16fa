"""DataStorage: the three files and their records (design, sections 6 and 7)."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from interviewer.errors import StorageUnavailable
from interviewer.interview.scores import mean_score
from interviewer.settings import DataFolder
from interviewer.storage.json_array_file import JsonArrayFile
from interviewer.storage.record_checks import JsonRecord, check_score, plain_record


class DataStorage:
    """What scripts import: finished interviews, evaluated answers and job descriptions as plain JSON arrays.

    `storage_dir` defaults to the setting DATA_DIR, else `interview_data`. Every save_* is durable when it returns;
    it raises ValueError, before anything is written, for a score that is no finite number 0-10 or text that is
    no valid Unicode, and StorageUnavailable when the disk cannot take it.
    """

    def __init__(self, storage_dir: str | Path | None = None) -> None:
        self.folder = Path(storage_dir) if storage_dir is not None else DataFolder().data_dir
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageUnavailable(f"{self.folder} could not be made: {error.strerror}.") from error
        self._job_descriptions = JsonArrayFile(self.folder / "job_descriptions.json")
        self._answers = JsonArrayFile(self.folder / "answers.json")
        self._interviews = JsonArrayFile(self.folder / "interviews.json")
        for file in self._files():
            file.ensure()

    def save_job_description(self, job_description: str, session_id: str, **fields: Any) -> None:
        """Keep the posting of an interview; saving one for the same session_id again replaces it."""
        given = {"session_id": session_id, "timestamp": _now(), "job_description": job_description}
        record = plain_record(given | {"interview_type": "job"} | fields)
        self._job_descriptions.change(lambda records: _upsert(records, record, _by_session))

    def save_answer(self, session_id: str, question: str, answer: str, score: float, **fields: Any) -> None:
        """Keep one evaluated answer. The same answer again does nothing; another one of that number replaces it.

        Without `question_number` it is that session's next.
        """
        check_score("score", score)
        given = {"session_id": session_id, "timestamp": _now(), "question": question, "answer": answer, "score": score}
        record = plain_record(given | fields)

        def edit(records: list[JsonRecord]) -> list[JsonRecord] | None:
            if record.get("question_number") is None:
                taken = [old.get("question_number") or 0 for old in records if old.get("session_id") == session_id]
                record["question_number"] = max(taken, default=0) + 1
            return _upsert(records, record, _by_answer)

        self._answers.change(edit)

    def save_interview_session(self, session_data: dict[str, Any]) -> None:
        """Keep a finished interview; saving an id again replaces it. Raises ValueError without a session_id."""
        if not isinstance(session_data.get("session_id"), str):
            raise ValueError("session_id: an interview needs one")
        for name in ("average_score", "overall_score"):
            if session_data.get(name) is not None:
                check_score(name, session_data[name])
        for score in session_data.get("individual_scores") or []:
            check_score("individual_scores", score)
        record = plain_record(session_data)
        self._interviews.change(lambda records: _upsert(records, record, _by_session))

    def get_all_interviews(self) -> list[JsonRecord]:
        """All finished interviews, in file order."""
        return list(self._interviews.read())

    def get_interview_by_id(self, session_id: str) -> JsonRecord | None:
        """One finished interview, or None."""
        return next((record for record in self._interviews.read() if record.get("session_id") == session_id), None)

    def get_statistics(self) -> dict[str, Any]:
        """Counts and means over the finished interviews; average_score is the mean of theirs, None without any."""
        interviews = self._interviews.read()
        averages = [item["average_score"] for item in interviews if isinstance(item.get("average_score"), int | float)]
        return {
            "total_interviews": len(interviews),
            "average_score": mean_score(averages) if averages else None,
            "total_questions": sum(item.get("total_questions") or 0 for item in interviews),
            "total_answers": sum(item.get("completed_questions") or 0 for item in interviews),
            "recommendations": dict(Counter(item.get("hire_recommendation") or "none" for item in interviews)),
        }

    def get_answers(self, session_id: str) -> list[JsonRecord]:
        """The evaluated answers of one interview, in file order."""
        return [record for record in self._answers.read() if record.get("session_id") == session_id]

    def asked_items(self, latest: int) -> Iterator[tuple[str, str, str]]:
        """(job_description, question_id, topic) of every question that the latest finished interviews answered."""
        for interview in self._interviews.read()[-latest:]:
            for item in interview.get("questions_and_answers") or []:
                if item.get("question_id"):
                    yield interview.get("job_description") or "", item["question_id"], item.get("topic") or ""

    def delete_interview(self, session_id: str) -> bool:
        """Remove every record with this id from the three files and from what was set aside; True if there was any."""
        found = False
        for file in self._files():
            found = _remove_session(file, session_id) or found
        return found

    def _files(self) -> tuple[JsonArrayFile, ...]:
        return self._job_descriptions, self._answers, self._interviews


def _remove_session(file: JsonArrayFile, session_id: str) -> bool:
    before = 0

    def edit(records: list[JsonRecord]) -> list[JsonRecord] | None:
        nonlocal before
        before = sum(record.get("session_id") == session_id for record in records)
        return [record for record in records if record.get("session_id") != session_id] if before else None

    file.change(edit)
    file.forget_set_aside(session_id)
    return before > 0


def _upsert(
    records: list[JsonRecord], record: JsonRecord, key: Callable[[JsonRecord], object]
) -> list[JsonRecord] | None:
    """The records with this one instead of the one with its key, else at the end; None when it is there."""
    for index, old in enumerate(records):
        if key(old) == key(record):
            if old | {"timestamp": None} == record | {"timestamp": None}:
                return None
            return [*records[:index], record, *records[index + 1 :]]
    return [*records, record]


def _by_session(record: JsonRecord) -> object:
    return record.get("session_id")


def _by_answer(record: JsonRecord) -> object:
    return record.get("session_id"), record.get("question_number")


def _now() -> str:
    return datetime.now(UTC).isoformat()
