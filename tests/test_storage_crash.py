"""SIGKILL at random moments, and readers that never stop: what was acknowledged is there, whole, once.

STORAGE_KILLS sets how many processes are killed (default 60, about 30 s; the promise was checked with 600).
STORAGE_APPENDS sets how many appends the readers are tried on (default 3,000; checked with 20,000).
"""

import json
import os
import random
import threading
from collections.abc import Iterator, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from data_storage import DataStorage
from tests.conftest import read_records
from tests.waiting import until
from tests.warmed import context

KILLS = int(os.environ.get("STORAGE_KILLS", "60"))
APPENDS = int(os.environ.get("STORAGE_APPENDS", "3000"))
WRITERS = 4
READERS = 4
FILES = ("job_descriptions", "answers", "interviews")


def write_for_ever(folder: Path, name: str, acknowledged: Path) -> None:
    """Append to all three files, noting each record after the storage has returned.

    The note needs no fsync: the process dies, not the machine.
    """
    storage = DataStorage(folder)
    note = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    number = 0
    while True:
        session_id = f"{name}{number:06}"
        storage.save_job_description("A job. " * 20, session_id)
        os.write(note, f"job_descriptions {session_id}\n".encode())
        storage.save_answer(session_id, "Why?", "Because. " * 40, 7.0)
        os.write(note, f"answers {session_id}\n".encode())
        storage.save_interview_session({"session_id": session_id, "average_score": 7.0, "text": "x" * 600})
        os.write(note, f"interviews {session_id}\n".encode())
        number += 1


def noted(folder: Path) -> set[tuple[str, str]]:
    """The (file, session_id) pairs that some writer was told are safe."""
    lines = (line for path in folder.glob("*.ack") for line in path.read_text().splitlines())
    return {(name, session_id) for name, session_id in map(str.split, lines)}


def check(data: Path, acknowledged: set[tuple[str, str]]) -> None:
    """Load the three files as an outsider would; every acknowledged record is there once, and nothing is torn."""
    found: list[tuple[str, str]] = []
    for name in FILES:
        raw = (data / f"{name}.json").read_text(encoding="utf-8")
        records = json.loads(raw)
        lines = raw.split("\n")
        assert (lines[0], lines[-2:]) == ("[", ["]", ""])
        assert len(lines) == len(records) + 3
        found += [(name, record["session_id"]) for record in records]
    assert len(found) == len(set(found))
    missing = acknowledged - set(found)
    assert not missing


def wait_for_more(notes: Path) -> None:
    """Wait until some writer has been told of one more record."""
    before = len(noted(notes))
    until(lambda: len(noted(notes)) > before)


def test_killing_writers_at_random_moments_loses_and_tears_nothing(tmp_path: Path) -> None:
    dice = random.Random(KILLS)
    data, notes = tmp_path / "data", tmp_path / "notes"
    notes.mkdir()
    DataStorage(data)
    started = 0

    def start() -> BaseProcess:
        nonlocal started
        started += 1
        name = f"{started:02x}"[-2:].rjust(2, "0")
        writer = context.Process(target=write_for_ever, args=(data, name, notes / f"{started}.ack"), daemon=True)
        writer.start()
        return writer

    writers = [start() for _ in range(WRITERS)]
    try:
        for kill in range(KILLS):
            wait_for_more(notes)
            threading.Event().wait(dice.uniform(0, 0.2))  # the random moment
            victim = dice.randrange(WRITERS)
            writers[victim].kill()
            writers[victim].join()
            check(data, noted(notes))
            if kill % 25 == 24:  # a fresh folder, so that checking stays quick
                for writer in writers:
                    writer.kill()
                    writer.join()
                check(data, noted(notes))
                DataStorage(data)
                check(data, noted(notes))
                data, notes = tmp_path / f"data{kill}", tmp_path / f"notes{kill}"
                notes.mkdir()
                DataStorage(data)
                writers = [start() for _ in range(WRITERS)]
            else:
                writers[victim] = start()
    finally:
        for writer in writers:
            writer.kill()
            writer.join()
    check(data, noted(notes))


def read_for_ever(data: Path, acknowledged: Path, report: Path, stop: Path) -> None:
    """Load interviews.json in a loop; report the number of loads, or what was wrong with one."""
    loads = 0
    try:
        while not stop.exists():
            before = int(acknowledged.read_text() or "0")
            with (data / "interviews.json").open(encoding="utf-8") as file:
                records = json.load(file)
            assert len(records) >= before, f"{len(records)} records, {before} were acknowledged"
            loads += 1
    except Exception as error:
        report.write_text(f"{loads} loads, then {error!r}")
        raise
    report.write_text(f"ok {loads}")


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[Sequence[BaseProcess]]:
    """Four processes that load interviews.json for ever."""
    acknowledged = tmp_path / "acknowledged"
    acknowledged.write_text("0")
    made = [
        context.Process(
            target=read_for_ever, args=(tmp_path / "data", acknowledged, tmp_path / f"report{n}", tmp_path / "stop")
        )
        for n in range(READERS)
    ]
    yield made
    for reader in made:
        reader.kill()
        reader.join()


def test_readers_in_a_loop_always_load_everything_acknowledged(tmp_path: Path, readers: Sequence[BaseProcess]) -> None:
    storage = DataStorage(tmp_path / "data")
    for reader in readers:
        reader.start()
    count = tmp_path / "count"
    for number in range(APPENDS):
        storage.save_interview_session({"session_id": f"{number:08}", "average_score": 7.0, "text": "x" * 200})
        count.write_text(str(number + 1))
        count.replace(tmp_path / "acknowledged")
    (tmp_path / "stop").touch()
    for reader in readers:
        reader.join(timeout=60)
    reports = [(tmp_path / f"report{n}").read_text() for n in range(READERS)]
    assert all(report.startswith("ok ") for report in reports), reports
    assert sum(int(report.split()[1]) for report in reports) > 20
    assert len(read_records(tmp_path / "data", "interviews")) == APPENDS
    copies = [path for path in (tmp_path / "data").iterdir() if ".copy" in path.name]
    assert len(copies) <= READERS + 2
