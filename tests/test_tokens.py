"""Which bearer tokens are taken, with a shared secret or published keys, and what each refusal says."""

import hmac
import logging
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import client_with
from tests.scripted_server import ScriptedServer
from tests.token_issuer import SECRET, SigningKey, claims, segment, signed, unsigned
from tests.tokens_setup import API_TOKEN, assert_refused, start

DEEP = segment(b"[" * 5000)
BAD_WITH_SECRET: dict[str, tuple[Callable[[], str], str]] = {
    "expired": (lambda: signed(seconds=-60), "expired"),
    "not yet valid": (lambda: signed(nbf=2**40), "not valid yet"),
    "issued in the future": (lambda: signed(iat=2**40), "not valid yet"),
    "another secret": (lambda: signed(secret="x" * 40), "signature"),
    "no algorithm": (lambda: unsigned({"alg": "none", "typ": "JWT"}, claims()), "algorithm"),
    "None": (lambda: unsigned({"alg": "None"}, claims()), "algorithm"),
    "algorithm left out": (lambda: unsigned({"typ": "JWT"}, claims()), "algorithm"),
    "algorithm in a list": (lambda: unsigned({"alg": ["HS256"]}, claims()), "algorithm"),
    "signature cut off": (lambda: signed().rpartition(".")[0] + ".", "signature"),
    "HS512": (lambda: signed(secret=SECRET * 2, algorithm="HS512"), "algorithm"),
    "no sub": (lambda: signed(subject=None), "no sub"),
    "no exp": (lambda: signed(exp=None), "no exp"),
    "numeric sub": (lambda: signed(subject=17), "no text"),
    "blank sub": (lambda: signed(subject=" "), "printable"),
    "empty sub": (lambda: signed(subject=""), "printable"),
    "sub with a line break": (lambda: signed(subject="ada\nadmin"), "printable"),
    "sub with half a character": (lambda: signed(subject="\ud800"), "printable"),
    "sub of 256 characters": (lambda: signed(subject="a" * 256), "255"),
    "for an audience": (lambda: signed(aud="another-service"), "audience"),
    "exp that is no number": (lambda: signed(exp="soon"), "malformed"),
    "exp without end": (lambda: signed(exp=math.inf), "malformed"),
    "exp that is no time": (lambda: signed(exp=math.nan), "malformed"),
    "a header without end": (lambda: f"{DEEP}.{DEEP}.", "malformed"),
    "a payload that is no object": (lambda: jwt.api_jws.PyJWS().encode(b"[]", SECRET, "HS256"), "malformed"),
    "a critical extension": (
        lambda: jwt.encode(claims(), SECRET, "HS256", headers={"crit": ["x"], "x": 1}),
        "malformed",
    ),
    "words": (lambda: "let me in", "malformed"),
    "the API token": (lambda: API_TOKEN, "malformed"),
    "empty": (lambda: "", "malformed"),
    "two at once": (lambda: f"{signed()}, Bearer {signed()}", "malformed"),
}


