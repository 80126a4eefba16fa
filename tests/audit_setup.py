"""What the tests of the audit views share: a folder with an interview in each state, and both forms read."""

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from interviewer.audit.csv_text import BYTE_ORDER_MARK
from interviewer.background import BackgroundTask
from tests.conftest import JOB, STRONG, read_records, settings_for
from tests.llm_setup import llm_client
from tests.stand_in_llm import StandIn
from tests.waiting import until

Json = dict[str, Any]
Rows = list[Json]

TOKEN = "a-token-of-some-length"
STATES = ("automatic", "manually_ended", "timeout_cleanup", "in_progress", "awaiting_evaluation", "abandoned")


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


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Made once: no test changes it."""
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


def of_100(score: float) -> int:
    """A score of one decimal, of 100."""
    return int(f"{score:.1f}".replace(".", ""))
