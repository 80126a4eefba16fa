"""What goes wrong with Google: each kind says what to do; what may pass is tried again; a quota is kept."""

import json
import time
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

import pytest

from data_storage import DataStorage, GoogleSheetsError, GoogleSheetsStorage
from interviewer.errors import (
    SheetLayoutError,
    SheetNotFound,
    SheetNotWritable,
    SheetsApiDisabled,
    SheetsBusy,
    SheetsCredentialsError,
    SheetsKeyRefused,
    SheetsNotConfigured,
    SheetsUnreachable,
)
from interviewer.sheets.credentials import load_credentials
from interviewer.sheets.export_state import ExportState
from interviewer.sheets.exporter import SheetExporter
from interviewer.sheets.pacing import MOST_IN_WINDOW, WINDOW_S, Pacing
from tests.google_setup import QUICK, interview, keys
from tests.stand_in_google import EMAIL, NAME, StandInGoogle
from tests.stand_in_sheet import Spreadsheet


@pytest.fixture
def quick(sheets: GoogleSheetsStorage, way: dict[str, str], data_dir: Path) -> SheetExporter:
    """An exporter whose pauses are short."""
    credentials = load_credentials(Path(way["GOOGLE_SHEETS_CREDENTIALS"]))
    return SheetExporter(credentials, data_dir, NAME, patience=QUICK)


KEYS: list[tuple[str, str]] = [
    ("", "is no JSON"),
    ("[]", "is not that of a service account"),
    (json.dumps({"installed": {"client_id": "x"}}), "is not that of a service account"),
    (json.dumps({"type": "service_account", "client_email": EMAIL}), "is incomplete"),
    (
        json.dumps(
            {
                "type": "service_account",
                "client_email": EMAIL,
                "token_uri": "https://oauth2.googleapis.com/token",
                "private_key": "-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----\n",
            }
        ),
        "its private key is damaged",
    ),
]


