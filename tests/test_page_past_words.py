"""What the pages of past interviews say where it is easily left out: a draft, a session that ended, a filter."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import begin_coding, begin_interview, overflow, requests_to
from tests.conftest import StartServer
from tests.past_setup import FEW, TOKEN, archive, finished, header, names, open_list, saved, sign_in
from tests.server_process import ServerProcess


def test_a_running_draft_is_called_that_and_its_question_stands_once(page: Page, site: ServerProcess) -> None:
    session_id = begin_coding(site, candidate_name="Typing")
    view = site.get(f"/api/interview/{session_id}").json()
    page.goto(f"{site.url}/interviews/{session_id}")
    expect(page.locator("#open-title")).to_have_text("Waits for an answer")
    expect(page.locator(".qa .unsent-question + .question-rest pre.code")).not_to_have_count(0)
    site.post("/api/save-draft", session_id=session_id, question_number=view["question_number"], answer="Half a")
    page.click("text=Look again")
    expect(page.locator("#open-title")).to_have_text("Being typed now")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".unsent-question")).to_have_count(1)
    assert "not scored" not in page.inner_text("section[aria-labelledby=open-title]")
    expect(page.locator(".facts")).to_contain_text("Active for")


def test_a_live_interview_is_opened_from_the_list_without_a_refused_call(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site, answers=1, candidate_name="Live From List")
    open_list(page, site, "?q=live+from+list")
    asked = requests_to(page, f"/api/data/interview/{session_id}")
    names(page).click()
    expect(page.locator("#open-title")).to_be_visible()
    assert page.url == f"{site.url}/interviews/{session_id}"
    page.reload()
    expect(page.locator("#open-title")).to_be_visible()
    assert asked == []


def test_a_session_that_ended_and_a_sign_out_are_said(page: Page, serve: StartServer) -> None:
    server = serve(API_TOKEN=TOKEN)
    session_id = finished(server, "Amara Okafor")
    page.goto(f"{server.url}/interviews/{session_id}")
    expect(page.locator("#api-token")).to_be_visible()
    expect(page.locator("#api-token-why")).to_have_text("")
    sign_in(page)
    expect(page.locator("h1")).to_be_focused()
    page.click("#delete")
    page.context.clear_cookies()
    page.click("#delete-confirm")
    expect(page.locator("#api-token-why")).to_have_text(
        "Your session has ended. Sign in again. The interview was not deleted."
    )
    expect(page).to_have_title("Past interview")
    sign_in(page)
    page.click("#back")
    expect(names(page)).to_have_count(1)
    page.context.clear_cookies()
    page.fill("#q", "amara")
    page.keyboard.press("Enter")
    expect(page.locator("#api-token-why")).to_have_text("Your session has ended. Sign in again.")
    sign_in(page)
    expect(names(page)).to_have_count(1)
    page.click("#sign-out")
    expect(page.locator("#api-token-why")).to_have_text("You are signed out.")
    page.reload()
    expect(page.locator("#api-token")).to_be_visible()
    expect(page.locator("#api-token-why")).to_have_text("")


def test_what_stands_in_the_search_box_is_kept_by_sorting_and_turning_pages(
    page: Page, serve: StartServer, data_dir: Path
) -> None:
    archive(data_dir, *FEW, *(saved(number) for number in range(10, 50)))
    open_list(page, serve())
    page.fill("#q", "cleo")
    header(page, "Candidate").locator("button").click()
    expect(names(page)).to_have_text(["Cleo"])
    expect(page.locator("#q")).to_have_value("cleo")
    page.fill("#q", "")
    page.keyboard.press("Enter")
    expect(page.locator("#pages")).to_contain_text("Page 1 of 2")
    page.fill("#q", "person")
    page.click("text=Next")
    expect(page.locator("#q")).to_have_value("person")
    expect(page.locator("#count")).to_have_text("1 to 25 of 40 interviews")  # another question: its first page


@pytest.mark.parametrize(
    ("fields", "at", "said"),
    [
        ({"min": "15"}, "min", "0 to 10"),
        ({"from": "2026-03-05", "to": "2026-03-02"}, "from", "The first day is after the last"),
    ],
    ids=str,
)
def test_a_filter_that_cannot_be_is_named_at_its_field(
    page: Page, serve: StartServer, data_dir: Path, fields: dict[str, str], at: str, said: str
) -> None:
    archive(data_dir, *FEW)
    open_list(page, serve())
    for name, value in fields.items():
        page.fill(f"#{name}", value)
        page.keyboard.press("Enter")
    expect(page.locator(f"#{at}-error")).to_have_text(said)
    for name, value in fields.items():
        expect(page.locator(f"#{name}")).to_have_value(value)
    page.fill(f"#{at}", "")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{at}-error")).to_be_hidden()
    expect(names(page)).not_to_have_count(0)


def test_asking_again_after_a_failure_keeps_the_focus_in_the_page(page: Page, site: ServerProcess) -> None:
    session_id = finished(site, "Focus Again")
    for path, target in (("/interviews?q=focus+again", "#count"), (f"/interviews/{session_id}", "h1")):
        page.route("**/api/data/**", lambda route: route.abort())
        page.goto(site.url + path)
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        page.unroute("**/api/data/**")
        page.click("text=Try again")
        expect(page.locator(target)).to_be_focused()


def test_an_unknown_interview_takes_the_name_out_of_the_title(page: Page, site: ServerProcess) -> None:
    page.goto(f"{site.url}/interviews/zzzzzzzz")
    expect(page).to_have_title("There is no such interview")


def test_at_800_pixels_the_list_is_a_table_that_fits(page: Page, serve: StartServer, data_dir: Path) -> None:
    long = saved(99, candidate_name="n" * 200, hire_recommendation="strong yes", interview_type="technical")
    archive(data_dir, *FEW, long, saved(98, candidate_name="محمد عبد الله"))
    server = serve()
    begin_interview(server, candidate_name="Under way")
    for width in (800, 706):
        page.set_viewport_size({"width": width, "height": 800})
        open_list(page, server)
        expect(header(page, "Candidate").locator("button")).to_be_visible()
        assert overflow(page) == 0
    expect(names(page).locator("bdi")).to_have_count(7)
    expect(page.get_by_title("n" * 200)).to_be_visible()


def test_nothing_moves_while_a_page_loads(page: Page, site: ServerProcess) -> None:
    session_id = finished(site, "Still Standing")
    page.add_init_script(
        "window.shift = 0; const add = list => list.getEntries().forEach(one => (window.shift += one.value));"
        "new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true})"
    )
    for path, shown in ((f"/interviews/{session_id}", ".sheet"), ("/interviews", ".past-table")):
        page.goto(site.url + path)
        expect(page.locator(shown)).to_be_visible()
        page.wait_for_timeout(300)
        assert page.evaluate("window.shift") < 0.1
