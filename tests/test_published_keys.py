"""The published keys: fetched once, again when a key is new or old, and what an issuer that fails does."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient

from interviewer.errors import KeysUnavailable, NotSignedIn
from interviewer.identity.published_keys import FETCH_S, FRESH_S, PAUSE_S, PublishedKeys
from tests.conftest import client_with
from tests.scripted_server import ScriptedServer, drip, drop, hang, reply
from tests.token_issuer import SigningKey, publishing, url_of
from tests.tokens_setup import assert_refused, start, started, submit, view
from tests.waiting import until


def test_the_keys_are_fetched_once_for_many_tokens(
    published: FlaskClient, issuer: ScriptedServer, key: SigningKey
) -> None:
    assert not issuer.arrivals
    for number in range(5):
        started(published, key.token(subject=f"user-{number}"))
    assert len(issuer.arrivals) == 1


def test_candidates_who_come_at_once_share_one_fetch(issuer: ScriptedServer, key: SigningKey) -> None:
    keys = PublishedKeys(url_of(issuer))
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(keys.find, [key.kid] * 64))
    assert {one.public_numbers() for one in found} == {key.private.public_key().public_numbers()}
    assert len(issuer.arrivals) == 1


def test_a_rotated_key_is_found_by_the_first_token_that_names_it(
    published: FlaskClient, issuer: ScriptedServer, key: SigningKey, other_key: SigningKey
) -> None:
    session_id = started(published, key.token())
    issuer.otherwise = publishing(other_key)
    assert submit(published, session_id, other_key.token()).status_code == 200
    assert len(issuer.arrivals) == 2
    assert_refused(view(published, session_id, key.token()), "key is unknown")


def test_tokens_with_unknown_keys_do_not_flood_the_issuer(
    published: FlaskClient, issuer: ScriptedServer, key: SigningKey, other_key: SigningKey
) -> None:
    started(published, key.token())
    for number in range(30):
        assert_refused(start(published, other_key.token(kid=f"made-up-{number}")), "key is unknown")
    assert len(issuer.arrivals) == 2
    started(published, key.token())


def test_while_the_issuer_is_down_the_known_keys_stay_in_use(
    published: FlaskClient, issuer: ScriptedServer, key: SigningKey, other_key: SigningKey, caplog: Any
) -> None:
    session_id = started(published, key.token())
    issuer.otherwise = drop
    response = start(published, other_key.token())
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.content_type == "application/problem+json"
    assert "127.0.0.1 did not answer" in caplog.text
    assert submit(published, session_id, key.token()).status_code == 200
    assert start(published, other_key.token()).status_code == 503
    assert len(issuer.arrivals) == 2


class HandClock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def test_a_second_unknown_key_has_them_fetched_again_after_the_pause(
    issuer: ScriptedServer, key: SigningKey, other_key: SigningKey, clock: HandClock
) -> None:
    keys = PublishedKeys(url_of(issuer), clock)
    keys.find(key.kid)
    with pytest.raises(NotSignedIn):
        keys.find(other_key.kid)
    issuer.otherwise = publishing(key, other_key)
    clock.now += PAUSE_S - 1
    with pytest.raises(NotSignedIn):
        keys.find(other_key.kid)
    clock.now += 1
    keys.find(other_key.kid)
    assert len(issuer.arrivals) == 3


def test_a_withdrawn_key_is_refused_once_the_known_ones_are_old(
    issuer: ScriptedServer, key: SigningKey, other_key: SigningKey, clock: HandClock
) -> None:
    keys = PublishedKeys(url_of(issuer), clock)
    keys.find(key.kid)
    issuer.otherwise = publishing(other_key)
    clock.now += FRESH_S - 1
    keys.find(key.kid)
    clock.now += 1
    with pytest.raises(NotSignedIn):
        keys.find(key.kid)


def test_old_keys_stay_while_the_issuer_is_down_and_it_is_asked_now_and_then(
    issuer: ScriptedServer, key: SigningKey, clock: HandClock
) -> None:
    keys = PublishedKeys(url_of(issuer), clock)
    keys.find(key.kid)
    issuer.otherwise = drop
    clock.now += 3 * FRESH_S
    for _ in range(5):
        keys.find(key.kid)
    assert len(issuer.arrivals) == 2
    clock.now += PAUSE_S
    keys.find(key.kid)
    assert len(issuer.arrivals) == 3


def test_an_issuer_that_was_down_from_the_start_is_asked_again(
    issuer: ScriptedServer, key: SigningKey, clock: HandClock
) -> None:
    keys = PublishedKeys(url_of(issuer), clock)
    issuer.otherwise = drop
    for _ in range(3):
        with pytest.raises(KeysUnavailable):
            keys.find(key.kid)
    assert len(issuer.arrivals) == 1
    issuer.otherwise = publishing(key)
    clock.now += PAUSE_S
    keys.find(key.kid)


def test_who_has_a_known_key_does_not_wait_for_an_issuer_that_hangs(
    issuer: ScriptedServer, key: SigningKey, other_key: SigningKey, clock: HandClock
) -> None:
    keys = PublishedKeys(url_of(issuer), clock)
    keys.find(key.kid)
    issuer.otherwise = hang
    clock.now += FRESH_S
    with ThreadPoolExecutor(1) as pool:
        stranger = pool.submit(keys.find, other_key.kid)
        until(lambda: len(issuer.arrivals) == 2)
        keys.find(key.kid)
        assert not stranger.done()
        with pytest.raises(KeysUnavailable):
            stranger.result(FETCH_S + 5)


def test_an_issuer_that_drips_is_given_up(issuer: ScriptedServer, key: SigningKey) -> None:
    issuer.otherwise = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b" ")
    with pytest.raises(KeysUnavailable):
        PublishedKeys(url_of(issuer)).find(key.kid)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"5",
        b'{"keys": []}',
        b'{"keys": 5}',
        b'{"keys": [5, {}, {"kty": "oct", "k": "c2VjcmV0", "kid": "key-1"}]}',
        b'{"keys": [{"kty": ["RSA"], "alg": {}, "kid": "key-1"}]}',
        b'{"keys": [{"kty": "RSA", "n": 5, "e": null, "kid": "key-1"}]}',
        b'{"keys":' + b"[" * 100_000,
        b" " * (1024 * 1024 + 1),
    ],
)
def test_what_is_no_set_of_keys_leaves_the_known_ones_in_use(
    issuer: ScriptedServer, key: SigningKey, other_key: SigningKey, body: bytes
) -> None:
    keys = PublishedKeys(url_of(issuer))
    keys.find(key.kid)
    issuer.otherwise = reply(200, body)
    with pytest.raises(KeysUnavailable):
        keys.find(other_key.kid)
    keys.find(key.kid)


@pytest.mark.parametrize("status", [301, 404, 500])
def test_only_a_plain_answer_counts(issuer: ScriptedServer, key: SigningKey, status: int) -> None:
    issuer.otherwise = reply(status, {"keys": [key.published()]}, Location=url_of(issuer))
    with pytest.raises(KeysUnavailable):
        PublishedKeys(url_of(issuer)).find(key.kid)
    assert len(issuer.arrivals) == 1


@pytest.mark.parametrize(
    "changes", [{"use": "enc"}, {"alg": "RS512"}, {"alg": "RSA-OAEP"}, {"kid": None}, {"kid": 5}, {"kty": "oct"}]
)
def test_a_key_for_another_purpose_is_not_used(
    issuer: ScriptedServer, key: SigningKey, other_key: SigningKey, changes: dict[str, Any]
) -> None:
    issuer.otherwise = reply(200, {"keys": [key.published(**changes), other_key.published()]})
    keys = PublishedKeys(url_of(issuer))
    keys.find(other_key.kid)
    with pytest.raises(NotSignedIn):
        keys.find(key.kid)


def test_a_short_key_is_too_weak(data_dir: Path, server: ScriptedServer) -> None:
    short = SigningKey("short", bits=1024)
    server.otherwise = publishing(short)
    with pytest.warns(jwt.InsecureKeyLengthWarning):
        token = short.token()
    assert_refused(start(client_with(data_dir, jwt_jwks_url=url_of(server)), token), "too weak")
