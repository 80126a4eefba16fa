"""The listening process, from the server's side: started when it is first needed, and again when it has died."""

import atexit
import contextlib
import functools
import itertools
import json
import logging
import subprocess
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import Any

from interviewer.children import running
from interviewer.errors import SpeechUnavailable
from interviewer.speech.limits import LISTENING_SECONDS

logger = logging.getLogger(__name__)

NO_PROCESS = "The server cannot listen just now. Try again in a moment, or type your answer."


class ListeningProcess:
    """One worker process with one model, shared by all threads."""

    def __init__(self, model_folder: Path | None) -> None:
        self._arguments = (str(model_folder),) if model_folder else ()
        self._lock = threading.Lock()  # of the process and of its input
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count()
        self._open: dict[int, tuple[subprocess.Popen[bytes], Future[dict[str, Any]]]] = {}
        atexit.register(self.stop)

    def hear(self, samples: bytes, language: str | None, prompt: str) -> dict[str, Any] | None:
        """What the worker heard (its module says in what shape); None when nobody speaks. Raises SpeechUnavailable."""
        answer: Future[dict[str, Any]] = Future()
        with self._lock:
            process = self._running()
            number = next(self._numbers)
            self._open[number] = (process, answer)
            head = {"id": number, "bytes": len(samples), "language": language, "prompt": prompt}
            self._send(process, json.dumps(head).encode() + b"\n" + samples)
        try:
            reply = answer.result(LISTENING_SECONDS)
        except FutureTimeout:
            logger.error("the listening process gave no answer within %s s and is started anew", LISTENING_SECONDS)
            self.stop()
            raise SpeechUnavailable(NO_PROCESS) from None
        finally:
            self._open.pop(number, None)
        if "failed" in reply:
            logger.error("the listening process failed: %s", reply["failed"])
            raise SpeechUnavailable(NO_PROCESS)
        heard: dict[str, Any] | None = reply["heard"]
        return heard

    def stop(self) -> None:
        """End the process, if it runs."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        try:
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                running.command("interviewer.speech.worker", *self._arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=running.ROOT,
                env=running.environment(),
                start_new_session=True,  # Ctrl-C stops the server, which finishes what it has in hand
            )
        except OSError as error:
            logger.error("no process to listen in: %s", error)
            raise SpeechUnavailable(NO_PROCESS) from error
        threading.Thread(target=self._read, args=(self._process,), name="listening", daemon=True).start()
        return self._process

    def _send(self, process: subprocess.Popen[bytes], message: bytes) -> None:
        assert process.stdin is not None  # noqa: S101  # for mypy: it is a pipe
        with contextlib.suppress(OSError):  # it has died: its reader tells all who wait
            process.stdin.write(message)
            process.stdin.flush()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Hand out the answers of one process until it ends; then whoever still waits for it is told."""
        assert process.stdout is not None  # noqa: S101  # for mypy: it is a pipe
        with process.stdout as answers:
            for line in answers:
                reply = json.loads(line)
                asked = self._open.get(reply["id"])
                if asked is not None:
                    asked[1].set_result(reply)
        process.wait()
        with self._lock:
            if self._process is process:
                self._process = None
            waiting = [answer for asked, answer in self._open.values() if asked is process]
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        for answer in waiting:
            if not answer.done():
                answer.set_result({"failed": f"it ended with {process.returncode}"})


@functools.cache
def listening_process(model_folder: Path | None) -> ListeningProcess:
    """The one process of this server for a model's folder; None is without a model, to tell speech from noise."""
    return ListeningProcess(model_folder)
