"""What Google's refusals mean, and what to do about each. Pure."""

import re
from dataclasses import dataclass
from typing import Any

import requests

from interviewer.errors import (
    GoogleSheetsError,
    SheetLayoutError,
    SheetNotFound,
    SheetNotWritable,
    SheetsApiDisabled,
    SheetsKeyRefused,
    SheetsRefusal,
)

LONGEST_QUOTE = 300
_TOO_FAST = {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"}
_DISABLED = {"SERVICE_DISABLED", "accessNotConfigured"}


@dataclass(frozen=True)
class Refusal:
    """An answer of Google's that is no success: the HTTP status, its message, and its reasons in their own words."""

    status: int
    message: str
    reasons: frozenset[str]

    @property
    def may_pass(self) -> bool:
        """Whether the same request may succeed later."""
        return self.status == 429 or self.status >= 500 or (self.status == 403 and bool(self.reasons & _TOO_FAST))

    @property
    def asks_to_wait(self) -> bool:
        """Whether it came because of a quota."""
        return self.status == 429 or bool(self.reasons & _TOO_FAST)

    @property
    def quote(self) -> str:
        """What Google said, on one line, short."""
        return f"Google said: {self.status} {' '.join(self.message.split())[:LONGEST_QUOTE]}"


def read_refusal(response: requests.Response) -> Refusal:
    """The refusal in a response, in the form of Sheets v4 or Drive v3, or in whatever a proxy made of it."""
    try:
        body = response.json()
    except ValueError:
        body = None
    error: Any = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return Refusal(response.status_code, response.reason or "", frozenset())
    details = [*_dicts(error.get("details")), *_dicts(error.get("errors"))]
    reasons = frozenset(str(item["reason"]) for item in details if item.get("reason"))
    return Refusal(response.status_code, str(error.get("message") or ""), reasons)


def error_for(refusal: Refusal, *, email: str, writing: bool) -> GoogleSheetsError:
    """The error of ours for a refusal that will not pass. `email` is the account's, `writing` whether it wrote."""
    if refusal.reasons & _DISABLED or "it is disabled" in refusal.message:
        address = re.search(r"https://console\S+\w", refusal.message)
        where = address.group() if address else "the Google Cloud console, APIs and services"
        return SheetsApiDisabled(
            f"A Google API is not enabled in the project of {email}. Enable the Google Sheets API and the Google Drive "
            f"API, wait a minute, and try again: {where}"
        )
    if refusal.status == 401:
        return key_refused(email, refusal.quote)
    if refusal.status == 403 and writing:
        return SheetNotWritable(
            f"{email} may not change the spreadsheet. Share it with that address as an editor, and see that the "
            f"worksheets are not protected. {refusal.quote}"
        )
    if refusal.status in (403, 404):
        return SheetNotFound(
            f"The spreadsheet is not there for {email}. Share it with that address as an editor, and check "
            f"GOOGLE_SHEETS_NAME. {refusal.quote}"
        )
    if "limit of 10000000 cells" in refusal.message or "number of cells in the workbook" in refusal.message:
        return SheetLayoutError(
            "The spreadsheet is full: Google allows 10 million cells. Make a new one, share it, and name it in "
            "GOOGLE_SHEETS_NAME."
        )
    said = f"Google refused the rows. {refusal.quote}"
    return SheetsRefusal(said, for_log=f"Google refused the rows ({refusal.status})")


def key_refused(email: str, said: str) -> SheetsKeyRefused:
    """The error for a key that Google does not take."""
    return SheetsKeyRefused(
        f"Google does not take the key of {email}. It was revoked or its account deleted: make a new key for "
        f"GOOGLE_SHEETS_CREDENTIALS. Or this machine's clock is wrong. {said}"
    )


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
