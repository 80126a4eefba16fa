"""The candidate's token on the page: out of the address, into each call."""

import json
from pathlib import Path

from tests.browser import NewPage
from tests.conftest import JOB, StartServer
from tests.token_issuer import SECRET, signed


def test_the_page_takes_the_token_out_of_the_address_and_sends_it(
    serve: StartServer, data_dir: Path, new_page: NewPage
) -> None:
    server = serve(JWT_SECRET=SECRET)
    page = new_page()
    page.goto(f"{server.url}/#token={signed(subject='ada')}")
    page.get_by_label("Job posting").fill(JOB)
    assert page.evaluate("location.href") == f"{server.url}/"
    page.get_by_role("button", name="Start interview").click()
    page.wait_for_url("**/interview/*")
    page.get_by_text("Question 1 of").first.wait_for()
    page.reload()
    page.get_by_text("Question 1 of").first.wait_for()
    session_id = page.url.rpartition("/")[2]
    assert json.loads((data_dir / "in_progress" / f"{session_id}.json").read_text())["user_id"] == "ada"
    stranger = new_page()
    stranger.goto(page.url)
    stranger.get_by_text("Open the link of your invitation again").first.wait_for()
    stranger.evaluate(f"location.hash = 'token={signed(subject='ada')}'")
    stranger.wait_for_function("location.hash === ''")
    stranger.reload()
    stranger.get_by_text("Question 1 of").first.wait_for()
