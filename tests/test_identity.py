"""Who a candidate is: bearer tokens with a shared secret or published keys, and interviews that are one user's."""

import hmac
import json
import logging
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from werkzeug.test import TestResponse

from app import create_app
from interviewer.errors import ConfigurationError, KeysUnavailable, NotSignedIn
from interviewer.identity.published_keys import FETCH_S, FRESH_S, PAUSE_S, PublishedKeys
from interviewer.settings import check_access, load_settings
from tests.browser import NewPage
from tests.conftest import JOB, STRONG, StartServer, read_records, settings_for, until
from tests.scripted_server import ScriptedServer, drip, drop, hang, reply
from tests.token_issuer import SECRET, SigningKey, claims, publishing, segment, signed, unsigned, url_of

API_TOKEN = "the-token-of-the-hiring-team"
UNKNOWN_ID = "zzzzzzzz"


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return SigningKey("key-1")


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    return SigningKey("key-2")


@pytest.fixture
def issuer(server: ScriptedServer, key: SigningKey) -> ScriptedServer:
    """Publishes one key."""
    server.otherwise = publishing(key)
    return server


def client_with(data_dir: Path, **changes: Any) -> FlaskClient:
    for name in ("jwt_secret", "api_token"):
        if name in changes:
            changes[name] = SecretStr(changes[name])
    return create_app(settings_for(data_dir, **changes)).test_client()


@pytest.fixture
def shared(data_dir: Path) -> FlaskClient:
    """An application that takes tokens signed with the shared secret."""
    return client_with(data_dir, jwt_secret=SECRET)


@pytest.fixture
def published(data_dir: Path, issuer: ScriptedServer) -> FlaskClient:
    """An application that takes tokens signed with the published keys."""
    return client_with(data_dir, jwt_jwks_url=url_of(issuer))


def bearer(token: str | None) -> dict[str, str]:
    return {} if token is None else {"Authorization": f"Bearer {token}"}


def start(client: FlaskClient, token: str | None) -> TestResponse:
    body = {"job_description": JOB, "total_questions": 2}
    return client.post("/api/start-interview", json=body, headers=bearer(token))


def started(client: FlaskClient, token: str | None) -> str:
    response = start(client, token)
    assert response.status_code == 201, response.text
    return str(response.get_json()["session_id"])


def submit(client: FlaskClient, session_id: str, token: str | None, **fields: Any) -> TestResponse:
    body = {"session_id": session_id, "answer": STRONG} | fields
    return client.post("/api/submit-answer", json=body, headers=bearer(token))


def save_draft(client: FlaskClient, session_id: str, token: str | None) -> TestResponse:
    body = {"session_id": session_id, "question_number": 1, "answer": "half a thought"}
    return client.post("/api/save-draft", json=body, headers=bearer(token))


def end(client: FlaskClient, session_id: str, token: str | None) -> TestResponse:
    return client.post("/api/end-interview", json={"session_id": session_id}, headers=bearer(token))


def view(client: FlaskClient, session_id: str, token: str | None) -> TestResponse:
    return client.get(f"/api/interview/{session_id}", headers=bearer(token))


def request_hint(client: FlaskClient, session_id: str, token: str | None) -> TestResponse:
    return client.post("/api/request-hint", json={"session_id": session_id}, headers=bearer(token))


CALLS = [submit, save_draft, end, view]
EVERY_CALL = [*CALLS, request_hint]
"""A hint is not always to be had, so CALLS does without: those work in any interview that has just begun."""
Call = Callable[[FlaskClient, str, str | None], TestResponse]


def test_every_call_about_an_interview_is_tried_here(client: FlaskClient) -> None:
    endpoints = {rule.endpoint for rule in client.application.url_map.iter_rules()}
    about_one = {"submit_answer", "save_draft", "end_interview", "interview", "request_hint"}
    assert {name for name in endpoints if name.startswith("interviews.")} == {
        f"interviews.{name}" for name in about_one | {"start_interview"}
    }
    assert len(EVERY_CALL) == len(about_one)


