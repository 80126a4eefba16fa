"""POST /api/transcribe, /api/recording-consent and /api/speech."""

import re
from http import HTTPStatus
from typing import IO, Any

import werkzeug.datastructures
from flask import Response, abort, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.file import FileStorage
from flask_openapi3.models.tag import Tag
from pydantic import ConfigDict, Field, field_validator

from interviewer.api import reply_schema, schema
from interviewer.api.described import Described
from interviewer.api.errors import Problem
from interviewer.api.identity import SECURITY, Callers
from interviewer.errors import InvalidField
from interviewer.service.speech import SpeechService
from interviewer.speech.limits import MAX_FILE_BYTES, MIB
from interviewer.speech.speaking import SOUND_TYPE
from interviewer.spoken import RecordingConsent

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9-]{1,20})?")
NO_FILE = "A recording is required, as a file part of the form: WebM, Ogg, MP4 or WAV."


class Recorded(Described):
    """A multipart form with one recording."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"required": ["file", "session_id", "question_number"]})

    # Not required of pydantic: what is missing, or no file, gets a better message below.
    file: FileStorage = Field(default=None, description="WebM, Ogg, MP4 or WAV, to 25 MiB and 5 minutes")  # type: ignore[assignment]
    session_id: schema.SessionId
    question_number: int = Field(ge=1, le=20, description="the current question's")
    duration: float = Field(ge=0, le=86_400, allow_inf_nan=False, description="in seconds, as recorded")
    trial: bool = Field(default=False, description="only to try the microphone: nothing of it is kept")
    language: str | None = Field(default=None, description="a language code such as en or de-AT; else it is found out")

    @field_validator("language")
    @classmethod
    def _base_language(cls, value: str | None) -> str | None:
        if value and not LANGUAGE.fullmatch(value):
            raise ValueError("must be a language code such as en or de-AT")
        return value.partition("-")[0].lower() if value else None


def blueprint(service: SpeechService, callers: Callers) -> APIBlueprint:
    """The routes of the voice."""
    api = APIBlueprint(
        "speech",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="voice", description="To be heard and to hear")],
        abp_security=SECURITY,
        abp_responses=dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 502, 503), Problem),
    )
    callers.ask_who_before_denying(api)

    @api.post("/transcribe", summary="The text of a spoken answer", responses={200: reply_schema.Transcribed})
    def transcribe(form: Recorded) -> dict[str, Any]:
        user_id = callers.user_id()
        with _uploaded(form) as file:  # a large one lies in a file that has no name; it goes now
            return service.transcribe(
                form.session_id,
                form.question_number,
                lambda: _content(file),
                form.duration,
                form.language,
                user_id,
                trial=form.trial,
            )

    @api.post("/recording-consent", summary="Agree to have recordings kept", responses={200: RecordingConsent})
    def recording_consent(body: schema.RecordingConsentGiven) -> dict[str, str]:
        return service.consent(body.session_id, body.version, callers.user_id())

    @api.post("/speech", summary="A text, spoken, as MP3", responses={200: None})
    def speech(body: schema.ToSpeak) -> Response:
        callers.required_user_id()
        return Response(service.speak(body.text), content_type=SOUND_TYPE)

    return api


def _uploaded(form: Recorded) -> IO[bytes]:
    """The one file of the form."""
    if len(request.files.getlist("file")) > 1:
        raise InvalidField("file", "One recording at a time, please.")
    if not isinstance(form.file, werkzeug.datastructures.FileStorage):
        raise InvalidField("file", NO_FILE)
    return form.file.stream


def _content(file: IO[bytes]) -> bytes:
    """The bytes of a file, none of an empty one."""
    data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A recording may have up to {MAX_FILE_BYTES // MIB} MiB.")
    return data
