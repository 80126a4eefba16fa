"""HTTP connections on which no answer can outlast its deadline, and no header of ours goes astray.

requests and urllib3 have a timeout for each read of the socket only; a server that sends a byte now and then, in the
headers already, would hold a caller for ever. Here the time left is set anew before each read.
"""

import http.client
import io
import socket
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError

CONNECT_SECONDS = 10.0


def timeout_within(left: float) -> Any:
    """The timeouts of a request that has `left` seconds (more than 0), for connecting and answering together.

    A urllib3 Timeout, which requests takes though its stubs know numbers only: with two numbers the time for the answer
    would begin anew after connecting.
    """
    return Timeout(total=left, connect=min(CONNECT_SECONDS, left))


def open_session(url: str, pool_size: int) -> requests.Session:
    """A session for many threads: no cookies kept, no redirects prepared, `pool_size` idle connections kept at most.

    Proxies and certificates for `url` are read from the environment here, not by requests with each call, where it
    takes a third of a call's processor time.
    """
    session = _Session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = timed_adapter(pool_size)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    surroundings = session.merge_environment_settings(url, {}, None, None, None)
    session.trust_env = False
    session.proxies, session.verify = surroundings["proxies"], surroundings["verify"]
    return session


def timed_adapter(pool_size: int) -> HTTPAdapter:
    """What makes any session of requests keep `timeout_within` for the whole answer; tries nothing twice."""
    return _Adapter(pool_maxsize=pool_size, pool_block=False, max_retries=0)


class KeyAuth(AuthBase):
    """Sends the key, or nothing. requests looks for a password in ~/.netrc only where it finds no auth at all."""

    def __init__(self, key: SecretStr | None) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign the request."""
        if self._key is not None:
            request.headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        return request


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: with allow_redirects=False requests still reads a redirect's whole body to prepare the next step."""


class _TimedReader(io.RawIOBase):
    """Reads a socket until a moment of the monotonic clock, then raises TimeoutError."""

    def __init__(self, sock: socket.socket, raw: io.RawIOBase, end: float) -> None:
        self._sock = sock
        self._raw = raw
        self._end = end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    """An answer that must be complete within the socket's timeout, as urllib3 sets it just before this is made."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        seconds = sock.gettimeout()
        if seconds is not None:
            raw = self.fp.detach()
            self.fp = io.BufferedReader(_TimedReader(sock, raw, time.monotonic() + seconds))

    def begin(self) -> None:
        super().begin()
        self.headers.defects.clear()  # urllib3 logs these two as they came, with a key that the server echoes
        self.headers.set_payload("")


class _PlainConnection(HTTPConnection):
    response_class = _TimedResponse

    def connect(self) -> None:
        _share_timeout(self)
        super().connect()

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:
            self.sock.settimeout(self.timeout)  # or sending has what the last answer on this connection had left
        super().request(*args, **kwargs)


class _TLSConnection(_PlainConnection, HTTPSConnection):
    """The same over HTTPSConnection, which comes next in its order of bases."""


def _share_timeout(connection: HTTPConnection) -> None:
    """Divide the connect timeout by the number of the host's addresses, for each may take all of it in turn."""
    if connection.proxy is not None or connection.timeout is None:
        return
    started = time.monotonic()
    try:
        addresses = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    except UnicodeError:
        return  # no host name at all; urllib3 says so when it connects
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    left = connection.timeout - (time.monotonic() - started)
    connection.timeout = max(0.01, left / max(1, len(addresses)))


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _use_timed_pools(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):
            _use_timed_pools(manager)
        return manager


def _use_timed_pools(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TLSPool}
