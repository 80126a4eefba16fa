"""The states of the pages that only a microphone brings about, and how to bring a page into them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import begin_interview
from tests.conftest import ServerProcess
from tests.voice_browser import choose_voice, expect_state, open_check, record, wait_recorded


def show_check(page: Page, server: ServerProcess) -> None:
    """The choice between speaking and typing."""
    open_check(page, server, begin_interview(server))


def show_microphone(page: Page, server: ServerProcess) -> None:
    """The microphone's level, before the test phrase."""
    show_check(page, server)
    page.click("#check-allow")
    expect(page.locator("#check-level-words")).to_have_text("Good level")


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


def show_denied(page: Page, server: ServerProcess) -> None:
    """A microphone whose permission was taken back."""
    choose_voice(page, server, begin_interview(server))
    page.context.clear_permissions()
    page.click("#record")
    expect_state(page, "problem")


VOICE_STATES: dict[str, Callable[[Page, ServerProcess], None]] = {
    "voice-check": show_check,
    "voice-microphone": show_microphone,
    "voice-ready": show_ready,
    "voice-listening": show_listening,
    "voice-silence": show_silence,
    "voice-not-sent": show_not_sent,
    "voice-heard": show_heard,
    "voice-denied": show_denied,
}
"""By a name that also names their screenshots."""
