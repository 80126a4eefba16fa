"""What the tests of the voice share: an interview that is spoken to, and servers that stand in for remote ones."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from urllib3.filepost import encode_multipart_formdata
from werkzeug.test import TestResponse

from tests import spoken
from tests.conftest import JOB, client_with
from tests.stand_in_voice import VoiceServer, voice_server


class VoiceInterview:
    """An interview whose answers are spoken."""

    def __init__(self, client: FlaskClient, **fields: Any) -> None:
        self.client = client
        started = client.post("/api/start-interview", json={"job_description": JOB} | fields)
        assert started.status_code == 201, started.text
        self.session_id: str = started.get_json()["session_id"]

    def send(self, data: bytes, duration: float, name: str = "answer.webm", **fields: str) -> TestResponse:
        """POST a recording."""
        form: dict[str, Any] = {"session_id": self.session_id, "question_number": "1", "duration": f"{duration:.2f}"}
        body, content_type = encode_multipart_formdata({"file": (name, data)} | form | fields)
        return self.client.post("/api/transcribe", data=body, content_type=content_type)

    def say(self, text: str) -> dict[str, Any]:
        """Speak a text; the reply."""
        wav = spoken.say(text)
        return self.heard(self.send(wav, spoken.seconds(wav)))

    @staticmethod
    def heard(response: TestResponse) -> dict[str, Any]:
        assert response.status_code == 200, response.text
        reply: dict[str, Any] = response.get_json()
        return reply

    def agree(self, version: str = "2026-11") -> dict[str, str]:
        """Consent to recordings being kept."""
        response = self.client.post("/api/recording-consent", json={"session_id": self.session_id, "version": version})
        assert response.status_code == 200, response.text
        consent: dict[str, str] = response.get_json()
        return consent

    def submit(
        self, answer: str, recording_id: str, consent: dict[str, str] | None = None, earlier: Sequence[str] = ()
    ) -> TestResponse:
        """Send an answer that was spoken, into one recording or, with the `earlier` ones, into several."""
        audio = {"recording_id": recording_id, "consent": consent, "earlier_recording_ids": list(earlier)}
        return self.client.post(
            "/api/submit-answer", json={"session_id": self.session_id, "answer": answer, "audio": audio}
        )


StartVoice = Callable[..., VoiceInterview]


@pytest.fixture
def voice(data_dir: Path) -> StartVoice:
    """Starts an interview on an application with these settings."""

    def start(total_questions: int = 5, **settings: Any) -> VoiceInterview:
        return VoiceInterview(client_with(data_dir, **settings), total_questions=total_questions)

    return start


@pytest.fixture
def remote_voice() -> Iterator[VoiceServer]:
    """A remote server that transcribes and speaks."""
    with voice_server() as server:
        yield server
