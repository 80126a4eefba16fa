"""The public keys that an issuer of tokens publishes as a JWK set (RFC 7517), fetched when needed and kept.

PyJWT's own client holds up every caller while one of them fetches, asks again with each token while the issuer is
down, and forgets the keys when their time is over; its parser of keys is used here.
"""

import json
import logging
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from urllib3.exceptions import HTTPError

from interviewer.errors import KeysUnavailable, NotSignedIn
from interviewer.llm.transport import KeyAuth, open_session, timeout_within

logger = logging.getLogger(__name__)

FRESH_S = 300.0
"""How long fetched keys are used unasked: so long may a key that the issuer withdraws still be taken."""

PAUSE_S = 10.0
"""The least time between two fetches for unknown keys, and after a failed one: no token makes us flood the issuer."""

FETCH_S = 5.0
"""The most that one fetch takes, whatever the server does."""

LARGEST_SET = 1024 * 1024
"""Bytes. A key is about 500."""

_PIECE = 16 * 1024


@dataclass(frozen=True)
class _Fetched:
    """The keys by their `kid`, and when they came, by the clock."""

    keys: Mapping[str, RSAPublicKey]
    at: float


class _NoKeys(Exception):
    """Why a fetch brought none, in words of ours."""


class PublishedKeys:
    """The RS256 keys at a URL. Safe for many threads: who has a known key waits for nobody else's fetch.

    A `kid` that is not known has the keys fetched again, at most once in PAUSE_S seconds: that is how a rotated key
    is found. While they cannot be fetched the known ones go on being used. `clock` counts seconds and never runs back.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._host = urlsplit(url).hostname
        self._clock = clock
        self._session = open_session(url, pool_size=1)
        self._lock = threading.Lock()
        self._fetched = _Fetched({}, -math.inf)
        self._not_before = -math.inf
        self._failed = False

    def find(self, kid: str | None) -> RSAPublicKey:
        """The key of this id.

        Raises NotSignedIn when the issuer has no such key, KeysUnavailable when it could not be asked.
        """
        if kid is None:
            raise NotSignedIn("it does not name its key (kid)")
        seen = self._fetched
        is_known = kid in seen.keys
        if is_known and not self._is_old(seen):
            return seen.keys[kid]
        if self._lock.acquire(blocking=not is_known):
            try:
                if self._fetched is seen and self._clock() >= self._not_before:
                    self._fetch()
            finally:
                self._lock.release()
        return self._found(kid)

    def _found(self, kid: str) -> RSAPublicKey:
        key = self._fetched.keys.get(kid)
        if key is not None:
            return key
        if self._failed:
            raise KeysUnavailable("The keys that tokens are checked with cannot be fetched right now. Try again.")
        raise NotSignedIn("its key is unknown")

    def _is_old(self, fetched: _Fetched) -> bool:
        return self._clock() - fetched.at >= FRESH_S

    def _fetch(self) -> None:
        for_an_unknown_key = not self._is_old(self._fetched)
        try:
            keys = _rsa_keys(self._download())
        except _NoKeys as error:
            logger.warning("keys for tokens: %s %s; the known %d stay", self._host, error, len(self._fetched.keys))
            self._failed = True
        else:
            self._fetched = _Fetched(keys, self._clock())
            self._failed = False
        if self._failed or for_an_unknown_key:
            self._not_before = self._clock() + PAUSE_S

    def _download(self) -> bytes:
        """The body at the URL. Raises _NoKeys."""
        try:
            with self._session.get(
                self._url, auth=KeyAuth(None), timeout=timeout_within(FETCH_S), allow_redirects=False, stream=True
            ) as response:
                body = bytearray()
                while len(body) <= LARGEST_SET and (piece := response.raw.read(_PIECE, decode_content=True)):
                    body += piece
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _NoKeys("did not answer") from error
        if response.status_code != requests.codes.ok:
            raise _NoKeys(f"answered {response.status_code}")
        if len(body) > LARGEST_SET:
            raise _NoKeys("answered more than 1 MiB")
        return bytes(body)


def _rsa_keys(body: bytes) -> dict[str, RSAPublicKey]:
    """The keys of a JWK set with which RS256 may be checked, by their id; the first of an id counts. Raises _NoKeys."""
    try:
        published = jwt.PyJWKSet.from_dict(json.loads(body)).keys
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError) as error:  # no set, whatever it is
        raise _NoKeys("answered no JWK set") from error
    keys: dict[str, RSAPublicKey] = {}
    for item in published:
        fits = item.algorithm_name == "RS256" and item.public_key_use in ("sig", None)
        if fits and isinstance(item.key_id, str) and isinstance(item.key, RSAPublicKey):
            keys.setdefault(item.key_id, item.key)
    if not keys:
        raise _NoKeys("has no RSA key with an id")
    return keys
