"""What the LLM tests share: the stand-in as a fixture, settings that name it, interviews on it, and their files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from interviewer.clock import steady_clock
from interviewer.interviewers.choosing import choose_interviewer
from interviewer.service.due_steps import DueSteps
from interviewer.service.pending import PendingEvaluations
from interviewer.settings import Settings
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from tests.conftest import JOB, STRONG, read_records, settings_for
from tests.stand_in_llm import StandIn

Json = dict[str, Any]
MODEL = "stand-in"
TIMEOUT_S = 0.5
"""LLM_TIMEOUT where a test waits for it to pass: above what the stand-in needs on a loaded machine, and short."""


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """A model server that behaves well until told otherwise."""
    with StandIn(drip_interval=0.3) as server:
        yield server


def llm_settings(data_dir: Path, server: StandIn, **changes: Any) -> Settings:
    """Settings with the stand-in as the LLM."""
    return settings_for(data_dir, llm_base_url=server.base_url, llm_model=MODEL, **changes)


def llm_client(data_dir: Path, server: StandIn, **changes: Any) -> FlaskClient:
    """A client of an application with the stand-in as its LLM. Nothing runs in the background."""
    return create_app(llm_settings(data_dir, server, **changes)).test_client()


def llm_environment(server: StandIn, **more: str) -> dict[str, str]:
    """The same for a process."""
    return {"LLM_BASE_URL": server.base_url, "LLM_MODEL": MODEL} | more


@dataclass
class Held:
    """An interview as the candidate saw it: the reply to the start, and to each answer."""

    session_id: str
    started: Json
    replies: list[Json] = field(default_factory=list)

    @property
    def questions(self) -> list[str]:
        """The questions in the order in which they were put."""
        return [reply["question"] for reply in (self.started, *self.replies) if reply.get("question")]

    @property
    def evaluations(self) -> list[str]:
        """`done` or `pending`, by answer."""
        return [reply["evaluation"] for reply in self.replies]

    @property
    def scores(self) -> list[Any]:
        """previous_score, by answer."""
        return [reply["previous_score"] for reply in self.replies]


def begin(client: FlaskClient, **fields: Any) -> Held:
    """Start an interview of three questions."""
    response = client.post("/api/start-interview", json={"job_description": JOB, "total_questions": 3} | fields)
    assert response.status_code == 201, response.text
    return Held(response.get_json()["session_id"], response.get_json())


def submit(client: FlaskClient, held: Held, answer: str = STRONG, **fields: Any) -> Json:
    """Answer the current question; the reply, which must be a 200."""
    body = {"session_id": held.session_id, "answer": answer} | fields
    response = client.post("/api/submit-answer", json=body)
    assert response.status_code == 200, response.text
    reply: Json = response.get_json()
    held.replies.append(reply)
    return reply


def hold(client: FlaskClient, *answers: str, **fields: Any) -> Held:
    """An interview with these answers, by default three strong ones, to its end."""
    given = answers or (STRONG, STRONG, STRONG)
    held = begin(client, total_questions=len(given), **fields)
    for answer in given:
        submit(client, held, answer)
    assert held.replies[-1]["status"] == "interview_complete"
    return held


def waiting_file(data_dir: Path, session_id: str) -> Json | None:
    """The interview as it lies in in_progress/, or None."""
    path = data_dir / "in_progress" / f"{session_id}.json"
    if not path.exists():
        return None
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


def stored(data_dir: Path, name: str, session_id: str) -> list[Json]:
    """One interview's records in one of the three files."""
    if not (data_dir / f"{name}.json").exists():
        return []
    return [record for record in read_records(data_dir, name) if record["session_id"] == session_id]


def assert_scores_rest_on_evidence(records: list[Json]) -> None:
    """No record has a score that its surviving quotes do not support (design, section 8)."""
    for record in records:
        assert 0 <= record["score"] <= 10
        total = sum(item["weight"] for item in record["evidence"])
        covered = [item for item in record["evidence"] if item["covered"]]
        for item in record["evidence"]:
            assert item["covered"] == (item["quote"] is not None)
            said = (record["answer"], record.get("code_submission") or "")
            assert item["quote"] is None or (item["quote"].strip() and any(item["quote"] in text for text in said))
        assert record["score"] <= 10 * sum(item["weight"] for item in covered) / total + 0.05
        assert covered or record["score"] <= 2
        assert record["evidence"]


def evaluate_waiting(data_dir: Path, server: StandIn, session_id: str) -> None:
    """Have the answers evaluated that wait in an interview, as the command evaluate-pending does."""
    who = choose_interviewer(llm_settings(data_dir, server))
    live, clock = LiveInterviews(data_dir), steady_clock()
    steps = DueSteps(DataStorage(data_dir), live, who, clock)
    _, waiting = PendingEvaluations(live, who, steps, clock).evaluate(session_id)
    assert not waiting
