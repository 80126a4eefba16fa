"""The voice interview where something is missing: the page says so, and every way reaches the report."""

from playwright.sync_api import Page, expect

from tests.browser import begin_interview, expect_question, tab_to
from tests.conftest import STRONG, StartServer
from tests.server_process import ServerProcess
from tests.voice_browser import STUBBED_RECOGNITION, OpenVoicePage, choose_voice, expect_state, open_check, record

DENIED = "The microphone is not allowed for this page."


def finish_by_typing(page: Page) -> None:
    """Type the one answer of the interview and wait for the report."""
    page.fill("#answer", STRONG)
    page.click("#submit")
    expect(page.locator("#report-screen")).to_be_visible()


def test_a_microphone_that_is_denied_leaves_typing(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page(allowed=False)
    open_check(page, site, begin_interview(site, total_questions=1))
    page.click("#check-allow")
    expect(page.locator("#check-error")).to_contain_text(DENIED)
    expect(page.locator("#check-type")).to_have_class("primary")
    expect(page.locator("#check-allow")).to_have_text("Try the microphone again")
    page.click("#check-type")
    expect(page.locator("#voice")).to_be_hidden()
    finish_by_typing(page)


def test_a_permission_that_is_taken_back_between_questions_leaves_typing(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site, total_questions=1))
    page.context.clear_permissions()
    page.click("#record")
    expect(page.locator("#voice-error")).to_contain_text(DENIED)
    expect_state(page, "problem")
    finish_by_typing(page)


def test_a_microphone_taken_away_in_mid_answer_keeps_what_was_said(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    page.add_init_script(KEEP_STREAMS)
    choose_voice(page, site, begin_interview(site, total_questions=1))
    page.click("#record")
    expect_state(page, "listening")
    expect(page.locator("#voice-time")).to_have_text("0:04")
    page.evaluate(UNPLUG)
    expect(page.locator("#voice-error")).to_contain_text("was taken away", timeout=60_000)
    assert "role" in page.input_value("#answer").casefold()
    finish_by_typing(page)


KEEP_STREAMS = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => (globalThis.opened = await open(wanted));
"""
UNPLUG = """() => {
  for (const track of opened.getTracks()) {
    track.stop();
    track.dispatchEvent(new Event("ended"));
  }
}"""


def without_transcription(serve: StartServer) -> tuple[ServerProcess, str]:
    """A server that does not transcribe, and the id of an interview of one question on it."""
    server = serve(WHISPER_MODEL="off")
    return server, begin_interview(server, total_questions=1)


def expect_no_recording_offered(page: Page) -> None:
    """Nothing would come of it, and the page says what to do instead."""
    expect(page.locator("#voice-way")).to_contain_text("type your answer")
    expect(page.locator("#record")).to_be_hidden()


def test_without_transcription_the_browsers_recognition_gives_live_words(
    voice_page: OpenVoicePage, serve: StartServer
) -> None:
    page = voice_page()
    page.add_init_script(STUBBED_RECOGNITION)
    choose_voice(page, *without_transcription(serve))
    expect(page.locator("#voice-way")).to_contain_text("your browser’s speech recognition")
    page.click("#record")
    expect(page.locator("#live-words")).to_have_text("I measured each slow query and added an index")
    page.click("#record")
    expect_state(page, "check")
    expect(page.locator("#answer")).to_have_value("I measured each slow query and added an index")
    page.click("#submit")
    expect(page.locator("#report-screen")).to_be_visible()


def test_without_any_transcription_the_page_finds_out_and_goes_on_by_typing(
    voice_page: OpenVoicePage, serve: StartServer
) -> None:
    page = voice_page()
    page.add_init_script(FAILING_RECOGNITION)
    choose_voice(page, *without_transcription(serve))
    page.click("#record")
    expect(page.locator("#voice-error")).to_contain_text("does not work here")
    expect_no_recording_offered(page)
    page.locator("#question").click()
    page.keyboard.press(" ")
    expect_state(page, "problem")
    finish_by_typing(page)


def test_where_the_test_phrase_has_shown_that_nothing_works_no_recording_is_offered(
    voice_page: OpenVoicePage, serve: StartServer
) -> None:
    page = voice_page()
    page.add_init_script(FAILING_RECOGNITION)
    open_check(page, *without_transcription(serve))
    page.click("#check-allow")
    page.click("#check-phrase")
    expect(page.locator("#check-said")).to_contain_text("does not work here")
    page.click("#check-done")
    expect_no_recording_offered(page)
    finish_by_typing(page)


# as Debian's: it is there, and fails when it is used
FAILING_RECOGNITION = """
globalThis.SpeechRecognition = globalThis.webkitSpeechRecognition = class {
  start() { setTimeout(() => { this.onerror?.({ error: "network" }); this.onend?.(); }, 50); }
  stop() {}
  abort() {}
};
"""


def test_by_keyboard_alone_the_space_bar_records(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    open_check(page, site, begin_interview(site, total_questions=1))
    tab_to(page, "#check-allow")
    page.keyboard.press("Enter")
    expect(page.locator("#check-mic-title")).to_be_focused()
    tab_to(page, "#check-done")
    page.keyboard.press("Enter")
    expect_question(page, 1, total=1)
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.press(" ")
    expect_state(page, "listening")
    expect(page.locator("#voice-time")).to_have_text("0:05")
    page.keyboard.press(" ")
    expect(page.locator("#voice")).to_have_attribute("data-state", "check", timeout=60_000)
    tab_to(page, "#answer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#report-screen")).to_be_visible()


def test_a_silent_recording_is_named_and_can_be_played(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    page.add_init_script(MUTE)
    choose_voice(page, site, begin_interview(site, total_questions=1))
    record(page, 2)
    expect(page.locator("#voice-error")).to_contain_text("silent", timeout=60_000)
    expect(page.locator("#replay")).to_be_visible()
    expect(page.locator("#record")).to_have_text("Record it again")
    expect(page.locator("#record-again")).to_be_hidden()
    finish_by_typing(page)


MUTE = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await open(wanted);
  for (const track of stream.getTracks()) track.enabled = false;
  return stream;
};
"""
