"""DataStorage: the three files and their records (design, sections 6 and 7)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from interviewer.errors import StorageUnavailable
from interviewer.settings import DataFolder
from interviewer.storage.json_array_file import JsonArrayFile, NoTally
from interviewer.storage.record_checks import JsonRecord, check_question_number, check_score, plain_record
from interviewer.storage.record_index import InterviewTally, RecordIndex


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
        self._job_descriptions = JsonArrayFile(self.folder / "job_descriptions.json", NoTally)
        self._answers = JsonArrayFile(self.folder / "answers.json", NoTally, numbered=True)
        self._interviews = JsonArrayFile(self.folder / "interviews.json", InterviewTally)
        for file in self._files():
            file.ensure()

    def save_job_description(self, job_description: str, session_id: str, **fields: Any) -> None:
        """Keep the posting of an interview; saving one for the same session_id again replaces it."""
        given = {"session_id": session_id, "timestamp": _now(), "job_description": job_description}
        record = plain_record(given | {"interview_type": "job"} | fields)
        self._job_descriptions.save(lambda _: record)

    def save_answer(self, session_id: str, question: str, answer: str, score: float, **fields: Any) -> None:
        """Keep one evaluated answer. The same answer again does nothing; another one of that number replaces it.

        Without `question_number` (1-based) it is that session's next.
        """
        check_score("score", score)
        check_question_number(fields.get("question_number"))
        given = {"session_id": session_id, "timestamp": _now(), "question": question, "answer": answer, "score": score}
        record = plain_record(given | fields)

        def numbered(index: RecordIndex) -> JsonRecord:
            if record.get("question_number") is not None:
                return record
            return record | {"question_number": max(index.numbers(session_id), default=0) + 1}

        self._answers.save(numbered)

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
        self._interviews.save(lambda _: record)

    def get_all_interviews(self) -> list[JsonRecord]:
        """All finished interviews, in file order."""
        return list(self._interviews.records())

    def interviews(self, start: int = 0, stop: int | None = None) -> Iterator[JsonRecord]:
        """Finished interviews in file order, one at a time from the disk; `start` and `stop` as in a slice."""
        return self._interviews.records(start, stop)

    def count_interviews(self) -> int:
        """How many finished interviews there are."""
        return len(self._interviews)

    def interviews_extent(self) -> tuple[int, int]:
        """(generation, how many finished interviews): while the generation is the same, more only came at the end."""
        return self._interviews.extent()

    def open_interviews(self) -> tuple[int, BinaryIO]:
        """(how many finished interviews, interviews.json opened for reading): whole, and it stays as it is."""
        return self._interviews.snapshot()

    def get_interview_by_id(self, session_id: str) -> JsonRecord | None:
        """One finished interview, or None. Reads that one record."""
        return self._interviews.get(session_id)

    def get_statistics(self) -> dict[str, Any]:
        """Counts and means over the finished interviews, kept up as they come; average_score is None without any."""
        return self._interviews.tally.statistics()

    def latest_update(self) -> datetime | None:
        """The latest updated_at of the finished interviews, kept up as they come; None without any."""
        return self._interviews.tally.latest_update

    def get_answers(self, session_id: str) -> list[JsonRecord]:
        """The evaluated answers of one interview, in file order."""
        return self._answers.get_all(session_id)

    def get_answer_numbers(self, session_id: str) -> list[int]:
        """The question numbers of one interview's evaluated answers, in file order, without reading them."""
        return self._answers.numbers(session_id)

    def asked_items(self, latest: int) -> Iterator[tuple[str, str, str]]:
        """(job_description, question_id, topic) of every question that the latest finished interviews answered.

        What a script saved in another form, or without a question_id, was not asked here.
        """
        for interview in self._interviews.records(-latest):
            items = interview.get("questions_and_answers")
            for item in items if isinstance(items, list) else []:
                if isinstance(item, dict):
                    posting, item_id, topic = (
                        interview.get("job_description"),
                        item.get("question_id"),
                        item.get("topic"),
                    )
                    if isinstance(posting, str) and isinstance(item_id, str) and isinstance(topic, str):
                        yield posting, item_id, topic

    def delete_interview(self, session_id: str) -> bool:
        """Remove every record with this id from the three files and from what was set aside; True if there was any."""
        removed = [file.remove(session_id) for file in self._files()]
        return any(removed)

    def _files(self) -> tuple[JsonArrayFile[Any], ...]:
        return self._job_descriptions, self._answers, self._interviews


def _now() -> str:
    return datetime.now(UTC).isoformat()