@pytest.mark.parametrize(("content", "said"), KEYS)
def test_a_broken_key_file_is_named_with_what_to_do(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(content)
    sheets = GoogleSheetsStorage(path, tmp_path)
    assert not sheets.is_initialized()
    with pytest.raises(SheetsCredentialsError, match=said) as caught:
        sheets.export_interview(interview(1))
    assert str(path) in str(caught.value)
    assert "Download a JSON key" in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_a_missing_key_file_and_a_missing_setting_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOOGLE_SHEETS_CREDENTIALS", raising=False)
    with pytest.raises(SheetsCredentialsError, match="could not be read: No such file"):
        GoogleSheetsStorage(tmp_path / "none.json").export_interview(interview(1))
    with pytest.raises(SheetsNotConfigured, match=r"not set up.*GOOGLE_SHEETS_CREDENTIALS"):
        GoogleSheetsStorage().export_interview(interview(1))


def revoke(google: StandInGoogle) -> None:
    google.key_revoked = True


def disable_sheets(google: StandInGoogle) -> None:
    google.disabled = {"sheets.googleapis.com"}


def disable_drive(google: StandInGoogle) -> None:
    google.disabled = {"drive.googleapis.com"}


def unshare(google: StandInGoogle) -> None:
    google.sheet.editors = set()


def share_for_reading(google: StandInGoogle) -> None:
    google.sheet.editors, google.sheet.viewers = set(), {EMAIL}


def trash(google: StandInGoogle) -> None:
    google.sheet.trashed = True


def double(google: StandInGoogle) -> None:
    google.files.append(Spreadsheet("other", NAME, {EMAIL}))


def disconnect(google: StandInGoogle) -> None:
    google.down = True


FAULTS: list[tuple[Callable[[StandInGoogle], None], type[GoogleSheetsError], str]] = [
    (revoke, SheetsKeyRefused, "does not take the key of .*revoked.*make a new key.*Invalid JWT Signature"),
    (disable_sheets, SheetsApiDisabled, "Enable the Google Sheets API.*https://console.*sheets.googleapis.com"),
    (disable_drive, SheetsApiDisabled, "Google Drive API.*https://console.*drive.googleapis.com"),
    (unshare, SheetNotFound, f"No spreadsheet named 'Interview Data' is shared with {EMAIL}.*share it"),
    (trash, SheetNotFound, "No spreadsheet named"),
    (double, SheetNotFound, "2 spreadsheets named 'Interview Data'.*address in GOOGLE_SHEETS_NAME"),
    (share_for_reading, SheetNotWritable, f"{EMAIL} may not change.*as an editor"),
    (disconnect, SheetsUnreachable, "could not be reached.*Check the network.*tried again"),
]


@pytest.mark.parametrize(("break_it", "kind", "said"), FAULTS)
def test_each_failure_says_what_to_do(
    google: StandInGoogle,
    quick: SheetExporter,
    break_it: Callable[[StandInGoogle], None],
    kind: type[GoogleSheetsError],
    said: str,
) -> None:
    break_it(google)
    with pytest.raises(kind, match=said):
        quick.export([interview(1)])
    assert set(google.sheet.sheets) == {"Sheet1"}


@pytest.mark.parametrize(("shared", "kind"), [(False, SheetNotFound), (True, SheetNotFound)])
def test_an_address_that_leads_nowhere_says_so(
    google: StandInGoogle, sheets: GoogleSheetsStorage, shared: bool, kind: type[GoogleSheetsError]
) -> None:
    google.sheet.editors = set()
    key = google.sheet.key if shared else "x" * 44
    with pytest.raises(kind, match=f"Share it with that address.*Google said: {403 if shared else 404}"):
        sheets.export_interview(interview(1), sheet_name=f"https://docs.google.com/spreadsheets/d/{key}/edit")
    with pytest.raises(SheetNotFound, match="no address of a Google spreadsheet"):
        sheets.export_interview(interview(1), sheet_name="https://example.org/sheet")


def test_a_full_spreadsheet_says_so(google: StandInGoogle, quick: SheetExporter) -> None:
    quick.export([interview(1)])
    google.sheet["Sheet1"].rows = (10_000_000 - 40_000) // 26
    with pytest.raises(SheetLayoutError, match="The spreadsheet is full"):
        quick.export([interview(number, answers=1) for number in range(2, 1_500)])


def test_errors_and_lost_answers_that_may_pass_are_tried_again(google: StandInGoogle, quick: SheetExporter) -> None:
    quick.export([interview(1)])
    google.faults = [(503, {}), (500, {}), (429, {}), (502, {}), (503, {})]
    assert quick.export([interview(2)]).rows_changed == 3
    google.drops = 3
    assert quick.export([interview(3, answers=3)]).rows_changed == 4
    assert keys(google)[0] == ["id000001", "id000002", "id000003"]
    assert len(keys(google)[1]) == 7


def test_a_lost_answer_when_the_worksheets_are_made_does_no_harm(google: StandInGoogle, quick: SheetExporter) -> None:
    google.drops = 1
    assert quick.export([interview(1)]).rows_changed == 3
    assert keys(google)[0] == ["id000001"]


def test_the_sixth_failure_is_the_last(google: StandInGoogle, quick: SheetExporter) -> None:
    google.faults = [(503, {})] * 10
    with pytest.raises(SheetsUnreachable, match="503"):
        quick.export([interview(1)])
    assert len(google.faults) == 4


@pytest.mark.parametrize("dated", [True, False])
def test_a_pause_that_google_asks_for_is_kept(google: StandInGoogle, quick: SheetExporter, dated: bool) -> None:
    quick.export([interview(1)])
    pause = formatdate(wall_clock_in(2), usegmt=True) if dated else "1"
    google.faults = [(429, {"Retry-After": pause})]
    before = len(google.calls)
    quick.export([interview(2)])
    refused = next(call for call in google.calls[before:] if call[3] == 429)
    following = google.calls[google.calls.index(refused) + 1]
    assert following[0] - refused[0] >= 1.0


def wall_clock_in(seconds: float) -> float:
    """A time of the wall clock, so many seconds from now."""
    return time.time() + seconds


def test_a_pause_that_is_too_long_is_told_instead(google: StandInGoogle, quick: SheetExporter) -> None:
    google.faults = [(429, {"Retry-After": "3600"})]
    with pytest.raises(SheetsBusy, match="Google asks to wait") as caught:
        quick.export([interview(1)])
    assert caught.value.retry_after == 3600


def test_one_interview_that_google_refuses_does_not_hold_up_the_others(
    google: StandInGoogle, quick: SheetExporter
) -> None:
    quick.export([interview(1)])
    google.refuse = lambda body: "id000005" in body
    done = quick.export([interview(number) for number in range(2, 10)])
    assert (done.exported, set(done.refused)) == (7, {"id000005"})
    assert "Google refused the rows" in done.refused["id000005"]
    assert set(keys(google)[0]) == {f"id00000{number}" for number in (1, 2, 3, 4, 6, 7, 8, 9)}


def test_a_script_hears_of_the_one_that_was_refused(google: StandInGoogle, sheets: GoogleSheetsStorage) -> None:
    sheets.export_interview(interview(1))
    google.refuse = lambda body: "id000002" in body
    with pytest.raises(GoogleSheetsError, match="id000002 not exported"):
        sheets.export_all_interviews([interview(2), interview(3)])
    assert keys(google)[0] == ["id000001", "id000003"]


def test_no_more_calls_leave_in_a_minute_than_the_quota_allows(data_dir: Path) -> None:
    DataStorage(data_dir)
    paused: list[float] = []

    class Enough(Exception):
        """Ends the test's wait."""

    def pause(seconds: float) -> None:
        paused.append(seconds)
        raise Enough

    for _ in range(MOST_IN_WINDOW // 2):
        Pacing(ExportState(data_dir), pause).wait("write")  # each as after a new start
    rest = Pacing(ExportState(data_dir), pause)
    for _ in range(MOST_IN_WINDOW - MOST_IN_WINDOW // 2):
        rest.wait("write")
    with pytest.raises(Enough):
        rest.wait("write")
    assert ExportState(data_dir).note_call("read", now=0.0, window=WINDOW_S, most=1) == 0
    assert len(paused) == 1
    assert 0 < paused[0] <= WINDOW_S


def test_the_pace_lets_every_call_through_in_the_end_and_never_too_many_in_a_window(data_dir: Path) -> None:
    DataStorage(data_dir)
    state, now, sent = ExportState(data_dir), 1000.0, list[float]()
    while len(sent) < 130:
        wait = state.note_call("write", now, WINDOW_S, MOST_IN_WINDOW)
        if wait == 0:
            sent.append(now)
        now += wait or 0.3
    for at in sent:
        assert sum(1 for other in sent if at - WINDOW_S < other <= at) <= MOST_IN_WINDOW
