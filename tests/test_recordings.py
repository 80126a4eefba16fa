"""What is kept of a spoken answer: how it was said, and the sound only where the candidate agreed."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests import spoken
from tests.conftest import read_records
from tests.test_errors_api import assert_problem
from tests.voice_setup import StartVoice, VoiceInterview

SAID = "I added an index to the table, and the query became fast."


@pytest.fixture(scope="module")
def wav() -> bytes:
    return spoken.say(SAID)


def heard(interview: VoiceInterview, wav: bytes) -> dict[str, Any]:
    return interview.heard(interview.send(wav, spoken.seconds(wav)))


def files(data_dir: Path) -> list[str]:
    """What lies in recordings, by name."""
    return sorted(path.name for path in (data_dir / "recordings").rglob("*") if path.is_file())


def test_a_spoken_answer_keeps_how_it_was_said_and_no_sound(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice(total_questions=1, keep_audio=True)
    reply = heard(interview, wav)
    sent = reply["text"] + " Twice as fast."
    report = interview.submit(sent, reply["recording_id"]).get_json()["report"]
    audio = report["questions_and_answers"][0]["audio"]
    shared = ("recording_id", "duration", "words_per_minute", "filler_words", "longest_pause", "model")
    assert {name: audio[name] for name in shared} == {name: reply[name] for name in shared}
    assert (audio["kind"], audio["type"], audio["transcript"]) == ("audio", "audio/wav", reply["text"])
    assert audio["edited"] == pytest.approx(3 / len(sent.split()), abs=0.01)
    assert (audio["consent"], audio["sound"]) == (None, None)
    assert read_records(data_dir, "answers")[0]["audio"] == audio
    assert files(data_dir) == []


def test_speaking_scores_as_typing_does(voice: StartVoice, wav: bytes) -> None:
    interview = voice(total_questions=1)
    reply = heard(interview, wav)
    scored = interview.submit(reply["text"], reply["recording_id"]).get_json()["report"]
    typing = VoiceInterview(interview.client, total_questions=1)
    typed = interview.client.post(
        "/api/submit-answer", json={"session_id": typing.session_id, "answer": reply["text"]}
    ).get_json()["report"]
    assert scored["questions_and_answers"][0]["question"] == typed["questions_and_answers"][0]["question"]
    assert scored["individual_scores"] == typed["individual_scores"]
    assert typed["questions_and_answers"][0]["audio"] is None


def test_with_consent_the_sound_is_kept_with_size_and_checksum(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice(keep_audio=True)
    consent = interview.agree()
    assert interview.agree() == consent
    view = interview.client.get(f"/api/interview/{interview.session_id}").get_json()
    assert view["recording_consent"] == consent
    dropped, sent = heard(interview, wav), heard(interview, wav)
    assert len(files(data_dir)) == 4
    assert interview.submit(sent["text"], sent["recording_id"], consent).status_code == 200
    audio = read_records(data_dir, "answers")[0]["audio"]
    assert audio["consent"] == consent
    kept = (data_dir / audio["sound"]["file"]).read_bytes()
    assert kept == wav
    assert audio["sound"]["size"] == len(wav)
    assert audio["sound"]["sha256"] == hashlib.sha256(wav).hexdigest()
    assert files(data_dir) == [f"{sent['recording_id']}.wav"]
    assert dropped["recording_id"] not in str(files(data_dir))


def test_no_sound_is_kept_that_came_before_the_consent(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice(keep_audio=True)
    reply = heard(interview, wav)
    consent = interview.agree()
    assert files(data_dir) == [f"{reply['recording_id']}.json"]
    interview.submit(reply["text"], reply["recording_id"], consent)
    assert read_records(data_dir, "answers")[0]["audio"]["sound"] is None


def test_consent_taken_back_with_the_answer_removes_the_sound(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice(keep_audio=True)
    interview.agree()
    reply = heard(interview, wav)
    interview.submit(reply["text"], reply["recording_id"])
    assert read_records(data_dir, "answers")[0]["audio"]["sound"] is None
    assert files(data_dir) == []


def test_a_server_that_keeps_no_audio_takes_no_consent(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice()
    body = {"session_id": interview.session_id, "version": "1"}
    assert_problem(interview.client.post("/api/recording-consent", json=body), 409)
    assert interview.client.get("/api/health").get_json()["keep_audio"] is False
    heard(interview, wav)
    assert [Path(name).suffix for name in files(data_dir)] == [".json"]


def test_another_recording_or_consent_is_refused_by_name(voice: StartVoice, wav: bytes) -> None:
    interview = voice(keep_audio=True)
    reply = heard(interview, wav)
    for recording_id in ("0" * 16, "../../../etc/passwd", ""):
        (error,) = assert_problem(interview.submit("An answer.", recording_id), 422)["errors"]
        assert error["field"] == "audio.recording_id"
    made_up = {"version": "1", "at": "2026-01-01T00:00:00+00:00"}
    (error,) = assert_problem(interview.submit("An answer.", reply["recording_id"], made_up), 422)["errors"]
    assert error["field"] == "audio.consent"
    other = VoiceInterview(interview.client)
    assert_problem(other.submit("An answer.", reply["recording_id"]), 422)


def test_an_answer_sent_again_is_the_same_answer(voice: StartVoice, wav: bytes) -> None:
    interview = voice()
    reply = heard(interview, wav)
    answer = {
        "session_id": interview.session_id,
        "answer": reply["text"],
        "question_number": 1,
        "audio": {"recording_id": reply["recording_id"], "consent": None},
    }
    first, again = (interview.client.post("/api/submit-answer", json=answer) for _ in range(2))
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())


def test_a_recording_survives_a_restart_until_it_is_sent(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice()
    reply = heard(interview, wav)
    restarted = voice()
    restarted.session_id = interview.session_id
    assert restarted.submit(reply["text"], reply["recording_id"]).status_code == 200
    assert files(data_dir) == []


def test_the_end_removes_what_was_not_sent(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice(keep_audio=True)
    interview.agree()
    heard(interview, wav)
    interview.client.post("/api/end-interview", json={"session_id": interview.session_id})
    assert files(data_dir) == []


@pytest.mark.parametrize("total", [1, 2], ids=["finished", "in-progress"])
def test_deleting_a_candidate_leaves_nothing_of_the_recordings(voice: StartVoice, data_dir: Path, total: int) -> None:
    interview = voice(total_questions=total, keep_audio=True)
    consent = interview.agree("marker-of-the-consent")
    reply = interview.say("My secret marker is the word rhododendron, and I repeat it.")
    marker = reply["text"].encode()
    interview.submit(reply["text"], reply["recording_id"], consent)
    if total > 1:
        wav = spoken.say(SAID)
        interview.heard(interview.send(wav, spoken.seconds(wav), question_number="2"))
    assert any(marker in path.read_bytes() for path in data_dir.rglob("*") if path.is_file())
    assert interview.client.delete(f"/api/data/interview/{interview.session_id}").status_code == 204
    left = [path for path in data_dir.rglob("*") if path.is_file()]
    assert not [path for path in left if path.suffix == ".wav" or interview.session_id in str(path)]
    assert not [path for path in left if marker in path.read_bytes() or b"marker-of" in path.read_bytes()]
