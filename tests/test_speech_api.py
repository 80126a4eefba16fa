"""A remote server speaks what it is given, once for each text; without one the browser is told to."""

import logging

import pytest
from pydantic import SecretStr
from werkzeug.test import TestResponse

from interviewer.errors import SpeechServerError
from interviewer.speech.limits import CACHED_SPEECH_BYTES
from interviewer.speech.remote_server import RemoteServer
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


def test_what_was_spoken_is_kept_up_to_a_limit(voice: StartVoice, remote_voice: VoiceServer) -> None:
    client = voice(tts_base_url=remote_voice.url).client
    remote_voice.padding = CACHED_SPEECH_BYTES * 2 // 5  # two of them are kept, and no third one
    asked = []
    for text in ("one", "two", "one", "three", "one", "two"):
        assert len(client.post("/api/speech", json={"text": text}).data) > remote_voice.padding
        asked.append(len(remote_voice.calls))
    assert asked == [1, 2, 2, 3, 3, 4]


def test_a_server_that_is_not_there_is_a_502_at_once(voice: StartVoice) -> None:
    client = voice(tts_base_url="http://127.0.0.1:9/v1", tts_api_key=SecretStr(KEY)).client
    assert "no answer" in assert_problem(client.post("/api/speech", json={"text": "Hello"}), 502)["detail"]


def test_a_server_that_does_not_answer_is_given_up_in_time(remote_voice: VoiceServer) -> None:
    remote_voice.may_answer.clear()
    with pytest.raises(SpeechServerError, match=r"The server that speaks failed: no answer"):
        RemoteServer(remote_voice.url, SecretStr(KEY), "speaks").post("/audio/speech", 0.2, json={"input": "Hello"})


def test_a_failure_is_a_502_and_is_not_remembered(
    voice: StartVoice, remote_voice: VoiceServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = voice(tts_base_url=remote_voice.url, tts_api_key=SecretStr(KEY)).client
    remote_voice.status = 500
    problem = assert_problem(client.post("/api/speech", json={"text": KEY}), 502)
    assert KEY not in str(problem) + caplog.text
    remote_voice.status = 200
    for no_sound in (b"", b' {"error": "no credit"}', b"<!doctype html>"):
        remote_voice.speech = no_sound
        assert_problem(client.post("/api/speech", json={"text": KEY}), 502)
    remote_voice.speech = None
    assert client.post("/api/speech", json={"text": KEY}).status_code == 200


def test_what_cannot_be_spoken_is_refused(voice: StartVoice, remote_voice: VoiceServer) -> None:
    client = voice(tts_base_url=remote_voice.url).client
    for text in ("", "  \n", "x" * 4_001, None, 5):
        assert_problem(client.post("/api/speech", json={"text": text}), 422)
    assert not remote_voice.calls
