"""`flask --app app backup`, `restore`, `verify` and `purge`, as typed and as cron runs them."""

import io
import json
import os
import random
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from data_storage import DataStorage
from interviewer import commands
from interviewer.commands.front import progress
from interviewer.storage.array_format import encode, joined
from interviewer.storage.snapshot import snapshot
from tests.conftest import JOB, ROOT, STRONG, ServerProcess, StartServer, read_records, settings_for, until
from tests.test_readme import table

NAMES = ("interviews", "answers", "job_descriptions")
Record = dict[str, Any]
Finish = Callable[..., Record]


def flask(data_dir: Path, *words: object, before: str = "") -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own; `before` is said in its shell first."""
    said = [sys.executable, "-m", "flask", "--app", "app", *map(str, words)]
    clean = {name: value for name, value in os.environ.items() if not name.upper().endswith(("_KEY", "_TOKEN"))}
    return subprocess.run(
        ["bash", "-c", f'{before}\nexec "$@"', "bash", *said],
        cwd=ROOT,
        env=clean | {"DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def invoke(data_dir: Path, *words: object, said: str = "") -> Result:
    """A command within this process."""
    app = Flask("commands")
    commands.register(app, data_dir)
    return app.test_cli_runner().invoke(args=[str(word) for word in words], input=said)


def data_in(folder: Path) -> dict[str, bytes]:
    """What a folder holds for people: the three files and the interviews in progress."""
    paths = [*folder.glob("*.json"), *folder.glob("in_progress/*.json")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def everything_in(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file of a folder, hidden ones too: bytes, inode, time of change."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_ino, p.stat().st_mtime_ns) for p in paths}


def rewrite(data_dir: Path, name: str, change: Callable[[list[Record]], object]) -> None:
    """Change a file's records as someone with an editor would, in the form it is kept in."""
    records = read_records(data_dir, name)
    change(records)
    (data_dir / f"{name}.json").write_bytes(joined(map(encode, records)))


