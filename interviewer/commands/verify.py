"""`flask --app app verify`."""

import click
from flask.cli import with_appcontext

from interviewer.commands.front import counted, data_folder, failing_plainly, progress
from interviewer.storage.snapshot import ANSWERS, INTERVIEWS, LIVE_FOLDER, POSTINGS, snapshot
from interviewer.storage.verification import Verification, set_aside


@click.command()
@with_appcontext
def verify() -> None:
    """Read all data and say what is wrong with it; exit status 1 if anything is. Changes nothing."""
    folder = data_folder()
    with failing_plainly(), snapshot(folder) as state, progress("Verifying", state.size) as advance:
        verification = Verification(state, advance)
        faults = list(verification.faults())
    for fault in faults:
        click.echo(str(fault))
    for name in set_aside(folder):
        click.echo(f"{name} was set aside as damaged and not read.", err=True)
    click.echo(f"{_summary(verification)}: {counted(len(faults), 'fault') if faults else 'nothing wrong'}")
    if faults:
        raise click.exceptions.Exit(1)


def _summary(verification: Verification) -> str:
    counts = verification.counts
    elsewhere = f" ({verification.from_elsewhere} not held here)" if verification.from_elsewhere else ""
    return (
        f"{counted(counts[INTERVIEWS], 'interview')}{elsewhere}, {counted(counts[ANSWERS], 'answer')}, "
        f"{counted(counts[POSTINGS], 'job description')}, {counts[LIVE_FOLDER]} unfinished"
    )
