"""What the tests of answers that wait for the LLM share: interviews over HTTP, a worker, its clock, what waits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from interviewer.clock import Clock
from interviewer.interviewers.choosing import choose_interviewer
from interviewer.service.due_steps import DueSteps
from interviewer.service.pending import PendingEvaluations
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from tests.conftest import JOB, STRONG
from tests.llm_setup import Held, Json, llm_client, llm_settings, stored, waiting_file
from tests.server_process import ServerProcess
from tests.stand_in_llm import StandIn

BACK_WITHIN_S = 30
"""Within so many seconds of the LLM's return pending answers are evaluated (design, section 8)."""


def start_interview(server: ServerProcess, questions: int) -> Held:
    """An interview over HTTP."""
    reply = server.post("/api/start-interview", job_description=JOB, total_questions=questions)
    assert reply.status_code == 201, reply.text
    return Held(reply.json()["session_id"], reply.json())


def answer(server: ServerProcess, held: Held, text: str = STRONG) -> Json:
    """Answer the current question over HTTP."""
    reply = server.post("/api/submit-answer", session_id=held.session_id, answer=text)
    assert reply.status_code == 200, reply.text
    held.replies.append(reply.json())
    return held.replies[-1]


def numbers(data_dir: Path, held: Held) -> list[int]:
    """The questions of one interview that have a line in answers.json."""
    return sorted(record["question_number"] for record in stored(data_dir, "answers", held.session_id))


def waiting(data_dir: Path, held: Held) -> Json:
    """The file of an unfinished interview."""
    found = waiting_file(data_dir, held.session_id)
    assert found is not None
    return found


def is_filed(data_dir: Path, held: Held) -> bool:
    """Whether the interview has its report and is no longer in progress."""
    return bool(stored(data_dir, "interviews", held.session_id)) and waiting_file(data_dir, held.session_id) is None


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def worker(data_dir: Path, stand_in: StandIn, clock: Clock, **changes: Any) -> Callable[[], int]:
    """One turn of the background's work; how many answers it had evaluated."""
    who = choose_interviewer(llm_settings(data_dir, stand_in, **({"llm_timeout": 10} | changes)))
    live = LiveInterviews(data_dir)
    steps = DueSteps(DataStorage(data_dir), live, who, clock)
    pending = PendingEvaluations(live, who, steps, clock)
    return lambda: pending.work(lambda: False)


def listing(data_dir: Path, stand_in: StandIn) -> list[Json]:
    """What the hiring team sees of interviews that wait."""
    client = llm_client(data_dir, stand_in)
    found: list[Json] = client.get("/api/data/interviews?status=awaiting_evaluation").get_json()["interviews"]
    return found
