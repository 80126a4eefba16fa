"""What the tests of the commands share: a filled folder, a backup of it, the commands run on it, and what it holds."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from interviewer import commands
from interviewer.storage.array_format import encode, joined
from tests.conftest import ROOT, STRONG, read_records

Record = dict[str, Any]
Finish = Callable[..., Record]


def flask(data_dir: Path, *words: object, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own; `before` is said in its shell first."""
    said = [sys.executable, "-m", "flask", "--app", "app", *map(str, words)]
    clean = {name: value for name, value in os.environ.items() if not name.upper().endswith(("_KEY", "_TOKEN"))}
    return subprocess.run(
        ["bash", "-c", f'{before}\nexec "$@"', "bash", *said],
        cwd=ROOT,
        env=clean | {"DATA_DIR": str(data_dir)} | environment,
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
