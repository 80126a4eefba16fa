"""What the voice part says about itself, and what keys and clicks do to it."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import begin_interview, expect_question
from tests.server_process import ServerProcess
from tests.voice_browser import (
    STUBBED_SPEECH,
    OpenVoicePage,
    choose_voice,
    expect_heard,
    expect_state,
    open_check,
    record,
    wait_recorded,
)

KEEP_STATES = """
globalThis.states = [];
addEventListener("DOMContentLoaded", () => {
  const said = document.querySelector("#voice-state");
  new MutationObserver(() => states.push(said.textContent)).observe(said, { childList: true });
});
"""
SAID = "said.length"


def test_each_state_is_said_in_words_to_everybody(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    page.add_init_script(KEEP_STATES)
    page.add_init_script(STUBBED_SPEECH)
    held: list[Route] = []
    page.route("**/api/submit-answer", lambda route: held.append(route))
    choose_voice(page, site, begin_interview(site, total_questions=2))
    expect(page.locator("#voice-state")).to_have_attribute("role", "status")
    record(page, 3)
    expect_heard(page)
    page.click("#submit")
    expect(page.locator("#voice-state")).to_have_text("Saving your answer…")
    held[0].continue_()
    expect_question(page, 2, total=2)
    states = page.evaluate("states")
    expected = [
        "Reading the question to you",
        "Your turn",
        "Opening the microphone…",
        "Listening",
        "Transcribing your words…",
        "Check your answer",
        "Saving your answer…",
        "Your turn",
    ]
    assert [state for state in expected if state not in states] == []
    assert states.index("Listening") < states.index("Transcribing your words…") < states.index("Check your answer")


def test_a_double_click_records_once_and_control_enter_sends_from_anywhere(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site, total_questions=1))
    page.dblclick("#record")
    expect_state(page, "listening")
    wait_recorded(page, 4)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("Stop the recording first")
    page.locator("#question").focus()
    page.keyboard.press(" ")
    expect_heard(page, "role")
    page.locator("#question").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#report-screen")).to_be_visible()


def test_the_page_speaks_only_after_a_gesture_and_never_into_its_microphone(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    page.add_init_script(STUBBED_SPEECH)
    page.add_init_script("globalThis.endless = true")
    open_check(page, site, begin_interview(site))
    page.click("#check-allow")
    page.click("#check-done")
    expect_state(page, "asking")
    page.keyboard.press("Escape")
    expect_state(page, "ready")
    page.click("#repeat")
    expect_state(page, "asking")
    page.click("#record")
    expect_state(page, "listening")
    assert page.evaluate("speechSynthesis.current") is None
    before = page.evaluate(SAID)
    page.click("#repeat")
    expect(page.locator("#hearing-note")).to_contain_text("stop the recording")
    assert page.evaluate(SAID) == before
    page.reload()
    expect(page.locator("#hearing-note")).to_have_text("Press Read aloud to hear it.")
    assert page.evaluate(SAID) == 0
    page.locator("#question").click()
    expect(page.locator("#hearing-note")).to_be_empty()


def test_a_voice_that_never_says_that_it_has_ended_holds_nothing_up(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    page.add_init_script(STUBBED_SPEECH)
    page.add_init_script("globalThis.endless = true")
    page.clock.install()
    choose_voice_muted(page, site)
    page.click("#repeat")
    expect_state(page, "asking")
    page.clock.run_for(2000)
    expect_state(page, "asking")
    page.clock.run_for(300_000)
    expect_state(page, "ready")


def choose_voice_muted(page: Page, server: ServerProcess) -> None:
    """Choose the voice; questions are read only on demand."""
    page.add_init_script("localStorage.setItem('candor:muted', 'yes')")
    choose_voice(page, server, begin_interview(server))


def test_a_lost_connection_is_counted_down_beside_what_is_announced(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    page.route("**/api/transcribe", lambda route: route.abort())
    choose_voice(page, site, begin_interview(site))
    record(page, 1)
    for left in (3, 2, 1):
        expect(page.locator("#pending-next")).to_have_text(f"Next try in {left} s.")
    expect(page.locator("#pending-text")).to_have_text("The server cannot be reached. Your recording is kept here.")
    assert page.locator("[role=status] #pending-next").count() == 0


@pytest.mark.parametrize("phone", [False, True])
def test_the_space_bar_is_named_only_where_there_is_one(
    voice_page: OpenVoicePage, site: ServerProcess, phone: bool
) -> None:
    page = voice_page(phone=phone)
    choose_voice(page, site, begin_interview(site))
    page.locator(".voice-settings summary").click()
    shown = [text for text in page.locator("#voice").inner_text().splitlines() if "Space" in text or "space" in text]
    assert bool(shown) != phone, shown


def test_a_browser_without_voices_says_that_the_question_is_to_be_read(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    expect(page.locator("#hearing-note")).to_contain_text("no voice to read aloud with")
    expect_state(page, "ready")
    for control in ("#repeat", "#mute", "#speed"):
        expect(page.locator(control)).to_be_hidden()


def test_who_wants_to_type_is_one_press_away_from_it_and_not_asked_again(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page(allowed=False)
    page.goto(f"{site.url}/interview/{begin_interview(site)}")
    page.click("#check-type")
    page.fill("#answer", "Typed at once.")
    expect(page.locator("#voice")).to_be_hidden()
    page.goto(f"{site.url}/interview/{begin_interview(site)}")
    expect_question(page, 1)
    expect(page.locator("#check-screen")).to_be_hidden()


def test_where_nothing_hears_the_question_comes_at_once(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    page.add_init_script("delete globalThis.MediaRecorder")
    page.goto(f"{site.url}/interview/{begin_interview(site)}")
    expect_question(page, 1)
    expect(page.locator("#voice-offer")).to_be_hidden()
    page.fill("#answer", "Typed at once.")
