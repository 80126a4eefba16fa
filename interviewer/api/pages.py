"""The candidate's pages and the team's, the API's documentation and its health. All files, no template holds data."""

from pathlib import Path

import flask_openapi3_swagger
from flask import Blueprint, Response, jsonify, send_from_directory
from flask_openapi3.openapi import OpenAPI

STATIC_DIR = Path(__file__).resolve().parents[2] / "static"
COMPRESSED = ["text/html", "text/css", "text/javascript"]
"""What is sent compressed. Not the replies: their length would tell of what is secret in them."""
SWAGGER_DIR = Path(flask_openapi3_swagger.__file__).parent / "templates" / "swagger"


def blueprint(app: OpenAPI) -> Blueprint:
    """The pages, each a file of `static/`."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def start() -> Response:
        return _page("start.html")

    @pages.get("/interview/<session_id>")
    def interview(session_id: str) -> Response:  # the page asks the API about its id
        del session_id
        return _page("interview.html")

    @pages.get("/interviews")
    def past_interviews() -> Response:
        return _page("interviews.html")

    @pages.get("/interviews/<session_id>")
    def past_interview(session_id: str) -> Response:  # this page too asks the API, which asks who it is
        del session_id
        return _page("past-interview.html")

    @pages.get("/docs")
    def docs() -> Response:
        return _page("docs.html")

    @pages.get("/docs/swagger/<path:name>")
    def swagger(name: str) -> Response:
        return send_from_directory(SWAGGER_DIR, name)

    @pages.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(app.api_doc)

    @pages.get("/favicon.ico")
    def favicon() -> Response:
        return send_from_directory(STATIC_DIR, "icon.svg")

    return pages


def _page(name: str) -> Response:
    response = send_from_directory(STATIC_DIR, name)
    response.headers["Cache-Control"] = "no-cache"  # always asked again, so that an update shows at once
    return response
