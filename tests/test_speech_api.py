"""A remote server speaks what it is given, once for each text; without one the browser is told to."""

from pydantic import SecretStr
from werkzeug.test import TestResponse

from tests.stand_in_voice import KEY, VoiceServer
from tests.test_errors_api import assert_problem
from tests.voice_setup import StartVoice


def test_a_text_is_spoken_once_and_then_known(voice: StartVoice, remote_voice: VoiceServer) -> None:
    client = voice(tts_base_url=remote_voice.url, tts_api_key=SecretStr(KEY), tts_voice="nova").client

    def speech(text: str) -> TestResponse:
        return client.post("/api/speech", json={"text": text})

    first, again = speech("How do you test? 你好"), speech("How do you test? 你好")
    assert (first.status_code, first.content_type) == (200, "audio/mpeg")
    assert first.data == again.data == b"ID3 spoken: " + "How do you test? 你好".encode()
    (call,) = remote_voice.calls
    assert (call.path, call.authorization) == ("/v1/audio/speech", f"Bearer {KEY}")
    assert b"nova" in call.body
    assert speech("Another question?").data != first.data
    assert len(remote_voice.calls) == 2
    assert client.get("/api/health").get_json()["speech"] == "remote"


def test_without_a_server_the_browser_speaks(voice: StartVoice) -> None:
    client = voice().client
    assert client.get("/api/health").get_json()["speech"] == "browser"
    assert_problem(client.post("/api/speech", json={"text": "Hello"}), 409)


def test_a_failure_is_a_502_and_is_not_remembered(voice: StartVoice, remote_voice: VoiceServer) -> None:
    client = voice(tts_base_url=remote_voice.url, tts_api_key=SecretStr(KEY)).client
    remote_voice.status = 500
    problem = assert_problem(client.post("/api/speech", json={"text": KEY}), 502)
    assert KEY not in str(problem)
    remote_voice.status = 200
    assert client.post("/api/speech", json={"text": KEY}).status_code == 200


def test_what_cannot_be_spoken_is_refused(voice: StartVoice, remote_voice: VoiceServer) -> None:
    client = voice(tts_base_url=remote_voice.url).client
    for text in ("", "  \n", "x" * 4_001, None, 5):
        assert_problem(client.post("/api/speech", json={"text": text}), 422)
    assert not remote_voice.calls
