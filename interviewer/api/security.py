"""Who may ask what: Host, proxy headers, Origin, API token or cookie; and the headers that keep pages harmless."""

import hmac
import ipaddress
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Flask, Response, request

from interviewer.api.errors import problem
from interviewer.settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        *("script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "font-src 'self'"),
        "media-src 'self'",
        *("base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"),
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
COOKIE = "team_session"


def register(app: Flask, settings: Settings) -> None:
    """Check every request of this application, and add the security headers to every response."""

    @app.before_request
    def check_access() -> Response | None:
        return _foreign_host(settings) or _unannounced_proxy(settings) or _foreign_origin(settings)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Sessions(Protocol):
    """The team's sessions, as `sign_in` keeps them."""

    def is_open(self, secret: str) -> bool:
        """Whether this is the secret of one that has not ended."""


def token_required(settings: Settings, sessions: Sessions) -> Callable[..., Any]:
    """A decorator for what only the hiring team may do: asks for API_TOKEN, or the cookie of who signed in with it.

    Lets nobody in when only JWT is set, and everybody when neither is.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            return _not_of_the_team(settings, sessions) or view(*args, **kwargs)

        return checked

    return decorate


def may_enter(settings: Settings, sessions: Sessions) -> bool:
    """Whether the current request may do what only the hiring team may."""
    return _not_of_the_team(settings, sessions) is None


def is_api_token(settings: Settings, given: str) -> bool:
    """Whether this is API_TOKEN; takes as long for every wrong one."""
    if settings.api_token is None:
        return False
    return hmac.compare_digest(given.encode(), settings.api_token.get_secret_value().encode())


def is_own_page() -> bool:
    """Whether a page of this very server makes the current request, as its browser says.

    Origin counts before Sec-Fetch-Site, which plain http to another machine does not have. CORS_ORIGINS is no help
    here: what those pages do with a cookie they did not get is nothing that its owner asked for.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return _is_own(origin)
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def bearer_token() -> str | None:
    """The token of the current request; None when it carries none."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else None


def _not_of_the_team(settings: Settings, sessions: Sessions) -> Response | None:
    if settings.api_token is None:
        return unauthorized("This server has no API token: see API_TOKEN in the README.") if settings.has_jwt else None
    if is_api_token(settings, bearer_token() or ""):
        return None
    if not sessions.is_open(request.cookies.get(COOKIE, "")):
        return unauthorized("This call needs the API token, as Authorization: Bearer.")
    if request.method in SAFE_METHODS or is_own_page():
        return None
    return problem(HTTPStatus.FORBIDDEN, "Only a page of this server may change anything with its cookie.")


def unauthorized(detail: str) -> Response:
    """401 that asks for the API token."""
    response = problem(HTTPStatus.UNAUTHORIZED, detail)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _foreign_host(settings: Settings) -> Response | None:
    """Refuse names that are not ours: a page of another site may have pointed its own name at this machine."""
    if not settings.listens_on_loopback and not settings.allowed_hosts:
        return None
    name = _host_name(request.host)
    if _is_loopback(name) or name in {host.casefold() for host in settings.allowed_hosts}:
        return None
    return problem(HTTPStatus.FORBIDDEN, "This server does not answer to that Host. See ALLOWED_HOSTS in the README.")


def _unannounced_proxy(settings: Settings) -> Response | None:
    """Refuse what a proxy passed on by accident; one that is meant is announced by ALLOWED_HOSTS."""
    if not settings.listens_on_loopback or settings.allowed_hosts:
        return None
    if any(name.lower() == "forwarded" or name.lower().startswith("x-forwarded-") for name, _ in request.headers):
        return problem(
            HTTPStatus.FORBIDDEN, "A proxy passed this request on, but ALLOWED_HOSTS is not set. See the README."
        )
    return None


def _foreign_origin(settings: Settings) -> Response | None:
    """Refuse changes that a page of another site asks for (cross-site request forgery)."""
    origin = request.headers.get("Origin")
    if origin is None or request.method in SAFE_METHODS or origin in settings.cors_origins:
        return None
    if _is_own(origin):
        return None
    return problem(HTTPStatus.FORBIDDEN, "Pages of that Origin may not change anything here. See CORS_ORIGINS.")


def _is_own(origin: str) -> bool:
    return origin.casefold().partition("://")[2] == request.host.casefold()


def _host_name(host: str) -> str:
    """The name of a Host header, without port and brackets, lower-cased."""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
