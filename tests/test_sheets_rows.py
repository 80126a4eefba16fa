"""What stands in the sheet: every column, each interview once, and nothing of other people's touched."""

from pathlib import Path
from typing import Any

import pytest

from data_storage import GoogleSheetsError, GoogleSheetsStorage
from interviewer.tables.cells import CUT_MARK
from interviewer.tables.rows import ANSWERS, INTERVIEWS
from tests.google_setup import interview, keys
from tests.stand_in_google import EMAIL, NAME, StandInGoogle
from tests.stand_in_sheet import Spreadsheet


def test_an_interview_has_all_its_columns_with_numbers_as_numbers(
    google: StandInGoogle, sheets: GoogleSheetsStorage
) -> None:
    assert sheets.is_initialized()
    assert sheets.export_interview(interview(1)) == 3
    made = google.sheet["Interviews"]
    assert tuple(made.values[0]) == INTERVIEWS.columns
    assert tuple(google.sheet["Answers"].values[0]) == ANSWERS.columns
    (row,) = made.records
    assert row == {
        "session_id": "id000001",
        "timestamp": "2026-11-20T10:00:00+00:00",
        "candidate_name": "Candidate 1",
        "candidate_experience": 4.5,
        "interview_type": "job",
        "difficulty": "intermediate",
        "average_score": 7.5,
        "overall_score": 7.5,
        "score_interval": "7.0 to 8.0",
        "hire_recommendation": "yes",
        "completed_questions": 2,
        "total_questions": 2,
        "completion_method": "automatic",
        "status": "completed",
        "summary": "They did well.",
        "strengths": "details on Python\nown actions",
        "weaknesses": "",
        "recommendations": "a clear result",
        "job_description": "Python developer.",
    }
    first, second = google.sheet["Answers"].records
    assert first == {
        "session_id": "id000001",
        "question_number": 1,
        "question": "Question 1?",
        "answer": "Answer 1 of id000001.",
        "score": 7.5,
        "feedback": "Strengths: You gave details.\nImprovements: Say what came of it.",
        "topic": "Python",
        "difficulty": "intermediate",
        "time_taken": 42,
        "hints_used": 0,
        "code_submission": "",
    }
    assert second["question_number"] == 2


