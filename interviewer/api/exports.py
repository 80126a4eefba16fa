"""POST /api/export/ID: one interview to Google Sheets, now."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from interviewer.api import reply_schema, schema
from interviewer.api.errors import Problem
from interviewer.api.security import Sessions, token_required
from interviewer.service.exports import SheetExports
from interviewer.settings import Settings


def blueprint(exports: SheetExports, settings: Settings, sessions: Sessions) -> APIBlueprint:
    """The route."""
    api = APIBlueprint(
        "exports",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="data")],
        abp_security=[{"api_token": []}],
        abp_responses=dict.fromkeys((401, 403, 404, 409, 502, 503), Problem),
    )
    team_only = token_required(settings, sessions)

    @api.post(
        "/export/<session_id>", summary="Export one interview to Google Sheets", responses={200: reply_schema.Exported}
    )
    @team_only
    def export_interview(path: schema.InterviewPath) -> dict[str, Any]:
        rows = exports.export_one(path.session_id)
        message = f"{rows} rows written." if rows else "The sheet has this interview as it is; nothing was written."
        return {"status": "success", "message": message, "session_id": path.session_id}

    return api
