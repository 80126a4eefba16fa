"""`flask --app app purge --older-than DAYS`."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import click
from flask.cli import with_appcontext

from interviewer.commands.front import counted, data_folder, failing_plainly, progress
from interviewer.errors import InterviewNotFound
from interviewer.service.data import DataService
from interviewer.service.retention import outdated
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews


@click.command()
@click.option("--older-than", "days", type=click.IntRange(min=1, max=36_500), required=True, help="Age in days.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def purge(days: int, yes: bool) -> None:
    """Delete each interview whose end, or last activity, is more than DAYS days ago. Backups are not touched."""
    with failing_plainly():
        folder = data_folder()
        storage, live = DataStorage(folder), LiveInterviews(folder)
        old = outdated(folder, live, datetime.now(UTC) - timedelta(days=days))
        if old.passed_over:
            click.echo(f"{counted(old.passed_over, 'interview')} kept: no readable time, or no regular id.", err=True)
        found = f"{counted(len(old.session_ids), 'interview')} older than {counted(days, 'day')}"
        if old.session_ids and not yes:
            click.confirm(f"Delete {found}?", abort=True, err=True)
        with progress("Deleting", len(old.session_ids)) as advance:
            deleted = sum(_delete(DataService(storage, live), session_id, advance) for session_id in old.session_ids)
    click.echo(f"Deleted {deleted} of {found}.")


def _delete(data: DataService, session_id: str, advance: Callable[[int], None]) -> bool:
    try:
        data.delete(session_id)
    except InterviewNotFound:  # somebody else deleted it meanwhile
        return False
    finally:
        advance(1)
    return True
