"""Google on loopback: the OAuth token endpoint, Drive v3 and Sheets v4, over real TLS, behind a CONNECT proxy.

The proxy ends the tunnel itself: what comes through it is served here, with a certificate for Google's names of a CA
made for the test. So the product reaches it by HTTPS_PROXY and REQUESTS_CA_BUNDLE alone.
"""

import contextlib
import json
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.serving import serving
from tests.stand_in_sheet import Refused, Spreadsheet

HOSTS = ("oauth2.googleapis.com", "www.googleapis.com", "sheets.googleapis.com")
EMAIL = "candor@team-project.iam.gserviceaccount.com"
NAME = "Interview Data"
QUOTA = 60
Fault = tuple[int, dict[str, str]]
Json = dict[str, Any]


class StandInGoogle(ThreadingHTTPServer):
    """The server. What it does wrong is set by its attributes; what it was asked stands in `calls`."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Proxy)
        self.lock = threading.RLock()
        self.authority = trustme.CA()
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.authority.issue_cert(*HOSTS).configure_cert(self.tls)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_revoked = False
        self.disabled: set[str] = set()  # of sheets.googleapis.com, drive.googleapis.com
        self.faults: list[Fault] = []  # what the next calls of the API get instead
        self.drops = 0  # so many of the next calls are carried out, and their answers lost
        self.refuse: Callable[[str], bool] = lambda _: False  # a write whose body is refused as invalid
        self.meanwhile: Callable[[], object] = lambda: None  # what people do to the sheet after each write of rows
        self.down = False
        self.hanging = threading.Event()
        self.stop_after_writes: int | None = None  # then the next write is carried out and gets no answer
        self.stopped = threading.Event()
        self.calls: list[tuple[float, str, str, int]] = []  # monotonic time, method, path, status
        self.most_in_a_minute = 0
        self.files = [Spreadsheet("k" * 22 + "_sheet_of_the_team_001", NAME, {EMAIL})]

    @property
    def sheet(self) -> Spreadsheet:
        return self.files[0]

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def writes(self) -> list[tuple[float, str, str, int]]:
        """The calls that changed something or tried to."""
        return [call for call in self.calls if call[1] != "GET" and "/v4/" in call[2]]

    def key_file(self, folder: Path, **changes: object) -> Path:
        """A service account's key file, as Google's console gives it."""
        pem = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        fields = {
            "type": "service_account",
            "project_id": "team-project",
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": EMAIL,
            "client_id": "1",
            "token_uri": "https://oauth2.googleapis.com/token",
        }
        path = folder / "key.json"
        path.write_text(json.dumps(fields | changes), encoding="utf-8")
        return path

    def environment(self, folder: Path) -> dict[str, str]:
        """What leads a client of Google's to this server."""
        bundle = folder / "ca.pem"
        self.authority.cert_pem.write_to_path(str(bundle))
        return {
            "HTTPS_PROXY": self.proxy,
            "REQUESTS_CA_BUNDLE": str(bundle),
            "NO_PROXY": "",
            "GOOGLE_SHEETS_CREDENTIALS": str(self.key_file(folder)),
        }

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed or gave up is what many of these tests are about."""


class _Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        google = cast(StandInGoogle, self.server)
        self.close_connection = True
        if google.down or self.path.rpartition(":")[0] not in HOSTS:
            self.send_error(502)
            return
        self.send_response(200)
        self.end_headers()
        with (
            contextlib.suppress(OSError, ssl.SSLError),
            google.tls.wrap_socket(self.connection, server_side=True) as tunnel,
        ):
            _Google(tunnel, self.client_address, google)

    def log_message(self, *args: object) -> None:
        """Quiet."""


class _Google(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle_any(self) -> None:
        google = cast(StandInGoogle, self.server)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if google.down:
            self.close_connection = True
            return
        if google.hanging.is_set():
            google.stopped.wait(120)
        with google.lock:
            status, reply, headers, lost = self._answer(google, body)
            google.calls.append((time.monotonic(), self.command, self.path, status))
        if lost:
            google.stopped.wait(0 if google.stop_after_writes is None else 120)
            self.close_connection = True
            return
        data = json.dumps(reply).encode()
        self.send_response(status)
        for name, value in (headers | {"Content-Type": "application/json", "Content-Length": str(len(data))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = handle_any

    def _answer(self, google: StandInGoogle, body: bytes) -> tuple[int, Json, dict[str, str], bool]:
        """(status, body, headers, whether the answer gets lost)."""
        host, path = self.headers["Host"].partition(":")[0], urlsplit(self.path)
        try:
            if host == "oauth2.googleapis.com":
                return *self._token(google, body), {}, False
            if google.faults:
                status, headers = google.faults.pop(0)
                return status, problem(status, "UNAVAILABLE", "The service is currently unavailable."), headers, False
            self._check_access(google)
            self._check_quota(google)
            reply = self._drive(google, path.query) if host == "www.googleapis.com" else self._sheets(google, body)
        except Refused as error:
            form = drive_problem if host == "www.googleapis.com" else problem
            return error.status, form(error.status, error.name, error.message, error.reason), {}, False
        writes = len(google.writes()) + (self.command != "GET")
        lost = self.command != "GET" and google.stop_after_writes == writes
        if google.drops and self.command != "GET":
            google.drops -= 1
            lost = True
        return 200, reply, {}, lost

    def _token(self, google: StandInGoogle, body: bytes) -> tuple[int, Json]:
        (assertion,) = parse_qs(body.decode())["assertion"]
        try:
            claims = jwt.decode(
                assertion, google.key.public_key(), ["RS256"], audience="https://oauth2.googleapis.com/token"
            )
        except jwt.InvalidSignatureError:
            claims = {}
        if google.key_revoked or claims.get("iss") != EMAIL:
            return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        return 200, {"access_token": "token-of-the-stand-in", "expires_in": 3599, "token_type": "Bearer"}

    def _check_access(self, google: StandInGoogle) -> None:
        if self.headers.get("Authorization") != "Bearer token-of-the-stand-in":
            raise Refused(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        drive = self.headers["Host"].startswith("www")
        api = "drive.googleapis.com" if drive else "sheets.googleapis.com"
        if api in google.disabled:
            console = f"https://console.developers.google.com/apis/api/{api}/overview?project=1"
            raise Refused(
                403,
                "PERMISSION_DENIED",
                f"Google {'Drive' if drive else 'Sheets'} API has not been used in project 1 before or it is disabled. "
                f"Enable it by visiting {console} then retry.",
                "accessNotConfigured" if drive else "SERVICE_DISABLED",
            )

    def _check_quota(self, google: StandInGoogle) -> None:
        if self.command == "GET":
            return
        now = time.monotonic()
        recent = 1 + sum(1 for at, *_ in google.writes() if at > now - 60)
        google.most_in_a_minute = max(google.most_in_a_minute, recent)
        if recent > QUOTA:
            raise Refused(
                429,
                "RESOURCE_EXHAUSTED",
                "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user'",
                "RATE_LIMIT_EXCEEDED",
            )

    def _drive(self, google: StandInGoogle, query: str) -> Json:
        (wanted,) = parse_qs(query)["q"]
        assert "trashed = false" in wanted
        files = [file for file in google.files if EMAIL in file.editors | file.viewers and not file.trashed]
        quoted = [file.name.replace("\\", "\\\\").replace("'", "\\'") for file in files]
        found = [file for file, name in zip(files, quoted, strict=True) if f"name = '{name}'" in wanted]
        return {"files": [{"id": file.key, "name": file.name} for file in found]}

    def _sheets(self, google: StandInGoogle, body: bytes) -> Json:
        path = urlsplit(self.path)
        key, _, rest = unquote(path.path).removeprefix("/v4/spreadsheets/").partition("/")
        key, _, verb = key.partition(":")
        file = next((file for file in google.files if file.key == key), None)
        if file is None:
            raise Refused(404, "NOT_FOUND", "Requested entity was not found.")
        if EMAIL not in file.editors | (file.viewers if self.command == "GET" else set()):
            raise Refused(403, "PERMISSION_DENIED", "The caller does not have permission")
        if self.command == "GET":
            return file.batch_get(path.query) if rest == "values:batchGet" else file.metadata()
        if google.refuse(body.decode()):
            raise Refused(400, "INVALID_ARGUMENT", f"Invalid value at 'data[0]': {body.decode()[:200]}")
        if verb:
            return file.batch_update(json.loads(body))
        reply = file.values_batch_update(json.loads(body))
        google.meanwhile()
        return reply

    def log_message(self, *args: object) -> None:
        """Quiet."""


def problem(status: int, name: str, message: str, reason: str | None = None) -> Json:
    """An error as Sheets v4 words it."""
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}] if reason else []
    return {"error": {"code": status, "message": message, "status": name, "details": details}}


def drive_problem(status: int, name: str, message: str, reason: str | None = None) -> Json:
    """An error as Drive v3 words it."""
    return {"error": {"code": status, "message": message, "errors": [{"message": message, "reason": reason or name}]}}


def playing_google() -> AbstractContextManager[StandInGoogle]:
    """The stand-in, at work."""
    google = StandInGoogle()
    return serving(google, google.stopped.set)
