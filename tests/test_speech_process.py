"""Recordings are heard in another process: its death hurts one request, and it does not outlive its server."""

import http.client
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from tests import spoken
from tests.conftest import ROOT, StartServer
from tests.server_process import ServerProcess
from tests.test_transcribe_api import SHORT
from tests.waiting import until

TEN_GB = 10 * 1024**3
LONG = 60.0  # seconds; Python and the libraries of a model are slow to start beside other tests


def transcribe(server: ServerProcess, wav: bytes) -> requests.Response:
    """The reply to a recording for the first question of a new interview."""
    session_id = server.post("/api/start-interview", job_description="Baker").json()["session_id"]
    form = {"session_id": session_id, "question_number": "1", "duration": f"{spoken.seconds(wav)}"}
    return requests.post(f"{server.url}/api/transcribe", files={"file": ("a.wav", wav)}, data=form, timeout=120)


def listening_in(server: ServerProcess) -> list[int]:
    """The ids of the server's listening processes. Each belongs to the thread that started it."""
    of_threads = Path(f"/proc/{server.pid}/task").glob("*/children")
    children = " ".join(path.read_text() for path in of_threads).split()
    return [int(child) for child in children if b"interviewer.speech.worker" in _command(int(child))]


def _command(process: int) -> bytes:
    try:
        return (Path("/proc") / str(process) / "cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def test_a_killed_listener_fails_the_recording_in_hand_and_the_next_is_heard(serve: StartServer) -> None:
    server, wav = serve(), spoken.say(SHORT)
    with ThreadPoolExecutor(1) as thread:
        in_hand = thread.submit(transcribe, server, wav)
        until(lambda: listening_in(server), LONG)  # it loads its model now, with the recording before it
        os.kill(listening_in(server)[0], signal.SIGKILL)
        hit = in_hand.result(60)
    assert (hit.status_code, hit.headers["Retry-After"]) == (503, "5")
    assert "cannot listen just now" in hit.json()["detail"]
    assert transcribe(server, wav).status_code == 200
    (listener,) = listening_in(server)
    assert server.stop() == 0
    until(lambda: not _command(listener), LONG)


def test_the_listener_ends_with_a_killed_server_in_the_middle_of_a_recording(serve: StartServer) -> None:
    server = serve()
    long = spoken.say(" ".join(spoken.ANSWERS[:5]))
    with ThreadPoolExecutor(1) as thread:
        cut_off = thread.submit(transcribe, server, long)
        until(lambda: listening_in(server), LONG)
        (listener,) = listening_in(server)
        server.kill()
        until(lambda: not _command(listener), LONG)
        assert isinstance(cut_off.exception(60), requests.ConnectionError)


def test_a_start_loads_nothing_that_only_other_processes_need(tmp_path: Path) -> None:
    code = f"import sys, app\napp.create_app()\nprint([name for name in {HEAVY} if name in sys.modules])"
    environment = {"DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


HEAVY = ("faster_whisper", "ctranslate2", "onnxruntime", "av", "fpdf", "fontTools", "uharfbuzz", "huggingface_hub")


def test_a_body_that_is_said_to_be_huge_is_refused_before_it_comes(serve: StartServer) -> None:
    server = serve()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.putrequest("POST", "/api/transcribe")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(TEN_GB))
    connection.endheaders()
    assert connection.getresponse().status == 413
    assert server.get("/api/health").status_code == 200
