"""GET /api/health: what runs here, and with what."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

import interviewer
from interviewer.api import reply_schema
from interviewer.interviewers.base import Interviewer
from interviewer.service.exports import SheetExports
from interviewer.service.speech import SpeechService


def blueprint(who: Interviewer, exports: SheetExports, speech: SpeechService) -> APIBlueprint:
    """The health route."""
    api = APIBlueprint("health", __name__, url_prefix="/api", abp_tags=[Tag(name="server")])

    @api.get("/health", summary="What runs here", responses={200: reply_schema.Health})
    def health() -> dict[str, Any]:
        return {
            "status": "ok",
            "interviewer": who.name,
            "model": who.model,
            "storage": "json files",
            "transcription": speech.model,
            "transcription_languages": speech.languages,
            "speech": "remote" if speech.speaks else "browser",
            "keep_audio": speech.keeps_audio,
            "google_sheets": exports.health(),
            "storage_mode": "local + sheets" if exports.is_on else "local",
            "sheet_name": exports.sheet_name if exports.is_on else None,
            "version": interviewer.__version__,
        }

    return api