@pytest.mark.parametrize("name", BAD_WITH_SECRET)
def test_a_bad_token_is_refused_says_why_and_stays_out_of_the_log(
    data_dir: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    make, why = BAD_WITH_SECRET[name]
    token = make()
    client = client_with(data_dir, jwt_secret=SECRET, api_token=API_TOKEN)
    with caplog.at_level(logging.DEBUG):
        assert_refused(start(client, token), why)
    assert not list((data_dir / "in_progress").glob("*.json"))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert not token or token not in caplog.text
    assert "401" in caplog.text


@pytest.mark.parametrize("seconds", [-5, 0, 5])
def test_a_clock_may_be_some_seconds_off(shared: FlaskClient, seconds: int) -> None:
    assert start(shared, signed(seconds=seconds, nbf=claims(seconds=5)["exp"])).status_code == 201


def sign_by_hand(header: dict[str, Any], payload: dict[str, Any], secret: bytes) -> str:
    """HMAC with any secret: PyJWT would not do it with a public key."""
    body = unsigned(header, payload).removesuffix(".")
    return f"{body}.{segment(hmac.digest(secret, body.encode(), 'sha256'))}"


def bad_with_keys(key: SigningKey, other: SigningKey) -> dict[str, tuple[str, str]]:
    name = {"kid": key.kid}
    n = segment(key.private.public_key().public_numbers().n.to_bytes(256, "big")).encode()
    return {
        "expired": (key.token(seconds=-60), "expired"),
        "not yet valid": (key.token(nbf=2**40), "not valid yet"),
        "a foreign key under a known id": (other.token(kid=key.kid), "signature"),
        "none": (unsigned({"alg": "none"} | name, claims()), "algorithm"),
        "the public key as a secret": (sign_by_hand({"alg": "HS256"} | name, claims(), key.pem), "algorithm"),
        "its number as a secret": (sign_by_hand({"alg": "HS256"} | name, claims(), n), "algorithm"),
        "that, called RS256": (sign_by_hand({"alg": "RS256"} | name, claims(), key.pem), "signature"),
        "RS512": (jwt.encode(claims(), key.private, "RS512", headers=name), "algorithm"),
        "PS256": (jwt.encode(claims(), key.private, "PS256", headers=name), "algorithm"),
        "no key id": (jwt.encode(claims(), key.private, "RS256"), "kid"),
        "a number as key id": (unsigned({"alg": "RS256", "kid": 1}, claims()), "malformed"),
        "a key brought along": (
            jwt.encode(claims(), other.private, "RS256", headers={"jwk": other.published()} | name),
            "signature",
        ),
        "a key elsewhere": (
            jwt.encode(claims(), other.private, "RS256", headers={"jku": "http://127.0.0.1:1/"} | name),
            "signature",
        ),
        "no sub": (key.token(subject=None), "no sub"),
        "no exp": (key.token(exp=None), "no exp"),
        "an unknown key": (other.token(), "its key is unknown"),
    }


def test_with_published_keys_no_other_key_algorithm_or_trick_is_taken(
    published: FlaskClient, key: SigningKey, other_key: SigningKey
) -> None:
    for name, (token, why) in bad_with_keys(key, other_key).items():
        response = start(published, token)
        assert response.status_code == 401, name
        assert_refused(response, why)
    assert start(published, key.token()).status_code == 201


def test_a_token_of_the_wrong_algorithm_has_nothing_fetched(
    published: FlaskClient, issuer: ScriptedServer, key: SigningKey
) -> None:
    assert_refused(start(published, unsigned({"alg": "none", "kid": key.kid}, claims())), "algorithm")
    assert_refused(start(published, signed()), "algorithm")
    assert not issuer.arrivals


def test_with_a_shared_secret_a_token_of_a_key_is_not_taken(shared: FlaskClient, key: SigningKey) -> None:
    assert_refused(start(shared, key.token()), "algorithm")


@pytest.mark.parametrize("audience", ["candor", ["other", "candor"]])
def test_a_token_for_our_audience_is_taken(data_dir: Path, audience: object) -> None:
    client = client_with(data_dir, jwt_secret=SECRET, jwt_audience="candor")
    assert start(client, signed(aud=audience)).status_code == 201


@pytest.mark.parametrize(
    ("audience", "why"),
    [("other", "audience"), (["other"], "audience"), (None, "no aud"), ([], "aud"), ("cand", "aud")],
)
def test_a_token_for_another_audience_or_for_none_is_refused(data_dir: Path, audience: object, why: str) -> None:
    client = client_with(data_dir, jwt_secret=SECRET, jwt_audience="candor")
    assert_refused(start(client, signed(aud=audience)), why)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """One application for all generated tokens."""
    return client_with(tmp_path_factory.mktemp("generated"), jwt_secret=SECRET)


@settings(max_examples=150)
@given(text=st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=300))
def test_no_text_is_a_token(lasting: FlaskClient, text: str) -> None:
    assert start(lasting, text).status_code == 401


@pytest.fixture(scope="module")
def token() -> str:
    """One token for all changes to it: generated data must not depend on the second in which a token was made."""
    return signed()


@settings(max_examples=150)
@given(data=st.data())
def test_a_token_of_which_one_character_is_changed_is_none(
    lasting: FlaskClient, token: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("ABCabc012-_.=~ ").filter(lambda letter: letter != token[place]))
    changed = token[:place] + letter + token[place + 1 :]
    assert start(lasting, changed).status_code == 401
