"""Which spreadsheet is meant: by its name, its id or its address."""

import re

from gspread.exceptions import NoValidUrlKeyFound
from gspread.urls import DRIVE_FILES_API_V3_URL
from gspread.utils import extract_id_from_url

from interviewer.errors import SheetNotFound
from interviewer.sheets.http_client import PatientHTTPClient

AN_ID = re.compile(r"[A-Za-z0-9_-]{40,}")
"""Ids have 44 characters. With one, as with an address, Drive need not be asked."""

LIKE_AN_ID = re.compile(r"[A-Za-z0-9_-]{20,}")
SHEET_TYPE = "application/vnd.google-apps.spreadsheet"


def find_spreadsheet(http: PatientHTTPClient, name: str) -> str:
    """The id of the spreadsheet. Raises SheetNotFound when none or several have the name."""
    if name.startswith(("https://", "http://")):
        try:
            return str(extract_id_from_url(name))
        except NoValidUrlKeyFound:
            raise SheetNotFound(f"{name} is no address of a Google spreadsheet: copy it from the browser.") from None
    if AN_ID.fullmatch(name):
        return name
    ids = _named(http, name)
    if len(ids) > 1:
        raise SheetNotFound(
            f"{len(ids)} spreadsheets named {name!r} are shared with {http.email}. Name the one that is meant by its "
            "address in GOOGLE_SHEETS_NAME."
        )
    if ids:
        return ids[0]
    if LIKE_AN_ID.fullmatch(name):
        return name
    raise SheetNotFound(
        f"No spreadsheet named {name!r} is shared with {http.email}. Make one and share it with that address as an "
        "editor, or name another in GOOGLE_SHEETS_NAME."
    )


def _named(http: PatientHTTPClient, name: str) -> list[str]:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    params = {
        "q": f"mimeType = '{SHEET_TYPE}' and name = '{escaped}' and trashed = false",
        "pageSize": 10,
        "supportsAllDrives": True,
        "includeItemsFromAllDrives": True,
        "fields": "files(id,name)",
    }
    files = http.request("get", DRIVE_FILES_API_V3_URL, params=params).json().get("files", [])
    return [file["id"] for file in files if file["name"] == name]  # Drive compares without regard to case
