"""Which sounds a record names: those that the candidate agreed to have kept, and has sent as an answer."""

from collections.abc import Iterator
from typing import Any

from interviewer.storage.record_checks import JsonRecord


def kept_recording_ids(record: JsonRecord) -> set[str]:
    """The ids of the recordings whose sound the record of an interview, finished or live, says is kept.

    Records may have been written by older systems and by hand: what is not of the known form names nothing.
    """
    return {
        part["recording_id"]
        for part in _recordings_in(record)
        if isinstance(part.get("sound"), dict) and isinstance(part.get("recording_id"), str)
    }


def _recordings_in(record: JsonRecord) -> Iterator[dict[str, Any]]:
    for item in _objects(record.get("questions_and_answers", record.get("answers"))):
        for audio in _objects([item.get("audio")]):
            yield audio
            yield from _objects(audio.get("earlier"))


def _objects(values: object) -> list[dict[str, Any]]:
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
