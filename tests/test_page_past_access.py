"""Who gets to see past interviews, in a real browser."""

from playwright.sync_api import Page, expect

from tests.conftest import StartServer
from tests.past_setup import TOKEN, finished, names, sign_in
from tests.server_process import ServerProcess
from tests.token_issuer import SECRET


def test_with_a_token_set_one_signs_in_first_and_out_again(page: Page, serve: StartServer) -> None:
    server = serve(API_TOKEN=TOKEN)
    session_id = finished(server, "Amara Okafor")
    page.goto(f"{server.url}/interviews")
    expect(page.locator("#api-token")).to_be_focused()
    expect(page.locator("#list")).to_be_hidden()
    assert "Okafor" not in page.content()
    sign_in(page, "")
    expect(page.locator("#api-token-error")).to_have_text("Enter the API token.")
    sign_in(page, "wrong")
    expect(page.locator("#api-token-error")).to_have_text("That is not the API token of this server.")
    expect(page.locator("#api-token")).to_be_focused()
    sign_in(page)
    expect(names(page)).to_have_text(["Amara Okafor"])
    assert TOKEN not in page.content()
    assert TOKEN not in page.evaluate("JSON.stringify([localStorage, sessionStorage]) + document.cookie")
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], TOKEN in cookie["value"]) == (True, "Strict", False)
    names(page).click()
    expect(page.locator("h1")).to_have_text("Amara Okafor")
    page.click("#sign-out")
    expect(page.locator("#api-token")).to_be_visible()
    assert "Okafor" not in page.content()
    page.go_back()
    expect(page.locator("#api-token")).to_be_visible()
    assert "Okafor" not in page.content()
    page.goto(f"{server.url}/interviews/{session_id}")
    sign_in(page)
    expect(page.locator("h1")).to_have_text("Amara Okafor")
    page.click("#delete")
    page.click("#delete-confirm")
    expect(page.locator("#deleted")).to_contain_text(session_id)
    expect(page.locator(".past-empty h2")).to_have_text("No interviews yet")


def test_a_session_that_ran_out_asks_again_and_goes_on(page: Page, serve: StartServer) -> None:
    server = serve(API_TOKEN=TOKEN)
    session_id = finished(server, "Amara Okafor")
    page.goto(f"{server.url}/interviews/{session_id}")
    sign_in(page)
    page.click("#delete")
    server.stop()
    serve(port=server.port, API_TOKEN=TOKEN)  # a restart signs everybody out
    page.click("#delete-confirm")
    expect(page.locator("#api-token")).to_be_visible()
    assert "Amara" not in page.inner_text("main")
    sign_in(page)
    expect(page.locator("h1")).to_have_text("Amara Okafor")


def test_with_jwt_alone_the_page_says_that_nobody_can_read_here(page: Page, serve: StartServer) -> None:
    server = serve(JWT_SECRET=SECRET)
    for path in ("/interviews", "/interviews/abcdefgh"):
        page.goto(server.url + path)
        expect(page.locator("#sign-in")).to_contain_text("it has no API token")
        expect(page.locator("#api-token")).to_have_count(0)


def test_the_start_page_leads_there(page: Page, site: ServerProcess) -> None:
    page.goto(site.url)
    page.click("footer >> text=Past interviews")
    expect(page.locator("h1")).to_have_text("Past interviews")
