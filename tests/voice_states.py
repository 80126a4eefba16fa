"""The states of the pages that only a microphone brings about, and how to bring a page into them."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser import begin_interview
from tests.server_process import ServerProcess
from tests.voice_browser import (
    FAST_CLOCK,
    STUBBED_RECOGNITION,
    STUBBED_SPEECH,
    choose_voice,
    expect_state,
    open_check,
    record,
    wait_recorded,
)


def show_check(page: Page, server: ServerProcess) -> None:
    """The choice between speaking and typing."""
    open_check(page, server, begin_interview(server))


def show_microphone(page: Page, server: ServerProcess) -> None:
    """The microphone's level, before the test phrase."""
    show_check(page, server)
    page.click("#check-allow")
    expect(page.locator("#check-level-words")).to_have_text("Good level")


def show_phrase_heard(page: Page, server: ServerProcess) -> None:
    """The test phrase, given back as text."""
    show_microphone(page, server)
    page.click("#check-phrase")
    expect(page.locator("#check-time")).to_have_text("0:03")
    page.click("#check-phrase")
    expect(page.locator("#check-said")).to_contain_text("Understood", timeout=60_000)


def show_consent(page: Page, server: ServerProcess) -> None:
    """The check of a server that keeps the sound of those who agree."""
    page.route("**/api/health", keeping)
    open_check(page, server, begin_interview(server))
    expect(page.locator("#check-consent")).to_be_visible()


def keeping(route: Route) -> None:
    """The server's health, but that it keeps recordings."""
    reply = route.fetch()
    route.fulfill(response=reply, json=reply.json() | {"keep_audio": True})


def show_asking(page: Page, server: ServerProcess) -> None:
    """A question that is being read aloud."""
    page.add_init_script(STUBBED_SPEECH)
    page.add_init_script("globalThis.endless = true")
    open_check(page, server, begin_interview(server))
    page.click("#check-allow")
    page.click("#check-done")
    expect_state(page, "asking")


def show_ready(page: Page, server: ServerProcess) -> None:
    """A question that can be answered aloud, with the settings unfolded."""
    choose_voice(page, server, begin_interview(server))
    page.locator(".voice-settings summary").click()


def show_listening(page: Page, server: ServerProcess) -> None:
    """A recording that goes on."""
    choose_voice(page, server, begin_interview(server))
    page.click("#record")
    expect_state(page, "listening")
    wait_recorded(page, 1)


def show_silence(page: Page, server: ServerProcess) -> None:
    """How the countdown of a silence looks; a real one is over before it has been looked at."""
    show_listening(page, server)
    page.evaluate("document.querySelector('#silence').hidden = false")
    page.evaluate("document.querySelector('#silence-text').textContent = 'Silence: recording stops in 2 s.'")


def show_not_sent(page: Page, server: ServerProcess) -> None:
    """A recording that waits for the connection."""
    page.route("**/api/transcribe", lambda route: route.abort())
    choose_voice(page, server, begin_interview(server))
    record(page, 1)
    expect(page.locator("#pending")).to_be_visible()


def show_heard(page: Page, server: ServerProcess) -> None:
    """Spoken words in the answer's box."""
    choose_voice(page, server, begin_interview(server))
    record(page, 3)
    expect(page.locator("#voice")).to_have_attribute("data-state", "check", timeout=60_000)


def show_transcribing(page: Page, server: ServerProcess) -> None:
    """A recording that is being transcribed."""
    page.route("**/api/transcribe", lambda route: None)
    choose_voice(page, server, begin_interview(server))
    record(page, 1)
    expect_state(page, "transcribing")


def show_saving(page: Page, server: ServerProcess) -> None:
    """Spoken words on their way to the server."""
    show_heard(page, server)
    page.route("**/api/submit-answer", lambda route: None)
    page.click("#submit")
    expect_state(page, "saving")


def show_cut_short(page: Page, server: ServerProcess) -> None:
    """A recording of which a part is missing."""
    page.add_init_script(FAST_CLOCK)
    choose_voice(page, server, begin_interview(server))
    record(page, 10)
    expect(page.locator("#refused-part")).to_be_visible(timeout=60_000)


def show_live_words(page: Page, server: ServerProcess) -> None:
    """The words of the browser's own recognition, as they come."""
    page.add_init_script(STUBBED_RECOGNITION)
    page.route("**/api/health", deaf)
    choose_voice(page, server, begin_interview(server))
    page.click("#record")
    expect(page.locator("#live-words")).to_contain_text("index")


def deaf(route: Route) -> None:
    """The server's health, but that it transcribes nothing."""
    reply = route.fetch()
    route.fulfill(response=reply, json=reply.json() | {"transcription": None})


def show_denied(page: Page, server: ServerProcess) -> None:
    """A microphone whose permission was taken back."""
    choose_voice(page, server, begin_interview(server))
    page.context.clear_permissions()
    page.click("#record")
    expect_state(page, "problem")


VOICE_STATES: dict[str, Callable[[Page, ServerProcess], None]] = {
    "voice-check": show_check,
    "voice-microphone": show_microphone,
    "voice-phrase-heard": show_phrase_heard,
    "voice-consent": show_consent,
    "voice-asking": show_asking,
    "voice-ready": show_ready,
    "voice-listening": show_listening,
    "voice-silence": show_silence,
    "voice-not-sent": show_not_sent,
    "voice-heard": show_heard,
    "voice-live-words": show_live_words,
    "voice-transcribing": show_transcribing,
    "voice-saving": show_saving,
    "voice-cut-short": show_cut_short,
    "voice-denied": show_denied,
}
"""By a name that also names their screenshots."""
