"""The errors this product raises on purpose. `interviewer.api.errors` alone maps them to HTTP."""


class InterviewerError(Exception):
    """Base of every expected failure. Its text is fit to be shown to a client."""


class InterviewNotFound(InterviewerError):
    """No interview has this id, or not in the state that was asked for."""


class RecordingNotFound(InterviewerError):
    """No sound of this recording is kept."""


class WrongState(InterviewerError):
    """The request does not fit the state the interview is in."""


class StorageUnavailable(InterviewerError):
    """The disk could not take a write (full, read-only, failing). Nothing was half-written."""


class ReaderBusy(InterviewerError):
    """No uploaded file can be read just now. The same request may succeed in a moment."""


class PdfUnavailable(InterviewerError):
    """No PDF can be made just now. The same request may succeed in a moment."""


class SpeechOff(WrongState):
    """This server has nothing set up to do what was asked: to transcribe, to speak, or to keep recordings."""


class SpeechUnavailable(InterviewerError):
    """Too many recordings are being transcribed, or the process that does it failed. It may succeed in a moment."""


class SpeechServerError(InterviewerError):
    """The remote server that transcribes or speaks did not do it. The text says why, without its key.

    `status` is its answer's, or None without one.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class ModelNotFetched(InterviewerError):
    """A transcription model could not be downloaded. The text says why."""


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


class NotSignedIn(InterviewerError):
    """The call carries no bearer token where one is needed, or a bad one: `fault` says why, in our own plain words."""

    def __init__(self, fault: str | None = None) -> None:
        needed = "This call needs the token of the invitation, as Authorization: Bearer."
        super().__init__(f"The bearer token is not taken: {fault}." if fault else needed)
        self.fault = fault


class KeysUnavailable(InterviewerError):
    """A token could not be checked because the keys of its issuer could not be fetched."""


class LLMError(InterviewerError):
    """The LLM did not give what it was asked for. `reason` says why in a few words, and is stored with the answer."""

    reason = "failed"


class LLMUnavailable(LLMError):
    """No reply is to be had: the server is down, overloaded or silent, or refuses the key or the model."""

    reason = "unavailable"


class LLMPaused(LLMUnavailable):
    """Nobody asked: the server failed lately, and calls of it pause."""


class LLMRefused(LLMError):
    """The server refused this very request (a 4xx). `detail` is what it said, short and without secrets."""

    reason = "refused"

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"The LLM server refused the request ({status}): {detail}")
        self.status = status
        self.detail = detail


class UnusableReply(LLMError):
    """Replies came, and none could be used. `reason` says what was missing, `texts` are the replies, latest last."""

    def __init__(self, reason: str, texts: tuple[str, ...] = ()) -> None:
        super().__init__(f"The LLM's reply could not be used: {reason}.")
        self.reason = reason
        self.texts = texts


class OldFileUnreadable(InterviewerError):
    """A file of an older system is not in a form that can be read. The text says what it is instead."""


class TableTooLong(InterviewerError):
    """There are more rows than a file of the asked kind holds."""


class GoogleSheetsError(InterviewerError):
    """An export to Google Sheets did not succeed. The text says why and what to do about it.

    `for_log` is the same without what Google said, which may repeat a candidate's words.
    """

    def __init__(self, text: str, for_log: str | None = None) -> None:
        super().__init__(text)
        self.for_log = for_log or text


class SheetsNotConfigured(GoogleSheetsError):
    """No credentials are set."""


class SheetsCredentialsError(GoogleSheetsError):
    """The credentials file is missing or broken."""


class SheetsKeyRefused(GoogleSheetsError):
    """Google does not take the key: it was revoked, its account deleted, or this machine's clock is wrong."""


class SheetsApiDisabled(GoogleSheetsError):
    """The Sheets or Drive API is not enabled in the account's project."""


class SheetNotFound(GoogleSheetsError):
    """There is no such spreadsheet, or it is not shared with the account."""


class SheetNotWritable(GoogleSheetsError):
    """The account may read the spreadsheet and not change it."""


class SheetLayoutError(GoogleSheetsError):
    """A worksheet cannot be used as it is: its key column is gone, or it is full."""


class SheetsUnreachable(GoogleSheetsError):
    """Google did not answer, or only with errors of its own, after all tries.

    `retry_after` is how long it asks to be left alone, in seconds, where it says.
    """

    def __init__(self, text: str, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class SheetsBusy(SheetsUnreachable):
    """A quota is used up."""


class SheetsRefusal(GoogleSheetsError):
    """Google refused just these rows."""


class ExportStopped(GoogleSheetsError):
    """The process is about to end; what was not exported goes out after the next start."""


class ExportRunning(GoogleSheetsError):
    """Another export from this data folder is at work. The same request may succeed in a moment."""
