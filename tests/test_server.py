"""The server as a process: started, killed, stopped with work in hand, run twice on one folder."""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests

from tests.conftest import JOB, ROOT, STRONG, StartServer, read_records
from tests.waiting import until


def test_the_start_line_says_where_and_by_whom(serve: StartServer, data_dir: Path) -> None:
    server = serve()
    assert f"http://127.0.0.1:{server.port}" in server.start_line
    assert "built-in interviewer" in server.start_line
    assert str(data_dir) in server.start_line
    assert server.get("/api/health").status_code == 200


def test_python_app_py_serves_until_it_is_stopped(data_dir: Path) -> None:
    """The command itself: the other tests' servers are forked from a process that has loaded it."""
    environment = os.environ | {"PORT": "0", "DATA_DIR": str(data_dir)}
    command = [sys.executable, "app.py"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+:\d+", process.stdout.readline())
        assert found
        assert requests.get(f"{found.group()}/api/health", timeout=60).json()["status"] == "ok"
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_ends_an_idle_server_with_0(serve: StartServer, stop: signal.Signals) -> None:
    server = serve()
    server.signal(stop)
    assert server.wait(10) == 0


def test_an_interview_goes_on_after_a_kill_between_any_two_requests(serve: StartServer, data_dir: Path) -> None:
    server = serve()
    session_id = server.post("/api/start-interview", job_description=JOB, total_questions=2).json()["session_id"]
    asked = []
    for number in (1, 2):
        server.kill()
        server = serve()
        view = server.get(f"/api/interview/{session_id}").json()
        assert (view["status"], view["question_number"]) == ("in_progress", number)
        asked.append(view["question"])
        assert [given["question"] for given in view["answers"]] == asked[:-1]
        server.post("/api/save-draft", session_id=session_id, question_number=number, answer="half")
        server.kill()
        server = serve()
        assert server.get(f"/api/interview/{session_id}").json()["draft"] == "half"
        sent = {"session_id": session_id, "answer": f"{STRONG} {number}", "question_number": number}
        first = server.post("/api/submit-answer", **sent).json()
        server.kill()
        server = serve()
        assert server.post("/api/submit-answer", **sent).json() == first
    assert first["status"] == "interview_complete"
    assert [answer["question_number"] for answer in read_records(data_dir, "answers")] == [1, 2]
    assert read_records(data_dir, "interviews") == [first["report"]]
    assert list((data_dir / "in_progress").iterdir()) == []


def test_a_kill_in_the_middle_of_answers_loses_and_doubles_nothing(serve: StartServer, data_dir: Path) -> None:
    acknowledged: dict[str, set[int]] = {}
    for round_number in range(4):
        server = serve()
        going = threading.Event()

        def candidate(url: str = server.url, going: threading.Event = going) -> None:
            try:
                while True:
                    begun = requests.post(
                        url + "/api/start-interview", json={"job_description": JOB, "total_questions": 4}, timeout=20
                    ).json()
                    for number in range(1, 5):
                        sent = {"session_id": begun["session_id"], "answer": STRONG, "question_number": number}
                        if requests.post(url + "/api/submit-answer", json=sent, timeout=20).status_code == 200:
                            acknowledged.setdefault(begun["session_id"], set()).add(number)
                            going.set()
            except requests.RequestException:
                return

        threads = [threading.Thread(target=candidate) for _ in range(3)]
        for thread in threads:
            thread.start()
        assert going.wait(20)
        enough = len(acknowledged) + 2 + round_number
        until(lambda enough=enough: len(acknowledged) >= enough)  # type: ignore[misc]
        server.kill()
        for thread in threads:
            thread.join()
    serve()
    stored = [(record["session_id"], record["question_number"]) for record in read_records(data_dir, "answers")]
    assert len(stored) == len(set(stored))
    missing = {(sid, n) for sid, numbers in acknowledged.items() for n in numbers} - set(stored)
    assert not missing


def test_an_answer_on_disk_that_was_not_evaluated_is_at_the_next_start(serve: StartServer, data_dir: Path) -> None:
    server = serve()
    session_id = server.post("/api/start-interview", job_description=JOB, total_questions=2).json()["session_id"]
    server.kill()
    path = data_dir / "in_progress" / f"{session_id}.json"
    interview = json.loads(path.read_text())
    interview["turns"][0]["answer"] = {"text": STRONG, "received_at": interview["last_activity_at"]}
    path.write_text(json.dumps(interview))
    (data_dir / "job_descriptions.json").write_text("[\n]\n")  # as after a crash between the two writes
    server = serve()
    assert [posting["session_id"] for posting in read_records(data_dir, "job_descriptions")] == [session_id]
    (stored,) = read_records(data_dir, "answers")
    assert (stored["session_id"], stored["question_number"], stored["answer"]) == (session_id, 1, STRONG)
    view = server.get(f"/api/interview/{session_id}").json()
    assert view["question_number"] == 2


def test_a_request_in_hand_survives_a_stop_and_new_ones_are_refused(serve: StartServer, data_dir: Path) -> None:
    server = serve()
    session_id = server.post("/api/start-interview", job_description=JOB).json()["session_id"]
    replies: list[requests.Response] = []
    sender = threading.Thread(
        target=lambda: replies.append(server.post("/api/submit-answer", session_id=session_id, answer=STRONG))
    )
    with (data_dir / "in_progress" / f"{session_id}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # what another process on this folder would do: the request has to wait
        sender.start()
        until(lambda: _waits_for(lock.name))
        server.signal(signal.SIGTERM)
        until(lambda: _refuses(server.port))
        assert server.exit_status is None
    sender.join()
    assert replies[0].json()["status"] == "next_question"
    assert server.wait(10) == 0


def _waits_for(path: str) -> bool:
    """Whether some process waits for the lock of that file (Linux lists them in /proc/locks)."""
    inode = str(Path(path).stat().st_ino)
    return any(":" + inode in line and "->" in line for line in Path("/proc/locks").read_text().splitlines())


def _refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    except (ConnectionResetError, TimeoutError):
        # It met the listening socket while that closed: reset when it waited to be accepted; when the kernel had
        # found the socket but not yet handled the SYN, the SYN is dropped, and is sent again a second later.
        return False
    return False


def test_an_idle_interview_is_closed_and_keeps_its_draft(serve: StartServer, data_dir: Path) -> None:
    server = serve(SESSION_TIMEOUT="0.01")
    session_id = server.post("/api/start-interview", job_description=JOB).json()["session_id"]
    server.post("/api/submit-answer", session_id=session_id, answer=STRONG)
    server.post("/api/save-draft", session_id=session_id, question_number=2, answer="half a thou")
    asked = server.get(f"/api/interview/{session_id}").json()
    server.stop()
    serve(SESSION_TIMEOUT="0.01")  # the sweep at start closes it, once the server has run for the timeout
    until(lambda: read_records(data_dir, "interviews"), seconds=90)
    (report,) = read_records(data_dir, "interviews")
    assert (report["completion_method"], report["completed_questions"]) == ("timeout_cleanup", 1)
    assert report["unsent_draft"] == "half a thou"
    assert report["unanswered_question"] == asked["question"]
    assert report["ended_at"] < asked["server_time"]


def test_what_a_killed_writer_left_behind_is_gone_with_the_candidate(serve: StartServer, data_dir: Path) -> None:
    server = serve()
    session_id = server.post("/api/start-interview", job_description=JOB).json()["session_id"]
    server.kill()
    content = (data_dir / "in_progress" / f"{session_id}.json").read_bytes()
    (data_dir / "in_progress" / f".{session_id}.json.tmp").write_bytes(content)
    (data_dir / ".interviews.json.tmp").write_bytes(content)
    server = serve()
    assert requests.delete(f"{server.url}/api/data/interview/{session_id}", timeout=20).status_code == 204
    left = [path for path in data_dir.rglob("*") if path.is_file() and session_id in path.name + path.read_text()]
    assert not left


def test_a_port_that_is_taken_stops_the_start_with_one_clear_line(serve: StartServer, tmp_path: Path) -> None:
    taken = serve().port
    environment = os.environ | {"PORT": str(taken), "DATA_DIR": str(tmp_path / "other")}
    second = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30
    )
    assert second.returncode == 1
    assert f"port {taken}" in second.stderr
    assert "Traceback" not in second.stderr


def test_two_servers_on_one_folder_share_an_interview(serve: StartServer) -> None:
    one, other = serve(), serve()
    session_id = one.post("/api/start-interview", job_description=JOB, total_questions=3).json()["session_id"]
    for number, server in ((1, other), (2, one), (3, other)):
        reply = server.post("/api/submit-answer", session_id=session_id, answer=STRONG, question_number=number).json()
    for server in (one, other):
        assert server.get(f"/api/data/interview/{session_id}").json() == reply["report"]
