"""The errors this product raises on purpose. `interviewer.api.errors` alone maps them to HTTP."""


class InterviewerError(Exception):
    """Base of every expected failure. Its text is fit to be shown to a client."""


class InterviewNotFound(InterviewerError):
    """No interview has this id, or not in the state that was asked for."""


class WrongState(InterviewerError):
    """The request does not fit the state the interview is in."""


class StorageUnavailable(InterviewerError):
    """The disk could not take a write (full, read-only, failing). Nothing was half-written."""


class ConfigurationError(InterviewerError):
    """A setting is missing or contradicts another one. The text says which and how to mend it."""


class BankError(InterviewerError):
    """A question bank file breaks a rule. The text names the file and the question."""


class InvalidField(InterviewerError):
    """A well-formed value that cannot be taken. `field` names it as the client sent it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