def contents(data_dir: Path) -> dict[str, bytes]:
    """What the data folder holds, locks aside."""
    files = (path for path in data_dir.rglob("*") if path.is_file() and not path.name.endswith(".lock"))
    return {str(path): path.read_bytes() for path in files}


def assert_refused(response: TestResponse, why: str) -> None:
    assert response.status_code == 401, response.text
    assert response.content_type == "application/problem+json"
    assert response.get_json()["status"] == 401
    assert why in response.get_json()["detail"]
    challenge = response.headers["WWW-Authenticate"]
    assert challenge.startswith('Bearer error="invalid_token", error_description="')
    assert why in challenge


# The subject becomes the user.


def test_the_subject_of_the_token_becomes_the_user_of_the_interview_and_its_report(
    shared: FlaskClient, data_dir: Path
) -> None:
    token = signed(subject="ada@example.org")
    session_id = started(shared, token)
    assert json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text())["user_id"] == "ada@example.org"
    assert submit(shared, session_id, token).get_json()["status"] == "next_question"
    assert submit(shared, session_id, token).get_json()["report"]["user_id"] == "ada@example.org"
    assert read_records(data_dir, "interviews")[0]["user_id"] == "ada@example.org"


def test_a_token_of_a_published_key_does_the_same(published: FlaskClient, data_dir: Path, key: SigningKey) -> None:
    session_id = started(published, key.token(subject="grace"))
    assert json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text())["user_id"] == "grace"
    assert submit(published, session_id, key.token(subject="grace")).status_code == 200


def test_without_a_setting_nobody_is_anybody(client: FlaskClient, data_dir: Path) -> None:
    session_id = started(client, signed())
    assert json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text())["user_id"] is None


def test_starting_without_a_token_is_refused(shared: FlaskClient, data_dir: Path) -> None:
    for header in ({}, {"Authorization": f"Basic {SECRET}"}, {"Authorization": signed()}):
        response = shared.post("/api/start-interview", json={"job_description": JOB}, headers=header)
        assert response.status_code == 401
        assert response.content_type == "application/problem+json"
        assert response.headers["WWW-Authenticate"] == "Bearer"
    assert not list((data_dir / "in_progress").glob("*.json"))


def test_reading_a_resume_needs_what_starting_needs(shared: FlaskClient, client: FlaskClient) -> None:
    assert shared.post("/api/parse-resume", content_type="multipart/form-data").status_code == 401
    assert client.post("/api/parse-resume", content_type="multipart/form-data").status_code == 422


# Tokens that are not taken.

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


@settings(max_examples=150)
@given(data=st.data())
def test_a_token_of_which_one_character_is_changed_is_none(lasting: FlaskClient, data: st.DataObject) -> None:
    token = signed()
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("ABCabc012-_.=~ ").filter(lambda letter: letter != token[place]))
    changed = token[:place] + letter + token[place + 1 :]
    assert start(lasting, changed).status_code == 401


# One user's interview is no other's.


@pytest.mark.parametrize("call", EVERY_CALL)
@pytest.mark.parametrize("state", ["begun", "answered", "finished", "abandoned"])
def test_another_users_interview_is_as_unknown_as_none(
    shared: FlaskClient, data_dir: Path, call: Call, state: str, caplog: pytest.LogCaptureFixture
) -> None:
    ada, mallory = signed(subject="ada"), signed(subject="mallory")
    session_id = started(shared, ada)
    if state in ("answered", "finished"):
        submit(shared, session_id, ada)
    if state in ("finished", "abandoned"):
        assert end(shared, session_id, ada).status_code == 200
    before = contents(data_dir)
    denied, unknown = call(shared, session_id, mallory), call(shared, UNKNOWN_ID, mallory)
    assert (denied.status_code, denied.data) == (unknown.status_code, unknown.data)
    assert denied.status_code == 404
    assert f"interview {session_id} was asked for by somebody else" in caplog.text
    assert "mallory" not in caplog.text
    assert call(shared, session_id, "x.y.z").status_code == 401
    assert contents(data_dir) == before


