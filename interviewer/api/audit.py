"""The audit views: GET /api/data/summary and GET /api/data/interview/ID/responses, each as JSON or CSV."""

import itertools
import re
from collections.abc import Generator, Iterable, Iterator
from typing import Any, Literal

import orjson
from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.media_type import MediaType
from flask_openapi3.models.schema import Schema
from flask_openapi3.models.tag import Tag
from pydantic import ConfigDict

from interviewer.api import schema
from interviewer.api.described import Described
from interviewer.api.errors import Problem
from interviewer.api.security import Sessions, token_required
from interviewer.audit.csv_text import csv_lines
from interviewer.audit.rows import RESPONSE_COLUMNS, SUMMARY_COLUMNS, ResponseRow, SummaryRow
from interviewer.audit.views import Row
from interviewer.service.audit import AuditService, Page
from interviewer.service.listing import ListedStatus, Query
from interviewer.settings import Settings

PIECE_BYTES = 64 * 1024  # sent at once: rows are small
CSV_TYPE = "text/csv; charset=utf-8; header=present"

Format = Literal["json", "csv"]


class SummaryQuery(schema.SomeInterviews):
    """The filters of the summary, and its form."""

    status: ListedStatus = "all"
    format: Format = "json"

    def to_query(self) -> Query:
        """The same for the service."""
        return Query(**self.model_dump(exclude={"format"}))


class ResponsesQuery(schema.NoQuery):
    """The form of the responses."""

    format: Format = "json"


class _AlsoCsv(Described):
    """A reply that is to be had as CSV too, with the rows' fields as columns."""

    model_config = ConfigDict(
        openapi_extra={  # type: ignore[typeddict-unknown-key]  # read by flask-openapi3
            "description": "JSON; with format=csv a table with the same fields as columns",
            "content": {
                "text/csv": MediaType(
                    schema=Schema(
                        type="string",
                        description=(
                            "RFC 4180 in UTF-8 with a byte order mark. Null is an empty cell; lists and objects are "
                            "JSON text. An apostrophe stands before text that a spreadsheet could take for a formula."
                        ),
                    )
                )
            },
        },
    )


class InterviewSummary(_AlsoCsv):
    """200 of data/summary; `total` counts before limit and offset."""

    interview_summary: list[SummaryRow]
    total: int


class QuestionResponses(_AlsoCsv):
    """200 of data/interview/ID/responses."""

    question_responses: list[ResponseRow]
    total: int


def blueprint(service: AuditService, settings: Settings, sessions: Sessions) -> APIBlueprint:
    """The routes of the audit views."""
    api = APIBlueprint(
        "audit",
        __name__,
        url_prefix="/api/data",
        abp_tags=[Tag(name="data")],
        abp_security=[{"api_token": []}],
        abp_responses=dict.fromkeys((401, 403, 422, 503), Problem),
    )
    team_only = token_required(settings, sessions)

    @api.get("/summary", summary="Every interview as a row, also those in progress", responses={200: InterviewSummary})
    @team_only
    def summary(query: SummaryQuery) -> Response:
        page = service.summary(query.to_query())
        if query.format == "csv":
            return _csv(SUMMARY_COLUMNS, page, "interview_summary.csv")
        return _sent(_json("interview_summary", page), "application/json")

    @api.get(
        "/interview/<session_id>/responses",
        summary="Every answer of an interview as a row",
        responses={200: QuestionResponses, 404: Problem},
    )
    @team_only
    def responses(path: schema.InterviewPath, query: ResponsesQuery) -> Response | dict[str, Any]:
        rows = service.responses(path.session_id)
        if query.format == "csv":
            return _csv(RESPONSE_COLUMNS, rows, f"question_responses-{_file_safe(path.session_id)}.csv")
        return {"question_responses": rows, "total": len(rows)}

    return api


def _csv(columns: tuple[str, ...], rows: Iterable[Row], file_name: str) -> Response:
    response = _sent((line.encode() for line in csv_lines(columns, rows)), CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _json(name: str, page: Page) -> Iterator[bytes]:
    """A page as a JSON object, row by row; the total comes last, when it is known."""
    before = f'{{"{name}": ['.encode()
    for row in page:
        yield before + orjson.dumps(row)
        before = b",\n"
    yield (before if before.startswith(b"{") else b"") + f'], "total": {page.total}}}'.encode()


def _sent(lines: Iterable[bytes], content_type: str) -> Response:
    """A response that is made while it is sent. The first piece is made now: what fails at once gets its own status."""
    pieces = _pieces(lines)
    first = next(pieces, b"")
    response = Response(itertools.chain((first,), pieces), content_type=content_type)
    response.call_on_close(pieces.close)  # also when the client went away: the file it reads from is closed
    return response


def _pieces(lines: Iterable[bytes]) -> Generator[bytes, None, None]:
    piece = bytearray()
    for line in lines:
        piece += line
        if len(piece) >= PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _file_safe(session_id: str) -> str:
    """An id as part of a file name: a script may have saved any text as one."""
    return re.sub(r"[^0-9A-Za-z_-]", "_", session_id)[:64]
