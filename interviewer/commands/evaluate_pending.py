"""`flask --app app evaluate-pending ID [--interviewer builtin]`."""

import contextlib
import logging
from collections.abc import Iterator

import click
from flask.cli import with_appcontext

from interviewer.clock import steady_clock
from interviewer.commands.front import counted, data_folder, failing_plainly
from interviewer.interviewers.choosing import choose_interviewer
from interviewer.service.due_steps import DueSteps
from interviewer.service.latest_time import latest_stored_time
from interviewer.service.pending import PendingEvaluations
from interviewer.settings import load_settings
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews


@click.command("evaluate-pending")
@click.argument("session_id", metavar="ID")
@click.option("--interviewer", type=click.Choice(["llm", "builtin"]), help="Who scores; default: as the server does.")
@with_appcontext
def evaluate_pending(session_id: str, interviewer: str | None) -> None:
    """Evaluate the answers of interview ID that still wait for it, and finish the interview if it has ended."""
    with failing_plainly():
        folder = data_folder()
        settings = load_settings()
        if interviewer is not None:
            settings = settings.model_copy(update={"interviewer": interviewer})
        who = choose_interviewer(settings)
        storage = DataStorage(folder)
        if storage.get_interview_by_id(session_id) is not None:
            raise click.ClickException(f"Interview {session_id} is finished: nothing waits in it.")
        live = LiveInterviews(folder)
        clock = steady_clock(not_before=latest_stored_time(storage, live))
        pending = PendingEvaluations(live, who, DueSteps(storage, live, who, clock), clock)
        with _only_errors_logged():  # what becomes of it is said below
            evaluated, waiting = pending.evaluate(session_id)
    click.echo(f"{counted(evaluated, 'answer')} evaluated by {who.name}, {len(waiting)} waiting.")
    for turn in waiting:
        reason = turn.failure.reason if turn.failure else "not tried"
        click.echo(f"question {turn.number}: {reason}", err=True)
    if waiting:
        raise SystemExit(1)


@contextlib.contextmanager
def _only_errors_logged() -> Iterator[None]:
    logger = logging.getLogger("interviewer")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
