"""A disk that is really full: a small tmpfs, mounted for the test (needs root, as CI has)."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from data_storage import DataStorage, StorageUnavailable
from tests.conftest import JOB, STRONG, read_records
from tests.server_process import ServerProcess


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 512 KiB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("this machine does not let us mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Use up all that is left of a disk; the file that does."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 512):
                pass
        except OSError:
            return ballast
    raise AssertionError("the disk has no end")


def test_on_a_full_disk_the_api_says_503_loses_nothing_and_goes_on_by_itself(small_disk: Path) -> None:
    data = small_disk / "data"
    server = ServerProcess(data)
    try:
        session_id = server.post("/api/start-interview", job_description=JOB, total_questions=3).json()["session_id"]
        sent = {"session_id": session_id, "answer": STRONG, "question_number": 1}
        first = server.post("/api/submit-answer", **sent).json()
        ballast = fill(small_disk)
        following = {"session_id": session_id, "answer": STRONG * 4, "question_number": 2}
        for path, body in (
            ("/api/submit-answer", following),
            ("/api/start-interview", {"job_description": JOB * 20}),
            ("/api/save-draft", {"session_id": session_id, "question_number": 2, "answer": "x" * 9000}),
        ):
            refused = server.post(path, **body)
            assert refused.status_code == 503, refused.text
            assert refused.headers["Content-Type"] == "application/problem+json"
            assert int(refused.headers["Retry-After"]) > 0
        assert server.post("/api/submit-answer", **sent).json() == first
        assert len(read_records(data, "answers")) == 1
        ballast.unlink()
        assert server.post("/api/submit-answer", **following).json()["question_number"] == 3
        last = server.post("/api/submit-answer", session_id=session_id, answer=STRONG, question_number=3).json()
        assert last["report"]["completed_questions"] == 3
        assert [answer["question_number"] for answer in read_records(data, "answers")] == [1, 2, 3]
        listed = requests.get(f"{server.url}/api/data/interviews", timeout=20).json()
        assert listed == {"total": 1, "interviews": [last["report"]]}
    finally:
        server.stop()


def save(storage: DataStorage, number: int) -> None:
    storage.save_interview_session({"session_id": f"{number:08}", "average_score": 5.0, "text": "x" * 5000})


def test_a_full_disk_leaves_the_file_as_it_was(small_disk: Path) -> None:
    data = small_disk / "data"
    storage = DataStorage(data)
    for number in range(10):
        save(storage, number)
    ballast = fill(small_disk)
    for number in range(10, 15):
        with pytest.raises(StorageUnavailable, match="No space left"):
            save(storage, number)
    expected = [f"{number:08}" for number in range(10)]
    assert [record["session_id"] for record in read_records(data, "interviews")] == expected
    assert [record["session_id"] for record in DataStorage(data).get_all_interviews()] == expected
    ballast.unlink()
    save(storage, 10)
    assert len(read_records(data, "interviews")) == 11
