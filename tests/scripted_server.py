"""A real HTTP server that plays one script a request, and a client of it."""

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import pytest
from pydantic import SecretStr

from interviewer.errors import LLMError
from interviewer.llm.breaker import CircuitBreaker
from interviewer.llm.chat import ChatClient, Completion, Message
from interviewer.llm.deadline import Deadline
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.retrying import Retrying
from interviewer.usage import Meter
from tests.serving import serving

KEY = "sk-test-0123456789abcdefSECRET"
MESSAGES: list[Message] = [
    {"role": "system", "content": "# Task: question"},
    {"role": "user", "content": "Hallo \ud800"},
]
QUICK = Retrying(base=0.01)
Script = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else head and body, written apart, cost 40 ms

    def do_POST(self) -> None:
        self.raw_body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        server = cast(ScriptedServer, self.server)
        with server.lock:
            server.arrivals.append(time.monotonic())
            server.heads.append(dict(self.headers))
            server.bodies.append(json.loads(self.raw_body or b"{}"))
            script = server.scripts.pop(0) if server.scripts else server.otherwise
        script(self)

    do_GET = do_POST

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.close_connection = True

    def cut(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Quiet."""


class ScriptedServer(ThreadingHTTPServer):
    """Plays `scripts`, one a request, then `otherwise`."""

    request_queue_size = 128
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.scripts: list[Script] = []
        self.otherwise: Script = say("hello")
        self.arrivals: list[float] = []
        self.heads: list[dict[str, str]] = []
        self.bodies: list[dict[str, Any]] = []
        self.connections = 0
        self.stopping = threading.Event()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is what many of these tests are about."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


def reply(status: int, body: object, **headers: str) -> Script:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda handler: handler.send(status, data, **headers)


def completion(content: object, **more: object) -> dict[str, object]:
    return {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}], **more}


def say(content: object, **more: object) -> Script:
    return reply(200, completion(content, **more))


def error(message: str, **more: object) -> dict[str, object]:
    return {"error": {"message": message, **more}}


def hang(handler: Handler) -> None:
    cast(ScriptedServer, handler.server).stopping.wait(30)
    handler.close_connection = True


def drop(handler: Handler) -> None:
    handler.cut()


def drop_in_the_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.cut()


def drip(head: bytes, byte: bytes) -> Script:
    def script(handler: Handler) -> None:
        stopping = cast(ScriptedServer, handler.server).stopping
        handler.wfile.write(head)
        while not stopping.wait(0.02):
            handler.wfile.write(byte)

    return script


def playing() -> AbstractContextManager[ScriptedServer]:
    """The server, at work."""
    server = ScriptedServer()
    return serving(server, server.stopping.set)


def client_of(
    server: ScriptedServer, key: str | None = KEY, breaker: CircuitBreaker | None = None, retrying: Retrying = QUICK
) -> ChatClient:
    endpoint = Endpoint(base_url=server.url, model="tiny", api_key=SecretStr(key) if key is not None else None)
    return ChatClient(endpoint, retrying=retrying, breaker=breaker)


def ask(client: ChatClient, seconds: float = 10, meter: Meter | None = None) -> Completion:
    return client.complete(MESSAGES, response_format=None, deadline=Deadline(seconds), meter=meter or Meter())


def failure(client: ChatClient, seconds: float = 10) -> LLMError:
    with pytest.raises(LLMError) as caught:
        ask(client, seconds)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None  # an exception of requests holds the request and its headers
    return caught.value
