"""`flask --app app backup FILE.zip`."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from interviewer.commands.front import counted, data_folder, failing_plainly, progress
from interviewer.storage.archive import write_archive
from interviewer.storage.snapshot import INTERVIEWS, snapshot


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace FILE when it is there.")
@with_appcontext
def backup(file: Path, yes: bool) -> None:
    """Write all interviews to FILE, a zip with checksums. Servers may go on."""
    if file.exists() and not yes:
        raise click.ClickException(f"{file} is there already; --yes replaces it.")
    if not file.parent.is_dir():
        raise click.ClickException(f"There is no folder {file.parent}.")
    with failing_plainly(), snapshot(data_folder()) as state, progress("Backing up", state.size) as advance:
        manifest = write_archive(state, file, datetime.now(UTC), advance)
    finished = counted(manifest.records(INTERVIEWS), "finished interview")
    click.echo(f"{file}: {finished}, {len(manifest.live_ids)} unfinished")
