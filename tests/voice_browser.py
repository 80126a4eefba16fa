"""A Chromium that hears: its microphone plays a wav file that espeak-ng has spoken."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect

from tests.browser import chromium, watch
from tests.conftest import StartServer
from tests.server_process import ServerProcess
from tests.spoken import espeak

SPOKEN = (
    "In my last role I owned a Python service. We measured each slow query with the database planner, "
    "added an index, and wrote tests before we changed the code."
)

DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
OpenVoicePage = Callable[..., Page]


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wav file that the microphone of hearing_browser plays."""
    return tmp_path_factory.mktemp("microphone") / "spoken.wav"


def speak_into(microphone: Path, text: str) -> None:
    """From the next time that it is opened on, the microphone hears this."""
    subprocess.run([espeak(), "-s", "150", "-w", str(microphone), text], check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="session")
def hearing_browser(driver: Playwright, microphone: Path) -> Iterator[Browser]:
    """A Chromium whose microphone plays its file once each time that it is opened, and is silent after it."""
    started = launch_hearing(driver, microphone)
    yield started
    started.close()


def launch_hearing(driver: Playwright, microphone: Path) -> Browser:
    """See hearing_browser; the caller closes it."""
    flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}%noloop"]
    return driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", *flags])


@pytest.fixture
def voice_page(hearing_browser: Browser, microphone: Path, serve: StartServer) -> Iterator[OpenVoicePage]:
    """Opens pages that may use the microphone, into which SPOKEN is said (allowed=False: that may not).

    On a desk, or on a phone that is only touched.

    At the end nothing may have gone wrong in any of them. See new_page for `serve`.
    """
    speak_into(microphone, SPOKEN)
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_one(*, allowed: bool = True, phone: bool = False) -> Page:
        permissions = ["microphone"] if allowed else []
        contexts.append(
            hearing_browser.new_context(
                viewport=PHONE if phone else DESK,
                is_mobile=phone,
                has_touch=phone,
                reduced_motion="reduce",
                permissions=permissions,
            )
        )
        watch(contexts[-1], troubles)
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == []


def open_check(page: Page, server: ServerProcess, session_id: str) -> None:
    """Go to an interview as somebody who has not chosen yet how to answer."""
    page.goto(f"{server.url}/interview/{session_id}")
    expect(page.locator("#check-ask")).to_be_visible()


def choose_voice(page: Page, server: ServerProcess, session_id: str) -> None:
    """Go through the microphone check without the test phrase."""
    open_check(page, server, session_id)
    page.click("#check-allow")
    page.click("#check-done")
    expect_state(page, "ready")


def expect_state(page: Page, state: str) -> None:
    """Wait for a state of the voice part."""
    expect(page.locator("#voice")).to_have_attribute("data-state", state)


def expect_heard(page: Page, *heard: str) -> None:
    """Wait until a recording has become text, and these words stand in the answer's box."""
    expect(page.locator("#voice")).to_have_attribute("data-state", "check", timeout=60_000)
    answer = page.input_value("#answer").casefold()
    assert [word for word in heard if word not in answer] == [], answer


def record(page: Page, seconds: float) -> None:
    """Record until the page's own clock has shown so many seconds."""
    page.click("#record")
    expect_state(page, "listening")
    wait_recorded(page, seconds)
    page.click("#record")


def wait_recorded(page: Page, seconds: float) -> None:
    """Wait until the recording that goes on is so long."""
    shown = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    page.wait_for_function(
        "shown => document.querySelector('#voice-time').textContent >= shown", arg=shown, timeout=120_000
    )


STUBBED_RECOGNITION = """
class Recognition {
  start() {
    setTimeout(() => this.onstart?.(), 0);
    this.said = setTimeout(() => {
      const words = (transcript, isFinal) => Object.assign([{ transcript }], { isFinal });
      this.onresult?.({ results: [words("I measured each slow query", true), words("and added", false)] });
      this.onresult?.({ results: [words("I measured each slow query", true), words("and added an index", true)] });
    }, 300);
  }
  stop() { setTimeout(() => this.onend?.(), 0); }
  abort() { clearTimeout(this.said); this.stop(); }
}
globalThis.SpeechRecognition = globalThis.webkitSpeechRecognition = Recognition;
"""
"""A browser's own recognition that always hears the same words."""

STUBBED_SPEECH = """
globalThis.said = [];
const speech = {
  current: null,
  getVoices: () => [],
  speak(utterance) {
    said.push(utterance.text);
    this.current = utterance;
    setTimeout(() => utterance.onstart?.(), 0);
    if (globalThis.endless) return;
    setTimeout(() => {
      this.current = null;
      utterance.onend?.();
    }, 100);
  },
  cancel() {
    this.current = null; // and, as some browsers do, not a word about it
  },
};
Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
"""
"""A browser's own voice that keeps what it `said`, and never ends while `endless` is set."""

FAST_CLOCK = """
const now = performance.now.bind(performance);
performance.now = () => 2 * now();
"""
"""A clock that goes on while nothing is recorded, as of a computer that slept: half of each recording is missing."""
