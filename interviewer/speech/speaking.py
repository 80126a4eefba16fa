"""Text to sound by a server with OpenAI's /audio/speech; the same text is asked for once."""

import threading
from collections import OrderedDict

from pydantic import SecretStr

from interviewer.errors import SpeechServerError
from interviewer.speech.limits import CACHED_SPEECH_BYTES, SPEECH_SECONDS
from interviewer.speech.remote_server import RemoteServer

SOUND_TYPE = "audio/mpeg"
NO_SOUND = (b"{", b"<")  # how JSON and HTML begin, and no format of sound


class Speaker:
    """Speaks in one voice. What it has said is kept in memory alone, up to a limit, the least used going first.

    A question may quote a candidate: a file of it would outlive the interview that was deleted.
    """

    def __init__(self, base_url: str, key: SecretStr | None, model: str, voice: str) -> None:
        self._server = RemoteServer(base_url, key, "speaks")
        self._model = model
        self._voice = voice
        self._lock = threading.Lock()
        self._spoken: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def speak(self, text: str) -> bytes:
        """The text as MP3. Raises SpeechServerError."""
        with self._lock:
            if text in self._spoken:
                self._spoken.move_to_end(text)
                return self._spoken[text]
        wish = {"model": self._model, "voice": self._voice, "input": text, "response_format": "mp3"}
        sound = self._server.post("/audio/speech", SPEECH_SECONDS, json=wish)
        if sound.lstrip().startswith(NO_SOUND):
            raise SpeechServerError("The server that speaks failed: its answer is no sound.")
        self._keep(text, sound)
        return sound

    def _keep(self, text: str, sound: bytes) -> None:
        with self._lock:
            self._bytes += len(sound) - len(self._spoken.pop(text, b""))
            self._spoken[text] = sound
            while self._bytes > CACHED_SPEECH_BYTES:
                _, dropped = self._spoken.popitem(last=False)
                self._bytes -= len(dropped)
