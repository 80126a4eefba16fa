"""System calls that fail: at the k-th call, for every k, the error is clear and everything acknowledged is there.

strace makes them fail from outside (inject=CALL:error=ERROR:when=K), in a process of its own.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, read_records
from tests.waiting import until

FAULTS = [
    ("write,pwrite64,writev", "ENOSPC"),
    ("write,pwrite64,writev", "EIO"),
    ("fsync", "EIO"),
    ("fsync", "ENOSPC"),
    ("rename,renameat,renameat2", "EIO"),
    ("rename,renameat,renameat2", "EROFS"),
    ("link,linkat", "EIO"),
    ("openat", "EIO"),
    ("openat", "EROFS"),
    ("ftruncate", "EIO"),
]
FEWEST_CALLS = {("link,linkat", "delete"): 0, ("ftruncate", "recover"): 0}
"""Calls of a kind that a command may do without; all others must have been made to fail at least once."""

MOST_CALLS = 60  # no command makes as many of one kind; a loop that never ends would


@pytest.fixture(scope="module")
def strace() -> str:
    """The path of strace; installed where that is possible, a failure in CI without it."""
    if not shutil.which("strace") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False, capture_output=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "strace"], check=False, capture_output=True)
    found = shutil.which("strace")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("strace is missing: install Debian's package strace")
    if found is None:
        pytest.skip("strace is missing: install it to run these tests")
    return found


class Subject:
    """A storage process (tests/storage_subject.py) that can be made to fail."""

    def __init__(self, strace: str, log: Path) -> None:
        self._strace, self._log = strace, log
        self._connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.storage_subject", str(theirs.fileno())],
            cwd=ROOT,
            pass_fds=[theirs.fileno()],
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        assert self._read() == "ready"

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        self.process.kill()
        self.process.wait()

    def tell(self, command: str, folder: Path, session_id: str) -> str:
        """Give a command; the answer."""
        self._connection.send(f"{command} {folder} {session_id}".encode())
        return self._read()

    def tell_failing(self, fault: str, command: str, folder: Path, session_id: str) -> tuple[str, bool]:
        """Give a command while a fault is injected; the answer, and whether the fault came to pass."""
        tracer = subprocess.Popen(
            [self._strace, "-qq", "-o", str(self._log), "-e", f"inject={fault}", "-p", str(self.process.pid)],
            stderr=subprocess.DEVNULL,
        )
        until(self._is_traced)
        answer = self.tell(command, folder, session_id)
        tracer.terminate()
        tracer.wait(timeout=10)
        return answer, "(INJECTED)" in self._log.read_text()

    def _is_traced(self) -> bool:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return "TracerPid:\t0\n" not in status

    def _read(self) -> str:
        return self._connection.recv(4096).decode()


@pytest.fixture
def subject(strace: str, tmp_path: Path) -> Iterator[Subject]:
    """A storage process."""
    made = Subject(strace, tmp_path / "strace.log")
    yield made
    made.close()


def ids(folder: Path) -> list[str]:
    return [record["session_id"] for record in read_records(folder, "interviews")]


@pytest.mark.parametrize("command", ["append", "delete", "recover"])
@pytest.mark.parametrize(("calls", "error"), FAULTS, ids=lambda value: str(value).split(",")[0])
def test_a_failing_call_is_a_clear_error_and_loses_nothing(
    subject: Subject, tmp_path: Path, command: str, calls: str, error: str
) -> None:
    for call in range(1, MOST_CALLS):
        folder = tmp_path / f"data{call}"
        known = [f"{number:08}" for number in range(4)]
        for session_id in known:
            assert subject.tell("append", folder, session_id) == "ok"
        if command == "recover":
            path = folder / "interviews.json"
            path.write_bytes(path.read_bytes()[:-2] + b"garbage")
        target = known[1] if command == "delete" else "88888888"
        answer, injected = subject.tell_failing(f"{calls}:error={error}:when={call}", command, folder, target)
        if not injected:
            assert answer == "ok"
            assert call > FEWEST_CALLS.get((calls, command), 1)
            return
        assert answer == "ok" or answer.startswith("StorageUnavailable: "), answer
        if command != "recover" or answer == "ok":
            json.loads((folder / "interviews.json").read_text())
        left = [known[0], *known[2:]] if command == "delete" else known
        assert subject.tell("append", folder, "99999999") == "ok"
        found = ids(folder)
        assert set(left) <= set(found)
        assert found[-1] == "99999999"
        assert len(found) == len(set(found))
        if command == "delete":
            assert answer != "ok" or known[1] not in found
            assert subject.tell("delete", folder, known[1]) == "ok"
            assert known[1] not in ids(folder)
            leftovers = [path.name for path in folder.iterdir() if known[1] in path.read_text(errors="replace")]
            assert not leftovers
    pytest.fail(f"{command} makes over {MOST_CALLS} calls of {calls}")