@pytest.mark.parametrize("call", EVERY_CALL)
def test_without_a_token_a_users_interview_and_an_unknown_one_both_ask_for_it(
    shared: FlaskClient, data_dir: Path, call: Call
) -> None:
    session_id = started(shared, signed())
    before = contents(data_dir)
    denied, unknown = call(shared, session_id, None), call(shared, UNKNOWN_ID, None)
    assert denied.status_code == unknown.status_code == 401
    assert denied.data == unknown.data
    assert denied.headers["WWW-Authenticate"] == "Bearer"
    assert contents(data_dir) == before


@pytest.mark.parametrize("call", CALLS)
def test_the_same_subject_goes_on_with_a_new_token(shared: FlaskClient, call: Call) -> None:
    session_id = started(shared, signed(seconds=5))
    assert call(shared, session_id, signed(seconds=5000)).status_code == 200


@pytest.mark.parametrize("call", EVERY_CALL)
def test_a_token_that_has_expired_meanwhile_is_refused(shared: FlaskClient, call: Call) -> None:
    session_id = started(shared, signed())
    assert_refused(call(shared, session_id, signed(seconds=-60)), "expired")


def test_a_subject_is_compared_letter_by_letter(shared: FlaskClient) -> None:
    session_id = started(shared, signed(subject="ada"))
    for other in ("Ada", "ada ", "adax", "\u0430da"):
        assert view(shared, session_id, signed(subject=other)).status_code == 404


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("subject", [None, "ada"])
def test_an_interview_begun_before_the_setting_stays_open_to_who_has_its_id(
    client: FlaskClient, data_dir: Path, call: Call, subject: str | None
) -> None:
    session_id = started(client, None)
    later = client_with(data_dir, jwt_secret=SECRET)
    assert call(later, session_id, signed(subject=subject) if subject else None).status_code == 200
    assert_refused(call(later, session_id, signed(seconds=-60)), "expired")


@pytest.mark.parametrize("call", EVERY_CALL)
def test_a_users_interview_stays_closed_when_the_setting_is_taken_away(
    shared: FlaskClient, data_dir: Path, call: Call
) -> None:
    session_id = started(shared, signed())
    assert call(client_with(data_dir), session_id, signed()).status_code == 404


def test_the_user_survives_a_restart(shared: FlaskClient, data_dir: Path) -> None:
    session_id = started(shared, signed())
    restarted = client_with(data_dir, jwt_secret=SECRET)
    assert view(restarted, session_id, signed(subject="mallory")).status_code == 404
    assert view(restarted, session_id, signed()).status_code == 200


# The hiring team's token is another thing.


@pytest.mark.parametrize(
    "path", ["interviews", "statistics", "summary", "interview/abcdefgh", "interview/abcdefgh/responses"]
)
def test_a_candidates_token_opens_nothing_of_the_hiring_team(data_dir: Path, path: str) -> None:
    only_jwt = client_with(data_dir, jwt_secret=SECRET)
    both = client_with(data_dir, jwt_secret=SECRET, api_token=API_TOKEN)
    for client in (only_jwt, both):
        for token in (None, signed(), SECRET):
            response = client.get(f"/api/data/{path}", headers=bearer(token))
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"] == "Bearer"
    assert only_jwt.delete("/api/data/interview/abcdefgh", headers=bearer(signed())).status_code == 401
    assert only_jwt.get(f"/api/data/{path}", headers=bearer(API_TOKEN)).status_code == 401
    assert both.get(f"/api/data/{path}", headers=bearer(API_TOKEN)).status_code in (200, 404)


@pytest.mark.parametrize("call", EVERY_CALL)
def test_the_hiring_teams_token_is_no_candidates_token(data_dir: Path, call: Call) -> None:
    client = client_with(data_dir, jwt_secret=SECRET, api_token=API_TOKEN)
    session_id = started(client, signed())
    assert_refused(call(client, session_id, API_TOKEN), "malformed")


# Published keys.


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


