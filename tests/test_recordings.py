"""What is kept of a spoken answer: how it was said, and the sound only where the candidate agreed."""

import functools
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests import spoken
from tests.command_setup import invoke
from tests.conftest import read_records
from tests.stand_in_voice import VoiceServer
from tests.test_errors_api import assert_problem
from tests.test_purge import aged
from tests.voice_setup import StartVoice, VoiceInterview

SAID = "I added an index to the table, and the query became fast."


@pytest.fixture(scope="module")
def wav() -> bytes:
    return spoken.say(SAID)


@pytest.fixture
def voice(voice: StartVoice, remote_voice: VoiceServer) -> StartVoice:
    """Has a stand-in transcribe, which is quick: what is kept does not depend on who heard it."""
    return functools.partial(voice, stt_base_url=remote_voice.url)


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


def test_of_a_trial_nothing_is_kept_and_no_answer_can_name_it(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice(keep_audio=True)
    interview.agree()
    reply = interview.heard(interview.send(wav, spoken.seconds(wav), trial="true"))
    assert reply["text"]
    assert reply["recording_id"] is None
    assert files(data_dir) == []


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
    body = {"session_id": interview.session_id, "answer": "An answer.", "audio": "spoken"}
    (error,) = assert_problem(interview.client.post("/api/submit-answer", json=body), 422)["errors"]
    assert error == {"field": "audio", "message": "must be a JSON object"}
    for recording_id in ("0" * 16, "../../../etc/passwd", ""):
        (error,) = assert_problem(interview.submit("An answer.", recording_id), 422)["errors"]
        assert error["field"] == "audio.recording_id"
    made_up = {"version": "1", "at": "2026-01-01T00:00:00+00:00"}
    (error,) = assert_problem(interview.submit("An answer.", reply["recording_id"], made_up), 422)["errors"]
    assert error["field"] == "audio.consent"
    other = VoiceInterview(interview.client)
    assert_problem(other.submit("An answer.", reply["recording_id"]), 422)
    foreign = heard(other, wav)["recording_id"]
    (error,) = assert_problem(interview.submit("An answer.", reply["recording_id"], None, [foreign]), 422)["errors"]
    assert error["field"] == "audio.earlier_recording_ids.0"


def test_several_recordings_are_one_answer(
    voice: StartVoice, data_dir: Path, wav: bytes, remote_voice: VoiceServer
) -> None:
    interview = voice(total_questions=1, keep_audio=True)
    consent = interview.agree()
    first = heard(interview, wav)
    remote_voice.transcript = SECOND_HEARD
    again, last = heard(interview, wav), heard(interview, wav)
    earlier = [first["recording_id"], last["recording_id"], first["recording_id"]]  # each counts once
    sent = "Hello from afar. Um, I measured it first."
    report = interview.submit(sent, last["recording_id"], consent, earlier).get_json()["report"]
    audio = report["questions_and_answers"][0]["audio"]
    assert audio["transcript"] == "Hello from afar.\nUm, I measured it."
    assert audio["edited"] == pytest.approx(1 / 8, abs=0.01)
    assert audio["duration"] == pytest.approx(2 * spoken.seconds(wav), abs=0.05)
    assert audio["filler_words"] == {"count": 1, "list": ["um"]}
    assert audio["words_per_minute"] == pytest.approx(60 * (3 + 4) / (2.6 + 4), abs=0.2)
    assert audio["longest_pause"] == 2.0
    assert [each["recording_id"] for each in audio["earlier"]] == [first["recording_id"]]
    kept = [audio["sound"]["file"], audio["earlier"][0]["sound"]["file"]]
    assert sorted(Path(name).name for name in kept) == files(data_dir)
    assert again["recording_id"] not in str(files(data_dir))


SECOND_HEARD = json.dumps(
    {
        "text": "Um, I measured it.",
        "language": "english",
        "words": [
            {"word": "Um,", "start": 1.0, "end": 1.5},
            {"word": "I", "start": 3.5, "end": 3.6},
            {"word": "measured", "start": 3.7, "end": 4.4},
            {"word": "it.", "start": 4.5, "end": 5.0},
        ],
    }
).encode()


def test_every_view_of_an_answer_says_how_it_was_given(voice: StartVoice, wav: bytes) -> None:
    interview = voice(total_questions=2)
    reply = heard(interview, wav)
    interview.submit(reply["text"], reply["recording_id"])
    address = f"/api/interview/{interview.session_id}"

    def audio_at(address: str, answers: str = "answers") -> dict[str, Any]:
        told: dict[str, Any] = interview.client.get(address).get_json()[answers][0]["audio"]
        return told

    given = audio_at(address)
    assert given["transcript"] == reply["text"]
    assert audio_at(f"/api/data{address.removeprefix('/api')}/progress") == given
    interview.client.post("/api/end-interview", json={"session_id": interview.session_id})
    assert audio_at(address) == audio_at(f"/api/data{address.removeprefix('/api')}", "questions_and_answers") == given


def test_what_a_crash_left_behind_goes_at_the_next_start(voice: StartVoice, data_dir: Path, wav: bytes) -> None:
    interview = voice(keep_audio=True)
    consent = interview.agree()
    reply = heard(interview, wav)
    before = files(data_dir)
    folder = data_dir / "recordings" / interview.session_id
    # killed between sound and note, within the sound, within the note
    for name in (f"{'0' * 16}.wav", f".{'1' * 16}.webm.tmp", f".{'2' * 16}.json.tmp", f"{'3' * 16}.json"):
        (folder / name).write_bytes(b"half")
    restarted = voice(keep_audio=True)
    assert files(data_dir) == before
    restarted.session_id = interview.session_id
    assert restarted.submit(reply["text"], reply["recording_id"], consent).status_code == 200
    assert files(data_dir) == [f"{reply['recording_id']}.wav"]


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
        draft = {"session_id": interview.session_id, "question_number": 2, "answer": "A draft, marker-of-the-draft."}
        assert interview.client.post("/api/save-draft", json=draft).status_code == 200
    assert any(marker in path.read_bytes() for path in data_dir.rglob("*") if path.is_file())
    assert interview.client.delete(f"/api/data/interview/{interview.session_id}").status_code == 204
    left = [path for path in data_dir.rglob("*") if path.is_file()]
    assert not [path for path in left if path.suffix == ".wav" or interview.session_id in str(path)]
    assert not [path for path in left if marker in path.read_bytes() or b"marker-of" in path.read_bytes()]


def test_a_purge_takes_the_recordings_along_and_those_that_a_restore_has_left(
    voice: StartVoice, data_dir: Path, wav: bytes
) -> None:
    interview = voice(total_questions=1, keep_audio=True)
    consent = interview.agree("marker-of-the-consent")
    reply = heard(interview, wav)
    interview.submit("My answer has a marker-of-the-answer.", reply["recording_id"], consent)
    aged(data_dir, interview.session_id, 31)
    long_ago, now = time.time() - 31 * 86_400, time.time()
    for session_id, changed in (("leftover", long_ago), ("newcomer", now)):
        folder = data_dir / "recordings" / session_id
        folder.mkdir()
        (folder / f"{reply['recording_id']}.wav").write_bytes(b"sound of somebody")
        os.utime(folder, (changed, changed))
    done = invoke(data_dir, "purge", "--older-than", 30, "--yes")
    assert done.output == "Deleted 2 of 2 interviews older than 30 days.\n"
    assert [path.name for path in (data_dir / "recordings").iterdir()] == ["newcomer"]
    assert not [path for path in data_dir.rglob("*") if path.is_file() and b"marker-of" in path.read_bytes()]
