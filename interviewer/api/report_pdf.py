"""GET /api/interview/ID/report.pdf: the report to keep and to print."""

import threading

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from interviewer.api import schema
from interviewer.api.errors import Problem
from interviewer.api.identity import SECURITY, Callers
from interviewer.errors import WrongState
from interviewer.pdf.report import report_pdf
from interviewer.service.interviews import InterviewService

AT_ONCE = 1
"""A long one computes for a second; the answers of others go before."""


def blueprint(service: InterviewService, callers: Callers) -> APIBlueprint:
    """The route."""
    api = APIBlueprint(
        "report_pdf",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="interview")],
        abp_security=SECURITY,
        abp_responses=dict.fromkeys((401, 403, 404, 409, 422), Problem),
    )
    callers.ask_who_before_denying(api)
    turns = threading.BoundedSemaphore(AT_ONCE)

    @api.get("/interview/<session_id>/report.pdf", summary="The report as a PDF", responses={200: None})
    def report(path: schema.InterviewPath) -> Response:
        found = service.view(path.session_id, callers.user_id())["report"]
        if found is None:
            raise WrongState("This interview has no report yet.")
        with turns:
            pages = report_pdf(found)
        response = Response(pages, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="report-{found["session_id"]}.pdf"'
        return response

    return api
