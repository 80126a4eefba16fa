"""`flask --app app restore`: byte for byte what was backed up, or nothing is touched."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_setup import Finish, Record, data_in, everything_in, flask, invoke
from tests.conftest import JOB, STRONG, StartServer


def repacked(backup: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """Change a backup's members, by name, and zip them again."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


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
