"""The question screen in a real browser: the code editor, drafts and answers with code, the clock of a question."""

import fcntl
import re
from datetime import datetime, timedelta

from playwright.sync_api import Page, Route, expect

from tests.browser import (
    CODE,
    NewPage,
    begin_coding,
    begin_interview,
    expect_question,
    open_interview,
    requests_to,
    view,
)
from tests.conftest import STRONG, StartServer
from tests.server_process import ServerProcess

TYPED = "One walk over the list is enough."


def test_the_editor_indents_outdents_keeps_the_margin_and_undoes(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    code = page.locator("#code")
    code.focus()
    page.keyboard.type("if a:\nb = 1\nc = 2")
    expect(code).to_have_value("if a:\n    b = 1\n    c = 2")  # the margin came with Enter
    page.keyboard.press("Shift+Tab")
    expect(code).to_have_value("if a:\n    b = 1\nc = 2")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Tab")
    expect(code).to_have_value("if a:\n        b = 1\n    c = 2")  # each line of the selection
    page.keyboard.press("Control+z")
    expect(code).to_have_value("if a:\n    b = 1\nc = 2")
    page.keyboard.press("Control+z")
    expect(code).to_have_value("if a:\n    b = 1\n    c = 2")
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    expect(code).to_have_value(re.compile(r"c = 2 +$"))
    expect(code).to_be_focused()


def test_tab_leaves_the_editor_after_escape_and_only_then(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    code = page.locator("#code")
    expect(code).to_have_accessible_description(re.compile("Escape, then Tab leaves the editor"))
    code.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#code-said")).to_have_text("Tab now leaves the editor.")
    page.keyboard.type("x")  # who goes on writing stays
    expect(page.locator("#code-said")).to_be_empty()
    page.keyboard.press("Tab")
    expect(code).to_be_focused()
    for key, reached in (("Tab", "#submit"), ("Shift+Tab", "#code-language")):
        code.focus()
        page.keyboard.press("Escape")
        page.keyboard.press(key)
        expect(page.locator(reached)).to_be_focused()
    expect(code).to_have_value(re.compile(r"^x +$"))


def test_line_numbers_follow_the_code(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    page.fill("#code", "\n".join("x" * 400 for _ in range(120)))
    assert page.inner_text("#code-numbers").split() == [str(number) for number in range(1, 121)]
    page.locator("#code").evaluate("area => { area.scrollTop = area.scrollHeight; }")
    expect_level(page)


def expect_level(page: Page) -> None:
    """The last number stands beside the last line, also above a scroll bar."""
    scrolled = page.locator("#code").evaluate("area => area.scrollTop")
    expect(page.locator("#code-numbers")).to_have_css("translate", f"0px -{scrolled:g}px")


def test_code_alone_is_an_answer_and_its_double_click_counts_once(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    number = view(page, site)["question_number"]
    sent = requests_to(page, "/api/submit-answer")
    page.fill("#code", CODE)
    page.select_option("#code-language", "Rust")
    page.dblclick("#submit")
    expect_question(page, number + 1, 5)
    assert len(sent) == 1
    given = view(page, site)["answers"][-1]
    assert (given["answer"], given["code_submission"], given["code_language"]) == ("", CODE, "Rust")
    expect(page.locator("#code")).to_have_value("")


def test_code_whose_reply_was_lost_counts_once(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    number = view(page, site)["question_number"]

    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/submit-answer", lose_the_reply, times=1)
    page.fill("#answer", TYPED)
    page.fill("#code", CODE)
    page.click("#submit")
    expect_question(page, number + 1, 5)
    assert [item["code_submission"] for item in view(page, site)["answers"]].count(CODE) == 1
    expect(page.locator("#kept")).to_be_hidden()


def test_code_too_long_is_named_at_the_editor_and_not_sent(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    sent = requests_to(page, "/api/submit-answer")
    page.fill("#answer", TYPED)
    page.fill("#code", "x" * 20_001)
    expect(page.locator("#code-count")).to_have_text("20,001 of 20,000 characters")
    page.click("#submit")
    expect(page.locator("#code-error")).to_have_text("Please shorten your code by 1 character.")
    expect(page.locator("#code")).to_be_focused()
    assert sent == []


def test_a_code_draft_is_there_in_another_browser_with_its_language(new_page: NewPage, site: ServerProcess) -> None:
    session_id = begin_coding(site)
    here, elsewhere = new_page(), new_page()
    open_interview(here, site, session_id)
    here.fill("#code", CODE)
    here.select_option("#code-language", "Go")
    expect(here.locator("#status-text")).to_have_text("Draft saved")
    open_interview(elsewhere, site, session_id)
    expect(elsewhere.locator("#code")).to_have_value(CODE)
    expect(elsewhere.locator("#code-language")).to_have_value("Go")


def test_code_of_a_second_tab_is_kept_and_can_be_used(new_page: NewPage, site: ServerProcess) -> None:
    session_id = begin_coding(site)
    first = new_page()
    second = first.context.new_page()
    open_interview(first, site, session_id)
    open_interview(second, site, session_id)
    number = view(first, site)["question_number"]
    second.fill("#code", "print('second')")
    first.fill("#answer", TYPED)
    first.click("#submit")
    expect_question(first, number + 1, 5)
    second.click("#submit")
    expect_question(second, number + 1, 5)
    expect(second.locator(".kept-code")).to_have_value("print('second')")
    second.reload()
    second.click("text=Add it to this answer")
    expect(second.locator("#code")).to_have_value("print('second')")
    expect(second.locator("#code")).to_be_focused()
    expect(second.locator("#kept")).to_be_hidden()


def test_code_typed_while_the_server_is_away_is_delivered_when_it_is_back(page: Page, serve: StartServer) -> None:
    server = serve()
    session_id = begin_coding(server)
    open_interview(page, server, session_id)
    number = view(page, server)["question_number"]
    server.kill()
    page.fill("#code", CODE)
    page.click("#submit")
    expect(page.locator("#again")).to_be_visible()
    again = serve(port=server.port)
    expect_question(page, number + 1, 5)
    assert again.get(f"/api/interview/{session_id}").json()["answers"][-1]["code_submission"] == CODE


def test_the_clock_of_a_question_goes_on_over_a_reload_and_stops_when_sending(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site)
    stored = site.data_dir / "in_progress" / f"{session_id}.json"

    def earlier(moment: re.Match[str]) -> str:
        return (datetime.fromisoformat(moment.group()) - timedelta(minutes=7)).isoformat()

    stored.write_text(re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", earlier, stored.read_text()))
    clock = page.locator("#question-clock")
    open_interview(page, site, session_id)
    expect(clock).to_have_text(re.compile(r"7:\d\d"))
    page.reload()
    expect(clock).to_have_text(re.compile(r"7:\d\d"))
    assert clock.evaluate("node => node.closest('[aria-live], [role=status], [role=alert]')") is None
    page.clock.install()
    page.fill("#answer", STRONG)
    with (site.data_dir / "in_progress" / f"{session_id}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the server has the answer and cannot go on with it
        page.click("#submit")
        expect(page.locator("#submit")).to_have_text("Sending…")
        stopped = clock.inner_text()
        page.clock.run_for(5000)
        assert clock.inner_text() == stopped
    expect_question(page, 2, 5)


def test_a_task_shows_its_lines_and_its_code_in_monospace(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    asked = view(page, site)["question"].split("\n")
    expect(page.locator("#question")).to_have_text(asked[0])
    blocks = page.locator("#question-rest pre").all_inner_texts()
    assert [line for block in blocks for line in block.split("\n")] == [asked[2], *asked[5:]]
    assert "mono" in page.locator("#question-rest pre").first.evaluate("pre => getComputedStyle(pre).fontFamily")


def test_a_task_shows_its_code_in_monospace_among_the_earlier_answers_too(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    rest = page.locator("#question-rest").inner_html()
    number = view(page, site)["question_number"]
    page.fill("#answer", TYPED)
    page.click("#submit")
    expect_question(page, number + 1, 5)
    page.click("#earlier-title")
    task = page.locator("#earlier-list li").last
    assert task.locator(".question-rest").inner_html() == rest
    assert "<pre" in rest


def test_code_scrolled_sideways_shows_nowhere_left_of_the_line_numbers(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_coding(site))
    page.fill("#code", "MW" * 200)
    left = "() => { const box = document.querySelector('#code').getBoundingClientRect(); return [box.x, box.y]; }"
    page.evaluate("() => { document.querySelector('#code').scrollLeft = 0; document.activeElement.blur(); }")
    x, y = page.evaluate(left)

    def strip() -> bytes:
        return page.screenshot(clip={"x": x, "y": y + 8, "width": 12, "height": 40})

    before = strip()
    page.evaluate("document.querySelector('#code').scrollLeft = 333")
    assert strip() == before
