"""gspread's HTTP client with patience: a timeout for each try, few tries, pauses that Google may set, a quota kept.

Everything that is written goes to explicit ranges, so a call whose answer was lost may be made again.
"""

import itertools
import logging
import time
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import gspread
import orjson
import requests
from google.auth.exceptions import RefreshError, TransportError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials

from interviewer.errors import GoogleSheetsError, SheetsBusy, SheetsUnreachable
from interviewer.llm.retrying import read_retry_after
from interviewer.llm.transport import timed_adapter, timeout_within
from interviewer.sheets.pacing import Pacing
from interviewer.sheets.patience import WITHOUT_HURRY, Patience
from interviewer.sheets.refusals import error_for, key_refused, read_refusal

logger = logging.getLogger(__name__)

TRY_S = 30.0  # for one answer, all of it
TOKEN_TRIES = 2  # google-auth makes three tries of each by itself


@dataclass(frozen=True)
class _Failure:
    """A try that failed and may be repeated: what to raise after the last one, and how long Google asks to wait."""

    error: GoogleSheetsError
    retry_after: float | None = None
    tries: int | None = None


class PatientHTTPClient(gspread.HTTPClient):
    """Calls Google, and raises GoogleSheetsError alone.

    `on_trouble` is told of a call that has failed twice and is still tried, which may take minutes.
    """

    def __init__(
        self,
        credentials: Credentials,
        pacing: Pacing,
        pause: Callable[[float], None],
        patience: Patience = WITHOUT_HURRY,
        on_trouble: Callable[[GoogleSheetsError], object] = lambda _: None,
    ) -> None:
        super().__init__(credentials, session=_session(credentials))
        self.email: str = credentials.service_account_email
        self._pacing = pacing
        self._pause = pause
        self._patience = patience
        self._on_trouble = on_trouble

    def request(  # type: ignore[override]  # no files are sent
        self,
        method: str,
        endpoint: str,
        params: MutableMapping[str, Any] | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        headers: MutableMapping[str, str] | None = None,
    ) -> requests.Response:
        """The response to a call that succeeded. `json` is sent as UTF-8, which is shorter than requests' own form."""
        if json is not None:
            data, headers = orjson.dumps(json), {**(headers or {}), "Content-Type": "application/json"}
        writing = method.lower() != "get"
        begun, retrying = time.monotonic(), self._patience.retrying
        for failed in itertools.count(1):
            self._pacing.wait("write" if writing else "read")
            outcome = self._try(method, endpoint, params, data, headers)
            if isinstance(outcome, requests.Response):
                return outcome
            pause = retrying.pause(failed, outcome.retry_after)
            late = time.monotonic() - begun + pause > self._patience.seconds
            if late or failed >= (outcome.tries or retrying.tries):
                raise outcome.error
            if failed == 2:
                self._on_trouble(outcome.error)
            self._pause(pause)
        raise AssertionError("a count has no end")

    def _try(
        self, method: str, url: str, params: Any, data: bytes | None, headers: Any
    ) -> requests.Response | _Failure:
        try:
            response = self.session.request(
                method, url, params=params, data=data, headers=headers, timeout=timeout_within(TRY_S)
            )
        except RefreshError as error:
            if error.retryable:
                return _Failure(_unreachable("its token service failed"), tries=TOKEN_TRIES)
            raise key_refused(self.email, f"Google said: {str(error.args[0])[:200]}" if error.args else "") from None
        except TransportError:
            return _Failure(_unreachable("its token service did not answer"), tries=TOKEN_TRIES)
        except requests.exceptions.SSLError:
            raise _unreachable("its certificate is not trusted; see REQUESTS_CA_BUNDLE") from None
        except requests.exceptions.RequestException as error:
            return _Failure(_unreachable(type(error).__name__))
        if response.ok and "json" in response.headers.get("Content-Type", ""):
            return response
        if response.ok:
            return _Failure(_unreachable("somebody else answers in its place"))
        refusal = read_refusal(response)
        if not refusal.may_pass:
            raise error_for(refusal, email=self.email, writing=method.lower() != "get")
        retry_after = read_retry_after(response.headers)
        if refusal.asks_to_wait:
            return _Failure(SheetsBusy(f"Google asks to wait. {refusal.quote}", retry_after), retry_after)
        return _Failure(_unreachable(refusal.quote, retry_after), retry_after)


def _session(credentials: Credentials) -> AuthorizedSession:
    """A session whose calls, and those for its tokens, end in time and are tried once."""
    for_tokens = requests.Session()
    session = AuthorizedSession(credentials, auth_request=Request(for_tokens))  # type: ignore[no-untyped-call]
    for each in (for_tokens, session):
        each.mount("https://", timed_adapter(pool_size=1))
    return session


def _unreachable(why: str, retry_after: float | None = None) -> SheetsUnreachable:
    return SheetsUnreachable(
        f"Google could not be reached ({why}). Check the network, and HTTPS_PROXY if there is a proxy. What is not "
        "exported yet is tried again.",
        retry_after,
    )
