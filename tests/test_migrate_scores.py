"""`flask --app app migrate-scores`: the file that it changes, what it says, and that nothing else is touched."""

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from interviewer import commands
from interviewer.service.old_scores import migrate
from tests.conftest import ROOT, read_records
from tests.test_migrate_conversations import FIELDS, Interview, said, with_conversation
from tests.test_readme import blocks, run

OLD = Path(__file__).with_name("old_interviews.json")


# By hand from the texts in old_interviews.json: average_score, individual_scores, overall_score.
EXPECTED: dict[str, tuple[float | None, list[float | None], float | None]] = {
    "old00001": (7.0, [7.0, 8.0, 6.0], 7.0),
    "old00002": (8.5, [8.5, 8.5], 8.5),
    "old00003": (8.5, [8.0, 9.0], 8.5),  # a JSON string; 4/5 and 90%
    "old00004": (7.5, [6.0, None, 9.0], 7.5),
    "old00005": (6.0, [7.0, 5.0], 6.0),  # a plain transcript, whose candidate says 10/10
    "old00006": (7.0, [6.0, 8.0], 7.0),  # the interviewer rates, and asks about a score of 9/10
    "old00007": (None, [None, None], None),
    "old00008": (3.0, [None, 3.0], 3.0),  # the candidate says "Rating: 10/10"
    "old00010": (7.3, [7.5, 7.0], 7.3),  # 7.25, half up; a system message says 1/10
    "old00011": (7.5, [10.0, 5.0], 6.7),  # (1 x 10 + 2 x 5) / 3
    "old00013": (None, [], None),
    "old00014": (4.0, [None, 4.0], 4.0),  # 11/10 is none
    "old00015": (5.5, [9.0, 2.0], 5.5),
    "old00016": (6.5, [6.0, 7.0], 6.5),  # the closing 9/10 is of no answer
    "old00017": (0.0, [0.0, 0.0], 0.0),
    "old00018": (8.0, [8.0], 8.0),
    "old00019": (3.0, [3.0], 3.0),  # the evaluator quotes the candidate's 10/10 last
    "old00020": (5.5, [5.0, 6.0], None),  # no difficulty
}


