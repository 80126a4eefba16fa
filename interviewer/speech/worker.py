"""The process that listens: `python -m interviewer.speech.worker [MODEL_FOLDER]`. It loads its model once.

In: one line of JSON, {"id", "bytes", "language", "prompt"}, and then so many bytes of samples; again and again.
Out: for each a line of JSON, in the order they are done, {"id", "heard"} or {"id", "failed"}. `heard` is {"text",
"language", "words"}, or null when nobody speaks. Without a model only that is found out: the text is empty. When its
input ends so does the process, at once: the server is gone, however it went, and nobody waits for what it hears.
"""

import json
import os
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

from faster_whisper import WhisperModel
from faster_whisper.vad import get_speech_timestamps

from interviewer.speech.limits import AT_ONCE
from interviewer.speech.loudness import amplified, from_bytes

UNSURE = -1.5  # mean log probability of a segment, below which the model guesses at what is no speech
SPEECHLESS = 0.6  # probability that nobody speaks in a segment, above which it has to be heard surely
UNSURE_IN_SILENCE = -1.0


class Listener:
    """Hears samples, AT_ONCE recordings side by side."""

    def __init__(self, folder: str | None) -> None:
        self._model = (
            WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True, num_workers=AT_ONCE)
            if folder
            else None
        )

    def hear(self, samples: bytes, language: str | None, prompt: str) -> dict[str, Any] | None:
        """The text, its language and words; None when nobody speaks."""
        sound = amplified(from_bytes(samples))
        if not get_speech_timestamps(sound):
            return None
        if self._model is None:
            return {"text": "", "language": "", "words": []}
        found, info = self._model.transcribe(
            sound,
            language=language if language in self._model.supported_languages else None,
            initial_prompt=prompt or None,
            beam_size=1,
            vad_filter=True,  # else silence is heard as words
            word_timestamps=True,
            condition_on_previous_text=False,  # else a slip repeats itself through the rest
        )
        segments = [each for each in found if not _is_guess(each)]
        text = "".join(segment.text for segment in segments).strip()
        if not any(character.isalnum() for character in text):
            return None
        return {"text": text, "language": info.language, "words": [_word(each) for each in _words(segments)]}


def _is_guess(segment: Any) -> bool:
    sureness = float(segment.avg_logprob)
    return sureness < UNSURE or (segment.no_speech_prob > SPEECHLESS and sureness < UNSURE_IN_SILENCE)


def _words(segments: Iterable[Any]) -> Iterable[Any]:
    return (word for segment in segments for word in segment.words or ())


def _word(heard: Any) -> dict[str, Any]:
    return {
        "word": heard.word.strip(),
        "start": round(float(heard.start), 2),
        "end": round(float(heard.end), 2),
        "probability": round(float(heard.probability), 3),
    }


def main() -> NoReturn:
    """Serve standard input until it ends."""
    listener = Listener(sys.argv[1] if len(sys.argv) > 1 else None)
    writing = threading.Lock()

    def serve(request: dict[str, Any], samples: bytes) -> None:
        reply: dict[str, Any] = {"id": request["id"]}
        try:
            reply["heard"] = listener.hear(samples, request["language"], request["prompt"])
        except Exception as error:  # noqa: BLE001  # told to the server, which logs it; the next recording is served
            reply["failed"] = type(error).__name__
        with writing:
            sys.stdout.write(json.dumps(reply) + "\n")
            sys.stdout.flush()

    threads = ThreadPoolExecutor(AT_ONCE)
    while line := sys.stdin.buffer.readline():
        request = json.loads(line)
        threads.submit(serve, request, sys.stdin.buffer.read(request["bytes"]))
    os._exit(0)


if __name__ == "__main__":
    main()
