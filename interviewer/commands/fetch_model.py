"""`flask --app app fetch-model NAME`."""

import click
from flask import current_app
from flask.cli import with_appcontext

from interviewer.commands.front import DATA_DIR, failing_plainly
from interviewer.speech.models import fetch_model as fetch


@click.command("fetch-model")
@click.argument("name")
@with_appcontext
def fetch_model(name: str) -> None:
    """Download the transcription model NAME, such as small.en, medium or owner/name, into the data folder."""
    with failing_plainly():
        folder = fetch(name, current_app.extensions[DATA_DIR])
    click.echo(f"{folder}: set WHISPER_MODEL={name} to use it")