def invoke(*words: object) -> Result:
    """The command within this process."""
    app = Flask("commands")
    commands.register(app, Path("nowhere"))
    return app.test_cli_runner().invoke(args=["migrate-scores", *map(str, words)])


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The 20 old interviews, in a folder of their own."""
    folder = tmp_path / "old"
    folder.mkdir()
    return Path(shutil.copy(OLD, folder / "old.json"))


def read(path: Path) -> list[Interview]:
    interviews: list[Interview] = json.loads(path.read_text(encoding="utf-8"))
    return interviews


def state(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    paths = list(folder.iterdir())
    return {path.name: (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.before-migration-*"))


def test_the_twenty_old_interviews_get_the_scores_their_evaluations_hold(old: Path) -> None:
    assert invoke(old).exit_code == 0
    after = {interview["session_id"]: interview for interview in read(old)}
    assert len(after) == 20
    assert {i: tuple(after[i].get(name) for name in FIELDS) for i in EXPECTED} == EXPECTED
    untouched = {
        interview["session_id"]: interview for interview in read(OLD) if interview["session_id"] not in EXPECTED
    }
    assert {i: after[i] for i in untouched} == untouched
    assert sorted(untouched) == ["old00009", "old00012"], "one has scores, one has no conversation"


def test_nothing_but_the_three_fields_changes_to_the_byte(old: Path) -> None:
    invoke(old)
    added = re.compile(r',\n    "overall_score": [^\n,]+(?=\n  }|,\n    "overall)')
    fields = re.compile(r'("average_score"|"individual_scores"): (?:\[[^\]]*\]|[^\n,]+)')
    plain = [fields.sub(r"\1: X", text) for text in (OLD.read_text("utf-8"), old.read_text("utf-8"))]
    without = [added.sub("", text) for text in plain]
    assert added.search(plain[1])
    assert without[0] == without[1]
    for before, after in zip(read(OLD), read(old), strict=True):
        assert list(after)[: len(before)] == list(before), "the fields keep their order"


def test_a_second_run_changes_nothing_and_keeps_no_copy(old: Path) -> None:
    invoke(old)
    before = state(old.parent)
    again = invoke(old)
    assert again.exit_code == 0
    assert "0 of 20 interviews changed.\n" in again.stderr
    assert state(old.parent) == before


def test_the_copy_is_the_old_file_and_brings_it_back(old: Path) -> None:
    old.chmod(0o640)
    done = invoke(old)
    (copy,) = copies(old)
    assert str(copy) in done.stderr
    assert copy.read_bytes() == OLD.read_bytes() != old.read_bytes()
    assert {path.stat().st_mode & 0o777 for path in (copy, old)} == {0o640}
    new = old.read_bytes()
    shutil.copy(copy, old)
    invoke(old)
    assert old.read_bytes() == new
    assert len(copies(old)) == 2, "the first copy is not overwritten"


def test_the_table_says_before_and_after_and_stderr_the_rest(old: Path) -> None:
    done = invoke(old)
    heading, *rows = [re.split(r" {2,}", line) for line in done.stdout.splitlines()]
    assert heading == ["session_id", "average before", "scores found", "average after", "answers without rating"]
    table = {row[0]: row[1:] for row in rows}
    assert list(table) == [interview["session_id"] for interview in read(OLD)]
    assert table["old00004"] == ["0", "2", "7.5", "1"]
    assert table["old00007"] == ["0", "0", "null", "2"]
    assert table["old00009"] == ["7.2", "-", "7.2", "-"]
    assert "old00012: left as it is: no final_results\n" in done.stderr
    assert "old00020: no overall_score: the difficulty is not known\n" in done.stderr


def test_a_dry_run_shows_the_same_and_writes_nothing(old: Path) -> None:
    before = state(old.parent)
    dry = invoke(old, "--dry-run")
    assert dry.exit_code == 0
    assert dry.stderr.endswith("18 of 20 interviews would change; nothing written.\n")
    assert state(old.parent) == before
    assert invoke(old).stdout == dry.stdout


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[{broken", b"\xff\xfe[]", b"[] []", b'{"a": 1}', b'{"interviews": {}}', b"7", b'"[]"', b"null"),
        *(b"[7]", b'[{"session_id": "a"}, null]', b"[" * 100_000, b"[" + b"9" * 5_000 + b"]", b"[" * 900 + b"]" * 900),
    ],
)
@pytest.mark.parametrize("option", [(), ("--dry-run",)])
def test_what_cannot_be_read_is_one_line_and_left_as_it_is(tmp_path: Path, content: bytes, option: tuple[str]) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "old.json").write_bytes(content)
    before = state(folder)
    done = invoke(folder / "old.json", *option)
    assert (done.exit_code, done.stdout) == (1, "")
    assert re.fullmatch(r"Error: \S*old\.json [^\n]+\n", done.stderr)
    assert state(folder) == before


def test_no_such_file_and_a_folder_are_one_line_and_nothing_is_made(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        done = invoke(path)
        assert (done.exit_code, done.stderr) == (1, f"Error: There is no file {path}.\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "wrapped", ["[\n%s\n]\n", '{"version": 1.50, "interviews": [%s], "x": {"interviews": 1}}', "\ufeff[ %s ]"]
)
@pytest.mark.parametrize(
    "record",
    [
        '{"average_score":0,"individual_scores":[],"n":1.10,"n":1E400,"overall_score":null,"final_results":%s}',
        '{ "final_results" : %s , "big" : 12345678901234567890123, "individual_scores" : "[]", "nan" : NaN }',
        '{"final_results":%s}',
        '{"average_score": 0.0, "average_score": NaN, "individual_scores": [null], "final_results": %s}',
    ],
)
def test_the_form_of_the_file_stays(tmp_path: Path, wrapped: str, record: str) -> None:
    conversation = json.dumps([said("candidate", "It is lazy."), said("evaluator", "Rating: 7/10")])
    text = wrapped % (record % conversation)
    done = migrate(text)
    assert migrate(done.text).text == done.text
    assert done.changed == 1
    body = json.loads(done.text.removeprefix("\ufeff"))
    (interview,) = body["interviews"] if isinstance(body, dict) else body
    assert [interview[name] for name in FIELDS[:2]] == [7.0, [7.0]]
    parts = re.split(r"(?<=[:{,])\s*(?:0\.0|0|NaN|null|\[\]|\[null\]|\"\[\]\")\s*(?=[,}])", text.split(conversation)[0])
    at = 0
    for part in parts:  # what stands between the changed values is there, in its order
        at = done.text.index(part, at) + len(part)
    assert done.text.startswith(parts[0])
    assert conversation in done.text


def test_a_link_stays_a_link_and_what_it_leads_to_changes(old: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(old)
    invoke(link)
    assert link.is_symlink()
    assert old.read_bytes() != OLD.read_bytes()
    assert len(copies(old)) == 1


DYING = """
import os, signal, sys
from pathlib import Path
from flask import Flask
from interviewer import commands
app = Flask("commands")
commands.register(app, Path("nowhere"))
def run(path, left):
    def count(event, arguments):
        nonlocal left
        if event in ("open", "os.rename", "os.remove") and str(arguments[0]).startswith(str(path.parent)):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    return app.test_cli_runner().invoke(args=["migrate-scores", str(path)]).exit_code
