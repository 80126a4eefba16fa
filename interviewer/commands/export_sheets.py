"""`flask --app app export-sheets [--all | --since DATE | ID ...]`."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from interviewer.commands.front import counted, data_folder, failing_plainly, progress
from interviewer.service.listing import Query, matches
from interviewer.settings import load_settings
from interviewer.sheets.export_state import NOTHING_KNOWN, ExportState
from interviewer.sheets.google_sheets_storage import GoogleSheetsStorage
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.digests import digest


@click.command("export-sheets")
@click.argument("session_ids", metavar="[ID]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Look at every interview, and put back rows that are missing.")
@click.option("--since", metavar="DATE", help="Only those that ended on this ISO date or time, or later.")
@with_appcontext
def export_sheets(session_ids: tuple[str, ...], everything: bool, since: str | None) -> None:
    """Export finished interviews to Google Sheets: those that are not there yet, or those that you name.

    One that is there is updated when it has changed, and left alone when not.
    """
    if sum(map(bool, (session_ids, everything, since))) > 1:
        raise click.UsageError("Say one of --all, --since DATE and IDs.")
    with failing_plainly():
        folder, settings = data_folder(), load_settings()
        storage = DataStorage(folder)
        name = settings.google_sheets_name
        sheets = GoogleSheetsStorage(settings.google_sheets_credentials, folder)
        if session_ids:
            records, count = _named(storage, session_ids)
        elif everything:
            records, count = _some(storage, lambda _: True)
        elif since:
            query = Query(since=_moment(since))
            records, count = _some(storage, lambda record: matches(record, query))
        else:
            known = ExportState(folder).entries(name)
            records, count = _some(
                storage, lambda each: known.get(str(each.get("session_id")), NOTHING_KNOWN).digest != digest(each)
            )
        with progress("Exporting", count) as advance:
            done = sheets.export(records, name, advance)
    for session_id, reason in done.refused.items():
        click.echo(f"{session_id}: {reason}", err=True)
    refused = f", {len(done.refused)} refused" if done.refused else ""
    click.echo(
        f"{name}: {counted(done.exported, 'interview')} exported in {counted(done.rows_changed, 'row')}, "
        f"{done.unchanged} unchanged{refused}"
    )
    if done.refused:
        raise click.exceptions.Exit(1)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("an ISO date or time is needed, such as 2026-11-21.", param_hint="--since") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _named(storage: DataStorage, session_ids: tuple[str, ...]) -> tuple[Iterable[JsonRecord], int]:
    found = {session_id: storage.get_interview_by_id(session_id) for session_id in session_ids}
    missing = [session_id for session_id, record in found.items() if record is None]
    if missing:
        raise click.ClickException(f"There is no finished interview {', '.join(missing)}. Nothing was exported.")
    records = [record for record in found.values() if record is not None]
    return records, len(records)


def _some(storage: DataStorage, is_meant: Callable[[JsonRecord], bool]) -> tuple[Iterable[JsonRecord], int]:
    """Those that are meant, read once to count them and again when they go out: all at once may be too many."""
    end = storage.count_interviews()
    count = sum(map(is_meant, storage.interviews(0, end)))
    return filter(is_meant, storage.interviews(0, end)), count
