"""The service account that writes into the sheet, from the key file that Google's console gives."""

import json
from pathlib import Path

from google.auth.exceptions import GoogleAuthError
from google.oauth2.service_account import Credentials

from interviewer.errors import SheetsCredentialsError, SheetsNotConfigured

SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.metadata.readonly",  # to find a spreadsheet by its name, and no more
)
ADVICE = (
    "Download a JSON key of a service account from Google's console and name it in GOOGLE_SHEETS_CREDENTIALS; "
    "see docs/google-sheets.md."
)


def load_credentials(path: Path | None) -> Credentials:
    """The account's credentials; nobody is asked whether they are good.

    Raises SheetsNotConfigured without a path, and SheetsCredentialsError for a file that is missing or no such key.
    """
    if path is None:
        raise SheetsNotConfigured(f"Google Sheets is not set up. {ADVICE}")
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SheetsCredentialsError(f"The key file {path} could not be read: {error.strerror}. {ADVICE}") from error
    except ValueError:
        raise _broken(path, "is no JSON") from None  # the cause would show the file's text
    if not isinstance(fields, dict) or fields.get("type") != "service_account":
        raise _broken(path, "is not that of a service account")
    try:
        return Credentials.from_service_account_info(fields, scopes=SCOPES)  # type: ignore[no-untyped-call, no-any-return]
    except (ValueError, TypeError, GoogleAuthError):
        raise _broken(path, "is incomplete, or its private key is damaged") from None


def _broken(path: Path, fault: str) -> SheetsCredentialsError:
    return SheetsCredentialsError(f"The key file {path} {fault}. {ADVICE}")
