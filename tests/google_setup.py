"""Fixtures: Google's stand-in, a way to it, and interviews to export."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from data_storage import DataStorage, GoogleSheetsStorage
from interviewer.llm.retrying import Retrying
from interviewer.sheets.patience import Patience
from tests.conftest import settings_for
from tests.stand_in_google import NAME, StandInGoogle, playing_google
from tests.stand_in_sheet import Cell

Record = dict[str, Any]
QUICK = Patience(Retrying(tries=6, base=0.01), seconds=20)


@pytest.fixture
def google() -> Iterator[StandInGoogle]:
    """Google's stand-in."""
    with playing_google() as google:
        yield google


@pytest.fixture
def way(google: StandInGoogle, tmp_path: Path) -> dict[str, str]:
    """The environment of a process that finds the stand-in where Google is."""
    return google.environment(tmp_path)


@pytest.fixture
def sheets(way: dict[str, str], data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> GoogleSheetsStorage:
    """An exporter in this process, with a data folder."""
    for name, value in way.items():
        monkeypatch.setenv(name, value)
    DataStorage(data_dir)
    return GoogleSheetsStorage(storage_dir=data_dir)


def sheets_client(data_dir: Path, way: dict[str, str]) -> FlaskClient:
    """A client of an application that exports, without its background work."""
    credentials = Path(way["GOOGLE_SHEETS_CREDENTIALS"])
    return create_app(
        settings_for(data_dir, google_sheets_credentials=credentials, google_sheets_name=NAME)
    ).test_client()


def interview(number: int, answers: int = 2, **fields: Any) -> Record:
    """A finished interview, as a script would save it."""
    session_id = f"id{number:06d}"
    items = [
        {
            "question_number": place,
            "question": f"Question {place}?",
            "answer": f"Answer {place} of {session_id}.",
            "score": 7.5,
            "feedback": {"strengths": ["You gave details."], "improvements": ["Say what came of it."]},
            "topic": "Python",
            "difficulty": "intermediate",
            "time_taken": 42,
            "hints_used": 0,
            "code_submission": None,
        }
        for place in range(1, answers + 1)
    ]
    return {
        "session_id": session_id,
        "timestamp": "2026-11-20T10:00:00+00:00",
        "candidate_name": f"Candidate {number}",
        "candidate_experience": 4.5,
        "interview_type": "job",
        "difficulty": "intermediate",
        "average_score": 7.5,
        "overall_score": 7.5,
        "score_interval": [7.0, 8.0],
        "hire_recommendation": "yes",
        "individual_scores": [7.5] * answers,
        "completed_questions": answers,
        "total_questions": answers,
        "completion_method": "automatic",
        "status": "completed",
        "summary": "They did well.",
        "strengths": ["details on Python", "own actions"],
        "weaknesses": [],
        "recommendations": ["a clear result"],
        "job_description": "Python developer.",
        "questions_and_answers": items,
    } | fields


def keys(google: StandInGoogle) -> tuple[list[Cell], list[tuple[Cell, Cell]]]:
    """The keys of the rows in both worksheets, in their order."""
    interviews = [row["session_id"] for row in google.sheet["Interviews"].records]
    answers = [(row["session_id"], row["question_number"]) for row in google.sheet["Answers"].records]
    return interviews, answers
