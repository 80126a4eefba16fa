"""The voice part in every state: accessible at every level, never too wide, light to load, and nothing jumps."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request

from tests.browser import LOOKS, begin_interview, expect_question, faults_in_each_look
from tests.server_process import ServerProcess
from tests.voice_browser import OpenVoicePage, choose_voice, expect_heard, expect_state, record
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
    assert page.evaluate("shifts.length") > 0, "this browser counts no shifts"
    assert page.evaluate("shifts.reduce((sum, shift) => sum + shift, 0)") <= MOST_SHIFT


# as Core Web Vitals count: what follows a press at once is what was asked for
COUNT_SHIFTS = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) shifts.push(entry.hadRecentInput ? 0 : entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""
