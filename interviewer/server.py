"""Serving with waitress, and stopping without dropping what is in hand.

Plain waitress ends its loop on SIGTERM and cancels the requests it has taken. Here we run its loop ourselves:
on a stop signal the listening sockets are closed, so new connections are refused, and the loop goes on until each
connection has got its answer or the deadline has passed.
"""

import logging
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from interviewer.errors import ConfigurationError

logger = logging.getLogger(__name__)

THREADS = 128  # requests spend their time waiting for an LLM, so many of them fit on few cores
MAX_UPLOAD_BYTES = 26 * 1024 * 1024  # above every limit of the API, which answers 413 itself


class Server:
    """A WSGI application on a host and port, from the main thread. Stop signals are heeded from here on.

    Raises ConfigurationError when the address cannot be had.
    """

    def __init__(self, application: Any, host: str, port: int) -> None:
        self._map: dict[int, Any] = {}
        self._stopping_since: float | None = None
        self._impatient = False
        listen = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        try:
            create_server(
                application,
                map=self._map,
                listen=listen,
                threads=THREADS,
                connection_limit=1000,
                asyncore_use_poll=True,
                max_request_body_size=MAX_UPLOAD_BYTES,
                clear_untrusted_proxy_headers=False,  # the application refuses them; it cannot refuse what is gone
                ident="",
            )
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"Cannot listen on {host}, port {port}: {error}. Try another PORT.") from error
        self._listeners = [item for item in self._map.values() if isinstance(item, BaseWSGIServer)]
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    @property
    def url(self) -> str:
        """Where it listens, as a browser writes it."""
        host, port = self._listeners[0].getsockname()
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def run(self, drain_seconds: float, on_stop: Sequence[Callable[[], None]] = ()) -> float:
        """Serve until SIGTERM or SIGINT, call what is in `on_stop`, then finish what is in hand.

        That takes at most `drain_seconds`; what is left of them is returned. A second signal ends it at once.
        """
        while self._stopping_since is None:
            self._loop_once()
        for call in on_stop:
            call()
        for listener in self._listeners:
            wasyncore.dispatcher.close(listener)  # the listener's own close would take the trigger that threads need
        in_hand = self._close_idle_connections()
        if in_hand:
            logger.info("stopping: %d requests in hand", in_hand)
        deadline = self._stopping_since + drain_seconds
        while self._close_idle_connections() and time.monotonic() < deadline and not self._impatient:
            self._loop_once()
        if left := self._close_idle_connections():
            logger.warning("stopped with %d requests unfinished", left)
        return 0.0 if self._impatient else max(0.0, deadline - time.monotonic())

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._impatient = self._stopping_since is not None
        self._stopping_since = self._stopping_since or time.monotonic()
        self._listeners[0].pull_trigger()  # wakes the loop, which would sleep on

    def _loop_once(self) -> None:
        wasyncore.loop(timeout=0.2, map=self._map, use_poll=True, count=1)

    def _close_idle_connections(self) -> int:
        """Close the connections that wait for nothing; how many others there are."""
        channels = [item for item in self._map.values() if isinstance(item, HTTPChannel)]
        busy = [c for c in channels if c.requests or c.total_outbufs_len or c.request]  # `request` is half received
        for channel in channels:
            if channel not in busy:
                channel.handle_close()
        return len(busy)
