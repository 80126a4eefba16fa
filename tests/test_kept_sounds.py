"""GET /api/data/interview/ID/recordings/ID: the hiring team hears what the candidate agreed to have kept."""

import functools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.service.kept_sounds import kept_recording_ids
from tests import spoken
from tests.stand_in_voice import VoiceServer
from tests.test_errors_api import assert_problem
from tests.voice_setup import StartVoice, VoiceInterview

TOKEN = "t0ken-of-the-team-" + "x" * 20


@pytest.fixture(scope="module")
def wav() -> bytes:
    return spoken.say("I added an index.")


@pytest.fixture
def voice(voice: StartVoice, remote_voice: VoiceServer) -> StartVoice:
    """Keeps recordings; a stand-in transcribes."""
    return functools.partial(voice, stt_base_url=remote_voice.url, keep_audio=True)


def answer(interview: VoiceInterview, wav: bytes, *, agrees: bool = True) -> str:
    """Record an answer and send it; the recording's id."""
    consent = interview.agree() if agrees else None
    reply = interview.heard(interview.send(wav, spoken.seconds(wav)))
    assert interview.submit(reply["text"], reply["recording_id"], consent).status_code == 200
    recording_id: str = reply["recording_id"]
    return recording_id


def path_of(session_id: str, recording_id: str) -> str:
    return f"/api/data/interview/{session_id}/recordings/{recording_id}"


@pytest.mark.parametrize("total_questions", [1, 2], ids=["finished", "in progress"])
def test_what_was_kept_is_given_whole_and_in_parts(voice: StartVoice, wav: bytes, total_questions: int) -> None:
    interview = voice(total_questions=total_questions)
    path = path_of(interview.session_id, answer(interview, wav))
    whole = interview.client.get(path, buffered=True)
    assert (whole.status_code, whole.data) == (200, wav)
    assert whole.headers["Content-Type"] == "audio/wav"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Cache-Control"] == "private, no-store"
    part = interview.client.get(path, headers={"Range": "bytes=44-99"}, buffered=True)
    assert (part.status_code, part.data) == (206, wav[44:100])


def test_each_recording_of_an_answer_is_given(voice: StartVoice, wav: bytes) -> None:
    interview = voice(total_questions=1)
    consent = interview.agree()
    other = spoken.converted(wav, "webm", "libopus")
    first = interview.heard(interview.send(other, spoken.seconds(wav)))["recording_id"]
    last = interview.heard(interview.send(wav, spoken.seconds(wav)))["recording_id"]
    interview.submit("I added an index.", last, consent, [first])
    heard = [interview.client.get(path_of(interview.session_id, each), buffered=True) for each in (first, last)]
    assert [(each.headers["Content-Type"], each.data) for each in heard] == [("audio/webm", other), ("audio/wav", wav)]


def test_what_is_not_sent_yet_or_was_not_agreed_to_is_not_given(voice: StartVoice, wav: bytes) -> None:
    interview = voice()
    interview.agree()
    open_one = interview.heard(interview.send(wav, spoken.seconds(wav)))["recording_id"]
    assert "No sound" in assert_problem(interview.client.get(path_of(interview.session_id, open_one)), 404)["detail"]
    other = voice(total_questions=1)
    refused = answer(other, wav, agrees=False)
    assert_problem(other.client.get(path_of(other.session_id, refused)), 404)


def test_another_interviews_recording_and_what_is_no_id_are_unknown(voice: StartVoice, wav: bytes) -> None:
    interview, other = voice(total_questions=1), voice(total_questions=1)
    kept = answer(interview, wav)
    answer(other, wav)
    for session_id, recording_id in (
        (other.session_id, kept),
        ("zzzzzzzz", kept),
        ("..%2f..%2f", kept),
        (interview.session_id, "0" * 16),
        (interview.session_id, "..%2f..%2finterviews.json"),
        (interview.session_id, f"{kept}.json"),
        (interview.session_id, "%00"),
    ):
        assert_problem(interview.client.get(path_of(session_id, recording_id)), 404)


def test_only_the_team_hears_it(voice: StartVoice, wav: bytes) -> None:
    interview = voice(total_questions=1, api_token=TOKEN)
    path = path_of(interview.session_id, answer(interview, wav))
    assert_problem(interview.client.get(path), 401)
    assert interview.client.get(path, headers={"Authorization": f"Bearer {TOKEN}"}, buffered=True).data == wav


def test_a_file_that_is_gone_and_a_deleted_interview_say_so(voice: StartVoice, wav: bytes, data_dir: Path) -> None:
    interview = voice(total_questions=1)
    path = path_of(interview.session_id, answer(interview, wav))
    next(data_dir.glob("recordings/*/*.wav")).unlink()
    assert "gone" in assert_problem(interview.client.get(path), 404)["detail"]
    assert interview.client.delete(f"/api/data/interview/{interview.session_id}").status_code == 204
    assert "no interview" in assert_problem(interview.client.get(path), 404)["detail"]


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["questions_and_answers", "answers", "audio", "earlier", "sound", "recording_id"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["questions_and_answers", "answers"]), JSON))
def test_a_record_of_any_form_names_only_texts(record: dict[str, Any]) -> None:
    assert all(isinstance(each, str) for each in kept_recording_ids(record))
