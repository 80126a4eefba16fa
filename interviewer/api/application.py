"""The Flask application, put together from its parts."""

import flask_compress
import flask_cors
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

import interviewer
from interviewer.api import (
    audit,
    data,
    errors,
    exports,
    health,
    interviews,
    pages,
    report_pdf,
    requests,
    resumes,
    security,
    sign_in,
    speech,
    topics,
)
from interviewer.api.identity import Callers
from interviewer.clock import Clock
from interviewer.identity.tokens import verifier_for
from interviewer.interviewers.base import Interviewer
from interviewer.service.data import DataService
from interviewer.service.interviews import InterviewService
from interviewer.service.speech import SpeechService
from interviewer.settings import Settings


def build_application(
    settings: Settings,
    who: Interviewer,
    candidate: InterviewService,
    team: DataService,
    voice: SpeechService,
    clock: Clock,
) -> OpenAPI:
    """The application over these services. Starts no background work."""
    app = OpenAPI(
        "interviewer",
        info=Info(
            title="Candor",
            version=interviewer.__version__,
            description="Self-hosted interviews: questions, scores with evidence, reports, as plain JSON.",
        ),
        doc_ui=False,
        security_schemes={
            "api_token": {"type": "http", "scheme": "bearer"},
            "candidate_token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        },
        validation_error_callback=errors.from_validation,
        validation_error_model=errors.Problem,
        static_folder=str(pages.STATIC_DIR),
        static_url_path="/static",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # fields in the order of the design
    errors.register(app)
    security.register(app, settings)
    requests.register(app)
    flask_cors.CORS(app, resources={r"/api/*": {"origins": list(settings.cors_origins)}})
    app.config["COMPRESS_MIMETYPES"] = pages.COMPRESSED
    flask_compress.Compress(app)
    app.register_api(health.blueprint(who, team.exports, voice))
    callers = Callers(verifier_for(settings))
    app.register_api(interviews.blueprint(candidate, callers))
    app.register_api(resumes.blueprint(callers, who))
    app.register_api(speech.blueprint(voice, callers))
    app.register_api(report_pdf.blueprint(candidate, callers))
    app.register_api(topics.blueprint(callers))
    sessions = sign_in.TeamSessions(clock)
    app.register_api(sign_in.blueprint(settings, sessions, clock))
    app.register_api(data.blueprint(team, settings, sessions))
    app.register_api(audit.blueprint(team.audit, settings, sessions))
    app.register_api(exports.blueprint(team.exports, settings, sessions))
    app.register_blueprint(pages.blueprint(app))
    return app
