"""The hiring team's sign-in: the API token, typed once into a form, becomes a session that a cookie names."""

import hashlib
import math
import secrets
import threading
from collections import deque
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Literal
from urllib.parse import urlsplit

from flask import Response, jsonify, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import Field

from interviewer.api.described import Described
from interviewer.api.errors import Problem, problem
from interviewer.api.schema import Body
from interviewer.api.security import COOKIE, is_api_token, is_own_page, may_enter, unauthorized
from interviewer.clock import Clock
from interviewer.settings import Settings

SESSION_HOURS = 12
MOST_SESSIONS = 1000  # the oldest goes first; only who has the API token can make one
WRONG_A_MINUTE = 10
MOST_ADDRESSES = 10_000


class TeamSessions:
    """Who is signed in, in memory: a restart signs everybody out, and so does nothing else for SESSION_HOURS.

    A cookie holds 256 random bits; only their hash is kept here. Nothing of the API token is in either, so a stolen
    cookie says nothing about it, and signing out ends the session for whoever has a copy of the cookie.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends: dict[str, datetime] = {}  # in the order of their ends
        self._lock = threading.Lock()

    def begin(self) -> str:
        """A new session's secret, for a cookie."""
        secret, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._ends = {key: end for key, end in self._ends.items() if end > now}
            while len(self._ends) >= MOST_SESSIONS:
                del self._ends[next(iter(self._ends))]
            self._ends[_hash(secret)] = now + timedelta(hours=SESSION_HOURS)
        return secret

    def is_open(self, secret: str) -> bool:
        """Whether this secret is of a session that has neither been ended nor run out."""
        with self._lock:
            end = self._ends.get(_hash(secret))
        return end is not None and end > self._clock()

    def end(self, secret: str) -> None:
        """End a session, if it is one."""
        with self._lock:
            self._ends.pop(_hash(secret), None)


class WrongTries:
    """Counts wrong tokens by the client's address, so that the form is no place to guess at.

    What keeps the token from being guessed is its length. Behind a proxy all clients have the proxy's address: there
    they share the limit, and who is signed in already does not notice.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tries: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def wait_seconds(self, address: str) -> int:
        """How long this address has to wait for its next try; 0 when it may go ahead."""
        with self._lock:
            tries = self._tries.get(address)
            if tries is None or len(tries) < WRONG_A_MINUTE:
                return 0
            left = tries[0] + timedelta(minutes=1) - self._clock()
        return max(0, math.ceil(left.total_seconds()))

    def note(self, address: str) -> None:
        """Count a wrong token."""
        with self._lock:
            if address not in self._tries and len(self._tries) >= MOST_ADDRESSES:
                del self._tries[next(iter(self._tries))]
            self._tries.setdefault(address, deque(maxlen=WRONG_A_MINUTE)).append(self._clock())


class SignIn(Body):
    """What the form sends."""

    api_token: str = Field(max_length=1000)


class SignInState(Described):
    """`open`: no sign-in is needed (no token is set, or the call carries it); `closed`: there is none."""

    state: Literal["open", "signed_in", "signed_out", "closed"]


def blueprint(settings: Settings, sessions: TeamSessions, clock: Clock) -> APIBlueprint:
    """The routes to sign in and out, and to ask whether one has to."""
    api = APIBlueprint(
        "team_session",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="data")],
        abp_responses=dict.fromkeys((400, 401, 403, 413, 415, 422, 429), Problem),
    )
    wrong_tries = WrongTries(clock)

    @api.get("/team-session", summary="Whether the team is signed in", responses={200: SignInState})
    def state() -> dict[str, str]:
        if settings.api_token is None:
            return {"state": "closed" if settings.has_jwt else "open"}
        if sessions.is_open(request.cookies.get(COOKIE, "")):
            return {"state": "signed_in"}
        return {"state": "open" if may_enter(settings, sessions) else "signed_out"}

    @api.post("/team-session", summary="Sign in with the API token, for a cookie", responses={200: SignInState})
    def sign_in(body: SignIn) -> Response:
        if settings.api_token is None:
            return unauthorized("This server has no API token to sign in with: see API_TOKEN in the README.")
        address = request.remote_addr or ""
        if wait := wrong_tries.wait_seconds(address):
            refusal = problem(HTTPStatus.TOO_MANY_REQUESTS, f"Too many wrong tokens. Try again in {wait} s.")
            refusal.headers["Retry-After"] = str(wait)
            return refusal
        if not is_api_token(settings, body.api_token.strip()):
            wrong_tries.note(address)
            return unauthorized("That is not the API token of this server.")
        response = jsonify({"state": "signed_in"})
        sessions.end(request.cookies.get(COOKIE, ""))
        response.set_cookie(
            COOKIE,
            sessions.begin(),
            max_age=SESSION_HOURS * 3600,
            path="/",
            secure=_is_https(),
            httponly=True,
            samesite="Strict",
        )
        return response

    @api.delete("/team-session", summary="Sign out", responses={204: None})
    def sign_out() -> Response:
        if not is_own_page():
            return problem(HTTPStatus.FORBIDDEN, "Only a page of this server signs out.")
        sessions.end(request.cookies.get(COOKIE, ""))
        response = Response(status=HTTPStatus.NO_CONTENT)
        response.delete_cookie(COOKIE, path="/", secure=_is_https(), httponly=True, samesite="Strict")
        return response

    return api


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _is_https() -> bool:
    """Whether the browser sees https, also where a proxy ends it: the Origin of its form says so."""
    return request.is_secure or urlsplit(request.headers.get("Origin", "")).scheme == "https"
