"""`flask --app app migrate-scores OLD.json [--dry-run]`."""

import os
import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import click

from interviewer.commands.front import counted, failing_plainly
from interviewer.errors import OldFileUnreadable, StorageUnavailable
from interviewer.service.old_scores import Migration, Row, migrate
from interviewer.storage.durable import locked, read_file, replace_file

HEADINGS = ("session_id", "average before", "scores found", "average after", "answers without rating")
SHOWN_AS_IT_IS = re.compile(r"[\w.-]{1,40}", re.ASCII)
LONGEST_SHOWN = 40


@click.command("migrate-scores")
@click.argument("file", metavar="OLD.json", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would become of it.")
def migrate_scores(file: Path, dry_run: bool) -> None:
    """Give interviews of an older system the scores that stand in the evaluations of their conversation.

    Interviews that have scores stay as they are. The file as it was is kept beside it as
    OLD.json.before-migration-TIME: to take the change back, copy that over OLD.json.
    """
    with failing_plainly():
        if not file.is_file():
            raise click.ClickException(f"There is no file {file}.")
        if dry_run:
            done, kept = _read(file), None
        else:
            done, kept = _rewrite(file.resolve())  # of a link, what it leads to
    for line in _table(done.rows):
        click.echo(line)
    for row in done.rows:
        for note in row.notes:
            click.echo(f"{_name(row)}: {note}", err=True)
    changed = f"{done.changed} of {counted(len(done.rows), 'interview')}"
    if kept is not None:
        click.echo(f"{changed} changed; the file as it was: {kept}", err=True)
    else:
        click.echo(f"{changed} would change; nothing written." if dry_run else f"{changed} changed.", err=True)


def _rewrite(path: Path) -> tuple[Migration, Path | None]:
    """Write the file anew when anything in it changes; with it, where the old one is kept.

    A crash at any instant leaves the old file or the new one, and the copy complete or not there.
    """
    with locked(path):  # the file is its own lock: a second run waits, and then finds nothing to change
        done = _read(path)
        if not done.changed:
            return done, None
        mode = stat.S_IMODE(path.stat().st_mode)
        kept = path.with_name(f"{path.name}.before-migration-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        if os.path.lexists(kept):
            raise StorageUnavailable(f"{kept.name} is there already; nothing was written.")
        replace_file(kept, read_file(path), mode=mode)
        replace_file(path, done.text.encode(), mode=mode)
        return done, kept


def _read(path: Path) -> Migration:
    try:
        return migrate(read_file(path).decode())
    except UnicodeDecodeError as error:
        raise OldFileUnreadable(f"{path} is no UTF-8 text.") from error
    except OldFileUnreadable as error:
        raise OldFileUnreadable(f"{path} {error}.") from error


def _table(rows: tuple[Row, ...]) -> list[str]:
    cells = [HEADINGS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [[cell.rjust(width) for cell, width in zip(row, widths, strict=True)] for row in cells]
    return ["  ".join([row[0].ljust(widths[0]), *line[1:]]) for row, line in zip(cells, lines, strict=True)]


def _cells(row: Row) -> tuple[str, ...]:
    before = _shown(row.average_before)
    if row.scores is None:
        return _name(row), before, "-", before, "-"
    marks = row.scores.individual_scores
    unrated = sum(mark is None for mark in marks)
    return _name(row), before, str(len(marks) - unrated), _shown(row.scores.average_score), str(unrated)


def _name(row: Row) -> str:
    return f"entry {row.place}" if row.session_id is None else _shown(row.session_id)


def _shown(value: object) -> str:
    """A value of the file on one line and in ASCII: it must not speak to the terminal, or look like another row."""
    if value is None:
        return "null"
    text = str(value) if isinstance(value, str | int | float) else type(value).__name__
    text = text if SHOWN_AS_IT_IS.fullmatch(text) else ascii(text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."