def test_the_header_is_bold_and_frozen_and_made_once(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_interview(interview(1))
    for title, table in (("Interviews", INTERVIEWS), ("Answers", ANSWERS)):
        sheet = google.sheet[title]
        assert sheet.frozen == 1
        assert sheet.bold == {(1, column) for column in range(1, len(table.columns) + 1)}
        sheet.frozen, sheet.bold = 0, set()  # as the team likes it better
    sheets.export_interview(interview(2))
    assert google.sheet["Interviews"].frozen == 0
    assert google.sheet["Interviews"].bold == set()


def test_the_second_export_changes_nothing(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    assert sheets.export_all_interviews([interview(1), interview(2)], sheet_name=NAME) == 6
    before, writes = google.sheet["Interviews"].values, len(google.writes())
    assert sheets.export_all_interviews([interview(1), interview(2)], sheet_name=NAME) == 0
    assert sheets.export_interview(interview(2)) == 0
    assert google.sheet["Interviews"].values == before
    assert len(google.writes()) == writes


def test_a_changed_interview_is_updated_in_place(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_all_interviews([interview(1), interview(2), interview(3)])
    assert sheets.export_interview(interview(2, summary="Read again.", answers=3)) == 4
    assert keys(google)[0] == ["id000001", "id000002", "id000003"]
    assert google.sheet["Interviews"].records[1]["summary"] == "Read again."
    assert keys(google)[1][-1] == ("id000002", 3)
    assert len(keys(google)[1]) == 7


def test_a_value_that_is_gone_leaves_an_empty_cell(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_interview(interview(1))
    sheets.export_interview(interview(1, hire_recommendation=None))
    assert google.sheet["Interviews"].records[0]["hire_recommendation"] == ""


def test_columns_may_be_moved_and_added_and_rows_sorted(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_all_interviews([interview(1), interview(2)])
    sheet = google.sheet["Interviews"]
    order = [*reversed(range(1, sheet.columns + 1))]
    turned = {(row, order.index(column) + 1): value for (row, column), value in sheet.cells.items()}
    gap = 4  # a column of the team's own, in the middle
    sheet.columns += 1
    sheet.cells = {(row, column + (column >= gap)): value for (row, column), value in turned.items()}
    sheet.cells |= {(1, gap): "Our verdict", (2, gap): "call her", (3, gap): "=1+1"}
    row_of = {2: 3, 3: 2}
    sheet.cells = {(row_of.get(row, row), column): value for (row, column), value in sheet.cells.items()}
    sheet.cells[4, gap] = "a note under the table"
    header = sheet.values[0]
    sheets.export_all_interviews([interview(1, summary="New."), interview(2), interview(3)])
    assert sheet.values[0] == header
    assert [row["Our verdict"] for row in sheet.records] == ["=1+1", "call her", "a note under the table", ""]
    assert [row["session_id"] for row in sheet.records] == ["id000002", "id000001", "", "id000003"]
    assert sheet.records[1]["summary"] == "New."
    assert sheet.records[3] == google_row(interview(3)) | {"Our verdict": ""}


def test_columns_and_rows_may_be_moved_while_an_export_goes_on(
    google: StandInGoogle, sheets: GoogleSheetsStorage
) -> None:
    def move() -> None:
        """The first two columns change places, and a row of the team's own comes in at the top."""
        sheet = google.sheet["Answers"]
        places = {1: 2, 2: 1}
        sheet.cells = {
            (row + (row > 1), places.get(column, column)): value for (row, column), value in sheet.cells.items()
        }
        sheet.rows += 1
        sheet.cells[2, sheet.columns] = "ours"

    records = [interview(number, answers=40) for number in range(3)]
    for record in records:
        for item in record["questions_and_answers"]:
            item["answer"] = "x" * 40_000  # so that each interview is a batch of its own
    google.sheet.sheets["Sheet1"].rows = 1
    google.meanwhile = move
    assert sheets.export_all_interviews(records) == 3 * 41
    google.meanwhile = lambda: None
    rows = [row for row in google.sheet["Answers"].records if row["session_id"] != ""]
    assert {(row["session_id"], row["question_number"]) for row in rows} == {
        (record["session_id"], number) for record in records for number in range(1, 41)
    }
    assert len(rows) == 120
    assert {row["answer"] for row in rows} == {"x" * 40_000}
    assert sheets.export_all_interviews(records) == 0


def google_row(record: dict[str, Any]) -> dict[str, Any]:
    """The row of an interview by this file's own reckoning."""
    lists = {name: "\n".join(record[name]) for name in ("strengths", "weaknesses", "recommendations")}
    return {name: record[name] for name in INTERVIEWS.columns} | lists | {"score_interval": "7.0 to 8.0"}


def test_a_deleted_column_comes_back_at_the_right_end(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_interview(interview(1))
    sheet = google.sheet["Interviews"]
    sheet.cells = {place: value for place, value in sheet.cells.items() if place[1] != 3}
    sheets.export_interview(interview(2))
    assert sheet.values[0][-1] == "candidate_name"
    assert sheet.records[1]["candidate_name"] == "Candidate 2"


def test_without_its_key_column_a_worksheet_is_not_written(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_interview(interview(1))
    google.sheet["Answers"].cells[1, 1] = "Id"
    with pytest.raises(GoogleSheetsError, match="Answers has no column session_id"):
        sheets.export_interview(interview(2))
    assert len(google.sheet["Interviews"].records) == 1


def test_a_worksheet_that_was_renamed_is_left_alone_and_a_new_one_made(
    google: StandInGoogle, sheets: GoogleSheetsStorage
) -> None:
    sheets.export_interview(interview(1))
    old = google.sheet.sheets.pop("Interviews")
    old.title = "Old ones"
    google.sheet.sheets[old.title] = old
    sheets.export_interview(interview(2))
    assert [row["session_id"] for row in old.records] == ["id000001"]
    assert keys(google)[0] == ["id000002"]


def test_a_worksheet_with_its_header_alone_grows(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_interview(interview(1))
    sheet = google.sheet["Answers"]
    sheet.cells = {place: value for place, value in sheet.cells.items() if place[0] == 1}
    sheet.rows = 1
    assert sheets.export_interview(interview(1)) == 3
    assert len(sheet.records) == 2
    assert sheet.rows == 5_001


def test_empty_worksheets_that_somebody_made_are_used(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_interview(interview(1))
    for sheet in (google.sheet["Interviews"], google.sheet["Answers"]):
        sheet.cells, sheet.frozen, sheet.bold = {}, 0, set()
        sheet.columns, sheet.rows = 5, 3
    sheets.export_all_interviews([interview(1), interview(2)])
    assert keys(google)[0] == ["id000001", "id000002"]
    assert google.sheet["Answers"].frozen == 1


def test_a_row_that_somebody_deleted_comes_back_when_asked_for(
    google: StandInGoogle, sheets: GoogleSheetsStorage
) -> None:
    sheets.export_all_interviews([interview(1), interview(2)])
    sheet = google.sheet["Interviews"]
    sheet.cells = {place: value for place, value in sheet.cells.items() if place[0] != 2}
    assert sheets.export_all_interviews([interview(1), interview(2)]) == 3
    assert sorted(filter(None, (str(row["session_id"]) for row in sheet.records))) == ["id000001", "id000002"]


def test_an_id_of_digits_that_became_a_number_is_found(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_interview(interview(1, session_id="12345678"))
    google.sheet["Interviews"].cells[2, 1] = 12345678.0
    sheets.export_interview(interview(1, session_id="12345678", summary="New."))
    assert len(google.sheet["Interviews"].records) == 1


HOSTILE = (
    '=HYPERLINK("http://evil.example.com","click")',
    "+1+1",
    "'=1+1",
    "Line one\r\nline two\rline three",
    "emoji \U0001f600 日本 \u00e9",
    "bell \x07 nul \x00 escape \x1b[31m",
)


def test_whatever_an_answer_says_is_text(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    record = interview(1, answers=len(HOSTILE), candidate_name="=1+1")
    for item, text in zip(record["questions_and_answers"], HOSTILE, strict=True):
        item["answer"] = text
    sheets.export_interview(record)
    got = [row["answer"] for row in google.sheet["Answers"].records]
    assert got[:3] == list(HOSTILE[:3])
    assert got[3] == "Line one\nline two\nline three"
    assert got[4] == HOSTILE[4]
    assert got[5] == "bell \u2407 nul \u2400 escape \u241b[31m"
    assert not google.sheet["Answers"].formulas
    assert google.sheet["Interviews"].records[0]["candidate_name"] == "=1+1"


@pytest.mark.parametrize("sign", ["x", "\U0001f600", "日"])
def test_long_text_is_cut_with_a_mark(google: StandInGoogle, sheets: GoogleSheetsStorage, sign: str) -> None:
    record = interview(1)
    record["questions_and_answers"][0]["answer"] = sign * 50_001
    record["questions_and_answers"][1]["code_submission"] = "y" * 50_000
    sheets.export_interview(record)
    cut, whole = google.sheet["Answers"].records
    text = str(cut["answer"])
    assert text.endswith(CUT_MARK)
    assert set(text.removesuffix(CUT_MARK)) == {sign}
    assert 49_990 <= len(text.encode("utf-16-le")) // 2 <= 50_000
    assert whole["code_submission"] == "y" * 50_000
    assert sheets.export_interview(record) == 0
    record["questions_and_answers"][0]["answer"] += "more beyond the cut"
    assert sheets.export_interview(record) == 3


@pytest.mark.parametrize("name", [NAME, "k" * 22 + "_sheet_of_the_team_001"])
def test_the_spreadsheet_goes_by_its_name_or_its_id(
    google: StandInGoogle, sheets: GoogleSheetsStorage, name: str
) -> None:
    sheets.export_interview(interview(1), sheet_name=name)
    assert keys(google)[0] == ["id000001"]


def test_the_spreadsheet_goes_by_its_address(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    google.disabled = {"drive.googleapis.com"}
    sheets.export_interview(
        interview(1), sheet_name=f"https://docs.google.com/spreadsheets/d/{google.sheet.key}/edit#gid=0"
    )
    assert keys(google)[0] == ["id000001"]


def test_a_name_may_hold_quotes(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    name = 'Team\'s "best" \\ sheet'
    google.files.append(Spreadsheet("other", name, {EMAIL}))
    sheets.export_interview(interview(1), sheet_name=name)
    assert len(google.files[1]["Interviews"].records) == 1


def test_each_sheet_gets_what_it_lacks(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    google.files.append(Spreadsheet("other", "Second", {EMAIL}))
    sheets.export_interview(interview(1))
    assert sheets.export_interview(interview(1), sheet_name="Second") == 3
    google.files[1].key = "made-anew"  # the team deleted it and made another one of that name
    google.files[1].sheets.pop("Interviews")
    google.files[1].sheets.pop("Answers")
    assert sheets.export_interview(interview(1), sheet_name="Second") == 3


def test_a_hand_made_record_has_empty_cells_for_what_it_lacks(
    google: StandInGoogle, sheets: GoogleSheetsStorage
) -> None:
    record = {"session_id": "handmade", "questions_and_answers": [{"answer": "A."}, {"answer": "B."}]}
    sheets.export_interview(record)
    sheets.export_interview(record | {"summary": "x"})
    assert keys(google) == (["handmade"], [("handmade", 1), ("handmade", 2)])
    with pytest.raises(ValueError, match="session_id"):
        sheets.export_interview({"summary": "of nobody"})


def test_a_lost_or_damaged_note_of_what_was_exported_makes_no_row_twice(
    google: StandInGoogle, sheets: GoogleSheetsStorage, data_dir: Path
) -> None:
    sheets.export_interview(interview(1))
    (data_dir / ".google_sheets.sqlite3").write_bytes(b"no database " * 1000)
    assert sheets.export_interview(interview(1)) == 3
    (data_dir / ".google_sheets.sqlite3").unlink()
    assert sheets.export_interview(interview(1)) == 3
    assert keys(google) == (["id000001"], [("id000001", 1), ("id000001", 2)])
