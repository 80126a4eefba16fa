"""The hiring team's calls: /api/data/*, behind API_TOKEN where one is set."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, BinaryIO

from flask import Response, request, send_file
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from interviewer.api import reply_schema, schema
from interviewer.api.errors import Problem
from interviewer.api.security import Sessions, token_required
from interviewer.interview.report import Report
from interviewer.service.data import DataService
from interviewer.settings import Settings

CHUNK_BYTES = 256 * 1024


def _everything(service: DataService) -> Response:
    """All finished interviews, sent as they stand in the file: neither read into memory nor parsed."""
    total, file = service.all_finished()
    response = Response(_listing(total, file), content_type="application/json")
    response.call_on_close(file.close)  # also when the client went away before the first byte
    return response


def _listing(total: int, interviews: BinaryIO) -> Iterator[bytes]:
    with interviews:
        yield f'{{"total": {total}, "interviews": '.encode()
        while chunk := interviews.read(CHUNK_BYTES):
            yield chunk
        yield b"}"


def blueprint(service: DataService, settings: Settings, sessions: Sessions) -> APIBlueprint:
    """The routes over stored interviews."""
    api = APIBlueprint(
        "data",
        __name__,
        url_prefix="/api/data",
        abp_tags=[Tag(name="data", description="What the hiring team reads")],
        abp_security=[{"api_token": []}],
        abp_responses=dict.fromkeys((401, 403, 404, 422, 503), Problem),
    )
    team_only = token_required(settings, sessions)

    @api.get("/interviews", summary="List interviews", responses={200: reply_schema.Listing})
    @team_only
    def list_interviews(query: schema.ListQuery) -> dict[str, Any] | Response:
        if not request.args:
            return _everything(service)
        total, interviews = service.list_interviews(query.to_query())
        return {"total": total, "interviews": interviews}

    @api.get("/statistics", summary="Counts and means", responses={200: reply_schema.Statistics})
    @team_only
    def statistics() -> dict[str, Any]:
        return service.statistics()

    @api.get("/interview/<session_id>", summary="One finished interview", responses={200: Report})
    @team_only
    def finished_interview(path: schema.InterviewPath) -> dict[str, Any]:
        return service.finished(path.session_id)

    @api.get(
        "/interview/<session_id>/progress",
        summary="One that has no report yet",
        responses={200: reply_schema.InterviewProgress},
    )
    @team_only
    def progress(path: schema.InterviewPath) -> dict[str, Any]:
        return service.progress(path.session_id)

    @api.get(
        "/interview/<session_id>/recordings/<recording_id>",
        summary="The sound of an answer, where it is kept",
        responses={200: {"content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}}}},
    )
    @team_only
    def recording(path: schema.RecordingPath) -> Response:
        file, media_type = service.kept_sound(path.session_id, path.recording_id)
        response = send_file(file, mimetype=media_type, conditional=True, etag=False)  # by ranges: a player can seek
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @api.delete("/interview/<session_id>", summary="Delete a candidate's data", responses={204: None})
    @team_only
    def delete_interview(path: schema.InterviewPath) -> Response:
        service.delete(path.session_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    return api
