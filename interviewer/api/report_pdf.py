"""GET /api/interview/ID/report.pdf: the report to keep and to print."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from interviewer.api import schema
from interviewer.api.errors import Problem
from interviewer.api.identity import SECURITY, Callers
from interviewer.errors import WrongState
from interviewer.pdf.making import PdfMaker
from interviewer.service.interviews import InterviewService

PDF = "application/pdf"
NO_REPORT = "This interview has no report yet: there is one when it has ended and its answers are scored."


def blueprint(service: InterviewService, callers: Callers) -> APIBlueprint:
    """The route."""
    api = APIBlueprint(
        "report_pdf",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="interview")],
        abp_security=SECURITY,
        abp_responses=dict.fromkeys((401, 403, 404, 409, 422, 503), Problem),
    )
    callers.ask_who_before_denying(api)
    maker = PdfMaker()

    @api.get(
        "/interview/<session_id>/report.pdf",
        summary="The report as a PDF",
        responses={200: {"content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    def report(path: schema.InterviewPath) -> Response:
        found = service.view(path.session_id, callers.user_id())["report"]
        if found is None:
            raise WrongState(NO_REPORT)
        response = Response(maker.make(found), content_type=PDF)
        # Named by the id, which is letters and digits: a candidate's name belongs in no header and no proxy's log.
        response.headers["Content-Disposition"] = f'inline; filename="report-{found["session_id"]}.pdf"'
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return api
