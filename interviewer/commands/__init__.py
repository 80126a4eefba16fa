"""What whoever runs this types: `flask --app app backup`, `restore`, `verify`, `purge`,
`evaluate-pending`, `migrate-scores`, `export`, `export-sheets`.

Answers go to stdout, all else to stderr; a failure is one line and exit status 1.
"""

from pathlib import Path

import click
from flask import Flask
from flask.cli import FlaskGroup

from interviewer.commands.backup import backup
from interviewer.commands.evaluate_pending import evaluate_pending
from interviewer.commands.export import export
from interviewer.commands.export_sheets import export_sheets
from interviewer.commands.front import DATA_DIR
from interviewer.commands.migrate_scores import migrate_scores
from interviewer.commands.purge import purge
from interviewer.commands.restore import restore
from interviewer.commands.verify import verify
from interviewer.settings import DataFolder


def register(app: Flask, data_dir: Path) -> None:
    """Give the application these commands, for this data folder."""
    app.extensions[DATA_DIR] = data_dir
    for command in (backup, restore, verify, purge, evaluate_pending, migrate_scores, export, export_sheets):
        app.cli.add_command(command)


def are_looked_up() -> bool:
    """Whether the `flask` command is only looking for a command in the application (`run` and `routes` are its own).

    `verify` must see the files before a start of the server mends them, and no command needs its embedding model.
    """
    context = click.get_current_context(silent=True)
    return context is not None and isinstance(context.command, FlaskGroup)


def application() -> Flask:
    """An application with these commands and nothing else, for the data folder of the environment. Opens no file."""
    app = Flask("interviewer", static_folder=None)
    register(app, DataFolder().data_dir)
    return app
