"""Whether exporting to Google Sheets costs a candidate anything: `python -m benchmarks.export_times [--interviews N]`.

Four real servers: without Google, and with a stand-in for it that is up, down (every connection refused) and hanging
(no answer). They take turns interview by interview, so that all meet the same machine. Then 1,000 interviews at once.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import requests

from benchmarks.answer_time import ROOT, run_interview
from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.storage.array_format import encode, joined
from tests.google_setup import interview, keys
from tests.stand_in_google import StandInGoogle, playing_google

MANY = 1_000
POSTING_CHARACTERS = 4_000


class Served:
    """A server on a scratch folder, and the times of its answers in milliseconds."""

    def __init__(self, name: str, folder: Path, environment: dict[str, str]) -> None:
        self.name = name
        self.times: list[float] = []
        self._process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=os.environ | {"DATA_DIR": str(folder / "data"), "PORT": "0", "HOST": "127.0.0.1"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.url = self._process.stdout.readline().split()[2] if self._process.stdout else ""

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.communicate()


def google_in(state: str, opened: ExitStack) -> StandInGoogle:
    """A stand-in that is up, down or hanging."""
    google = opened.enter_context(playing_google())
    google.down = state == "down"
    if state == "hanging":
        google.hanging.set()
    return google


def measure_answers(interviews: int) -> None:
    """Print the times of submit-answer for each state of Google."""
    samples = {q.text: q.sample_answer for q in QuestionBank().questions.values() if q.sample_answer}
    with ExitStack() as opened:
        servers = []
        for state in ("not set up", "up", "down", "hanging"):
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            environment = {} if state == "not set up" else google_in(state, opened).environment(folder)
            servers.append(Served(state, folder, environment))
            opened.callback(servers[-1].stop)
        with requests.Session() as http:
            for number in range(interviews + 2):
                for server in servers:
                    times = run_interview(http, server.url, samples)
                    server.times += times if number >= 2 else []  # the first ones warm up
    print(f"{'Google Sheets':16} {'answers':>8} {'median':>9} {'95 %':>9} {'99 %':>9}")
    for server in servers:
        cuts = statistics.quantiles(server.times, n=100)
        median = statistics.median(server.times)
        print(f"{server.name:16} {len(server.times):8} {median:6.1f} ms {cuts[94]:6.1f} ms {cuts[98]:6.1f} ms")


def measure_many() -> None:
    """Print how long, and how many calls, an export of many interviews takes."""
    with tempfile.TemporaryDirectory() as scratch, playing_google() as google:
        folder = Path(scratch)
        (folder / "data").mkdir()
        posting = "x" * POSTING_CHARACTERS
        records = [interview(number, answers=5, job_description=posting) for number in range(MANY)]
        (folder / "data" / "interviews.json").write_bytes(joined(map(encode, records)))
        command = [sys.executable, "-m", "flask", "--app", "app", "export-sheets"]
        environment = os.environ | {"DATA_DIR": str(folder / "data")} | google.environment(folder)
        begun = time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - begun
        found, answers = keys(google)
        reads = len(google.calls) - len(google.writes())
        print(f"{len(set(found))} interviews and {len(set(answers))} answers in {seconds:.1f} s, the start included:")
        print(f"{len(google.writes())} write calls, {google.most_in_a_minute} in the busiest minute; {reads} others")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--interviews", type=int, default=30)
    options = parser.parse_args()
    measure_answers(options.interviews)
    measure_many()


if __name__ == "__main__":
    main()
