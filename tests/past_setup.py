"""What the tests of the pages about past interviews share: records, the way to the list, what is where."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from data_storage import DataStorage
from interviewer.spoken import SpokenAnswer
from tests.browser import begin_interview
from tests.server_process import ServerProcess

TOKEN = "a-token-of-some-length"


def saved(number: int, **fields: Any) -> dict[str, Any]:
    """A record as a script saves it; the greater the number, the newer."""
    return {
        "session_id": f"stored{number:02}",
        "timestamp": f"2026-03-{number % 28 + 1:02}T12:{number % 60:02}:00+00:00",
        "candidate_name": f"Person {number:02}",
        "job_description": "A job.",
        "interview_type": "job",
        "difficulty": "intermediate",
        "topics": [],
        "average_score": number / 10,
        "overall_score": number / 10,
        "hire_recommendation": "no",
    } | fields


def archive(data_dir: Path, *records: dict[str, Any]) -> None:
    """Records that are there before the server starts."""
    storage = DataStorage(data_dir)
    for record in records:
        storage.save_interview_session(record)


FEW = (
    saved(1, candidate_name="Zoë Ärmel", average_score=4.0, overall_score=4.5),
    saved(
        2, candidate_name="bea", average_score=9.0, overall_score=8.7, interview_type="technical", topics=["Nursing"]
    ),
    saved(3, candidate_name="Cleo", average_score=6.0, overall_score=5.0, interview_type="resume"),
    saved(4, candidate_name="Dan", average_score=None, overall_score=None),
)


def open_list(page: Page, server: ServerProcess, query: str = "") -> None:
    """Go to the list and wait until it has been filled."""
    page.goto(f"{server.url}/interviews{query}")
    expect_loaded(page)


def expect_loaded(page: Page) -> None:
    expect(page.locator("#count")).not_to_have_text("Loading…")


def names(page: Page) -> Locator:
    return page.locator(".past-table tbody a")


def header(page: Page, title: str) -> Locator:
    return page.locator("thead th").filter(has_text=re.compile(f"^{title}"))


def finished(server: ServerProcess, name: str, **fields: Any) -> str:
    """The id of an interview with a report."""
    return begin_interview(server, answers=1, total_questions=1, candidate_name=name, **fields)


AUDIO = {
    "recording_id": "0123456789abcdef",
    "kind": "audio",
    "type": "audio/webm;codecs=opus",
    "duration": 83.4,
    "language": "en",
    "words_per_minute": 131.6,
    "filler_words": {"count": 3, "list": ["um", "uh", "um"]},
    "longest_pause": 2.34,
    "model": "tiny.en",
    "transcript": "I owned a flask surface that answered two thousand requests a second.",
    "edited": 0.18,
    "consent": None,
    "sound": None,
}
"""How an answer was spoken, as its record says it."""


def spoken(server: ServerProcess, name: str, *audios: dict[str, Any] | None, **fields: Any) -> str:
    """The id of a stored interview with an answer for each of these: how it was spoken, or None for a typed one."""
    session_id = begin_interview(server, len(audios), total_questions=len(audios), candidate_name=name)
    record = server.get(f"/api/data/interview/{session_id}").json()
    for item, audio in zip(record["questions_and_answers"], audios, strict=True):
        item["audio"] = audio and SpokenAnswer.model_validate(audio).model_dump(mode="json")
    copy = session_id[1:] + session_id[0]
    DataStorage(server.data_dir).save_interview_session(record | fields | {"session_id": copy})
    return copy


def sign_in(page: Page, token: str = TOKEN) -> None:
    page.fill("#api-token", token)
    page.keyboard.press("Enter")
