"""A real HTTP server with OpenAI's two audio calls, as far as we use them."""

import json
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from tests.serving import serving

KEY = "sk-voice-0123456789"
HEARD = {
    "text": " Hello from afar.",
    "language": "english",
    "words": [
        {"word": "Hello", "start": 0.5, "end": 0.9},
        {"word": "from", "start": 2.4, "end": 2.6},
        {"word": "afar", "start": 2.7, "end": 3.1},
    ],
}


@dataclass(frozen=True)
class Call:
    """What came in."""

    path: str
    authorization: str
    body: bytes


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server = cast(VoiceServer, self.server)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.calls.append(Call(self.path, self.headers.get("Authorization", ""), body))
        server.may_answer.wait(30)
        if self.path == "/v1/audio/transcriptions":
            form_is_refused = server.knows_no_times and b"verbose_json" in body
            self.answer(400 if form_is_refused else server.status, server.transcript, "application/json")
        else:
            sound = b"ID3 spoken: " + json.loads(body)["input"].encode() + bytes(server.padding)
            self.answer(server.status, sound if server.speech is None else server.speech, "audio/mpeg")

    def answer(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


class VoiceServer(ThreadingHTTPServer):
    """Answers every call the same; while `may_answer` is not set it holds them.

    One that `knows_no_times` refuses to be asked for them. Its speech is the text's own bytes with some `padding`, or
    `speech` where that is set.
    """

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *args: object) -> None:
        """Quiet: who asked has gone."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.calls: list[Call] = []
        self.status = 200
        self.knows_no_times = False
        self.padding = 0
        self.speech: bytes | None = None
        self.transcript = json.dumps(HEARD).encode()
        self.may_answer = threading.Event()
        self.may_answer.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


def voice_server() -> AbstractContextManager[VoiceServer]:
    """The server, at work."""
    server = VoiceServer()
    return serving(server, server.may_answer.set)
