"""The candidate's calls."""

from http import HTTPStatus

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from interviewer.api import reply_schema, schema
from interviewer.api.errors import Problem
from interviewer.api.identity import SECURITY, Callers
from interviewer.service.interviews import InterviewService
from interviewer.service.replies import Reply


def blueprint(service: InterviewService, callers: Callers) -> APIBlueprint:
    """The routes of an interview, from start to report."""
    api = APIBlueprint(
        "interviews",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="interview", description="What a candidate's client calls")],
        abp_security=SECURITY,
        abp_responses=dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 503), Problem),
    )

    callers.ask_who_before_denying(api)

    @api.post("/start-interview", summary="Begin an interview", responses={201: reply_schema.Started})
    def start_interview(body: schema.StartInterview) -> tuple[Reply, int]:
        return service.start(body.to_wish(), callers.required_user_id()), HTTPStatus.CREATED

    @api.post("/submit-answer", summary="Answer the current question", responses={200: reply_schema.Answered})
    def submit_answer(body: schema.SubmitAnswer) -> Reply:
        return service.submit(body.session_id, body.to_submission(), callers.user_id())

    @api.post("/end-interview", summary="End early", responses={200: reply_schema.Ended})
    def end_interview(body: schema.SessionOnly) -> Reply:
        return service.end(body.session_id, callers.user_id())

    @api.post("/save-draft", summary="Keep an unsent answer", responses={200: reply_schema.DraftSaved})
    def save_draft(body: schema.SaveDraft) -> Reply:
        return service.save_draft(body.session_id, body.to_unsent(), callers.user_id())

    @api.post("/request-hint", summary="Get a hint for the current question", responses={200: reply_schema.Hinted})
    def request_hint(body: schema.RequestHint) -> Reply:
        return service.hint(body.session_id, body.hint_number, body.question_number, callers.user_id())

    @api.get("/interview/<session_id>", summary="Where it stands", responses={200: reply_schema.InterviewView})
    def interview(path: schema.InterviewPath) -> Reply:
        return service.view(path.session_id, callers.user_id())

    return api
