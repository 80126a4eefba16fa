"""A TCP line to a server of this machine that drops: in the middle of an upload, or all at once."""

import contextlib
import socket
import socketserver
import struct
import threading
from contextlib import AbstractContextManager
from typing import cast

from tests.serving import serving

UPLOAD = b"POST /api/transcribe"
PIECE = 65_536


class Connection(socketserver.BaseRequestHandler):
    """One browser's connection, passed on in both directions."""

    def handle(self) -> None:
        line = cast(CutLine, self.server)
        with socket.create_connection(("127.0.0.1", line.port)) as server:
            line.open.append(self.request)
            back = threading.Thread(target=self.pass_back, args=(server,), daemon=True)
            back.start()
            uploaded = None
            with contextlib.suppress(OSError):
                while piece := self.request.recv(PIECE):
                    if UPLOAD in piece:
                        uploaded = 0
                    if uploaded is not None:
                        uploaded += len(piece)
                        if line.cut_uploads_at is not None and uploaded >= line.cut_uploads_at:
                            line.drops += 1
                            reset(self.request)
                            break
                    server.sendall(piece)
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            back.join()

    def pass_back(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(PIECE):
                self.request.sendall(piece)


def reset(connection: socket.socket) -> None:
    """Drop it as a lost line does: without a goodbye."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class CutLine(socketserver.ThreadingTCPServer):
    """Drops each upload of a recording after `cut_uploads_at` bytes of it, if that is set; counts them in `drops`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.port = port
        self.open: list[socket.socket] = []
        self.cut_uploads_at: int | None = None
        self.drops = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def drop_all(self) -> None:
        """Drop whatever is connected now."""
        for connection in self.open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.open.clear()


def cut_line(port: int) -> AbstractContextManager[CutLine]:
    """The line to this port, at work."""
    line = CutLine(port)
    return serving(line, line.drop_all)
