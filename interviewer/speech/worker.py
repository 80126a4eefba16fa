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
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

from interviewer.speech.hearing import Listener
from interviewer.speech.limits import AT_ONCE


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
