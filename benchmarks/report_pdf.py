"""What the PDF of a report costs: `python -m benchmarks.report_pdf [--runs N]`.

A page's report, a usual one and the longest ones, each made as the server makes it: in a process of its own, whose
time and memory the kernel tells. Then other requests to a real server while one client asks for the longest again
and again. All in one run, so that the ratios mean something on a machine that does other work.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

import requests
from flask.testing import FlaskClient

from benchmarks.answer_time import POSTING, ROOT, milliseconds
from tests.conftest import STRONG, client_with
from tests.server_process import ServerProcess

Report = dict[str, Any]

LONG_ANSWER = 5_000  # characters
LONGEST = 20_000  # what the API takes, of an answer and of its code
QUESTIONS = 20
HEALTH_CALLS = 200


def finished_interview(client: FlaskClient, questions: int) -> Report:
    """The report of an interview in which every question got the same answer."""
    begun = client.post("/api/start-interview", json={"job_description": POSTING, "total_questions": questions})
    body = {"session_id": begun.get_json()["session_id"], "answer": STRONG}
    for _ in range(questions):
        reply = client.post("/api/submit-answer", json=body).get_json()
    report: Report = reply["report"]
    return report


def filled(report: Report, **answer: Any) -> Report:
    """The report with other words in each answer."""
    return report | {"questions_and_answers": [item | answer for item in report["questions_and_answers"]]}


def subjects(one: Report, five: Report, twenty: Report) -> dict[str, Report]:
    """The reports that are measured, by name. The first is what the others are compared with."""
    words = (STRONG + " ") * 50
    scripts = "王小明 محمد الأحمدي अर्जुन शर्मा 김철수 山田太郎 שרה สมชาย 👩🏽‍💻 "
    return {
        "1 answer": one,
        "5 answers": five,
        "5 answers, name of 200 wide letters": five | {"candidate_name": "W" * 200},
        "5 answers in nine scripts": filled(five, answer=scripts * 10) | {"candidate_name": scripts},
        "20 answers of 5,000 characters": filled(twenty, answer=words[:LONG_ANSWER]),
        "20 answers of 20,000, as much code": filled(twenty, answer=words[:LONGEST], code_submission=words[:LONGEST]),
        "20 answers of 10,000 lines": filled(twenty, answer="a\n" * (LONGEST // 2), code_submission=None),
        "20 answers of one word of 20,000": filled(twenty, answer="W" * LONGEST, code_submission=None),
    }


class Cost(NamedTuple):
    """What a PDF takes: milliseconds until it is there and of computing, its bytes, the most memory in MiB."""

    wall_ms: float
    cpu_ms: float
    peak_mib: float
    size: int


def cost_of(report: Report, runs: int) -> Cost:
    """The medians of so many runs, each in a process of its own."""
    costs = [_made(report) for _ in range(runs)]
    return Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))


def _made(report: Report) -> Cost:
    command = (sys.executable, "-m", "benchmarks.child_cost", sys.executable, "-B", "-m", "interviewer.pdf.worker")
    done = subprocess.run(command, input=json.dumps(report).encode(), capture_output=True, cwd=ROOT, check=True)
    return Cost(**json.loads(done.stderr.splitlines()[-1]), size=len(done.stdout))


def health_times(url: str) -> list[float]:
    """The milliseconds of calls of GET /api/health, one after the other."""
    with requests.Session() as http:
        return [milliseconds(lambda: http.get(f"{url}/api/health", timeout=60)) for _ in range(HEALTH_CALLS)]


def beside_pdfs(url: str, path: str) -> tuple[list[float], int]:
    """The same while another client asks for PDFs without a pause, and how many it got."""
    stop, got = threading.Event(), list[int]()

    def ask() -> None:
        while not stop.is_set():
            response = requests.get(url + path, timeout=120)
            response.raise_for_status()
            got.append(len(response.content))

    asking = threading.Thread(target=ask)
    asking.start()
    while not got:
        time.sleep(0.01)
    times = health_times(url)
    stop.set()
    asking.join()
    return times, len(got)


def put_words_in(data_dir: Path, session_id: str, report: Report) -> None:
    """Replace a stored report by a longer one, as its candidate could have written it."""
    path = data_dir / "interviews.json"
    records = [report if each["session_id"] == session_id else each for each in json.loads(path.read_text())]
    path.write_text("[\n" + ",\n".join(json.dumps(each) for each in records) + "\n]\n")


def line_of(name: str, times: list[float]) -> str:
    """Median and 99th percentile of some times."""
    return f"{name:42} median {statistics.median(times):6.1f} ms, 99 % {statistics.quantiles(times, n=100)[98]:7.1f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each PDF is made")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        client = client_with(Path(folder))
        one, five, twenty = (finished_interview(client, count) for count in (1, 5, QUESTIONS))
        reports = subjects(one, five, twenty)
        print(f"{'report':42} {'computing':>9} {'ratio':>6} {'in all':>9} {'PDF':>8} {'memory':>10}")
        shortest = 0.0
        for name, report in reports.items():
            cost = cost_of(report, runs)
            shortest = shortest or cost.cpu_ms
            print(
                f"{name:42} {cost.cpu_ms:6.0f} ms {cost.cpu_ms / shortest:6.1f} {cost.wall_ms:6.0f} ms "
                f"{cost.size / 1000:5.0f} kB {cost.peak_mib:6.0f} MiB"
            )
        put_words_in(Path(folder), twenty["session_id"], reports["20 answers of 20,000, as much code"])
        server = ServerProcess(Path(folder))
        try:
            print(line_of("GET /api/health alone", health_times(server.url)))
            times, made = beside_pdfs(server.url, f"/api/interview/{twenty['session_id']}/report.pdf")
            print(line_of(f"GET /api/health beside {made} of the longest", times))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
