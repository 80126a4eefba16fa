"""What every API request must be before its route sees it: JSON or a form where one is due, no stray parameters."""

import inspect
from http import HTTPStatus

from flask import Flask, Response, abort, current_app, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from interviewer.api.errors import FieldError, problem
from interviewer.resume.limits import MAX_FILE_BYTES as MAX_RESUME_BYTES
from interviewer.speech.limits import MAX_FILE_BYTES as MAX_RECORDING_BYTES
from interviewer.speech.limits import MIB

MAX_BODY_BYTES = 2 * MIB
MAX_UPLOAD_BYTES = MAX_RECORDING_BYTES + 64 * 1024  # of a whole form with one file; a route may take less
TOO_LARGE = (
    f"The request is too large: a recording may have up to {MAX_RECORDING_BYTES // MIB} MiB, "
    f"a resume {MAX_RESUME_BYTES // MIB} MiB, JSON {MAX_BODY_BYTES // MIB} MiB."
)


def register(app: Flask) -> None:
    """Check the requests of this application."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.before_request(check_request)
    app.register_error_handler(RequestEntityTooLarge, _too_large)


def check_request() -> Response | None:
    """Refuse with the right status what flask-openapi3 would take for an empty body or pass over in silence."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or not request.path.startswith("/api/"):
        return None
    takes = inspect.signature(view).parameters
    if request.args and "query" not in takes:
        return _stray_query()
    if "form" in takes and request.method == "POST":
        _check_form()
        return None
    return _check_body() if "body" in takes and request.method == "POST" else None


def _too_large(error: RequestEntityTooLarge) -> Response:
    """In our own words where nobody has found better ones."""
    own = error.description if error.description != RequestEntityTooLarge.description else None
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, own or TOO_LARGE)


def _stray_query() -> Response:
    errors = [FieldError(field=name, message="There is no such query parameter.") for name in request.args]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(f"{e.field}: {e.message}" for e in errors), errors)


def _check_form() -> None:
    if request.mimetype != "multipart/form-data":
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be a form: Content-Type: multipart/form-data.")
    if not request.mimetype_params.get("boundary"):
        abort(HTTPStatus.BAD_REQUEST, "The Content-Type of the form names no boundary.")
    request.max_content_length = MAX_UPLOAD_BYTES


def _check_body() -> Response | None:
    if not request.is_json:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON, with Content-Type: application/json.")
    try:
        body = request.get_json()
    except RequestEntityTooLarge:
        raise
    except BadRequest:
        abort(HTTPStatus.BAD_REQUEST, "The body is not valid JSON.")
    except RecursionError:
        abort(HTTPStatus.BAD_REQUEST, "The JSON is nested too deeply.")
    if not isinstance(body, dict):
        message = "must be a JSON object"
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"body: {message}", [FieldError(field="body", message=message)])
    return None
