"""`flask --app app export-sheets`, `export_to_sheets.py`, and the README's snippet: by hand, for many, and killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_storage import DataStorage
from interviewer.storage.array_format import encode, joined
from tests.command_setup import flask, invoke
from tests.conftest import ROOT
from tests.google_setup import interview, keys
from tests.stand_in_google import NAME, StandInGoogle
from tests.test_readme import blocks
from tests.waiting import until

MANY = 1_000
Fill = Callable[..., DataStorage]


@pytest.fixture
def fill(data_dir: Path) -> Fill:
    """Makes a data folder with so many finished interviews, of about `size` characters each beside the rest."""

    def make(count: int, size: int = 0, **fields: Any) -> DataStorage:
        data_dir.mkdir()
        records = [interview(number, answers=3, job_description="x" * size, **fields) for number in range(count)]
        (data_dir / "interviews.json").write_bytes(joined(map(encode, records)))
        return DataStorage(data_dir)

    return make


@pytest.fixture
def run(data_dir: Path, way: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The real command, in a process of its own, on the way to the stand-in."""
    said = "\n".join(f"export {name}='{value}'" for name, value in way.items())
    return lambda *words: flask(data_dir, "export-sheets", *words, before=said)


def start(data_dir: Path, way: dict[str, str]) -> subprocess.Popen[str]:
    """The same, to be killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "export-sheets"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(data_dir)} | way,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_thousand_interviews_take_few_calls(google: StandInGoogle, run: Any, fill: Fill) -> None:
    fill(MANY, size=4_000)
    done = run()
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{NAME}: 1000 interviews exported in 4000 rows, 0 unchanged\n"
    assert len(google.writes()) <= 30
    interviews, answers = keys(google)
    assert len(interviews) == len(set(interviews)) == MANY
    assert len(answers) == len(set(answers)) == 3 * MANY
    again = run("--all")
    assert again.stdout == f"{NAME}: 0 interviews exported in 0 rows, 1000 unchanged\n"


@pytest.mark.parametrize("after", [1, 2, 4])
def test_killed_in_the_middle_and_started_again_no_row_is_twice(
    google: StandInGoogle, run: Any, fill: Fill, data_dir: Path, way: dict[str, str], after: int
) -> None:
    fill(MANY, size=8_000)
    google.stop_after_writes = after
    victim = start(data_dir, way)
    until(lambda: len(google.writes()) >= after, seconds=60)
    victim.send_signal(signal.SIGKILL)
    victim.communicate()
    google.stop_after_writes = None
    done = run()
    assert done.returncode == 0, done.stderr
    interviews, answers = keys(google)
    assert len(interviews) == len(set(interviews)) == MANY
    assert len(answers) == len(set(answers)) == 3 * MANY
    assert len(google.writes()) <= 30
    assert google.most_in_a_minute <= 60


def test_with_errors_in_between_it_finishes(google: StandInGoogle, run: Any, fill: Fill) -> None:
    fill(300, size=20_000)
    google.faults = [(503, {}), (429, {"Retry-After": "1"}), (500, {}), (429, {}), (503, {"Retry-After": "1"})]
    done = run()
    assert done.returncode == 0, done.stderr
    assert len(set(keys(google)[0])) == len(keys(google)[0]) == 300
    assert google.most_in_a_minute <= 60


def test_those_that_are_named_or_since_a_date_go_out(google: StandInGoogle, run: Any, fill: Fill) -> None:
    storage = fill(3)
    storage.save_interview_session(interview(7, timestamp="2026-11-22T08:00:00+00:00"))
    assert run("id000001", "id000002").stdout.startswith(f"{NAME}: 2 interviews exported in 8 rows")
    assert run("--since", "2026-11-21").stdout.startswith(f"{NAME}: 1 interview exported in 3 rows")
    assert keys(google)[0] == ["id000001", "id000002", "id000007"]
    assert run().stdout.startswith(f"{NAME}: 1 interview exported")
    assert run().stdout == f"{NAME}: 0 interviews exported in 0 rows, 0 unchanged\n"


def test_what_was_mistyped_or_is_not_set_up_is_one_line(fill: Fill, data_dir: Path) -> None:
    fill(1)
    for words, said in (
        (("nonesuch",), "Error: There is no finished interview nonesuch. Nothing was exported.\n"),
        (("--since", "soon"), "an ISO date or time is needed"),
        (("--all", "id000000"), "Say one of --all, --since DATE and IDs."),
        ((), "Error: Google Sheets is not set up."),
    ):
        done = invoke(data_dir, "export-sheets", *words)
        assert done.exit_code != 0
        assert said in done.stderr


def test_what_google_refuses_is_named_and_the_exit_status_tells(google: StandInGoogle, run: Any, fill: Fill) -> None:
    fill(4)
    assert run("id000000").returncode == 0
    google.refuse = lambda body: "id000002" in body
    done = run()
    assert done.returncode == 1
    assert done.stdout == f"{NAME}: 2 interviews exported in 8 rows, 0 unchanged, 1 refused\n"
    assert done.stderr.startswith("id000002: Google refused the rows. Google said: 400")


def test_two_exports_at_a_time_take_turns(
    google: StandInGoogle, fill: Fill, data_dir: Path, way: dict[str, str]
) -> None:
    fill(200, size=20_000)
    both = [start(data_dir, way) for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    assert len(set(keys(google)[0])) == len(keys(google)[0]) == 200


def script(text: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", text],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_script_that_people_copy_runs_as_written(
    google: StandInGoogle, way: dict[str, str], fill: Fill, data_dir: Path, tmp_path: Path
) -> None:
    fill(2)
    text = (ROOT / "export_to_sheets.py").read_text(encoding="utf-8")
    done = script(text, tmp_path, **way, DATA_DIR=str(data_dir))
    assert (done.returncode, done.stdout) == (0, f"2 interviews, 8 rows written to {NAME}\n"), done.stderr
    assert script(text, tmp_path, **way, DATA_DIR=str(data_dir)).stdout == f"2 interviews, 0 rows written to {NAME}\n"
    google.sheet.editors = set()
    failed = script(text, tmp_path, **way, DATA_DIR=str(data_dir))
    assert failed.returncode == 1
    assert failed.stderr.startswith("No spreadsheet named")
    assert len(failed.stderr.splitlines()) == 1


def test_importing_the_storage_loads_none_of_googles_libraries() -> None:
    names = ("flask", "numpy", "gspread", "google.auth", "openpyxl")
    check = f"import sys, data_storage; sys.exit(str([n for n in {names} if n in sys.modules] or ''))"
    done = script(check, ROOT)
    assert done.stderr.strip() == ""


def test_the_snippet_of_the_readme_runs_as_written(
    google: StandInGoogle, way: dict[str, str], fill: Fill, data_dir: Path, tmp_path: Path
) -> None:
    fill(1).save_interview_session(interview(5, overall_score=3.0))
    ((code, _),) = blocks("sheets")
    done = script(code, tmp_path, **way, DATA_DIR=str(data_dir))
    assert (done.returncode, done.stdout) == (0, "id000000 4 rows\n"), done.stderr
    assert keys(google)[0] == ["id000000"]
