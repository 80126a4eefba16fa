"""The storage against a model of it: random saves, replacements, deletions, restarts and second openings."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from data_storage import DataStorage

IDS = st.sampled_from([f"{letter * 8}" for letter in "abcde"])
SCORES = st.integers(0, 100).map(lambda tenths: tenths / 10)
WRITERS = st.integers(0, 1)


class StorageMachine(RuleBasedStateMachine):
    """Two storages on one folder do what two dictionaries do."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.storages = [DataStorage(self.folder), DataStorage(self.folder)]
        self.interviews: dict[str, float] = {}
        self.answers: dict[tuple[str, int], tuple[str, float]] = {}

    @rule(writer=WRITERS, session_id=IDS, score=SCORES, note=st.text(max_size=20))
    def save_interview(self, writer: int, session_id: str, score: float, note: str) -> None:
        record = {"session_id": session_id, "average_score": score, "note": note, "total_questions": 2}
        try:
            self.storages[writer].save_interview_session(record)
        except ValueError:
            assert any("\ud800" <= character <= "\udfff" for character in note)
            return
        self.interviews[session_id] = score

    @rule(writer=WRITERS, session_id=IDS, number=st.integers(1, 3), text=st.sampled_from(["one", "two"]), score=SCORES)
    def save_answer(self, writer: int, session_id: str, number: int, text: str, score: float) -> None:
        self.storages[writer].save_answer(session_id, "Why?", text, score, question_number=number)
        self.answers[session_id, number] = (text, score)

    @rule(writer=WRITERS, session_id=IDS)
    def save_next_answer(self, writer: int, session_id: str) -> None:
        self.storages[writer].save_answer(session_id, "Next?", "next", 5.0)
        number = max((taken for owner, taken in self.answers if owner == session_id), default=0) + 1
        self.answers[session_id, number] = ("next", 5.0)

    @rule(writer=WRITERS, session_id=IDS)
    def delete(self, writer: int, session_id: str) -> None:
        there = session_id in self.interviews or any(owner == session_id for owner, _ in self.answers)
        assert self.storages[writer].delete_interview(session_id) == there
        self.interviews.pop(session_id, None)
        self.answers = {key: value for key, value in self.answers.items() if key[0] != session_id}

    @rule(writer=WRITERS)
    def reopen(self, writer: int) -> None:
        self.storages[writer] = DataStorage(self.folder)

    @rule()
    def an_editor_saves_the_file_indented(self) -> None:
        path = self.folder / "interviews.json"
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")), indent=2), encoding="utf-8")
        self.storages[0].get_statistics()

    @invariant()
    def the_files_hold_what_the_model_holds(self) -> None:
        found = {record["session_id"]: record["average_score"] for record in self.load("interviews")}
        assert found == self.interviews
        answers = self.load("answers")
        assert len(answers) == len(self.answers)
        kept = {(r["session_id"], r["question_number"]): (r["answer"], r["score"]) for r in answers}
        assert kept == self.answers

    @invariant()
    def each_storage_reads_what_the_files_hold(self) -> None:
        for storage in self.storages:
            assert storage.get_statistics()["total_interviews"] == len(self.interviews)
            assert storage.get_statistics()["total_questions"] == 2 * len(self.interviews)
            for session_id in ("aaaaaaaa", "bbbbbbbb"):
                record = storage.get_interview_by_id(session_id)
                assert (record and record["average_score"]) == self.interviews.get(session_id)
                numbers = [answer["question_number"] for answer in storage.get_answers(session_id)]
                assert sorted(numbers) == sorted(number for owner, number in self.answers if owner == session_id)

    def load(self, name: str) -> list[dict[str, Any]]:
        raw = (self.folder / f"{name}.json").read_text(encoding="utf-8")
        records: list[dict[str, Any]] = json.loads(raw)
        assert len(raw.split("\n")) == len(records) + 3
        return records

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


StorageMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestStorageMachine = StorageMachine.TestCase
