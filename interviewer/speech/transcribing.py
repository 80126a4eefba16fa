"""From an uploaded recording to its text: here by a local model, or there by a remote server."""

import json
from collections.abc import Callable
from typing import Any, Protocol

from pydantic import SecretStr, ValidationError

from interviewer.children.waiting_room import RoomFull, WaitingRoom
from interviewer.errors import SpeechServerError, SpeechUnavailable
from interviewer.speech import refusals
from interviewer.speech.limits import AT_ONCE, MAX_PROMPT_CHARS, MAX_WAITING, QUEUE_SECONDS, REMOTE_SECONDS
from interviewer.speech.listening import ListeningProcess, listening_process
from interviewer.speech.loudness import QUIET_BELOW
from interviewer.speech.models import LocalModel
from interviewer.speech.remote_server import RemoteServer
from interviewer.speech.sound import Sound, open_sound
from interviewer.speech.transcript import Heard, HeardWord

WITH_TIMES = {"response_format": "verbose_json", "timestamp_granularities[]": "word"}
WITHOUT_TIMES = {"response_format": "json"}
NOT_IN_THIS_FORM = (400, 422)  # what servers say to a form of answer that they do not have

BUSY = "Too many recordings are being transcribed just now. Try again in a moment, or type your answer."


class Transcriber(Protocol):
    """Turns sound into text. `model` is its name, as people are told it; `languages` are None where it may know any."""

    model: str
    languages: tuple[str, ...] | None

    def hear(self, sound: Sound, language: str | None, prompt: str) -> Heard:
        """The text. Raises InvalidField when nobody speaks, SpeechUnavailable, SpeechServerError."""


class TranscribingQueue:
    """Takes uploads, a few at a time: opens each, checks it, and has it heard."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber = transcriber
        self._room = WaitingRoom(AT_ONCE, MAX_WAITING, QUEUE_SECONDS)
        self.model = transcriber.model
        self.languages = transcriber.languages

    def transcribe(
        self, read: Callable[[], bytes], recorded_seconds: float, language: str | None, prompt: str
    ) -> tuple[Sound, Heard]:
        """The recording as it was opened, and what was heard in it.

        It is read when its turn has come: those that wait take no memory. `prompt` is words that are likely to come up.
        Raises InvalidField that says why the recording cannot be taken, SpeechUnavailable when too many come,
        SpeechServerError when the remote server fails.
        """
        try:
            with self._room.served():
                sound = open_sound(read(), recorded_seconds)
                return sound, self._transcriber.hear(sound, language, prompt[:MAX_PROMPT_CHARS])
        except RoomFull:
            raise SpeechUnavailable(BUSY) from None


class LocalTranscriber:
    """A model of this machine, in a process of its own."""

    def __init__(self, model: LocalModel) -> None:
        self.model = model.name
        self.languages: tuple[str, ...] | None = model.languages
        self._process = listening_process(model.folder)

    def hear(self, sound: Sound, language: str | None, prompt: str) -> Heard:
        """See Transcriber."""
        return _heard(_speech(self._process, sound, language, prompt))


class RemoteTranscriber:
    """A server with OpenAI's /audio/transcriptions. Whether anybody speaks at all is found out here first."""

    def __init__(self, base_url: str, key: SecretStr | None, model: str) -> None:
        self.model = model
        self.languages: tuple[str, ...] | None = None
        self._server = RemoteServer(base_url, key, "transcribes")
        self._process = listening_process(None)
        self._gives_times = True

    def hear(self, sound: Sound, language: str | None, prompt: str) -> Heard:
        """See Transcriber."""
        _speech(self._process, sound, None, "")
        fields = {"model": self.model, "prompt": prompt, "language": language or ""}
        answer = self._asked(sound, {name: value for name, value in fields.items() if value})
        try:
            heard = _heard(_known_fields(json.loads(answer), language))
        except (ValueError, ValidationError, TypeError, AttributeError, KeyError):
            raise SpeechServerError("The server that transcribes failed: its answer is no transcript.") from None
        if not any(character.isalnum() for character in heard.text):
            raise refusals.refused(refusals.NOISE)
        return heard

    def _asked(self, sound: Sound, fields: dict[str, str]) -> bytes:
        """The server's answer, with the times of the words unless it will not give any: some models know none."""
        if self._gives_times:
            try:
                return self._post(sound, fields | WITH_TIMES)
            except SpeechServerError as error:
                if error.status not in NOT_IN_THIS_FORM:
                    raise
        answer = self._post(sound, fields | WITHOUT_TIMES)
        self._gives_times = False
        return answer

    def _post(self, sound: Sound, fields: dict[str, str]) -> bytes:
        file = (f"recording{sound.kind.suffix}", sound.data, sound.kind.type)
        return self._server.post("/audio/transcriptions", REMOTE_SECONDS, data=fields, files={"file": file})


def _speech(process: ListeningProcess, sound: Sound, language: str | None, prompt: str) -> dict[str, Any]:
    found = process.hear(sound.samples, language, prompt)
    if found is None:
        raise refusals.refused(refusals.SILENCE if sound.loudness < QUIET_BELOW else refusals.NOISE)
    return found


def _known_fields(reply: dict[str, Any], language: str | None) -> dict[str, Any]:
    """What we know of a server's answer, which may be the text alone."""
    words = [
        {"word": word["word"].strip(), "start": word["start"], "end": word["end"], "probability": None}
        for word in reply.get("words") or ()
    ]
    return {"text": reply["text"].strip(), "language": reply.get("language") or language or "", "words": words}


def _heard(found: dict[str, Any]) -> Heard:
    return Heard(found["text"], found["language"], tuple(HeardWord(**word) for word in found["words"]))
