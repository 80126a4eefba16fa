"""What the commands of `flask --app app` have in common: they are listed, named in the README, and show progress."""

import io
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from interviewer import commands
from interviewer.commands.front import progress
from tests.command_setup import flask, invoke
from tests.test_readme import table


def test_there_is_nothing_to_back_up_without_a_folder(tmp_path: Path) -> None:
    for words in (["backup", tmp_path / "b.zip"], ["verify"], ["purge", "--older-than", 1, "--yes"]):
        failed = invoke(tmp_path / "none", *words)
        assert failed.exit_code == 1
        assert "There is no data folder" in failed.stderr
    assert not list(tmp_path.iterdir())


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
