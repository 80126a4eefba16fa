"""A real HTTP server with what a download from Hugging Face asks for: a repository's list of files, and the files."""

import hashlib
import json
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from tests.serving import serving

COMMIT = "0123456789abcdef" * 2 + "01234567"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        hub = cast(Hub, self.server)
        path = self.path.partition("?")[0]
        place, _, name = path.removeprefix("/").partition(f"/resolve/{COMMIT}/")
        if path.startswith(f"/api/models/{hub.repository}/revision/"):
            files = [{"rfilename": each} for each in hub.files]
            self.answer(json.dumps({"id": hub.repository, "sha": COMMIT, "siblings": files}).encode())
        elif path == f"/api/models/{hub.repository}/tree/{COMMIT}":
            listed = [
                {"type": "file", "path": each, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
                for each, data in hub.files.items()
            ]
            self.answer(json.dumps(listed).encode())
        elif place == hub.repository and name in hub.files:
            self.answer(hub.files[name])
        else:
            self.answer(b'{"error": "Repository not found"}', status=404)

    def answer(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", f'"{hashlib.sha1(body).hexdigest()}"')
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


class Hub(ThreadingHTTPServer):
    """Has one repository with these files."""

    daemon_threads = True

    def __init__(self, repository: str, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.repository = repository
        self.files = files

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


def hub_with(repository: str, files: dict[str, bytes]) -> AbstractContextManager[Hub]:
    """The server, at work."""
    return serving(Hub(repository, files))
