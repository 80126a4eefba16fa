"""The voice part in every state: accessible at every level, never too wide, light to load, and nothing jumps."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, begin_interview, expect_question, faults_in_each_look
from tests.conftest import ServerProcess
from tests.voice_browser import OpenVoicePage, choose_voice, expect_state, record
from tests.voice_states import VOICE_STATES

MOST_BYTES = 200 * 1024
MOST_SHIFT = 0.05


def violations(page: Page) -> list[str]:
    """What axe-core has to say about the page, at every level."""
    found = Axe().run(page).response["violations"]
    return [f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in found]


@pytest.mark.parametrize("state", VOICE_STATES)
def test_axe_finds_nothing_and_nothing_is_too_wide(voice_page: OpenVoicePage, site: ServerProcess, state: str) -> None:
    page = voice_page()
    VOICE_STATES[state](page, site)
    assert faults_in_each_look(page, violations) == {look: [] for look in LOOKS}


def test_the_page_is_light_and_nothing_jumps_while_an_answer_is_spoken(
    voice_page: OpenVoicePage, site: ServerProcess
) -> None:
    page = voice_page()
    bodies: list[int] = []
    page.on("requestfinished", lambda request: bodies.append(request.sizes()["responseBodySize"]))
    page.add_init_script(COUNT_SHIFTS)
    choose_voice(page, site, begin_interview(site, total_questions=2))
    record(page, 3)
    expect(page.locator("#voice")).to_have_attribute("data-state", "check", timeout=60_000)
    assert sum(bodies) < MOST_BYTES
    page.click("#submit")
    expect_question(page, 2, total=2)
    expect_state(page, "ready")
    assert page.evaluate("shifts") < MOST_SHIFT


# as Core Web Vitals count: what follows a press at once is what was asked for
COUNT_SHIFTS = """
globalThis.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
