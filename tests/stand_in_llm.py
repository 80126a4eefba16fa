"""A real HTTP server on loopback that plays an OpenAI-compatible model, well or badly.

    with StandIn() as server:                                  # good
        server.behave("hang")                                  # all tasks, until told otherwise
        server.behave("good", only=("evaluation",))            # but this one
        server.behave("server_error", "cut", times=1)          # the next two calls, then as before
        server.behave("rate_limited", "good")                  # one call, then good for good

    python -m tests.stand_in_llm --port 9999 --delay 1.0 --behaviour good

The behaviours are in `stand_in_behaviours` and `stand_in_failures`.
"""

import argparse
import contextlib
import json
import signal
import socket
import socketserver
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self

from tests.stand_in_calls import BadCall, Call, Reply, error, read_call
from tests.stand_in_failures import BEHAVIOURS
from tests.stand_in_model import TASKS

STOP_SECONDS = 5.0


@dataclass
class _Rule:
    """Names of behaviours to come for some tasks, then one for good (None: what the rule before says)."""

    tasks: frozenset[str]
    coming: deque[str]
    then: str | None


class StandIn:
    """The server. `delay` and `delays` (by task) are the seconds from a request to its reply; both may be changed."""

    def __init__(
        self,
        behaviour: str = "good",
        *,
        port: int = 0,
        key: str | None = None,
        delay: float = 0.0,
        delays: Mapping[str, float] | None = None,
        redirect_to: str = "http://127.0.0.1:1/v1",
        drip_interval: float = 1.0,
    ) -> None:
        """With a `key`, other keys are a 401. `redirect` sends to `redirect_to`, a base URL."""
        self.port, self.key, self.delay, self.delays = port, key, delay, dict(delays or {})
        self.redirect_to, self.drip_interval = redirect_to, drip_interval
        self.requests: list[Call] = []
        self.stopping = threading.Event()
        self._delays_over = threading.Event()
        self._lock = threading.Lock()
        self._rules: list[_Rule] = []
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.behave(behaviour)

    @property
    def base_url(self) -> str:
        """What comes before /chat/completions."""
        return f"http://127.0.0.1:{self.port}/v1"

    def calls(self, task: str) -> list[Call]:
        """The recorded requests of one task."""
        return [call for call in list(self.requests) if call.task == task]

    def behave(self, *names: str, only: Sequence[str] = (), times: int | None = None) -> None:
        """Behave so from the next request on, for the tasks in `only` (default: all).

        Of several names each is for one request and the last one for good; with `times` the whole sequence is played
        so often, and then it is as before. Raises KeyError for an unknown name.
        """
        for name in names:
            BEHAVIOURS[name]
        tasks = frozenset(only or (*TASKS, "none"))
        if unknown := tasks - {*TASKS, "none"}:
            raise KeyError(*unknown)
        with self._lock:
            if times is None:
                self._rules = [rule for rule in self._rules if not rule.tasks <= tasks]
                self._rules.append(_Rule(tasks, deque(names[:-1]), names[-1]))
            else:
                self._rules.append(_Rule(tasks, deque(names * times), None))

    def end_delays(self) -> None:
        """Reply at once from now on, also to the requests that wait out a delay."""
        self.delay, self.delays = 0.0, {}
        waited_for, self._delays_over = self._delays_over, threading.Event()
        waited_for.set()

    def start(self) -> Self:
        """Listen: on the same port as before if it was stopped."""
        self.stopping.clear()
        self._delays_over = threading.Event()
        self._server = _Server(("127.0.0.1", self.port), self)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and close every connection, also those that hang."""
        if self._server is None or self._thread is None:
            return
        self.stopping.set()
        self._delays_over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.close_connections()
        self._server.server_close()
        self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def answer(self, call: Call) -> Reply:
        """Record a call and say what to reply."""
        with self._lock:
            call.behaviour = self._next_behaviour(call.task)
            self.requests.append(call)
        if self.key is not None and call.headers.get("authorization") != f"Bearer {self.key}":
            return error(401, "Incorrect API key provided.")
        try:
            reply = BEHAVIOURS[call.behaviour](call)
        except BadCall as fault:
            return error(400, f"stand-in: {fault}")
        if reply.status == HTTPStatus.TEMPORARY_REDIRECT:
            reply.headers["Location"] = f"{self.redirect_to}/chat/completions"
        return reply

    def _next_behaviour(self, task: str) -> str:
        for rule in reversed(self._rules):
            if task in rule.tasks or (task not in TASKS and "none" in rule.tasks):
                if rule.coming:
                    return rule.coming.popleft()
                if rule.then is not None:
                    return rule.then
        raise AssertionError("the first rule holds for every task")

    def wait_for_turn(self, call: Call) -> None:
        """Wait until the delay has passed since the call came in, or delays end, or the server stops."""
        delays_over = self._delays_over  # before the delay is read: one that ends in between must not be waited out
        until = call.arrived + self.delays.get(call.task, self.delay)
        delays_over.wait(max(0.0, until - time.monotonic()))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(self, address: tuple[str, int], stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.open: set[socket.socket] = set()
        self.changed = threading.Condition()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection before its thread starts, so that none escapes a stop."""
        with self.changed:
            self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """The thread of a connection has done."""
        super().shutdown_request(request)
        with self.changed:
            self.open.discard(request)
            self.changed.notify_all()

    def close_connections(self) -> None:
        """Wake and end every connection's thread."""
        with self.changed:
            for connection in self.open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            if not self.changed.wait_for(lambda: not self.open, STOP_SECONDS):
                raise TimeoutError("a connection of the stand-in does not end")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        """Serve the connection; a client that went away ends it."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: what came in is in `requests`."""

    def do_GET(self) -> None:
        """The list of models."""
        known = self.path == "/v1/models"
        models = {"object": "list", "data": [{"id": "stand-in", "object": "model"}]}
        self._send(Reply(json.dumps(models).encode()) if known else error(404, "There is nothing here."))

    def do_POST(self) -> None:
        """A chat completion."""
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        arrived = time.monotonic()
        if self.path != "/v1/chat/completions":
            return self._send(error(404, f"There is nothing at {self.path}."))
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        if not isinstance(body, dict) or not isinstance(body.get("messages"), list) or not body.get("model"):
            return self._send(error(400, "The body is no JSON object with model and messages."))
        call = read_call(body, {name.lower(): value for name, value in self.headers.items()}, arrived)
        reply = self.server.stand_in.answer(call)
        if reply.wire == "hang":
            self.close_connection = True
            self.server.stand_in.stopping.wait()
            return None
        self.server.stand_in.wait_for_turn(call)
        if reply.wire == "dropped" or self.server.stand_in.stopping.is_set():
            self.close_connection = True
            return None
        call.status, call.tokens = reply.status, reply.tokens
        return self._send(reply)

    def _send(self, reply: Reply) -> None:
        lines = {"Content-Type": reply.content_type, "Content-Length": str(len(reply.body))} | reply.headers
        head = f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n"
        header = (head + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n").encode("latin-1")
        if reply.wire == "whole":
            self.wfile.write(header + reply.body)
            return
        self.close_connection = True
        if reply.wire == "dropped_midway":
            self.wfile.write(header + reply.body[: len(reply.body) // 2])
            return
        at_once = header if reply.wire == "drip" else b""
        self.wfile.write(at_once)
        for byte in (header + reply.body)[len(at_once) :]:
            if self.server.stand_in.stopping.wait(self.server.stand_in.drip_interval):
                return
            self.wfile.write(bytes([byte]))


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds from a request to its reply")
    parser.add_argument("--behaviour", default="good", choices=BEHAVIOURS, metavar="NAME", help=", ".join(BEHAVIOURS))
    parser.add_argument("--only", nargs="*", default=[], choices=TASKS, help="the tasks it is for; good for the others")
    parser.add_argument("--key", default=None, help="refuse other keys")
    options = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with StandIn(port=options.port, delay=options.delay, key=options.key) as server:
        server.behave(options.behaviour, only=options.only)
        print(server.base_url, flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
