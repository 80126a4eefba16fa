"""The README tells the truth: its commands and scripts run, its tables name what there is."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.settings import Settings
from tests.conftest import ROOT, StartServer, read_records
from tests.spoken import espeak

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- run: (\w+) -->\n```\w+\n(.*?)```\n(?:\n<!-- output -->\n```\w+\n(.*?)```)?", re.S)


def blocks(kind: str) -> list[tuple[str, str]]:
    """The README's runnable blocks of a kind, each with the output it shows."""
    return [(code, output) for found, code, output in BLOCK.findall(README) if found == kind]


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading."""
    section = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.fixture
def workplace(tmp_path: Path, data_dir: Path) -> Path:
    """A folder as a reader of the README has it: with `interview_data` and `.venv` in it."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "interview_data").symlink_to(data_dir)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def run(code: str, interpreter: list[str], folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "DATA_DIR"}
    done = subprocess.run(
        [*interpreter, code],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shape(text: str) -> object:
    """What stays the same from run to run: the names of a JSON reply, or the number of lines."""
    try:
        reply = json.loads(text)
    except ValueError:
        return len(text.splitlines())
    return sorted(reply)


def test_the_curl_interview_and_the_scripts_run_as_written(serve: StartServer, workplace: Path, data_dir: Path) -> None:
    assert run_in_turn(blocks("curl"), serve().url, workplace) == 5
    assert (workplace / "report.pdf").read_bytes().startswith(b"%PDF")
    assert len(read_records(data_dir, "interviews")) == 1
    scripts = blocks("python")
    assert len(scripts) == 6
    for code, _ in scripts:
        assert run(code, [sys.executable, "-c"], workplace).strip()


def test_the_technical_and_the_resume_interview_run_as_written(serve: StartServer, workplace: Path) -> None:
    steps = [*blocks("technical"), *blocks("resume")]
    assert run_in_turn(steps, serve().url, workplace) == 6


def test_the_spoken_answer_is_heard_as_written(serve: StartServer, workplace: Path) -> None:
    espeak()
    assert run_in_turn(blocks("voice"), serve().url, workplace) == 2


def run_in_turn(steps: list[tuple[str, str]], url: str, folder: Path) -> int:
    """Run blocks for a shell in one shell, each with output of the shape it shows; how many there were."""
    said = "\necho '%%%'\n".join(code for code, _ in steps).replace("http://127.0.0.1:8000", url)
    outputs = run(f"set -e\n{said}", ["bash", "-c"], folder).split("%%%\n")
    for (_, shown), output in zip(steps, outputs, strict=True):
        assert shape(output) == shape(shown)
    return len(steps)


def test_the_settings_table_names_every_setting_and_its_default() -> None:
    rows = {row[0].strip("`"): row[1].strip("`") for row in table("Settings")}
    fields = {name.upper(): field for name, field in Settings.model_fields.items()}
    assert list(rows) == list(fields)
    for name, shown in rows.items():
        default = fields[name].default
        plain = ", ".join(default) if isinstance(default, tuple) else str(default)
        assert shown == (plain if default not in (None, ()) else "–"), name


def test_the_api_table_names_every_call(client: FlaskClient) -> None:
    shown = {tuple(row[0].strip("`").split(" ")) for row in table("API")}
    rules = [rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/api/")]
    calls = {
        (method, re.sub(r"<\w+>", "ID", rule.rule))
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert shown == calls


def test_the_dependency_table_names_every_package() -> None:
    named = " ".join(row[0] for row in table("Dependencies"))
    required = re.findall(
        r"^([\w-]+)[><=]", (ROOT / "requirements-dev.txt").read_text() + (ROOT / "requirements.txt").read_text(), re.M
    )
    missing = [name for name in required if name not in named and not name.startswith("types-")]
    assert not missing


def test_the_numbers_about_the_bank_are_right() -> None:
    bank = QuestionBank()
    skills = [file for file in bank.files.values() if file.aliases]
    assert f"{len(bank.questions)} questions on {len(skills)} skills" in README


def test_links_to_files_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http|#)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
