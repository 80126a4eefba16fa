"""Whose call it is, by the candidate's bearer token."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from interviewer.api.errors import from_own
from interviewer.api.security import bearer_token
from interviewer.errors import InterviewNotFound, NotSignedIn
from interviewer.identity.tokens import TokenVerifier

SECURITY: list[dict[str, list[str]]] = [{"candidate_token": []}, {}]
"""For the schema: a candidate's call may carry a token, and must where one of the JWT settings is set."""


class Callers:
    """Says who makes the current request. Without `tokens` everybody is nobody in particular."""

    def __init__(self, tokens: TokenVerifier | None) -> None:
        self._tokens = tokens

    def user_id(self) -> str | None:
        """The subject of the call's token; None when it carries none, or tokens are not in use.

        A token that is there must be good, also where none is needed. Raises NotSignedIn, KeysUnavailable.
        """
        token = bearer_token()
        if self._tokens is None or token is None:
            return None
        return self._tokens.subject(token)

    def required_user_id(self) -> str | None:
        """The same for a call that needs a token where tokens are in use. Raises NotSignedIn without one."""
        user_id = self.user_id()
        if user_id is None and self._tokens is not None:
            raise NotSignedIn
        return user_id

    def ask_who_before_denying(self, blueprint: APIBlueprint) -> None:
        """Answer 401 instead of 404 where the call has no token: for an interview of somebody and for none alike."""

        def not_found(error: InterviewNotFound) -> Response:
            without = self._tokens is not None and bearer_token() is None
            return from_own(NotSignedIn() if without else error)

        blueprint.register_error_handler(InterviewNotFound, not_found)
