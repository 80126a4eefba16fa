"""The voice part in every state: accessible at every level, never too wide, light to load, and nothing jumps."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, ViewportSize, expect

from tests.browser import LOOKS, begin_interview, expect_question, faults_in_each_look, tab_to
from tests.server_process import ServerProcess
from tests.voice_browser import (
    DESK,
    PHONE,
    STUBBED_SPEECH,
    OpenVoicePage,
    choose_voice,
    expect_heard,
    expect_state,
    record,
)
from tests.voice_states import VOICE_STATES

MOST_BYTES = 200 * 1024
MOST_SHIFT = 0.05


@pytest.mark.parametrize("state", VOICE_STATES)
def test_axe_finds_nothing_and_nothing_is_too_wide(voice_page: OpenVoicePage, site: ServerProcess, state: str) -> None:
    page = voice_page()
    VOICE_STATES[state](page, site)
    assert faults_in_each_look(page) == {look: [] for look in LOOKS}


def test_the_page_is_light_and_asks_no_other_host(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    choose_voice(page, site, begin_interview(site))
    record(page, 3)
    expect_heard(page)
    sizes = [request.sizes() for request in finished]
    assert len(sizes) > 20
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < MOST_BYTES
    assert {urlsplit(request.url).netloc for request in finished} == {urlsplit(site.url).netloc}


def test_nothing_jumps_from_the_check_to_the_second_question(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    page.emulate_media(reduced_motion="no-preference")
    page.add_init_script(COUNT_SHIFTS)
    choose_voice(page, site, begin_interview(site, total_questions=2))
    record(page, 3)
    expect_heard(page)
    page.click("#submit")
    expect_question(page, 2, total=2)
    expect_state(page, "ready")
    assert total_shift(page) <= MOST_SHIFT


def test_nothing_jumps_when_the_connection_is_lost_and_when_it_is_back(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="no-preference")
    page.add_init_script(COUNT_SHIFTS)
    choose_voice(page, site, begin_interview(site))
    page.locator("#voice").scroll_into_view_if_needed()
    page.context.set_offline(True)
    record(page, 3)
    expect_state(page, "waiting")
    expect(page.locator("#pending-now")).to_be_visible()
    before = top_of(page, "#answer")
    page.context.set_offline(False)
    expect_heard(page)
    assert top_of(page, "#answer") == before
    assert total_shift(page) <= MOST_SHIFT


def total_shift(page: Page) -> float:
    """How much has moved by itself since the page was opened; see COUNT_SHIFTS."""
    assert page.evaluate("PerformanceObserver.supportedEntryTypes.includes('layout-shift')")
    total: float = page.evaluate("shifts.reduce((sum, shift) => sum + shift, 0)")
    return total


def top_of(page: Page, selector: str) -> float:
    """Where on the whole page an element begins (px), wherever that is scrolled to."""
    top: float = page.locator(selector).evaluate("part => Math.round(part.getBoundingClientRect().top + scrollY)")
    return top


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_the_answer_and_its_button_are_in_sight_when_the_words_are_there(
    voice_page: OpenVoicePage, site: ServerProcess, window: ViewportSize
) -> None:
    page = voice_page()
    page.set_viewport_size(window)
    choose_voice(page, site, begin_interview(site))
    record(page, 3)
    expect_heard(page)
    for part in ("#voice-state", "#answer", "#submit"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    expect(page.locator("#record")).to_be_focused()


def test_who_types_is_not_taken_to_the_words_that_arrive(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    held: list[Route] = []
    page.route("**/api/transcribe", lambda route: held.append(route))
    choose_voice(page, site, begin_interview(site))
    with page.expect_request("**/api/transcribe"):
        record(page, 3)
    page.locator("#answer").focus()
    page.evaluate("scrollTo(0, 0)")
    held[0].continue_()
    expect_heard(page)
    assert page.evaluate("scrollY") == 0
    expect(page.locator("#answer")).to_be_focused()


def test_muting_moves_nothing(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    page.set_viewport_size(PHONE)
    page.add_init_script(STUBBED_SPEECH)
    choose_voice(page, site, begin_interview(site))
    before = [top_of(page, "#record"), page.locator("#speed").bounding_box()]
    for label in ("Unmute", "Mute"):
        page.click("#mute")
        expect(page.locator("#mute")).to_have_text(label)
        assert [top_of(page, "#record"), page.locator("#speed").bounding_box()] == before


def test_the_focus_does_not_change_the_shape_of_a_button(voice_page: OpenVoicePage, site: ServerProcess) -> None:
    page = voice_page()
    choose_voice(page, site, begin_interview(site))
    shape = "button => getComputedStyle(button).borderRadius"
    for selector in ("#record", "#submit"):
        before = page.locator(selector).evaluate(shape)
        tab_to(page, selector)
        assert page.locator(selector).evaluate(shape) == before


# as Core Web Vitals count: what follows a press at once is what was asked for
COUNT_SHIFTS = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) shifts.push(entry.hadRecentInput ? 0 : entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""
