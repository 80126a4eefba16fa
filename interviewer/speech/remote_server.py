"""One call of a server that speaks OpenAI's audio API: within its time, with its key, and failing in plain words."""

import re
from typing import Any

import requests
from pydantic import SecretStr

from interviewer.errors import SpeechServerError
from interviewer.llm.transport import KeyAuth, open_session, timeout_within

POOL_SIZE = 8
MOST_BYTES = 16 * 1024 * 1024
SAID_CHARS = 200


class RemoteServer:
    """`base_url` is what comes before the path of a call; `task` says in errors what is asked of it."""

    def __init__(self, base_url: str, key: SecretStr | None, task: str) -> None:
        self._base_url = base_url
        self._key = key
        self._task = task
        self._session = open_session(base_url, POOL_SIZE)

    def post(self, path: str, seconds: float, **body: Any) -> bytes:
        """POST `body` (json, or data and files) and return what came. Raises SpeechServerError."""
        try:
            with self._session.post(
                self._base_url + path,
                auth=KeyAuth(self._key),
                timeout=timeout_within(seconds),
                allow_redirects=False,
                stream=True,
                **body,
            ) as response:
                content = response.raw.read(MOST_BYTES + 1, decode_content=True)
                status = response.status_code
        except (requests.RequestException, OSError, ValueError) as error:
            raise self._failure(f"no answer ({type(error).__name__})") from None
        except Exception as error:  # urllib3's own, from reading the raw answer  # noqa: BLE001
            raise self._failure(f"the answer broke off ({type(error).__name__})") from None
        if status != requests.codes.ok:
            raise self._failure(f"status {status}: {self._masked(content)}", status)
        if not content or len(content) > MOST_BYTES:
            raise self._failure("its answer is empty" if not content else "its answer is too large")
        return bytes(content)

    def _failure(self, why: str, status: int | None = None) -> SpeechServerError:
        return SpeechServerError(f"The server that {self._task} failed: {why}.", status)

    def _masked(self, content: bytes) -> str:
        """What the server said, on one line, short, and without the key if it repeats that."""
        text = " ".join(content[:2000].decode("utf-8", "replace").split())
        if self._key is not None and self._key.get_secret_value():
            text = text.replace(self._key.get_secret_value(), "***")
        return re.sub(r"\bsk-[\w-]+", "***", text)[:SAID_CHARS]
