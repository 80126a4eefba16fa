"""The audit views of technical and resume interviews: chosen topics, code, hints, seconds, difficulty, to the field."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from interviewer.audit.csv_text import unescaped
from tests.audit_setup import Json, Rows, answer, get, of_100, read_csv, responses, start, summary
from tests.told_time import BEGAN, ToldTime, sweep

ENDS = ("automatic", "manually_ended", "timeout_cleanup", "in_progress")
TOPICS = ["Dynamic Programming", "Arrays"]
CODE = "=cmd|' /C calc'!A0\r\ndef f(a, b):\n\treturn \"a,b\" + '\"'  # \U0001f600\n"
RESUME = (
    "Ada Lovelace\nSenior Developer\n\nExperience\nDeveloper, Acme Ltd, 2019 - 2024\n"
    "- Moved the billing service to Kafka.\n- Built REST APIs with Flask and PostgreSQL.\n"
    "\nSkills: Python, Kafka, SQL\n"
)


class Typed:
    """An interview of three questions by told time: two answers, the second after a hint, then one of the ends."""

    def __init__(self, data_dir: Path, end: str, **fields: Any) -> None:
        self.time = ToldTime()
        self.app = self.time.app(data_dir)
        self.client: FlaskClient = self.app.test_client()
        self.session_id = start(self.client, job_description="", total_questions=3, **fields)
        self.questions = [self.view()["question"]]
        self.time.go_on(61)
        self.replies = [self.say("First.", code_submission=CODE, code_language="python")]
        self.time.go_on(10)
        self.client.post("/api/request-hint", json={"session_id": self.session_id})
        self.time.go_on(10)
        alone = (
            {"text": "", "code_submission": CODE} if fields["interview_type"] == "technical" else {"text": "Second."}
        )
        self.replies.append(self.say(**alone))
        self.time.go_on(5)
        self.finish(end)

    def say(self, text: str, **fields: Any) -> Json:
        reply = answer(self.client, self.session_id, text, **fields)
        self.questions += [reply["question"]] if reply.get("question") else []
        return reply

    def finish(self, end: str) -> None:
        if end == "automatic":
            self.replies.append(self.say("Third."))
        elif end == "manually_ended":
            self.client.post("/api/end-interview", json={"session_id": self.session_id})
        elif end == "timeout_cleanup":
            self.time.go_on(3600)
            sweep(self.app)

    def view(self) -> Json:
        found: Json = self.client.get(f"/api/interview/{self.session_id}").get_json()
        return found

    def row(self) -> Json:
        (row,) = summary(self.client)
        return row

    def rows(self) -> Rows:
        return responses(self.client, self.session_id)


def seconds(end: str) -> int:
    """How long the interview took; one in progress, up to its latest activity; a timeout, too."""
    return {"automatic": 86, "manually_ended": 86}.get(end, 81)


def check_summary(typed: Typed, end: str, interview_type: str) -> Json:
    """Each field that does not depend on the topics; the row."""
    row, answered = typed.row(), len(typed.replies)
    scores = [of_100(reply["previous_score"]) for reply in typed.replies]
    assert (row["session_id"], row["user_id"], row["interview_type"]) == (typed.session_id, None, interview_type)
    assert row["status"] == ("in_progress" if end == "in_progress" else "completed")
    assert (row["total_questions"], row["completed_questions"], row["current_question_index"]) == (
        3,
        answered,
        answered,
    )
    assert row["individual_scores"] == scores
    assert abs(row["average_score"] - sum(scores) / answered) <= 0.5
    assert row["start_time"] == row["created_at"] == BEGAN.isoformat()
    assert (row["end_time"] is None) == (row["completion_method"] is None) == (end == "in_progress")
    assert row["duration"] == seconds(end)
    assert row["completion_method"] in (None, end)
    assert row["updated_at"] >= row["start_time"]
    assert (row["final_results"] is None) == (end == "in_progress")
    return row


def check_responses(typed: Typed) -> Rows:
    """Each field that both types share; the rows."""
    rows = typed.rows()
    assert [row["question_index"] for row in rows] == list(range(1, len(typed.replies) + 1))
    assert [row["question_text"] for row in rows] == typed.questions[: len(rows)]
    assert [row["score"] for row in rows] == [of_100(reply["previous_score"]) for reply in typed.replies]
    assert [row["time_taken"] for row in rows] == [61, 20, 5][: len(rows)]
    assert [row["hints_used"] for row in rows] == [0, 1, 0][: len(rows)]
    assert all(row["session_id"] == typed.session_id for row in rows)
    assert all(isinstance(row["feedback"], str) for row in rows)
    assert [row["created_at"] for row in rows] == sorted(row["created_at"] for row in rows)
    return rows


@pytest.mark.parametrize("end", ENDS)
def test_each_field_of_a_technical_interview(data_dir: Path, end: str) -> None:
    typed = Typed(data_dir, end, interview_type="technical", topics=TOPICS, difficulty="beginner")
    assert check_summary(typed, end, "technical")["topics"] == TOPICS
    rows = check_responses(typed)
    assert [row["code_submission"] for row in rows] == [CODE, CODE, None][: len(rows)]
    assert [row["user_response"] for row in rows] == ["First.", "", "Third."][: len(rows)]
    assert all(row["difficulty"] in ("beginner", "intermediate", "advanced") for row in rows)
    assert rows[0]["difficulty"] == "beginner"


@pytest.mark.parametrize("end", ENDS)
def test_each_field_of_a_resume_interview(data_dir: Path, end: str) -> None:
    typed = Typed(data_dir, end, interview_type="resume", resume_text=RESUME, difficulty="advanced")
    row = check_summary(typed, end, "resume")
    assert row["topics"] == typed.view()["topics"] != []
    rows = check_responses(typed)
    assert [row["code_submission"] for row in rows] == [CODE, None, None][: len(rows)]
    assert [row["user_response"] for row in rows] == ["First.", "Second.", "Third."][: len(rows)]
    assert {row["difficulty"] for row in rows} == {"conversational"}


@pytest.mark.parametrize("end", ENDS)
def test_code_opens_right_in_the_csv_and_begins_no_formula(data_dir: Path, end: str) -> None:
    typed = Typed(data_dir, end, interview_type="technical", topics=TOPICS)
    header, lines = read_csv(get(typed.client, f"/api/data/interview/{typed.session_id}/responses", format="csv"))
    cells = [dict(zip(header, line, strict=True)) for line in lines]
    assert [unescaped(cell["code_submission"]) for cell in cells[:2]] == [CODE, CODE]
    assert all(cell["code_submission"].startswith("'=") for cell in cells[:2])
    assert [cell["user_response"] for cell in cells[:2]] == ["First.", ""]