def repacked(backup: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """Change a backup's members, by name, and zip them again."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.fixture
def filled(data_dir: Path, finish: Finish, begin: Callable[..., Record], client: FlaskClient) -> Path:
    """A folder with two finished interviews and one in progress, whose first answer is given."""
    finish(total_questions=2)
    finish(total_questions=2)
    session_id = begin(total_questions=3)["session_id"]
    assert client.post("/api/submit-answer", json={"session_id": session_id, "answer": STRONG}).status_code == 200
    return data_dir


@pytest.fixture
def backup(filled: Path, tmp_path: Path) -> Path:
    """A backup of that folder."""
    path = tmp_path / "backup.zip"
    assert invoke(filled, "backup", path).exit_code == 0
    return path


def test_what_was_backed_up_is_restored_byte_for_byte(filled: Path, tmp_path: Path) -> None:
    before, copy, elsewhere = data_in(filled), tmp_path / "copy.zip", tmp_path / "new" / "data"
    made = flask(filled, "backup", copy)
    assert (made.returncode, made.stdout) == (0, f"{copy}: 2 finished interviews, 1 unfinished\n"), made.stderr
    assert made.stderr == ""
    done = flask(elsewhere, "restore", copy)
    assert (done.returncode, done.stdout) == (0, f"{elsewhere}: 2 finished interviews, 1 unfinished\n"), done.stderr
    assert data_in(elsewhere) == before
    assert len(before) == 4
    assert not (elsewhere / ".restore").exists()
    assert flask(elsewhere, "verify").returncode == 0


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


def test_there_is_nothing_to_back_up_without_a_folder(tmp_path: Path) -> None:
    for words in (["backup", tmp_path / "b.zip"], ["verify"], ["purge", "--older-than", 1, "--yes"]):
        failed = invoke(tmp_path / "none", *words)
        assert failed.exit_code == 1
        assert "There is no data folder" in failed.stderr
    assert not list(tmp_path.iterdir())


def test_any_bit_flipped_in_the_zip_is_refused_or_harmless(filled: Path, backup: Path) -> None:
    content, before = backup.read_bytes(), data_in(filled)
    untouched, refused, chance = everything_in(filled), 0, random.Random(7)
    for place in chance.sample(range(len(content)), 150):
        damaged = bytearray(content)
        damaged[place] ^= 1 << chance.randrange(8)
        backup.write_bytes(damaged)
        done = invoke(filled, "restore", backup, "--yes")
        assert done.exit_code in (0, 1), done.output
        assert isinstance(done.exception, SystemExit | None), done.exception
        assert data_in(filled) == before
        if done.exit_code == 0:  # a bit of the zip's own, as of a member's date
            untouched = everything_in(filled)
        else:
            refused += 1
            assert done.stderr.startswith("Error: ")
            assert everything_in(filled) == untouched
    assert refused > 100


def slipped(members: dict[str, bytes]) -> None:
    members["in_progress/../../outside.json"] = b"{}"


def absolute(members: dict[str, bytes]) -> None:
    members["/outside.json"] = b"{}"


def unnamed(members: dict[str, bytes]) -> None:
    members["in_progress/aaaaaaaa.json"] = b"{}"


def without_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def without_answers(members: dict[str, bytes]) -> None:
    del members["answers.json"]


def changed(members: dict[str, bytes]) -> None:
    members["answers.json"] = members["answers.json"].replace(b'"score":', b'"Score":', 1)


def miscounted(members: dict[str, bytes]) -> None:
    members["manifest.json"] = (
        members["manifest.json"].replace(b'"records":5', b'"records":4').replace(b'"records": 5', b'"records": 4')
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (slipped, "'in_progress/../../outside.json' does not belong into a backup"),
        (absolute, "'/outside.json' does not belong into a backup"),
        (unnamed, "not those that its manifest names"),
        (without_manifest, "There is no manifest.json"),
        (without_answers, "not those that its manifest names"),
        (changed, "answers.json in the backup is not what its manifest says"),
        (miscounted, "answers.json in the backup is not what its manifest says"),
    ],
)
def test_a_zip_that_is_not_as_it_was_made_is_refused(
    backup: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], object], said: str
) -> None:
    repacked(backup, change)
    target = tmp_path / "target"
    done = invoke(target, "restore", backup, "--yes")
    assert done.exit_code == 1
    assert said in done.stderr
    assert not target.exists()
    assert not list(tmp_path.rglob("outside.json"))


def test_what_is_no_zip_is_refused(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_text("hello")
    done = invoke(filled, "restore", tmp_path / "no.zip", "--yes")
    assert done.exit_code == 1
    assert "no.zip is no zip file" in done.stderr


def test_data_is_replaced_only_with_yes_and_what_goes_is_named(
    filled: Path, backup: Path, begin: Callable[..., Record], finish: Finish
) -> None:
    before = data_in(filled)
    later = begin()["session_id"]
    finish(total_questions=1)
    untouched = everything_in(filled)
    refused = invoke(filled, "restore", backup)
    assert refused.exit_code == 1
    assert later in refused.stderr
    assert "--yes replaces it" in refused.stderr
    assert everything_in(filled) == untouched
    done = invoke(filled, "restore", backup, "--yes")
    assert done.exit_code == 0, done.output
    assert later in done.stderr
    assert data_in(filled) == before
    assert not list(filled.glob(".*.copy*")), "hidden copies keep what was taken away"


def test_a_server_that_runs_through_a_restore_serves_what_was_restored(serve: StartServer, data_dir: Path) -> None:
    server, backup = serve(), data_dir.parent / "backup.zip"
    for _ in range(2):
        session_id = server.post("/api/start-interview", job_description=JOB, total_questions=1).json()["session_id"]
        server.post("/api/submit-answer", session_id=session_id, answer=STRONG)
        if not backup.exists():
            assert invoke(data_dir, "backup", backup).exit_code == 0
    assert server.get("/api/data/statistics").json()["total_interviews"] == 2
    assert invoke(data_dir, "restore", backup, "--yes").exit_code == 0
    assert server.get("/api/data/statistics").json()["total_interviews"] == 1
    assert server.get(f"/api/data/interview/{session_id}").status_code == 404
    assert server.post("/api/start-interview", job_description=JOB).status_code == 201
    assert invoke(data_dir, "verify").exit_code == 0


def test_a_good_folder_has_no_faults_and_verify_leaves_it_as_it_is(filled: Path) -> None:
    before = everything_in(filled)
    found = flask(filled, "verify")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == "2 interviews, 5 answers, 3 job descriptions, 1 unfinished: nothing wrong\n"
    assert everything_in(filled) == before


def test_verify_mends_nothing(filled: Path) -> None:
    (filled / "answers.json").write_bytes((filled / "answers.json").read_bytes()[:-100])
    (filled / "job_descriptions.json").unlink()
    (filled / "in_progress" / "zzzzzzzz.json").write_text("{")
    before = everything_in(filled)
    found = flask(filled, "verify")
    assert found.returncode == 1
    assert {line.split(":")[0].split(",")[0] for line in found.stdout.splitlines()[:-1]} >= {
        "answers.json",
        "job_descriptions.json",
        "in_progress/zzzzzzzz.json",
    }
    assert everything_in(filled) == before


def put(**fields: Any) -> Callable[[list[Record]], object]:
    """A change that sets fields of the first record."""
    return lambda records: records[0].update(fields)


def in_answer(**fields: Any) -> Callable[[list[Record]], object]:
    """A change that sets fields of the first answer in the first record."""
    return lambda records: records[0]["questions_and_answers"][0].update(fields)


def later(name: str) -> Callable[[list[Record]], object]:
    """A change that moves a time of the first record by a day."""

    def move(records: list[Record]) -> None:
        records[0][name] = (datetime.fromisoformat(records[0][name]) + timedelta(days=1)).isoformat()

    return move


FAULTS = [
    ("interviews", put(completed_questions=1), "completed_questions disagree"),
    ("interviews", put(total_questions=3), "automatic, but not every question"),
    ("interviews", put(total_questions=1, completion_method="manually_ended"), "more than total_questions"),
    ("interviews", put(individual_scores=[9.0, 11]), "individual_scores are not numbers"),
    ("interviews", put(individual_scores=[]), "no scored answer"),
    ("interviews", put(individual_scores=[0.1, 0.2]), "not those of the answers"),
    ("interviews", put(average_score=0.3), "average_score is not the mean"),
    ("interviews", put(average_score="8"), "average_score is no number"),
    ("interviews", put(overall_score=0.3), "overall_score is not the weighted mean"),
    ("interviews", put(overall_score=True), "overall_score is no number"),
    ("interviews", put(overall_score=None), "overall_score is null"),
    ("interviews", put(score_interval=[0.0, 0.1]), "score_interval is not that"),
    ("interviews", put(hire_recommendation="sure"), "hire_recommendation does not follow"),
    ("interviews", put(status="in_progress"), "status is not completed"),
    ("interviews", put(completion_method="given up"), "completion_method is none of"),
    ("interviews", put(questions_and_answers="none"), "no list of objects"),
    ("interviews", put(duration=10**6), "duration is not the time"),
    ("interviews", put(duration="5"), "duration is no number"),
    ("interviews", put(ended_at="2026-01-02T03:04:05"), "ended_at is no time with offset"),
    ("interviews", put(created_at="yesterday"), "created_at is no time with offset"),
    ("interviews", later("started_at"), "are not in order"),
    ("interviews", later("timestamp"), "timestamp is not ended_at"),
    ("interviews", put(session_id="Ada Lovelace"), "record 1: session_id is not 8 characters"),
    ("interviews", lambda records: records.append(records[0]), "the interview is there twice"),
    ("interviews", in_answer(score=None), "answer 1: score is no number"),
    ("interviews", in_answer(question_number=2), "do not rise"),
    ("interviews", in_answer(question_number=0), "answer 1: question_number is no whole number"),
    ("interviews", in_answer(rubric={"communication": 12}), "answer 1: rubric does not hold numbers"),
    ("answers", put(score=10.5), "score is no number from 0 to 10"),
    ("answers", put(score=0.1), "question 1 has another score in answers.json"),
    ("answers", put(question_number="1"), "question_number is no whole number"),
    ("answers", put(timestamp="12:00"), "timestamp is no time with offset"),
    ("answers", put(rubric={"communication": "good"}), "rubric does not hold numbers"),
    ("answers", put(session_id="x"), "record 1: session_id is not 8 characters"),
    ("answers", lambda records: records.append(records[0]), "question 1 is there twice"),
    ("answers", lambda records: records.pop(0), "question 1 has no sound record in answers.json"),
    ("job_descriptions", put(job_description=None), "job_description is no text"),
    ("job_descriptions", put(timestamp="2026-01-01"), "timestamp is no time with offset"),
    ("job_descriptions", lambda records: records.append(records[0]), "the interview is there twice"),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a folder with two finished interviews, made once for the table below."""
    folder = tmp_path_factory.mktemp("sound")
    client = create_app(settings_for(folder)).test_client()
    for _ in range(2):
        reply = client.post("/api/start-interview", json={"job_description": JOB, "total_questions": 2}).get_json()
        for _ in range(2):
            client.post("/api/submit-answer", json={"session_id": reply["session_id"], "answer": STRONG})
    return data_in(folder)


@pytest.fixture
def copied(sound: dict[str, bytes], data_dir: Path) -> Path:
    """That folder, to be broken."""
    data_dir.mkdir()
    for name, content in sound.items():
        (data_dir / name).write_bytes(content)
    return data_dir


@pytest.mark.parametrize(("name", "change", "said"), FAULTS, ids=[f"{row[0]}: {row[2]}" for row in FAULTS])
def test_each_kind_of_fault_is_found(
    copied: Path, name: str, change: Callable[[list[Record]], object], said: str
) -> None:
    first = read_records(copied, name)[0]
    rewrite(copied, name, change)
    before = everything_in(copied)
    found = invoke(copied, "verify")
    assert found.exit_code == 1
    assert said in found.stdout
    assert first["session_id"] in found.stdout or "record 1" in found.stdout
    assert "Ada" not in found.stdout
    assert STRONG[:20] not in found.stdout
    assert everything_in(copied) == before


def cut(raw: bytes) -> bytes:
    return raw[:-40]


def spoiled(raw: bytes) -> bytes:
    return raw.replace(b'"session_id"', b'"session\xff_id', 1)


def indented(raw: bytes) -> bytes:
    return json.dumps(json.loads(raw), indent=2).encode()


@pytest.mark.parametrize("damage", [cut, spoiled, indented, lambda raw: b"", lambda raw: raw + b"\0" * 9])
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_named(copied: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    path = copied / f"{name}.json"
    path.write_bytes(damage(path.read_bytes()))
    found = invoke(copied, "verify")
    assert found.exit_code == 1
    assert found.stdout.startswith(f"{name}.json") or f"\n{name}.json" in found.stdout


def test_an_interview_in_progress_under_another_id_is_named(filled: Path) -> None:
    path = next((filled / "in_progress").glob("*.json"))
    path.rename(path.with_name("aaaaaaaa.json"))
    found = invoke(filled, "verify")
    assert "in_progress/aaaaaaaa.json, aaaaaaaa: holds another session_id\n" in found.stdout


def test_what_a_script_saved_with_less_in_it_is_checked_for_what_it_has(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    storage.save_interview_session({"session_id": "scripted", "average_score": 7.0, "individual_scores": [7.0]})
    found = invoke(data_dir, "verify")
    assert found.stdout == "1 interview (1 not held here), 0 answers, 0 job descriptions, 0 unfinished: nothing wrong\n"
    storage.save_interview_session({"session_id": "scripted", "average_score": 6.0, "individual_scores": [7.0]})
    found = invoke(data_dir, "verify")
    assert found.exit_code == 1
    assert "interviews.json, scripted: average_score is not the mean of individual_scores\n" in found.stdout


def aged(data_dir: Path, session_id: str, days: float) -> None:
    """Move a finished interview, or the last activity of a live one, into the past."""
    moment = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    path = data_dir / "in_progress" / f"{session_id}.json"
    if path.exists():
        live = json.loads(path.read_bytes()) | {"started_at": moment, "last_activity_at": moment}
        path.write_text(json.dumps(live | ({"ended_at": moment} if live["ended_at"] else {})))
        return

    def change(records: list[Record]) -> None:
        next(record for record in records if record["session_id"] == session_id)["ended_at"] = moment

    rewrite(data_dir, "interviews", change)


def test_purge_deletes_only_what_is_old(
    data_dir: Path, client: FlaskClient, finish: Finish, begin: Callable[..., Record]
) -> None:
    kept = [finish(total_questions=1)["session_id"], begin()["session_id"], finish(total_questions=1)["session_id"]]
    old = [finish(total_questions=1)["session_id"], begin()["session_id"], begin()["session_id"]]
    assert client.post("/api/end-interview", json={"session_id": old[2]}).get_json()["status"] == "abandoned"
    for session_id in old:
        aged(data_dir, session_id, 30.1)
    aged(data_dir, kept[2], 29.9)
    before = data_in(data_dir)
    asked = invoke(data_dir, "purge", "--older-than", 30, said="n\n")
    assert asked.exit_code == 1
    assert "Delete 3 interviews older than 30 days?" in asked.stderr
    assert data_in(data_dir) == before
    done = flask(data_dir, "purge", "--older-than", 30, "--yes")
    assert (done.returncode, done.stdout) == (0, "Deleted 3 of 3 interviews older than 30 days.\n"), done.stderr
    everything = b"".join(path.read_bytes() for path in data_dir.rglob("*") if path.is_file()).decode()
    assert [session_id in everything for session_id in kept + old] == [True] * 3 + [False] * 3
    assert invoke(data_dir, "purge", "--older-than", 30).stdout == "Deleted 0 of 0 interviews older than 30 days.\n"


def test_an_interview_without_a_time_is_kept_and_counted(data_dir: Path) -> None:
    DataStorage(data_dir).save_interview_session({"session_id": "scripted", "average_score": 7.0})
    done = invoke(data_dir, "purge", "--older-than", 1, "--yes")
    assert done.stderr == "1 interview kept: no readable time, or no regular id.\n"
    assert len(read_records(data_dir, "interviews")) == 1


@pytest.mark.parametrize("days", ["0", "-1", "soon"])
def test_days_are_a_whole_number_from_1_on(filled: Path, days: str) -> None:
    before = everything_in(filled)
    assert invoke(filled, "purge", "--older-than", days, "--yes").exit_code == 2
    assert everything_in(filled) == before


def test_the_commands_are_listed_and_flasks_own_see_the_whole_application(data_dir: Path) -> None:
    shown = flask(data_dir, "--help").stdout
    assert all(f"\n  {name} " in shown for name in ("backup", "restore", "verify", "purge"))
    assert not data_dir.exists(), "looking for a command opens no file"
    assert "/api/submit-answer" in flask(data_dir, "routes").stdout


def test_the_readme_names_every_command() -> None:
    shown = {row[0].strip("`").split()[3] for row in table("Keeping the data")}
    assert shown == set(commands.application().cli.commands)


def test_the_application_that_serves_has_the_commands_too(filled: Path, client: FlaskClient) -> None:
    assert client.application.test_cli_runner().invoke(args=["verify"]).exit_code == 0


def test_on_a_terminal_a_bar_shows_the_progress(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress("Backing up", 10) as advance:
        advance(10)
    assert "Backing up" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
