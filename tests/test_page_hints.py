"""Hints on the interview page, in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser import begin_interview, open_interview, overflow, violations
from tests.server_process import ServerProcess


def test_the_last_hint_takes_the_focus_from_the_button_that_goes_away(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_interview(site, answers=1, total_questions=3))
    page.locator("#hint").press("Enter")
    expect(page.locator("#hint-list li")).to_have_count(1)
    expect(page.locator("#hint")).to_be_focused()
    page.locator("#hint").press("Enter")
    expect(page.locator("#hint-list li").last).to_be_focused()


def test_hints_appear_one_by_one_and_survive_a_reload(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site, answers=1, total_questions=3)
    open_interview(page, site, session_id)
    hints = page.locator("#hint-list li")
    expect(hints).to_have_count(0)
    page.locator("#answer").fill("I would look at the plan first.")
    page.locator("#hint").click()
    expect(hints).to_have_count(1)
    expect(page.locator("#answer")).to_have_value("I would look at the plan first.")
    page.locator("#hint").dblclick()
    expect(hints).to_have_count(2)
    expect(page.locator("#hint")).to_be_hidden()
    assert violations(page) == []
    assert overflow(page) <= 0
    page.reload()
    expect(hints).to_have_count(2)
    view = site.get(f"/api/interview/{session_id}").json()
    assert [item.inner_text() for item in hints.all()] == view["hints"]
