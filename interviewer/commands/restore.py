"""`flask --app app restore FILE.zip`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from interviewer.commands.front import DATA_DIR, counted, failing_plainly, progress
from interviewer.storage import restoring
from interviewer.storage.archive import BackupArchive, Manifest
from interviewer.storage.restoring import Held
from interviewer.storage.snapshot import INTERVIEWS


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace what the data folder holds.")
@with_appcontext
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of the data. Stop the servers first.

    The whole backup is checked before anything is changed. Interviews that are not in it are removed, and candidates
    deleted since it was made come back: delete them again.
    """
    folder: Path = current_app.extensions[DATA_DIR]
    with failing_plainly(), BackupArchive(file) as archive:
        with progress("Checking", archive.manifest.size) as advance:
            archive.check(advance)
        held = restoring.held(folder)
        if held and not yes:
            raise click.ClickException(f"{folder} holds data ({_said(held, archive.manifest)}); --yes replaces it.")
        with progress("Restoring", archive.manifest.size) as advance:
            restoring.restore(archive, folder, advance)
    if held:
        click.echo(f"Replaced: {_said(held, archive.manifest)}", err=True)
    finished = counted(archive.manifest.records(INTERVIEWS), "finished interview")
    click.echo(f"{folder}: {finished}, {len(archive.manifest.live_ids)} unfinished")


def _said(held: Held, manifest: Manifest) -> str:
    lost = sorted(set(held.live_ids) - set(manifest.live_ids))
    unfinished = [f"{len(held.live_ids)} unfinished"] if held.live_ids else []
    not_there = [f"not in progress in the backup: {' '.join(lost)}"] if lost else []
    return "; ".join([*held.files, *unfinished, *not_there])
