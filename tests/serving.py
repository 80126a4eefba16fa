"""A stand-in server, at work beside the test."""

import contextlib
import socketserver
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

Server = TypeVar("Server", bound=socketserver.BaseServer)


@contextlib.contextmanager
def serving(server: Server, let_go: Callable[[], object] = lambda: None) -> Iterator[Server]:
    """The server, in a thread, until the end of the block; `let_go` ends what its handlers wait for."""
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            let_go()
            server.shutdown()
            thread.join()
