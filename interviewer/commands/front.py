"""What the commands have in common: where the data is, how they fail, how they show that they are at work."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask import current_app

from interviewer.errors import InterviewerError

DATA_DIR = "data_dir"  # the key in app.extensions


def data_folder() -> Path:
    """The data folder of the current application. A ClickException when there is none: nothing is made by asking."""
    folder: Path = current_app.extensions[DATA_DIR]
    if not folder.is_dir():
        raise click.ClickException(f"There is no data folder {folder}. DATA_DIR names it.")
    return folder


@contextlib.contextmanager
def failing_plainly() -> Iterator[None]:
    """Turn an expected failure into one line on stderr and exit status 1."""
    try:
        yield
    except InterviewerError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{named}{error.strerror or error}") from error


@contextlib.contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr when that is a terminal; yields what is to be told of each step."""
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar.update


def counted(number: int, noun: str) -> str:
    """ "1 record", "2 records"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
