"""`flask --app app export FILE.xlsx` or `FILE.csv`."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext

from interviewer.commands.front import counted, data_folder, failing_plainly, progress
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.durable import sync_folder
from interviewer.storage.record_checks import JsonRecord
from interviewer.tables.csv_files import csv_paths, write_csv


@click.command()
@click.argument("file", metavar="FILE.xlsx|FILE.csv", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace what is there.")
@with_appcontext
def export(file: Path, yes: bool) -> None:
    """Write all finished interviews and their answers to FILE, as two tables.

    FILE.xlsx gets a worksheet each. FILE.csv becomes two files, FILE-interviews.csv and FILE-answers.csv.
    """
    kind = file.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise click.ClickException(f"{file} must end with .xlsx or .csv.")
    targets = {"": file} if kind == ".xlsx" else csv_paths(file)
    for target in targets.values():
        if target.exists() and not yes:
            raise click.ClickException(f"{target} is there already; --yes replaces it.")
    if not file.parent.is_dir():
        raise click.ClickException(f"There is no folder {file.parent}.")
    with failing_plainly():
        storage = DataStorage(data_folder())
        count = storage.count_interviews()
        with progress("Exporting", count) as advance, _replacing(targets) as new:
            records = _advancing(storage.interviews(0, count), advance)
            if kind == ".xlsx":
                from interviewer.tables.workbook import write_workbook  # openpyxl is a tenth of a server's start

                write_workbook(new[""], records)
            else:
                write_csv(new, records)
    click.echo(f"{' '.join(map(str, targets.values()))}: {counted(count, 'interview')}")


def _advancing(records: Iterator[JsonRecord], advance: Callable[[int], None]) -> Iterator[JsonRecord]:
    for record in records:
        yield record
        advance(1)


@contextlib.contextmanager
def _replacing(targets: dict[str, Path]) -> Iterator[dict[str, Path]]:
    """Files to write that take their places when all of them are whole, and are gone when anything fails."""
    new = {name: path.with_name(f".{path.name}.tmp") for name, path in targets.items()}
    try:
        yield new
        for name, path in targets.items():
            new[name].replace(path)
            sync_folder(path.parent)
    finally:
        for path in new.values():
            path.unlink(missing_ok=True)
