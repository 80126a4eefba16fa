"""The rows of the audit views: each field, of interviews that ended in each way and of those that have not."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from interviewer.audit.rows import RESPONSE_COLUMNS, SUMMARY_COLUMNS
from interviewer.interview.scores import mean_score
from tests.audit_setup import Audited, answer, of_100, responses, start
from tests.conftest import read_records


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
