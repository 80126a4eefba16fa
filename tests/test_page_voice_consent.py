"""What becomes of the sound, and the language: asked of the candidate where there is something to choose."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import begin_interview, requests_to, view
from tests.conftest import StartServer, read_records
from tests.server_process import ServerProcess
from tests.stand_in_voice import KEY, VoiceServer
from tests.voice_browser import OpenVoicePage, choose_voice, expect_heard, expect_state, open_check, record
from tests.waiting import until


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server that keeps the sound of those who agree."""
    server = ServerProcess(tmp_path_factory.mktemp("keeper"), KEEP_AUDIO="true")
    yield server
    server.stop()


COUNT_MICROPHONES = """
globalThis.microphonesOpened = 0;
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (wanted) => {
  globalThis.microphonesOpened += 1;
  return open(wanted);
};
"""


def answer_aloud(page: Page) -> None:
    """Record the one answer of an interview, send it, and wait for the report."""
    record(page, 4)
    expect_heard(page, "role")
    page.click("#submit")
    expect(page.locator("#report-screen")).to_be_visible()


def agree(page: Page, keeper: ServerProcess) -> str:
    """Agree to the sound being kept, in the check of a new interview of one question; its id."""
    session_id = begin_interview(keeper, total_questions=1)
    open_check(page, keeper, session_id)
    page.check("#check-agree")
    page.click("#check-allow")
    return session_id


def assert_no_sound_is_kept(keeper: ServerProcess, session_id: str) -> None:
    """Neither in the record of the one answer nor on the disk."""
    [item] = [item for item in read_records(keeper.data_dir, "answers") if item["session_id"] == session_id]
    assert (item["audio"]["consent"], item["audio"]["sound"]) == (None, None)
    folder = keeper.data_dir / "recordings" / session_id
    assert not folder.exists() or not list(folder.iterdir())


def test_the_consent_is_stored_before_any_recording_and_the_sound_is_kept_to_be_played(
    voice_page: OpenVoicePage, keeper: ServerProcess
) -> None:
    page = voice_page()
    page.add_init_script(COUNT_MICROPHONES)
    held: list[Route] = []
    page.route("**/api/recording-consent", lambda route: held.append(route))
    session_id = begin_interview(keeper, total_questions=1)
    open_check(page, keeper, session_id)
    expect(page.locator("#check-agree")).not_to_be_checked()
    page.check("#check-agree")
    page.click("#check-allow")
    until(lambda: (page.evaluate("0"), held)[1])
    assert page.evaluate("microphonesOpened") == 0
    held[0].continue_()
    expect(page.locator("#check-mic-title")).to_be_focused()
    consent = view(page, keeper)["recording_consent"]
    assert consent["version"] == "2026-11-22"
    assert datetime.fromisoformat(consent["at"]).tzinfo is not None
    page.click("#check-done")
    answer_aloud(page)
    [item] = [item for item in read_records(keeper.data_dir, "answers") if item["session_id"] == session_id]
    assert item["audio"]["consent"] == consent
    sound_file = keeper.data_dir / item["audio"]["sound"]["file"]
    assert hashlib.sha256(sound_file.read_bytes()).hexdigest() == item["audio"]["sound"]["sha256"]
    page.goto(f"{keeper.url}/interviews/{session_id}")
    player = page.get_by_label("Recording 1 of answer 1")
    expect(player).to_be_visible()
    page.locator("h1").click()  # browsers play nothing before a gesture
    player.evaluate("player => player.play()")
    until(lambda: player.evaluate("player => player.currentTime") > 0.5)
    sound_file.unlink()
    page.reload()
    page.locator("h1").click()
    player.evaluate("player => { player.play().catch(() => {}); }")
    expect(page.locator(".delivery-gone")).to_contain_text("its file is gone")


def test_without_the_tick_no_sound_is_kept_also_when_it_is_taken_away_again(
    voice_page: OpenVoicePage, keeper: ServerProcess
) -> None:
    page = voice_page()
    session_id = agree(page, keeper)
    page.click("#check-type-too")
    page.click("#use-voice")
    expect(page.locator("#check-agree")).to_be_checked()
    page.uncheck("#check-agree")
    page.click("#check-allow")
    page.click("#check-done")
    page.reload()
    expect_state(page, "ready")
    answer_aloud(page)
    assert_no_sound_is_kept(keeper, session_id)


def test_a_consent_is_shown_and_can_be_taken_back_beside_the_answer(
    voice_page: OpenVoicePage, keeper: ServerProcess
) -> None:
    page = voice_page()
    session_id = agree(page, keeper)
    page.click("#check-done")
    expect(page.locator("#voice-tip")).to_contain_text("The sound is kept, as you agreed.")
    page.locator(".voice-settings summary").click()
    page.uncheck("#keep-sound")
    expect(page.locator("#voice-tip")).not_to_contain_text("kept")
    answer_aloud(page)
    assert_no_sound_is_kept(keeper, session_id)


def test_a_consent_that_cannot_be_stored_opens_no_microphone(voice_page: OpenVoicePage, keeper: ServerProcess) -> None:
    page = voice_page()
    page.add_init_script(COUNT_MICROPHONES)
    page.route("**/api/recording-consent", lambda route: route.abort())
    open_check(page, keeper, begin_interview(keeper))
    page.check("#check-agree")
    page.click("#check-allow")
    expect(page.locator("#check-error")).to_contain_text("Your agreement was not stored")
    assert page.evaluate("microphonesOpened") == 0
    page.uncheck("#check-agree")
    page.click("#check-allow")
    expect(page.locator("#check-mic-title")).to_be_focused()


def test_a_server_that_keeps_no_sound_asks_for_no_consent(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    asked = requests_to(page, "/api/recording-consent")
    choose_voice(page, site, begin_interview(site))
    expect(page.locator("#check-consent")).to_be_hidden()
    assert asked == []


def test_a_language_is_offered_only_where_the_model_knows_several(
    voice_page: OpenVoicePage, site: ServerProcess, serve: StartServer, remote_voice: VoiceServer
) -> None:
    english, several = voice_page(), voice_page()
    choose_voice(english, site, begin_interview(site))
    english.locator(".voice-settings summary").click()
    expect(english.locator("#stop-at-silence")).to_be_visible()
    expect(english.locator("#language")).to_be_hidden()
    server = serve(STT_BASE_URL=remote_voice.url, STT_API_KEY=KEY)
    choose_voice(several, server, begin_interview(server))
    several.locator(".voice-settings summary").click()
    expect(several.locator("#language")).to_have_value("")
    several.select_option("#language", label="German")
    record(several, 2)
    expect_heard(several)
    assert b'name="language"\r\n\r\nde\r\n' in remote_voice.calls[0].body
