"""`flask --app app export FILE.xlsx` and `FILE.csv`: the same two tables, for a team without Google."""

import csv
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from data_storage import DataStorage
from interviewer.audit.csv_text import unescaped
from interviewer.tables.cells import CUT_MARK, cell, cut
from interviewer.tables.rows import ANSWERS, INTERVIEWS
from interviewer.tables.workbook import write_workbook
from tests.command_setup import flask, invoke
from tests.debian_packages import program
from tests.google_setup import interview
from tests.test_sheets_rows import HOSTILE

Row = dict[str, Any]
TEXTS = (*HOSTILE, " leading and trailing ", "_x0041_ is no escape", "a\tb, \"quoted\"; 'single'", "<b>&amp;</b>")


@pytest.fixture
def filled(data_dir: Path) -> Path:
    """A folder with an interview that says all kinds of things, and one whose texts are long."""
    storage = DataStorage(data_dir)
    record = interview(1, answers=len(TEXTS), candidate_name="=1+1")
    for item, text in zip(record["questions_and_answers"], TEXTS, strict=True):
        item["answer"] = text
    storage.save_interview_session(record)
    long = interview(2)
    long["questions_and_answers"][0] |= {
        "answer": "a" * 20_000 + "\U0001f600" * 20_000,
        "code_submission": "c" * 32_767,
    }
    storage.save_interview_session(long)
    return data_dir


def in_workbook(path: Path, title: str) -> list[Row]:
    """A worksheet's rows by column name, with the type that each cell has."""
    book = load_workbook(path)
    header, *rows = book[title].iter_rows()
    names = [str(cell.value) for cell in header]
    assert all(cell.font.bold for cell in header)
    assert book[title].freeze_panes == "A2"
    assert "f" not in {cell.data_type for row in rows for cell in row}
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]


def in_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_workbook_has_both_tables_with_text_as_text(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    done = flask(filled, "export", path)
    assert (done.returncode, done.stdout) == (0, f"{path}: 2 interviews\n"), done.stderr
    first, second = in_workbook(path, "Interviews")
    assert tuple(first) == INTERVIEWS.columns
    assert (first["candidate_name"], first["overall_score"]) == ("=1+1", 7.5)
    assert second["session_id"] == "id000002"
    answers = in_workbook(path, "Answers")
    assert tuple(answers[0]) == ANSWERS.columns
    assert [row["answer"] for row in answers[: len(TEXTS)]] == [
        *HOSTILE[:3],
        "Line one\nline two\nline three",
        HOSTILE[4],
        "bell \u2407 nul \u2400 escape \u241b[31m",
        *TEXTS[len(HOSTILE) :],
    ]


def test_a_workbook_cuts_long_text_with_the_same_mark_and_the_files_keep_it(filled: Path, tmp_path: Path) -> None:
    invoke(filled, "export", tmp_path / "all.xlsx")
    cut = next(row for row in in_workbook(tmp_path / "all.xlsx", "Answers") if row["session_id"] == "id000002")
    assert cut["answer"].endswith(CUT_MARK)
    assert 32_765 <= len(cut["answer"].encode("utf-16-le")) // 2 <= 32_767
    assert cut["code_submission"] == "c" * 32_767
    invoke(filled, "export", tmp_path / "all.csv")
    whole = next(row for row in in_csv(tmp_path / "all-answers.csv") if row["session_id"] == "id000002")
    stored = DataStorage(filled).get_interview_by_id("id000002")
    assert stored is not None
    assert whole["answer"] == stored["questions_and_answers"][0]["answer"]


def test_csv_is_two_files_without_formulas(filled: Path, tmp_path: Path) -> None:
    done = invoke(filled, "export", tmp_path / "all.csv")
    named = f"{tmp_path / 'all-interviews.csv'} {tmp_path / 'all-answers.csv'}"
    assert done.stdout == f"{named}: 2 interviews\n"
    first, second = in_csv(tmp_path / "all-interviews.csv")
    assert tuple(first) == INTERVIEWS.columns
    assert first["candidate_name"] == "'=1+1"
    assert second["average_score"] == "7.5"
    answers = in_csv(tmp_path / "all-answers.csv")
    assert [unescaped(row["answer"]) for row in answers[:2]] == list(TEXTS[:2])
    assert not [row for row in answers if row["answer"].lstrip().startswith(("=", "+"))]


def test_nothing_is_written_over_without_yes_nor_left_half_written(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    path.write_text("mine")
    refused = invoke(filled, "export", path)
    assert refused.stderr == f"Error: {path} is there already; --yes replaces it.\n"
    failed = flask(filled, "export", path, "--yes", before="ulimit -f 1")
    assert failed.returncode == 1
    assert failed.stderr.startswith("Error: ")
    assert path.read_text() == "mine"
    assert [each.name for each in tmp_path.iterdir() if "all" in each.name] == ["all.xlsx"]
    assert invoke(filled, "export", path, "--yes").exit_code == 0
    assert len(in_workbook(path, "Interviews")) == 2
    assert "must end with .xlsx or .csv" in invoke(filled, "export", tmp_path / "all.ods").stderr
    assert "There is no folder" in invoke(filled, "export", tmp_path / "none" / "all.csv").stderr


def test_an_empty_folder_gives_headers_alone(data_dir: Path, tmp_path: Path) -> None:
    DataStorage(data_dir)
    assert invoke(data_dir, "export", tmp_path / "all.xlsx").exit_code == 0
    assert invoke(data_dir, "export", tmp_path / "all.csv").exit_code == 0
    assert load_workbook(tmp_path / "all.xlsx")["Answers"].max_row == 1
    assert in_csv(tmp_path / "all-answers.csv") == []


def test_libreoffice_reads_the_same_values(filled: Path, tmp_path: Path) -> None:
    office = program(lambda: shutil.which("soffice"), "libreoffice-calc-nogui", "Install LibreOffice Calc.")
    path = tmp_path / "all.xlsx"
    invoke(filled, "export", path)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    done = subprocess.run(
        [office, profile, "--headless", "--convert-to", every_sheet, "--outdir", tmp_path / "out", path],
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    for title in ("Interviews", "Answers"):
        with (tmp_path / "out" / f"all-{title}.csv").open(encoding="utf-8", newline="") as file:
            read = [{name: _shown(value) for name, value in row.items()} for row in csv.DictReader(file)]
        assert read == [{name: _shown(value) for name, value in row.items()} for row in in_workbook(path, title)]


def _shown(value: object) -> str:
    """A value as LibreOffice writes it into a CSV. It breaks lines of over 16,367 characters, which is no change."""
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return text.replace("\n", "") if len(text) > 16_367 else text


@given(st.text(max_size=60), st.integers(min_value=60, max_value=200), st.integers(min_value=1, max_value=20))
def test_any_text_becomes_a_cell_of_the_right_length(text: str, longest: int, times: int) -> None:
    whole = str(cell(text * times))
    made = str(cut(whole, longest))
    assert len(made.encode("utf-16-le")) // 2 <= longest
    assert made == whole or (made.endswith(CUT_MARK) and whole.startswith(made.removesuffix(CUT_MARK)))
    assert not [sign for sign in made if sign not in "\n\t" and (ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0)]


@given(st.text(st.characters(categories=["Cs", "Cc", "Cn", "Lu"])))
def test_no_text_is_too_strange_for_a_workbook(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_workbook(Path(folder) / "x.xlsx", [{"session_id": "id", "summary": text}])
        (row,) = in_workbook(Path(folder) / "x.xlsx", "Interviews")
    assert (row["summary"] or "") == cell(text)
