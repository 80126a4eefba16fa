"""`flask --app app purge`: what is older than it was told goes for good, and nothing else."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data_storage import DataStorage
from tests.command_setup import Finish, Record, data_in, everything_in, flask, invoke, rewrite
from tests.conftest import read_records


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