# Settings.


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"JWT_SECRET": "short"}, "JWT_SECRET"),
        ({"JWT_SECRET": "x" * 31}, "JWT_SECRET"),
        ({"JWT_SECRET": "-----BEGIN PUBLIC KEY----- MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"}, "JWT_JWKS_URL"),
        ({"JWT_SECRET": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@here"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "http://id.example.org/jwks.json"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "file:///etc/keys"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "https:"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "https://["}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "id.example.org"}, "JWT_JWKS_URL"),
        ({"JWT_SECRET": SECRET, "JWT_JWKS_URL": "https://id.example.org/jwks.json"}, "JWT_SECRET and JWT_JWKS_URL"),
        ({"JWT_AUDIENCE": "candor"}, "JWT_AUDIENCE"),
        ({"JWT_SECRET": SECRET, "API_TOKEN": SECRET}, "JWT_SECRET and API_TOKEN"),
    ],
)
def test_a_setting_that_would_let_in_anyone_or_contradicts_another_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, environment: dict[str, str], named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=named) as raised:
        load_settings()
    assert SECRET not in str(raised.value)
    assert "AAAA" not in str(raised.value)


@pytest.mark.parametrize(
    "environment",
    [
        {"JWT_SECRET": "ä" * 16},
        {"JWT_JWKS_URL": "https://id.example.org/jwks.json", "JWT_AUDIENCE": "candor"},
        {"JWT_JWKS_URL": "http://127.0.0.1:8080/jwks.json"},
        {"JWT_JWKS_URL": "http://[::1]:8080/jwks.json"},
        {"JWT_JWKS_URL": "http://localhost/jwks.json"},
        {"JWT_SECRET": SECRET, "API_TOKEN": API_TOKEN},
    ],
)
def test_settings_that_fit_are_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, environment: dict[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert load_settings().has_jwt
    assert SECRET not in repr(load_settings())


@pytest.mark.parametrize("changes", [{"host": "0.0.0.0"}, {"allowed_hosts": ("jobs.example.org",)}])
def test_tokens_of_candidates_are_enough_to_be_reachable_by_others(data_dir: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="JWT_SECRET"):
        check_access(settings_for(data_dir, **changes))
    client = client_with(data_dir, jwt_secret=SECRET, **changes)
    assert start(client, None).status_code == 401
    assert start(client, signed()).status_code == 201
    assert client.get("/api/data/interviews").status_code == 401


def test_the_schema_names_the_token_and_the_refusal(shared: FlaskClient) -> None:
    schema = shared.get("/openapi.json").get_json()
    assert schema["components"]["securitySchemes"]["candidate_token"]["bearerFormat"] == "JWT"
    for path in ("start-interview", "submit-answer", "end-interview", "save-draft", "request-hint", "parse-resume"):
        call = schema["paths"][f"/api/{path}"]["post"]
        assert "401" in call["responses"]
        assert {"candidate_token": []} in call["security"]


def test_a_page_of_a_named_origin_may_send_a_token(shared: FlaskClient) -> None:
    asked = {
        "Origin": "http://localhost:5173",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    response = shared.options("/api/start-interview", headers=asked)
    assert response.status_code == 200
    assert "authorization" in response.headers["Access-Control-Allow-Headers"].lower()


# The page.


def test_the_page_takes_the_token_out_of_the_address_and_sends_it(
    serve: StartServer, data_dir: Path, new_page: NewPage
) -> None:
    server = serve(JWT_SECRET=SECRET)
    page = new_page()
    page.goto(f"{server.url}/#token={signed(subject='ada')}")
    page.get_by_label("Job posting").fill(JOB)
    assert page.evaluate("location.href") == f"{server.url}/"
    page.get_by_role("button", name="Start interview").click()
    page.wait_for_url("**/interview/*")
    page.get_by_text("Question 1 of").first.wait_for()
    page.reload()
    page.get_by_text("Question 1 of").first.wait_for()
    session_id = page.url.rpartition("/")[2]
    assert json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text())["user_id"] == "ada"
    stranger = new_page()
    stranger.goto(page.url)
    stranger.get_by_text("Open the link of your invitation again").first.wait_for()
    stranger.evaluate(f"location.hash = 'token={signed(subject='ada')}'")
    stranger.wait_for_function("location.hash === ''")
    stranger.reload()
    stranger.get_by_text("Question 1 of").first.wait_for()
