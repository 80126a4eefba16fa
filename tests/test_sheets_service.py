"""The automatic export: after the interview, off the candidate's path, and once Google is back."""

import json
import logging
import threading
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from app import create_app
from data_storage import DataStorage
from interviewer.service.exports import SheetExports
from interviewer.sheets.exporter import LOCK_NAME
from interviewer.storage.durable import file_lock
from interviewer.storage.live_interviews import LiveInterviews
from tests.conftest import JOB, STRONG, StartServer, read_records, settings_for
from tests.google_setup import QUICK, interview, keys, sheets_client
from tests.llm_setup import llm_environment
from tests.server_process import ServerProcess
from tests.stand_in_google import EMAIL, NAME, StandInGoogle
from tests.stand_in_llm import StandIn
from tests.waiting import until

Way = dict[str, str]


@pytest.fixture
def client(data_dir: Path, way: Way, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of an application that exports, whose background the test runs by hand."""
    for name, value in way.items():
        monkeypatch.setenv(name, value)
    return sheets_client(data_dir, way)


@pytest.fixture
def exports(data_dir: Path, client: FlaskClient, way: Way) -> SheetExports:
    """The exports of that folder, as another process has them."""
    credentials = Path(way["GOOGLE_SHEETS_CREDENTIALS"])
    return SheetExports(DataStorage(data_dir), LiveInterviews(data_dir), credentials, NAME, QUICK)


def going_on() -> bool:
    """The process is not about to end."""
    return False


def hold(server: ServerProcess, *answers: str) -> str:
    """An interview over HTTP, to its end; its id."""
    started = server.post("/api/start-interview", job_description=JOB, total_questions=len(answers)).json()
    session_id = str(started["session_id"])
    for number, text in enumerate(answers, start=1):
        reply = server.post("/api/submit-answer", session_id=session_id, answer=text, question_number=number)
        assert reply.status_code == 200, reply.text
    return session_id


def summary(server: ServerProcess | FlaskClient, session_id: str) -> dict[str, Any]:
    """The interview's row in the audit view."""
    response = server.get("/api/data/summary")
    body = json.loads(response.text)
    return next(row for row in body["interview_summary"] if row["session_id"] == session_id)


def in_sheet(google: StandInGoogle, session_id: str) -> bool:
    """Whether the interview has its row."""
    return "Interviews" in google.sheet.sheets and session_id in keys(google)[0]


def test_an_interview_is_in_the_sheet_seconds_after_its_end(
    google: StandInGoogle, way: Way, serve: StartServer, data_dir: Path
) -> None:
    server = serve(**way)
    session_id = hold(server, STRONG, "I don't know.")
    until(lambda: in_sheet(google, session_id), seconds=10)
    until(lambda: summary(server, session_id)["export_status"] == "exported", seconds=10)
    (record,) = read_records(data_dir, "interviews")
    (row,) = google.sheet["Interviews"].records
    assert row["overall_score"] == record["overall_score"]
    assert row["completion_method"] == "automatic"
    assert [each["answer"] for each in google.sheet["Answers"].records] == [STRONG, "I don't know."]
    assert [each["score"] for each in google.sheet["Answers"].records] == record["individual_scores"]
    assert not [name for name in record if "export" in name]
    health = server.get("/api/health").json()
    assert (health["google_sheets"], health["storage_mode"], health["sheet_name"]) == ("ready", "local + sheets", NAME)
    writes = len(google.writes())
    again = server.post(f"/api/export/{session_id}")
    assert (again.status_code, again.json()["status"], again.json()["session_id"]) == (200, "success", session_id)
    assert len(google.writes()) == writes


def test_a_pending_answer_that_is_evaluated_later_changes_its_row_in_place(
    google: StandInGoogle, way: Way, serve: StartServer
) -> None:
    with StandIn() as model:
        server = serve(**way, **llm_environment(model, LLM_TIMEOUT="5"))
        first = hold(server, STRONG)
        model.stop()
        waits = hold(server, STRONG)
        until(lambda: in_sheet(google, waits), seconds=15)
        row = google.sheet["Interviews"].records[keys(google)[0].index(waits)]
        assert (row["status"], row["overall_score"]) == ("awaiting_evaluation", "")
        assert google.sheet["Answers"].records[-1]["score"] == ""
        order = keys(google)
        assert set(order[0]) == {first, waits}
        model.start()
        place = order[0].index(waits)
        until(lambda: google.sheet["Interviews"].records[place]["status"] == "completed", seconds=45)
    assert keys(google) == order
    assert isinstance(google.sheet["Interviews"].records[place]["overall_score"], float)
    assert isinstance(google.sheet["Answers"].records[place]["score"], float)


@pytest.mark.parametrize("hanging", [False, True])
def test_without_google_the_interview_goes_on_and_is_exported_on_its_return(
    google: StandInGoogle, way: Way, serve: StartServer, hanging: bool
) -> None:
    google.down = not hanging
    if hanging:
        google.hanging.set()
    server = serve(**way)
    session_id = hold(server, STRONG, STRONG)
    assert summary(server, session_id)["export_status"] in ("pending", "failed")
    assert server.stop() == 0
    google.down = False
    google.hanging.clear()
    server = serve(**way)
    until(lambda: in_sheet(google, session_id), seconds=10)


def test_an_outage_that_ends_is_noticed_without_a_restart(
    google: StandInGoogle, client: FlaskClient, exports: SheetExports, data_dir: Path
) -> None:
    DataStorage(data_dir).save_interview_session(interview(1))
    google.faults = [(503, {})] * 6
    assert exports.work(going_on) == 0
    row = summary(client, "id000001")
    assert row["export_status"] == "failed"
    assert "Google could not be reached" in row["export_error"]
    assert "503" in row["export_error"]
    assert client.get("/api/health").get_json()["google_sheets"] == "error"
    until(lambda: exports.work(going_on) == 1, seconds=20)
    assert summary(client, "id000001")["export_status"] == "exported"
    assert client.get("/api/health").get_json()["google_sheets"] == "ready"


def test_a_long_pause_that_google_asks_for_is_kept_by_the_background(
    google: StandInGoogle, exports: SheetExports, data_dir: Path
) -> None:
    DataStorage(data_dir).save_interview_session(interview(1))
    google.faults = [(503, {"Retry-After": "600"})]
    assert [exports.work(going_on) for _ in range(3)] == [0, 0, 0]
    assert len([call for call in google.calls if "/token" not in call[2]]) == 1


def test_what_other_processes_save_change_and_delete_is_noticed(
    google: StandInGoogle, exports: SheetExports, data_dir: Path
) -> None:
    other = DataStorage(data_dir)
    for number in range(1, 4):
        other.save_interview_session(interview(number))
    assert exports.work(going_on) == 3
    assert exports.work(going_on) == 0
    other.delete_interview("id000001")
    other.save_interview_session(interview(3, summary="Read again."))
    other.save_interview_session(interview(4))
    assert exports.work(going_on) == 2
    assert keys(google)[0] == ["id000001", "id000002", "id000003", "id000004"]
    assert google.sheet["Interviews"].records[2]["summary"] == "Read again."


def test_many_that_wait_are_exported_by_and_by(google: StandInGoogle, exports: SheetExports, data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    for number in range(450):
        storage.save_interview_session(interview(number, answers=1))
    assert [exports.work(going_on) for _ in range(4)] == [200, 200, 50, 0]
    assert len(set(keys(google)[0])) == len(keys(google)[0]) == 450


def test_one_that_google_refuses_is_failed_with_its_reason_and_not_tried_without_end(
    google: StandInGoogle,
    client: FlaskClient,
    exports: SheetExports,
    data_dir: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    exports.work(going_on)
    storage = DataStorage(data_dir)
    storage.save_interview_session(interview(1))
    storage.save_interview_session(interview(2, candidate_name="Grace Hopper"))
    exports.work(going_on)
    storage.save_interview_session(interview(3, candidate_name="Grace Hopper"))
    google.refuse = lambda body: "id000003" in body
    caplog.set_level(logging.DEBUG)
    assert exports.work(going_on) == 0
    writes = len(google.writes())
    assert exports.work(going_on) == 0
    assert len(google.writes()) == writes
    row = summary(client, "id000003")
    assert row["export_status"] == "failed"
    assert "Google refused the rows. Google said: 400" in row["export_error"]
    assert "id000003" in caplog.text
    assert "Hopper" not in caplog.text
    reply = client.post("/api/export/id000003")
    assert (reply.status_code, "Google said: 400" in reply.get_json()["detail"]) == (502, True)
    google.refuse = lambda _: False
    assert client.post("/api/export/id000003").status_code == 200
    assert summary(client, "id000003")["export_status"] == "exported"


def test_while_the_background_waits_for_google_the_call_tells_why(
    google: StandInGoogle, client: FlaskClient, exports: SheetExports, data_dir: Path
) -> None:
    DataStorage(data_dir).save_interview_session(interview(1))
    google.faults = [(503, {}), (503, {"Retry-After": "15"}), (503, {}), (503, {})]
    stopping = threading.Event()
    worker = threading.Thread(target=exports.work, args=(stopping.is_set,))
    worker.start()
    until(lambda: client.get("/api/health").get_json()["google_sheets"] == "error")
    with file_lock(data_dir / LOCK_NAME, longest_wait=0) as held:
        assert not held, "the background is at work"
    stopping.set()
    worker.join(5)
    with file_lock(data_dir / LOCK_NAME):  # as if it still were
        reply = client.post("/api/export/id000001")
    assert reply.status_code == 502
    assert "503" in reply.get_json()["detail"]


def test_a_stop_ends_a_long_pause(google: StandInGoogle, exports: SheetExports, data_dir: Path) -> None:
    DataStorage(data_dir).save_interview_session(interview(1))
    google.faults = [(503, {"Retry-After": "15"})]
    stopping = threading.Event()
    worker = threading.Thread(target=exports.work, args=(stopping.is_set,))
    worker.start()
    until(lambda: not google.faults)
    stopping.set()
    worker.join(5)
    assert not worker.is_alive()


def test_two_servers_on_one_folder_export_each_interview_once(
    google: StandInGoogle, way: Way, serve: StartServer
) -> None:
    servers = [serve(**way), serve(**way)]
    ids = {hold(server, STRONG) for server in servers for _ in range(3)}
    until(lambda: "Interviews" in google.sheet.sheets and ids <= set(keys(google)[0]), seconds=20)
    until(lambda: all(summary(servers[1], each)["export_status"] == "exported" for each in ids), seconds=10)
    assert len(keys(google)[0]) == len(keys(google)[1]) == 6


def test_a_deleted_interview_is_forgotten_here_and_stays_in_the_sheet(
    google: StandInGoogle, client: FlaskClient, exports: SheetExports, data_dir: Path
) -> None:
    DataStorage(data_dir).save_interview_session(interview(1))
    assert exports.work(going_on) == 1
    assert client.delete("/api/data/interview/id000001").status_code == 204
    assert not [path for path in data_dir.iterdir() if path.is_file() and b"id000001" in path.read_bytes()]
    assert keys(google)[0] == ["id000001"]


def test_exporting_by_call_asks_for_an_ended_interview_and_a_token(
    google: StandInGoogle, client: FlaskClient, data_dir: Path, way: Way
) -> None:
    begun = client.post("/api/start-interview", json={"job_description": JOB, "total_questions": 1}).get_json()
    session_id = begun["session_id"]
    assert client.post(f"/api/export/{session_id}").status_code == 409
    assert summary(client, session_id)["export_status"] is None
    assert client.post("/api/export/zzzzzzzz").status_code == 404
    assert client.post("/api/export/..%2Fx").status_code == 404
    client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG})
    assert summary(client, session_id)["export_status"] == "pending"
    listed = client.get("/api/data/interviews?status=all").get_json()["interviews"]
    assert [each["export_status"] for each in listed] == ["pending"]
    google.sheet.editors = set()
    refused = client.post(f"/api/export/{session_id}")
    assert refused.status_code == 502
    assert f"shared with {EMAIL}" in refused.get_json()["detail"]
    google.sheet.editors = {EMAIL}
    assert client.post(f"/api/export/{session_id}").get_json() == {
        "status": "success",
        "message": "2 rows written.",
        "session_id": session_id,
    }
    credentials = Path(way["GOOGLE_SHEETS_CREDENTIALS"])
    settings = settings_for(data_dir, google_sheets_credentials=credentials, api_token=SecretStr("t" * 20))
    guarded = create_app(settings).test_client()
    assert guarded.post(f"/api/export/{session_id}").status_code == 401


def test_without_credentials_it_is_off(data_dir: Path) -> None:
    client = create_app(settings_for(data_dir)).test_client()
    DataStorage(data_dir).save_interview_session(interview(1))
    refused = client.post("/api/export/id000001")
    assert refused.status_code == 409
    assert "GOOGLE_SHEETS_CREDENTIALS" in refused.get_json()["detail"]
    assert summary(client, "id000001")["export_status"] is None
    assert "export_status" not in client.get("/api/data/interviews?limit=1").get_json()["interviews"][0]
    assert client.get("/api/health").get_json()["google_sheets"] == "off"
    assert not (data_dir / ".google_sheets.sqlite3").exists()


def test_bad_credentials_are_one_line_in_the_log_and_no_candidate_notices(
    google: StandInGoogle, way: Way, serve: StartServer, tmp_path: Path, data_dir: Path
) -> None:
    Path(way["GOOGLE_SHEETS_CREDENTIALS"]).write_text("{}")
    server = serve(**way)
    session_id = hold(server, STRONG)
    assert server.get("/api/health").json()["google_sheets"] == "error"
    until(lambda: summary(server, session_id)["export_status"] == "failed", seconds=10)
    assert "Download a JSON key" in summary(server, session_id)["export_error"]
    refused = server.post(f"/api/export/{session_id}")
    assert (refused.status_code, "Download a JSON key" in refused.json()["detail"]) == (502, True)
    google.key_file(tmp_path)  # whoever runs it mends the file
    until(lambda: in_sheet(google, session_id), seconds=20)
    server.stop()
    said = server.said()
    assert [line for line in said.splitlines() if "key.json" in line and "is not that of a service account" in line]
    assert said.count("is not that of a service account") == 1
    assert len(read_records(data_dir, "interviews")) == 1