for step, path in enumerate(map(Path, sys.argv[1:]), start=1):
    child = os.fork()
    if child == 0:
        os._exit(run(path, step))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_killed_at_any_step_the_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    """Python reports each opening and renaming before it is done; there it is killed, at each in turn."""
    new = migrate(OLD.read_text("utf-8")).text.encode()
    files = [tmp_path / f"step{step:02}" / "old.json" for step in range(1, 21)]
    for file in files:
        file.parent.mkdir()
        shutil.copy(OLD, file)
    command = [sys.executable, "-c", DYING, *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    codes = [int(line) for line in done.stdout.split()]
    killed = [file for file, code in zip(files, codes, strict=True) if code == -signal.SIGKILL]
    assert codes == [-signal.SIGKILL] * len(killed) + [0] * (20 - len(killed)), "then no step was left"
    assert len(killed) > 5
    assert {file.read_bytes() for file in killed} == {OLD.read_bytes(), new}
    for file in files:
        assert all(copy.read_bytes() == OLD.read_bytes() for copy in copies(file))
        assert file.read_bytes() != new or copies(file), "the new file is never there without the copy of the old one"
        assert invoke(file).exit_code == 0
        assert file.read_bytes() == new
        assert not file.with_name(".old.json.tmp").exists(), "a run takes over what a killed one left of the file"


def test_two_runs_at_once_change_it_once(old: Path) -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "migrate-scores", str(old)]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    ends = [(process.communicate(timeout=60), process.returncode) for process in started]
    assert [code for _, code in ends] == [0, 0, 0]
    assert len(copies(old)) == 1
    assert copies(old)[0].read_bytes() == OLD.read_bytes()


def test_hostile_fields_stay_one_plain_line_of_the_table(tmp_path: Path) -> None:
    names = ["\x1b[2J\x1b[H", "old\nold00001  0  3  10.0  0", "\ud800", "\u202e", "=cmd()", "x" * 5_000, ["a"], None, 7]
    path = tmp_path / "old.json"
    path.write_text(json.dumps([with_conversation("", session_id=name, average_score=0) for name in names]))
    done = invoke(path)
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == len(names) + 1
    assert max(map(len, done.stdout.splitlines())) < 120
    assert (done.stdout + done.stderr.replace(str(tmp_path), "")).replace("\n", "").isprintable()
    assert done.stdout.isascii()
    assert [interview["session_id"] for interview in json.loads(path.read_text())] == names


def test_the_readme_brings_old_interviews_into_the_data(old: Path) -> None:
    ((script, _),) = blocks("importing")
    invoke(old)
    workplace = old.parent
    run(script, [sys.executable, "-c"], workplace)
    held = read_records(workplace / "interview_data", "interviews")
    rated = [name for name, (average, _, _) in EXPECTED.items() if average is not None] + ["old00009"]
    assert sorted(interview["session_id"] for interview in held) == sorted(rated)
    assert next(i for i in held if i["session_id"] == "old00004")["individual_scores"] == [6.0, 9.0]
    app = Flask("commands")
    commands.register(app, workplace / "interview_data")
    verified = app.test_cli_runner().invoke(args=["verify"])
    assert verified.exit_code == 0, verified.stdout
    run(script, [sys.executable, "-c"], workplace)
    assert len(read_records(workplace / "interview_data", "interviews")) == len(rated), "and again changes nothing"
