"""The list of past interviews in a real browser: search, filters, order, pages, and the address that keeps them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import begin_interview
from tests.conftest import StartServer
from tests.past_setup import FEW, archive, expect_loaded, finished, header, names, open_list, saved
from tests.server_process import ServerProcess

PAGE_SIZE = 25


@pytest.mark.parametrize(
    ("title", "orders"),
    [
        (
            "Candidate",
            {"ascending": ["bea", "Cleo", "Dan", "Zoë Ärmel"], "descending": ["Zoë Ärmel", "Dan", "Cleo", "bea"]},
        ),
        (
            "Average",
            {"descending": ["bea", "Cleo", "Zoë Ärmel", "Dan"], "ascending": ["Zoë Ärmel", "Cleo", "bea", "Dan"]},
        ),
        (
            "Overall",
            {"descending": ["bea", "Cleo", "Zoë Ärmel", "Dan"], "ascending": ["Zoë Ärmel", "Cleo", "bea", "Dan"]},
        ),
        ("Date", {"ascending": ["Zoë Ärmel", "bea", "Cleo", "Dan"], "descending": ["Dan", "Cleo", "bea", "Zoë Ärmel"]}),
    ],
)
def test_a_columns_header_sorts_both_ways(
    page: Page, serve: StartServer, data_dir: Path, title: str, orders: dict[str, list[str]]
) -> None:
    archive(data_dir, *FEW)
    open_list(page, serve())
    expect(header(page, "Date")).to_have_attribute("aria-sort", "descending")
    for direction, order in orders.items():
        header(page, title).locator("button").click()
        expect(header(page, title)).to_have_attribute("aria-sort", direction)
        expect(names(page)).to_have_text(order)
        expect(header(page, title).locator("button")).to_be_focused()
        expect(page.locator("thead [aria-sort]:not([aria-sort=none])")).to_have_count(1)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"q": "ÄRMEL"}, ["Zoë Ärmel"]),
        ({"q": "nursing"}, ["bea"]),
        ({"q": "stored03"}, ["Cleo"]),
        ({"type": "resume"}, ["Cleo"]),
        ({"min": "6"}, ["Cleo", "bea"]),
        ({"status": "in_progress"}, ["Under way"]),
        ({"status": "completed"}, ["Dan", "Cleo", "bea", "Zoë Ärmel"]),
        ({"from": "2026-03-04", "to": "2026-03-05"}, ["Dan", "Cleo"]),
        ({"to": "2026-03-02"}, ["Zoë Ärmel"]),
        ({"q": "a job", "min": "5", "type": "technical"}, ["bea"]),
    ],
    ids=str,
)
def test_filters_narrow_the_list_and_the_address_keeps_them(
    page: Page, serve: StartServer, data_dir: Path, fields: dict[str, str], found: list[str]
) -> None:
    archive(data_dir, *FEW)
    server = serve()
    begin_interview(server, candidate_name="Under way")
    open_list(page, server)
    expect(names(page)).to_have_count(5)
    for name, value in fields.items():
        if name in ("status", "type"):
            page.select_option(f"#{name}", value)
        else:
            page.fill(f"#{name}", value)
            page.keyboard.press("Enter")
    expect(names(page)).to_have_text(found)
    for name, value in fields.items():
        assert re.search(rf"[?&]{name}=", page.url), (page.url, value)
    page.reload()
    expect(names(page)).to_have_text(found)
    for name, value in fields.items():
        expect(page.locator(f"#{name}")).to_have_value(value)
    page.click("#clear")
    expect(names(page)).to_have_count(5)
    assert page.url == f"{server.url}/interviews"
    for _ in fields:
        page.go_back()
        expect_loaded(page)
    expect(names(page)).not_to_have_count(0)


def test_back_goes_through_what_was_asked_for(page: Page, serve: StartServer, data_dir: Path) -> None:
    archive(data_dir, *FEW)
    open_list(page, serve())
    page.fill("#q", "cleo")
    page.click("text=Search >> nth=-1")
    expect(names(page)).to_have_text(["Cleo"])
    names(page).click()
    expect(page.locator("h1")).to_have_text("Cleo")
    page.go_back()
    expect(page.locator("#q")).to_have_value("cleo")
    expect(names(page)).to_have_text(["Cleo"])
    page.go_back()
    expect(page.locator("#q")).to_have_value("")
    expect(names(page)).to_have_count(4)
    page.go_forward()
    expect(names(page)).to_have_text(["Cleo"])
    names(page).click()
    expect(page.locator("h1")).to_have_text("Cleo")  # its script has run: the link knows the list it came from
    page.click("#back")
    expect(page.locator("#q")).to_have_value("cleo")
    expect(names(page)).to_have_text(["Cleo"])  # all is loaded: the server may go


def test_a_long_list_comes_in_pages(page: Page, serve: StartServer, data_dir: Path) -> None:
    archive(data_dir, *(saved(number) for number in range(1, 56)))
    server = serve()
    open_list(page, server, "?sort=candidate_name")
    expect(page.locator("#count")).to_have_text("1 to 25 of 55 interviews")
    expect(names(page)).to_have_count(PAGE_SIZE)
    page.click("text=Next")
    expect(page.locator("#count")).to_have_text("26 to 50 of 55 interviews")
    expect(names(page).first).to_have_text("Person 26")
    expect(page.locator("[data-step=Next]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text([f"Person {number}" for number in range(51, 56)])
    expect(page.locator("#pages")).to_contain_text("Page 3 of 3")
    expect(page.locator("[data-step=Previous]")).to_be_focused()
    page.go_back()
    expect(page.locator("#pages")).to_contain_text("Page 2 of 3")
    open_list(page, server, "?sort=candidate_name&page=9")
    expect(page.locator("#pages")).to_contain_text("Page 3 of 3")
    header(page, "Candidate").locator("button").click()  # another order begins at its first page
    expect(page.locator("#count")).to_have_text("1 to 25 of 55 interviews")


@pytest.mark.parametrize(
    "query",
    ["?status=odd&type=<b>&min=NaN&from=2026-02-31&to=x&sort=id&page=0&more=1", "?page=-1&min=11&q=" + "x" * 300],
)
def test_an_address_that_makes_no_sense_shows_the_list(
    page: Page, serve: StartServer, data_dir: Path, query: str
) -> None:
    archive(data_dir, *FEW)
    open_list(page, serve(), query)
    expect(names(page)).to_have_count(4)


def test_no_interviews_and_no_match_are_told_apart(page: Page, serve: StartServer) -> None:
    open_list(page, serve())
    expect(page.locator(".past-empty h2")).to_have_text("No interviews yet")
    expect(page.locator(".past-empty a")).to_have_attribute("href", "/")
    page.fill("#q", "nobody")
    page.keyboard.press("Enter")
    expect(page.locator(".past-empty h2")).to_have_text("No interview matches")
    page.click(".past-empty button")
    expect(page.locator(".past-empty h2")).to_have_text("No interviews yet")
    expect(page.locator("#q")).to_be_focused()


def test_a_server_that_cannot_be_reached_is_asked_again(page: Page, site: ServerProcess) -> None:
    session_id = finished(site, "Unreachable At First")
    page.route("**/api/data/**", lambda route: route.abort())
    open_list(page, site, "?q=unreachable+at")
    expect(page.locator(".past-empty")).to_contain_text("The server cannot be reached.")
    page.unroute("**/api/data/**")
    page.click("text=Try again")
    expect(names(page)).to_have_text(["Unreachable At First"])
    page.route("**/api/data/**", lambda route: route.abort())
    page.goto(f"{site.url}/interviews/{session_id}")
    expect(page.locator("h1")).to_have_text("The interview could not be loaded")
    page.unroute("**/api/data/**")
    page.click("text=Try again")
    expect(page.locator("h1")).to_have_text("Unreachable At First")


def test_of_two_searches_the_later_one_is_shown(page: Page, serve: StartServer, data_dir: Path) -> None:
    archive(data_dir, *FEW)
    open_list(page, serve())
    held: list[Route] = []
    page.route("**/api/data/interviews?*q=bea*", lambda route: held.append(route))
    page.fill("#q", "bea")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("Loading…")
    page.fill("#q", "cleo")
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["Cleo"])
    with page.expect_response("**/api/data/interviews?*q=bea*"):
        held[0].continue_()
    expect(names(page)).to_have_text(["Cleo"])


def test_on_a_phone_the_order_is_chosen_from_a_list(page: Page, serve: StartServer, data_dir: Path) -> None:
    archive(data_dir, *FEW)
    page.set_viewport_size({"width": 360, "height": 800})
    open_list(page, serve())
    expect(header(page, "Candidate").locator("button")).to_be_hidden()
    page.select_option("#sort", "candidate_name")
    expect(names(page)).to_have_text(["bea", "Cleo", "Dan", "Zoë Ärmel"])
    expect(page.locator("tbody tr").first).to_be_visible()


def test_where_google_sheets_is_set_up_each_interview_says_how_its_export_stands(
    page: Page, serve: StartServer, data_dir: Path, tmp_path: Path
) -> None:
    archive(data_dir, *FEW)
    open_list(page, serve())
    expect(page.get_by_role("columnheader", name="Sheet")).to_have_count(0)
    (key_file := tmp_path / "key.json").write_text("no JSON")
    open_list(page, serve(GOOGLE_SHEETS_CREDENTIALS=str(key_file)))
    expect(page.get_by_role("columnheader", name="Sheet")).to_be_visible()
    cells = page.locator("td[data-label=Sheet]")
    expect(cells).to_have_count(len(FEW))
    for cell in cells.all():
        expect(cell).to_have_text(re.compile("Waiting|Failed"))
