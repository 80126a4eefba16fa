"""How long an answer takes with the built-in interviewer: `python -m benchmarks.answer_time [--interviews N]`.

A real server on a scratch folder, one client at a time. Beside submit-answer it times GET /api/health (the cost of
HTTP alone) and a bare write + fsync of the same bytes (the cost of durability alone), in the same run.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import requests

from interviewer.interviewers.builtin.bank import QuestionBank

ROOT = Path(__file__).resolve().parents[1]
POSTING = (
    "Senior Python Developer. 5+ years of experience building REST APIs with Flask, PostgreSQL and Redis. "
    "You design schemas, write tests with pytest, review code and mentor juniors. Docker, CI."
)
QUESTIONS = 5


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def run_interview(http: requests.Session, url: str, samples: dict[str, str]) -> list[float]:
    """One interview from start to report; the milliseconds of each submit-answer."""
    begun = http.post(f"{url}/api/start-interview", json={"job_description": POSTING}, timeout=30).json()
    question, times = begun["question"], []
    fallback = next(iter(samples.values()))
    for number in range(1, QUESTIONS + 1):
        body = {
            "session_id": begun["session_id"],
            "answer": samples.get(question, fallback),
            "question_number": number,
        }
        replies: list[requests.Response] = []

        def send(body: dict[str, object] = body, replies: list[requests.Response] = replies) -> None:
            replies.append(http.post(f"{url}/api/submit-answer", json=body, timeout=30))

        times.append(milliseconds(send))
        replies[0].raise_for_status()
        question = replies[0].json().get("question")
    return times


def bare_write(folder: Path) -> Callable[[], None]:
    """Appends 2 KB to a file and waits for the disk."""
    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write() -> None:
        os.write(descriptor, b"x" * 2048)
        os.fsync(descriptor)

    return write


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--interviews", type=int, default=40)
    options = parser.parse_args()
    samples = {q.text: q.sample_answer for q in QuestionBank().questions.values() if q.sample_answer}
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=os.environ | {"DATA_DIR": folder, "PORT": "0", "HOST": "127.0.0.1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            url = server.stdout.readline().split()[2] if server.stdout else ""
            with requests.Session() as http:
                times = [t for _ in range(options.interviews) for t in run_interview(http, url, samples)]
                health = [milliseconds(lambda: http.get(f"{url}/api/health", timeout=30)) for _ in range(200)]
            bare = [milliseconds(bare_write(Path(folder))) for _ in range(200)]
        finally:
            server.terminate()
            server.wait()
    floor = statistics.median(health)
    print(f"{'':28} {'n':>5} {'median':>9} {'95 %':>9}   ratio of medians")
    for name, values in (("submit-answer", times), ("GET /api/health", health), ("2 KB write + fsync", bare)):
        p95 = statistics.quantiles(values, n=20)[-1]
        median = statistics.median(values)
        print(f"{name:28} {len(values):5} {median:6.1f} ms {p95:6.1f} ms   {median / floor:.1f} x health")


if __name__ == "__main__":
    main()
