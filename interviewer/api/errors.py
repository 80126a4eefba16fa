"""Errors to HTTP: the only place that knows both sides. RFC 9457 problem details for every one of them."""

import logging
from http import HTTPStatus

from flask import Flask, Response, json, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response as BaseResponse

from interviewer.api.described import Described
from interviewer.errors import (
    ExportRunning,
    GoogleSheetsError,
    InterviewerError,
    InterviewNotFound,
    InvalidField,
    KeysUnavailable,
    NotSignedIn,
    PdfUnavailable,
    ReaderBusy,
    RecordingNotFound,
    SheetsNotConfigured,
    SpeechServerError,
    SpeechUnavailable,
    StorageUnavailable,
    WrongState,
)

logger = logging.getLogger(__name__)

STATUS: dict[type[InterviewerError], HTTPStatus] = {
    InvalidField: HTTPStatus.UNPROCESSABLE_ENTITY,
    InterviewNotFound: HTTPStatus.NOT_FOUND,
    RecordingNotFound: HTTPStatus.NOT_FOUND,
    WrongState: HTTPStatus.CONFLICT,
    StorageUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    ReaderBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    PdfUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    SpeechUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    SpeechServerError: HTTPStatus.BAD_GATEWAY,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    KeysUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    SheetsNotConfigured: HTTPStatus.CONFLICT,
    ExportRunning: HTTPStatus.SERVICE_UNAVAILABLE,
    GoogleSheetsError: HTTPStatus.BAD_GATEWAY,  # and the other kinds of it
}
RETRY_AFTER_SECONDS = 5


PLAIN_WORDS = {
    "string_unicode": "must be valid Unicode; it holds half of a surrogate pair",
    "model_type": "must be a JSON object",
}
"""Of pydantic's messages those that speak of its own insides, by their type."""


class FieldError(Described):
    """One field that cannot be taken."""

    field: str
    message: str


class Problem(Described):
    """RFC 9457 problem details, as the schema shows them."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


def problem(status: int, detail: str, errors: list[FieldError] | None = None) -> Response:
    """The response for one problem."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors)
    return Response(
        json.dumps(body.model_dump(exclude_none=True)), status=status, content_type="application/problem+json"
    )


def from_validation(error: ValidationError) -> Response:
    """422 that names each field, what was wrong and what is allowed."""
    errors = [_field_error(fault["loc"], fault["type"], fault["msg"]) for fault in error.errors(include_url=False)]
    detail = "; ".join(f"{item.field}: {item.message}" for item in errors)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors)


def _field_error(place: tuple[int | str, ...], kind: str, message: str) -> FieldError:
    if kind == "extra_forbidden":
        message = "There is no such query parameter." if request.method == "GET" else "There is no such field."
    field = ".".join(str(part) for part in place)
    message = PLAIN_WORDS.get(kind, message).removeprefix("Value error, ").replace(" after validation", "")
    return FieldError(field=field or "body", message=message)


def from_own(error: InterviewerError) -> Response:
    """The response for an error of ours, by STATUS: that of its class, else of the nearest class above."""
    named = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    status = next(named, HTTPStatus.INTERNAL_SERVER_ERROR)
    errors = [FieldError(field=error.field, message=error.message)] if isinstance(error, InvalidField) else None
    response = problem(status, str(error), errors)
    if isinstance(error, StorageUnavailable):
        logger.error("%s %s answered 503: %s", request.method, request.path, error)
    if isinstance(error, NotSignedIn):
        # The path is the client's text, the endpoint is ours.
        logger.warning("%s answered 401: %s", request.endpoint, error.fault or "no token")
        response.headers["WWW-Authenticate"] = _challenge(error)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _challenge(error: NotSignedIn) -> str:
    """WWW-Authenticate as RFC 6750, section 3, has it: a call without a token is told no error."""
    return f'Bearer error="invalid_token", error_description="{error.fault}"' if error.fault else "Bearer"


def _from_http(error: HTTPException) -> BaseResponse:
    if error.response is not None and error.code is None:  # flask-openapi3 aborts with a ready response
        return error.response
    response = problem(error.code or 500, error.description or "The request failed.")
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The server made a mistake; its log says more.")


def register(app: Flask) -> None:
    """Make every error of this application a problem."""
    app.register_error_handler(InterviewerError, from_own)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _unexpected)
