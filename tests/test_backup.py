"""`flask --app app backup`: whole although candidates go on, and never half a file in the place of a whole one."""

import json
import threading
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from interviewer.storage.snapshot import snapshot
from tests.command_setup import flask, invoke
from tests.conftest import JOB, STRONG, StartServer, read_records
from tests.server_process import ServerProcess
from tests.waiting import until


def test_the_manifest_says_what_each_member_must_be(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {*manifest["members"], "manifest.json"} == set(archive.namelist())
    assert manifest["members"]["answers.json"]["records"] == 5
    assert datetime.fromisoformat(manifest["created_at"]).tzinfo is not None
    assert backup.stat().st_mode & 0o077 == 0


def answer_until(stop: threading.Event, server: ServerProcess, failures: list[object]) -> None:
    """A candidate after another takes a short interview, until told to stop."""
    while not stop.is_set():
        session_id = server.post("/api/start-interview", job_description=JOB, total_questions=2).json()["session_id"]
        for number in (1, 2):
            reply = server.post("/api/submit-answer", session_id=session_id, answer=STRONG, question_number=number)
            if reply.status_code != 200:
                failures.append(reply.text)


def test_a_backup_taken_while_a_server_takes_answers_is_whole(
    serve: StartServer, data_dir: Path, tmp_path: Path
) -> None:
    server, stop, failures = serve(), threading.Event(), list[object]()
    candidates = [threading.Thread(target=answer_until, args=(stop, server, failures)) for _ in range(4)]
    for candidate in candidates:
        candidate.start()
    try:
        until(lambda: len(read_records(data_dir, "interviews")) >= 3)
        finished = []
        for turn in range(12):
            finished.append({record["session_id"] for record in read_records(data_dir, "interviews")})
            assert invoke(data_dir, "backup", tmp_path / f"{turn}.zip").exit_code == 0
        assert invoke(data_dir, "verify").exit_code == 0
    finally:
        stop.set()
        for candidate in candidates:
            candidate.join()
    assert not failures
    for turn, known in enumerate(finished):
        folder = tmp_path / f"restored{turn}"
        assert invoke(folder, "restore", tmp_path / f"{turn}.zip").exit_code == 0
        found = invoke(folder, "verify")
        assert found.exit_code == 0, found.output
        assert known <= {record["session_id"] for record in read_records(folder, "interviews")}
        behind = answers_ahead_of_their_interview(folder)
        assert not behind, behind


def answers_ahead_of_their_interview(folder: Path) -> list[tuple[str, int]]:
    """Answers in answers.json that an unfinished interview does not have: another one could be given to them."""
    finished = {record["session_id"] for record in read_records(folder, "interviews")}
    answered = {}
    for path in (folder / "in_progress").glob("*.json"):
        turns = json.loads(path.read_bytes())["turns"]
        answered[path.stem] = {turn["number"] for turn in turns if turn["answer"]}
    keys = [(record["session_id"], record["question_number"]) for record in read_records(folder, "answers")]
    return [key for key in keys if key[0] not in finished and key[1] not in answered.get(key[0], set())]


def test_an_interview_that_finishes_during_the_backup_is_in_it(
    filled: Path, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = next((filled / "in_progress").glob("*.json")).stem
    read, calls = Path.read_bytes, list[Path]()

    def read_and_finish(path: Path) -> bytes:  # the disk, at the worst moment: right after the first reading
        content = read(path)
        if path.stem == live and not calls:
            calls.append(path)
            assert client.post("/api/end-interview", json={"session_id": live}).status_code == 200
        return content

    monkeypatch.setattr(Path, "read_bytes", read_and_finish)
    with snapshot(filled) as state:
        assert live in state.files["interviews.json"].read().decode()
        assert live not in state.live


def test_no_interview_in_a_backup_is_behind_its_answers(
    filled: Path, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = next((filled / "in_progress").glob("*.json")).stem
    read, calls = Path.read_bytes, list[Path]()

    def read_and_answer(path: Path) -> bytes:
        content = read(path)
        if path.stem == live and not calls:
            calls.append(path)
            assert client.post("/api/submit-answer", json={"session_id": live, "answer": STRONG}).status_code == 200
        return content

    monkeypatch.setattr(Path, "read_bytes", read_and_answer)
    with snapshot(filled) as state:
        answers = json.load(state.files["answers.json"])
        turns = json.loads(state.live[live] or b"")["turns"]
    stored = [record["question_number"] for record in answers if record["session_id"] == live]
    assert stored == [turn["number"] for turn in turns if turn["answer"]] == [1, 2]


def test_a_backup_is_not_written_over_without_yes(filled: Path, backup: Path) -> None:
    content = backup.read_bytes()
    refused = invoke(filled, "backup", backup)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == f"Error: {backup} is there already; --yes replaces it.\n"
    assert backup.read_bytes() == content
    assert invoke(filled, "backup", backup, "--yes").exit_code == 0


def test_a_disk_that_takes_no_backup_keeps_the_old_one(filled: Path, backup: Path) -> None:
    content = backup.read_bytes()
    failed = flask(filled, "backup", "--yes", backup, before="ulimit -f 1")
    assert failed.returncode == 1
    assert failed.stderr.startswith("Error: ")
    assert len(failed.stderr.splitlines()) == 1
    assert backup.read_bytes() == content
    assert [path.name for path in backup.parent.iterdir() if "zip" in path.name] == [backup.name]


def test_a_damaged_file_is_not_backed_up_as_if_it_were_whole(filled: Path, tmp_path: Path) -> None:
    with (filled / "answers.json").open("rb+") as file:
        file.truncate(900)
    failed = invoke(filled, "backup", tmp_path / "new.zip")
    assert failed.exit_code == 1
    assert "answers.json is not in the form it is kept in" in failed.stderr
    assert not list(tmp_path.glob("*.zip*"))
