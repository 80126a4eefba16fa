"""GET /api/topics: what can be suggested to somebody who chooses topics."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from interviewer.api.described import Described
from interviewer.api.errors import Problem
from interviewer.api.identity import SECURITY, Callers
from interviewer.interviewers.builtin.topic_catalogue import KnownTopic
from interviewer.service.topics import known_topics


class Topics(Described):
    """200 of topics, by name. A topic that is not among them can be chosen all the same."""

    topics: list[KnownTopic]


def blueprint(callers: Callers) -> APIBlueprint:
    """The route that lists the topics, for those who may start an interview."""
    api = APIBlueprint(
        "topics",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="interview")],
        abp_security=SECURITY,
        abp_responses=dict.fromkeys((401, 403, 422), Problem),
    )

    @api.get("/topics", summary="What the question bank knows", responses={200: Topics})
    def topics() -> dict[str, Any]:
        callers.required_user_id()
        return {"topics": [topic.model_dump() for topic in known_topics()]}

    return api
