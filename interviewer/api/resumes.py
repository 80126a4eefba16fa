"""POST /api/parse-resume: an uploaded resume as text and topics."""

from http import HTTPStatus
from typing import Any

import werkzeug.datastructures
from flask import abort, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.file import FileStorage
from flask_openapi3.models.tag import Tag
from pydantic import ConfigDict, Field

from interviewer.api.described import Described
from interviewer.api.errors import Problem
from interviewer.api.identity import SECURITY, Callers
from interviewer.errors import InvalidField
from interviewer.interviewers.base import Interviewer
from interviewer.resume.limits import MAX_FILE_BYTES, MIB
from interviewer.service.resumes import parse_resume

NO_FILE = "A file is required: a PDF, DOCX or plain text, as a file part of the form."


class ResumeUpload(Described):
    """A multipart form with one file."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"required": ["file"]})

    # Not required of pydantic: what is missing, or no file, gets a better message below.
    file: FileStorage = Field(default=None, description="PDF, DOCX or plain text, to 10 MiB")  # type: ignore[assignment]


class ParsedResume(Described):
    """200 of parse-resume."""

    text: str = Field(description="1-50,000 characters, fit to be sent as resume_text")
    topics: list[str] = Field(description="what there is to talk about, by weight; at most 12, maybe none")
    pages: int | None = Field(description="of a PDF; null for DOCX and text, which have none until they are printed")


def blueprint(callers: Callers, interviewer: Interviewer) -> APIBlueprint:
    """The route that reads resumes, for those who may start an interview."""
    api = APIBlueprint(
        "resumes",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="interview")],
        abp_security=SECURITY,
        abp_responses=dict.fromkeys((400, 401, 403, 413, 415, 422, 503), Problem),
    )

    @api.post("/parse-resume", summary="Read a resume; nothing is stored", responses={200: ParsedResume})
    def parse(form: ResumeUpload) -> dict[str, Any]:
        callers.required_user_id()
        found = parse_resume(_uploaded(form), interviewer)
        return {"text": found.text, "topics": list(found.topics), "pages": found.pages}

    return api


def _uploaded(form: ResumeUpload) -> bytes:
    """The bytes of the one file."""
    files = request.files.getlist("file")
    if len(files) > 1:
        raise InvalidField("file", "One file at a time, please.")
    if not isinstance(form.file, werkzeug.datastructures.FileStorage):
        raise InvalidField("file", NO_FILE)
    with form.file.stream as stream:  # a large one lies in a file that has no name; it goes now
        data = stream.read(MAX_FILE_BYTES + 1)
    if not data and not form.file.filename:  # what a browser sends when nothing was chosen
        raise InvalidField("file", NO_FILE)
    if len(data) > MAX_FILE_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A resume may have up to {MAX_FILE_BYTES // MIB} MiB.")
    return data
