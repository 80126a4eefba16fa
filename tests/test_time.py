"""time_taken and duration stay right, whatever happens to pages, servers and clocks meanwhile. Nobody waits here."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from data_storage import DataStorage
from interviewer.clock import SYSTEM_TIME, steady_clock
from tests.conftest import JOB, STRONG, read_records
from tests.llm_setup import llm_settings
from tests.stand_in_calls import Call
from tests.stand_in_llm import StandIn
from tests.told_time import BEGAN, ToldTime, sweep
from tests.waiting import until

Json = dict[str, Any]
HOUR = 3600


class Candidate:
    """One interview of two questions, held by told time, with a server that can be started again."""

    def __init__(self, data_dir: Path, **settings: Any) -> None:
        self.data_dir, self.settings = data_dir, settings
        self.time = ToldTime()
        self.restart()
        self.session_id = self.begin()

    def restart(self) -> None:
        """Another server takes over the folder."""
        self.app = self.time.app(self.data_dir, **self.settings)
        self.client: FlaskClient = self.app.test_client()

    def begin(self, total_questions: int = 2) -> str:
        body = {"job_description": JOB, "total_questions": total_questions}
        return str(self.call("start-interview", 201, **body)["session_id"])

    def call(self, name: str, status: int = 200, **body: Any) -> Json:
        response = self.client.post(f"/api/{name}", json=body)
        assert response.status_code == status, response.text
        reply: Json = response.get_json()
        return reply

    def answer(self, text: str = STRONG) -> Json:
        return self.call("submit-answer", session_id=self.session_id, answer=text)

    def hint(self) -> Json:
        return self.call("request-hint", session_id=self.session_id)

    def draft(self, number: int, text: str) -> Json:
        return self.call("save-draft", session_id=self.session_id, question_number=number, answer=text)

    def end(self) -> Json:
        return self.call("end-interview", session_id=self.session_id)

    def view(self) -> Json:
        found: Json = self.client.get(f"/api/interview/{self.session_id}").get_json()
        return found

    def live(self) -> Json:
        found: Json = json.loads(self.live_path.read_text(encoding="utf-8"))
        return found

    @property
    def live_path(self) -> Path:
        return self.data_dir / "in_progress" / f"{self.session_id}.json"

    def crash_after_the_answer_was_on_disk(self) -> None:
        """Leave what a killed server leaves: the last answer, without its evaluation and without what followed."""
        live = self.live()
        live["turns"] = [turn for turn in live["turns"] if turn["answer"]]
        live["turns"][-1]["evaluation"] = None
        self.live_path.write_text(json.dumps(live), encoding="utf-8")


@pytest.fixture
def candidate(data_dir: Path) -> Candidate:
    return Candidate(data_dir)


def seconds_taken(data_dir: Path) -> list[int]:
    """time_taken of the stored answers: the same in answers.json and in the reports."""
    answers = [record["time_taken"] for record in read_records(data_dir, "answers")]
    reported = [
        item["time_taken"]
        for record in read_records(data_dir, "interviews")
        for item in record["questions_and_answers"]
    ]
    assert reported in ([], answers)
    return answers


def test_each_answer_is_timed_from_its_question_and_the_interview_from_start_to_end(candidate: Candidate) -> None:
    candidate.time.go_on(40.6)
    candidate.answer()
    candidate.time.go_on(25.7)
    report = candidate.answer()["report"]
    assert seconds_taken(candidate.data_dir) == [40, 25]
    assert report["duration"] == 66
    assert report["started_at"] == BEGAN.isoformat()
    assert report["ended_at"] == report["timestamp"] == (BEGAN + timedelta(seconds=66.3)).isoformat()


def test_a_reload_does_not_restart_the_time(candidate: Candidate) -> None:
    candidate.time.go_on(30)
    before = candidate.view()
    candidate.time.go_on(30)
    after = candidate.view()
    assert before["asked_at"] == after["asked_at"] == BEGAN.isoformat()
    assert after["server_time"] == (BEGAN + timedelta(seconds=60)).isoformat()
    candidate.answer()
    assert seconds_taken(candidate.data_dir) == [60]


def test_hints_and_drafts_do_not_restart_the_time(candidate: Candidate) -> None:
    candidate.answer()
    asked_at = candidate.view()["asked_at"]
    for text in ("one", "one two"):
        candidate.time.go_on(20)
        candidate.hint()
        candidate.draft(2, text)
    candidate.time.go_on(5)
    assert candidate.view()["asked_at"] == asked_at
    candidate.answer()
    assert seconds_taken(candidate.data_dir) == [0, 45]


def test_a_restart_does_not_restart_the_time_and_a_pause_of_the_server_counts(candidate: Candidate) -> None:
    candidate.time.go_on(10)
    candidate.restart()
    candidate.time.go_on(600)
    candidate.time.reboot()
    candidate.restart()
    candidate.time.go_on(5)
    assert candidate.view()["asked_at"] == BEGAN.isoformat()
    candidate.answer()
    assert seconds_taken(candidate.data_dir) == [615]
    assert candidate.end()["report"]["duration"] == 615


def test_a_repeated_answer_does_not_restart_the_time_of_the_next_question(candidate: Candidate) -> None:
    candidate.time.go_on(10)
    candidate.answer()
    candidate.time.go_on(50)
    repeat = candidate.call("submit-answer", session_id=candidate.session_id, question_number=1, answer=STRONG)
    assert repeat["question_number"] == 2
    candidate.time.go_on(10)
    candidate.answer()
    assert seconds_taken(candidate.data_dir) == [10, 60]


@pytest.mark.parametrize("days", [-400, 400])
def test_a_wall_clock_that_is_set_while_the_server_runs_changes_nothing(candidate: Candidate, days: int) -> None:
    candidate.time.go_on(20)
    candidate.time.set_wall(timedelta(days=days))
    candidate.time.go_on(20)
    candidate.answer()
    candidate.time.go_on(7)
    candidate.time.set_wall(timedelta(days=-2 * days))
    report = candidate.answer()["report"]
    assert seconds_taken(candidate.data_dir) == [40, 7]
    assert report["duration"] == 47
    assert report["ended_at"] == (BEGAN + timedelta(seconds=47)).isoformat()


def test_after_a_restart_time_goes_on_from_the_latest_that_is_stored(
    candidate: Candidate, caplog: pytest.LogCaptureFixture
) -> None:
    candidate.time.go_on(100)
    candidate.draft(1, "A thought")
    candidate.time.set_wall(timedelta(days=-30))
    with caplog.at_level(logging.WARNING):
        candidate.restart()
    assert "behind the latest stored time" in caplog.text
    candidate.time.go_on(20)
    candidate.answer()
    candidate.time.go_on(5)
    report = candidate.answer()["report"]
    assert seconds_taken(candidate.data_dir) == [120, 5]
    assert report["duration"] == 125
    stored = [report[name] for name in ("started_at", "ended_at", "updated_at")]
    assert stored == sorted(stored)


def test_after_a_restart_no_other_interview_begins_before_what_is_stored(candidate: Candidate) -> None:
    candidate.answer()
    candidate.time.go_on(90)
    candidate.answer()
    ended_at = read_records(candidate.data_dir, "interviews")[0]["ended_at"]
    assert not candidate.live_path.exists()
    candidate.time.set_wall(timedelta(hours=-5))
    candidate.restart()
    candidate.session_id = candidate.begin()
    assert candidate.view()["started_at"] == ended_at


def test_a_wall_clock_that_ran_ahead_and_was_put_right_holds_up_no_interview(candidate: Candidate) -> None:
    candidate.time.set_wall(timedelta(hours=6))
    candidate.restart()
    candidate.answer()
    candidate.time.set_wall(timedelta(hours=-6))
    candidate.restart()
    candidate.time.go_on(12)
    report = candidate.answer()["report"]
    assert seconds_taken(candidate.data_dir) == [6 * HOUR, 12]
    assert report["duration"] == 6 * HOUR + 12 == sum(seconds_taken(candidate.data_dir))


def test_a_placeholder_for_a_date_is_no_time_to_go_on_from(candidate: Candidate) -> None:
    record = {"session_id": "zzzzzzzz", "average_score": 5, "updated_at": "9999-12-31T23:59:59+00:00"}
    DataStorage(candidate.data_dir).save_interview_session(record)
    candidate.restart()
    assert candidate.view()["server_time"] == BEGAN.isoformat()


@pytest.mark.parametrize("stored", ["soon", None, 7, "2026-03-02T11:00:00"])
def test_the_start_bears_what_scripts_write_for_times(candidate: Candidate, stored: object) -> None:
    record = {"session_id": "zzzzzzzz", "average_score": 5, "updated_at": stored}
    DataStorage(candidate.data_dir).save_interview_session(record)
    candidate.restart()
    later = timedelta(hours=2) if isinstance(stored, str) and stored.startswith("2026") else timedelta()
    assert candidate.view()["server_time"] == (BEGAN + later).isoformat()


def test_after_a_crash_the_time_of_the_next_question_starts_when_it_is_sent(candidate: Candidate) -> None:
    candidate.time.go_on(30)
    candidate.answer()
    candidate.crash_after_the_answer_was_on_disk()
    candidate.time.go_on(3 * HOUR)
    candidate.restart()
    candidate.time.go_on(300)
    view = candidate.view()
    assert view["question_number"] == 2
    assert view["asked_at"] == view["server_time"]
    candidate.time.go_on(15)
    candidate.restart()
    assert candidate.view()["asked_at"] == view["asked_at"]
    candidate.answer()
    assert seconds_taken(candidate.data_dir) == [30, 15]


def test_after_a_crash_at_the_last_answer_the_interview_ended_with_that_answer(candidate: Candidate) -> None:
    candidate.answer()
    candidate.time.go_on(30)
    before = candidate.live()
    report = candidate.answer()["report"]
    before["turns"][-1]["answer"] = {"text": STRONG, "received_at": report["ended_at"]}
    before["last_activity_at"] = report["ended_at"]
    candidate.live_path.write_text(json.dumps(before), encoding="utf-8")
    for name in ("answers", "interviews"):
        (candidate.data_dir / f"{name}.json").write_text("[\n]\n", encoding="utf-8")
    candidate.time.go_on(HOUR)
    candidate.restart()
    assert seconds_taken(candidate.data_dir) == [0, 30]
    assert candidate.view()["report"]["duration"] == 30
    assert candidate.view()["report"]["completion_method"] == "automatic"


def test_a_timeout_ends_with_the_last_activity(data_dir: Path) -> None:
    candidate = Candidate(data_dir, session_timeout=HOUR)
    candidate.time.go_on(50)
    candidate.answer()
    candidate.time.go_on(70)
    candidate.draft(2, "An unfinished thought")
    candidate.time.go_on(HOUR)
    sweep(candidate.app)
    (report,) = read_records(data_dir, "interviews")
    assert report["completion_method"] == "timeout_cleanup"
    assert report["ended_at"] == (BEGAN + timedelta(seconds=120)).isoformat()
    assert report["duration"] == 120


@pytest.mark.parametrize("act", [Candidate.hint, Candidate.answer, lambda candidate: candidate.draft(2, "A thought")])
def test_whoever_is_active_is_not_idle(data_dir: Path, act: Callable[[Candidate], Json]) -> None:
    candidate = Candidate(data_dir, session_timeout=HOUR)
    candidate.session_id = candidate.begin(total_questions=3)
    candidate.answer()
    candidate.time.go_on(HOUR - 1)
    act(candidate)
    candidate.time.go_on(HOUR - 1)
    sweep(candidate.app)
    assert candidate.view()["status"] == "in_progress"


def test_time_without_a_running_server_is_not_idle(data_dir: Path) -> None:
    candidate = Candidate(data_dir, session_timeout=HOUR)
    candidate.answer()
    candidate.time.go_on(30 * HOUR)
    candidate.restart()
    sweep(candidate.app)
    assert candidate.view()["status"] == "in_progress"
    candidate.restart()
    candidate.time.go_on(HOUR)
    sweep(candidate.app)
    assert candidate.view()["status"] == "completed"
    assert candidate.view()["report"]["duration"] == 0


@pytest.mark.parametrize("hours", [-50, 50])
def test_a_clock_that_jumps_while_no_server_runs_closes_nothing(data_dir: Path, hours: int) -> None:
    candidate = Candidate(data_dir, session_timeout=HOUR)
    candidate.answer()
    candidate.time.set_wall(timedelta(hours=hours))
    candidate.time.reboot()
    candidate.restart()
    candidate.time.go_on(HOUR - 1)
    sweep(candidate.app)
    assert candidate.view()["status"] == "in_progress"


class SlowModel(StandIn):
    """A model that takes its time, by told time, over questions and openings."""

    def __init__(self, time: ToldTime) -> None:
        super().__init__()
        self.time = time

    def wait_for_turn(self, call: Call) -> None:
        """Half a minute passes; nobody waits."""
        if call.task in ("opening", "question"):
            self.time.go_on(30)


def test_the_time_a_model_takes_for_a_question_is_not_the_candidates(data_dir: Path) -> None:
    time = ToldTime()
    with SlowModel(time) as model:
        client = time.app_with(llm_settings(data_dir, model)).test_client()
        body = {"job_description": JOB, "total_questions": 2}
        session_id = client.post("/api/start-interview", json=body).get_json()["session_id"]
        for seconds in (12, 8):
            time.go_on(seconds)
            response = client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG})
            assert response.status_code == 200, response.text
    assert seconds_taken(data_dir) == [12, 8]
    assert read_records(data_dir, "interviews")[0]["duration"] == 30 + 12 + 30 + 8


def test_an_answer_evaluated_later_keeps_the_times_of_its_interview(data_dir: Path) -> None:
    time = ToldTime()
    with StandIn() as model:
        app = time.app_with(llm_settings(data_dir, model))
        client = app.test_client()
        body = {"job_description": JOB, "total_questions": 1}
        session_id = client.post("/api/start-interview", json=body).get_json()["session_id"]
        model.behave("server_error", only=("evaluation",))
        time.go_on(20)
        reply = client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG}).get_json()
        assert reply["evaluation"] == "pending"
        model.behave("good")
        time.go_on(HOUR)
        pending = app.extensions["background"][1]
        pending.start()
        try:
            until(lambda: read_records(data_dir, "interviews"))
        finally:
            pending.end_soon()
            pending.join(60)
    assert seconds_taken(data_dir) == [20]
    (report,) = read_records(data_dir, "interviews")
    assert (report["duration"], report["completion_method"]) == (20, "automatic")
    assert report["ended_at"] == (BEGAN + timedelta(seconds=20)).isoformat()
    assert report["updated_at"] >= (BEGAN + timedelta(seconds=20 + HOUR)).isoformat()


def test_the_systems_own_clock_has_an_offset_and_goes_on() -> None:
    clock = steady_clock()
    first = clock()
    assert first.utcoffset() == timedelta(0)
    assert abs(first - SYSTEM_TIME.wall()) < timedelta(minutes=1)
    assert clock() >= first
    ahead = first + timedelta(hours=1)
    assert ahead <= steady_clock(not_before=ahead)() < ahead + timedelta(minutes=1)
