"""Recordings on their way: over lines that drop, to a busy server, from two tabs. None is lost, none comes twice."""

import base64
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import requests
from playwright.sync_api import Page, expect

from tests import spoken
from tests.browser import begin_interview
from tests.cut_line import CutLine, cut_line
from tests.server_process import ServerProcess
from tests.stand_in_voice import KEY, VoiceServer, voice_server
from tests.voice_browser import (
    FAST_CLOCK,
    OpenVoicePage,
    choose_voice,
    expect_heard,
    expect_state,
    record,
    wait_recorded,
)
from tests.waiting import until

FIVE_MINUTES = 299  # in whole seconds, as the page keeps them
PLACES = 8  # recordings that the server takes at a time
AFAR = "Hello from afar."  # what the remote server hears


@pytest.fixture(scope="module")
def afar() -> Iterator[VoiceServer]:
    """A remote server that transcribes, whatever it is sent, at once."""
    with voice_server() as server:
        yield server


@pytest.fixture(scope="module")
def relay(afar: VoiceServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server that lets the remote one transcribe."""
    server = ServerProcess(tmp_path_factory.mktemp("relay"), STT_BASE_URL=afar.url, STT_API_KEY=KEY)
    yield server
    server.stop()


@pytest.fixture
def line(relay: ServerProcess) -> Iterator[CutLine]:
    with cut_line(relay.port) as line:
        yield line


@pytest.fixture(scope="module")
def long_recording() -> bytes:
    """Five minutes of speech, as Chromium's recorder writes it: Opus in WebM."""
    samples = np.frombuffer(spoken.say(" ".join(spoken.ANSWERS[:3]))[44:], dtype=np.int16)
    return spoken.converted(spoken.wav(np.resize(samples, FIVE_MINUTES * spoken.RATE)), "webm", "libopus")


def choose_voice_at(page: Page, url: str, session_id: str) -> None:
    """Go through the microphone check at this address of the server."""
    page.goto(f"{url}/interview/{session_id}")
    page.click("#check-allow")
    page.click("#check-done")
    expect_state(page, "ready")


# what a browser that was closed in mid-recording holds, put there by the page's own modules
KEEP_RECORDING = """async ([sessionId, encoded, seconds]) => {
  const { saveChunk, saveRecording } = await import("/static/js/recording-store.js");
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const unfinished = { type: "", duration: 0, language: "", blob: null, reply: null };
  await saveRecording({ id: "long", sessionId, questionNumber: 1, begun: Date.now(), ...unfinished });
  for (let second = 0; second < seconds; second += 1) {
    const at = (edge) => Math.floor((edge * bytes.length) / seconds);
    const piece = new Blob([bytes.slice(at(second), at(second + 1))], { type: "audio/webm;codecs=opus" });
    await saveChunk("long", second, piece);
  }
}"""


def test_five_minutes_over_a_line_that_drops_twice_arrive_whole(
    voice_page: OpenVoicePage, relay: ServerProcess, afar: VoiceServer, line: CutLine, long_recording: bytes
) -> None:
    afar.calls.clear()
    page = voice_page()
    session_id = begin_interview(relay)
    choose_voice_at(page, line.url, session_id)
    encoded = base64.b64encode(long_recording).decode()
    page.evaluate(KEEP_RECORDING, [session_id, encoded, FIVE_MINUTES])
    line.cut_uploads_at = len(long_recording) // 3
    for _ in range(2):
        before = line.drops
        page.reload()
        expect(page.locator("#pending-text")).to_contain_text("cannot be reached", timeout=60_000)
        assert line.drops > before
    assert afar.calls == []
    line.cut_uploads_at = None
    page.click("#pending-now")
    expect_heard(page)
    expect(page.locator("#answer")).to_have_value(AFAR)
    expect(page.locator("#replay-length")).to_have_text("4:59")
    [call] = afar.calls
    assert long_recording in call.body


def test_a_line_that_is_lost_while_the_server_transcribes_costs_nothing(
    voice_page: OpenVoicePage, relay: ServerProcess, afar: VoiceServer, line: CutLine
) -> None:
    afar.calls.clear()
    page = voice_page()
    choose_voice_at(page, line.url, begin_interview(relay))
    afar.may_answer.clear()
    record(page, 2)
    expect_state(page, "transcribing")
    until(lambda: afar.calls)
    line.cut_uploads_at = 0  # browsers try a first time again by themselves
    line.drop_all()
    expect(page.locator("#pending-text")).to_contain_text("Your recording is kept here")
    line.cut_uploads_at = None
    afar.may_answer.set()
    page.click("#pending-now")
    expect_heard(page)
    expect(page.locator("#answer")).to_have_value(AFAR)


def test_a_server_that_has_too_many_recordings_is_waited_for(
    voice_page: OpenVoicePage, relay: ServerProcess, afar: VoiceServer
) -> None:
    page = voice_page()
    session_id = begin_interview(relay)
    choose_voice_at(page, relay.url, session_id)
    wav = spoken.say("One of many.")
    refused = threading.Event()

    def send(_: int) -> None:
        form = {"session_id": session_id, "question_number": "1", "duration": f"{spoken.seconds(wav):.2f}"}
        reply = requests.post(f"{relay.url}/api/transcribe", data=form, files={"file": ("a.wav", wav)}, timeout=120)
        if reply.status_code == 503:
            refused.set()

    afar.may_answer.clear()
    with ThreadPoolExecutor(PLACES + 1) as senders:
        sent = senders.map(send, range(PLACES + 1))
        until(refused.is_set, seconds=60)  # so all the places are taken
        record(page, 2)
        expect(page.locator("#pending-text")).to_contain_text("Too many recordings")
        afar.may_answer.set()
        list(sent)
    page.click("#pending-now")
    expect_heard(page)
    expect(page.locator("#answer")).to_have_value(AFAR)


def test_a_second_tab_leaves_the_recording_of_the_first_alone(
    voice_page: OpenVoicePage, relay: ServerProcess, afar: VoiceServer
) -> None:
    afar.calls.clear()
    page = voice_page()
    choose_voice_at(page, relay.url, begin_interview(relay))
    page.click("#record")
    expect_state(page, "listening")
    other = page.context.new_page()
    other.goto(page.url)
    expect_state(other, "ready")
    wait_recorded(page, 6)
    page.click("#record")
    expect_heard(page)
    expect(page.locator("#answer")).to_have_value(AFAR)
    assert len(afar.calls) == 1
    expect(other.locator("#answer")).to_have_value("")
    other.close()


def test_a_recording_survives_a_lost_connection(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    page.context.set_offline(True)
    record(page, 4)
    expect(page.locator("#pending-text")).to_contain_text("cannot be reached")
    page.fill("#answer", "Typed meanwhile.")
    page.click("#submit")
    expect(page.locator("#status")).to_contain_text("not there yet")
    page.context.set_offline(False)
    expect_heard(page, "typed meanwhile", "role")


def test_a_recording_cut_off_by_a_reload_is_sent_after_it(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    page.click("#record")
    expect_state(page, "listening")
    wait_recorded(page, 5)
    page.reload()
    expect_heard(page, "role")


def test_of_a_recording_that_was_cut_short_what_is_there_can_be_used(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    page.add_init_script(FAST_CLOCK)
    choose_voice(page, site, begin_interview(site))
    record(page, 10)
    expect(page.locator("#voice-error")).to_contain_text("cut short", timeout=60_000)
    expect(page.locator("#refused-again")).to_be_visible()
    page.click("#refused-part")
    expect_heard(page, "role")
    expect(page.locator("#refused")).to_be_hidden()
    assert page.evaluate("document.querySelector('#replay-length').textContent") in ("0:04", "0:05", "0:06")


def test_a_refused_recording_can_be_left_out_and_the_answer_typed(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    page.add_init_script(FAST_CLOCK)
    choose_voice(page, site, begin_interview(site, total_questions=1))
    record(page, 10)
    page.click("#refused-drop", timeout=60_000)
    expect(page.locator("#voice-error")).to_be_hidden()
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.type("I would look at the query plan, add an index and measure again.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#report-screen")).to_be_visible()
