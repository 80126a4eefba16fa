"""What the pages refuse, and what they show as plain text whatever it looks like."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import begin_interview, open_interview, show_start
from tests.conftest import JOB, STRONG
from tests.page_states import show_report
from tests.server_process import ServerProcess

OVERRIDE = "\u202e"  # shows what follows from right to left
HOSTILE = f"<img src=x onerror=alert(1)></script><script>alert(2)</script>{OVERRIDE}{{{{7*7}}}}"


WRONG = {
    "job_description": [
        ("", "Paste the job posting here"),
        ("x" * 50_001, "Please shorten the posting by 1 character."),
    ],
    "candidate_name": [("x" * 201, "A name may have up to 200 characters.")],
    "experience_years": [(years, "Give the years as a number from 0 to 80.") for years in ("81", "-1", "")],
    "total_questions": [(count, "Give a whole number from 1 to 20.") for count in ("0", "21", "2.5")],
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_field_is_named_beside_it_and_nothing_is_sent(page: Page, site: ServerProcess, field: str) -> None:
    show_start(page, site)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.fill("#job_description", JOB)
    control = page.locator(f"#{field}")
    for value, message in WRONG[field]:
        control.fill(value)
        expect(page.locator(".error:visible")).to_have_count(0)  # typing takes the old message away
        page.click("#start")
        expect(control).to_be_focused()
        expect(control).to_have_attribute("aria-invalid", "true")
        expect(control).to_have_accessible_description(re.compile(re.escape(message)))
        expect(page.locator(".error:visible")).to_have_count(1)
    assert sent == []


def test_a_blank_or_too_long_answer_is_not_sent(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_interview(site))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    blank, too_long = "Write an answer first.", "Please shorten your answer by 1 character."
    for answer, message in (("", blank), (" \n ", blank), ("x" * 20_001, too_long)):
        page.fill("#answer", answer)
        page.click("#submit")
        expect(page.locator("#answer-error")).to_contain_text(message)
        expect(page.locator("#answer")).to_be_focused()
        expect(page.locator("#answer")).to_have_attribute("aria-invalid", "true")
    assert [url for url in sent if url.endswith("submit-answer")] == []


def test_a_start_that_does_not_reach_the_server_says_so_and_keeps_the_form(page: Page, site: ServerProcess) -> None:
    show_start(page, site)
    page.route("**/api/start-interview", lambda route: route.abort())
    filled = {"job_description": JOB, "candidate_name": "Amara Okafor", "experience_years": "7", "total_questions": "3"}
    for field, value in filled.items():
        page.fill(f"#{field}", value)
    page.click("#start")
    expect(page.locator("#form-status")).to_have_text("The server cannot be reached. Nothing you filled in is lost.")
    page.reload()
    for field, value in filled.items():
        expect(page.locator(f"#{field}")).to_have_value(value)


def test_an_answer_of_the_greatest_length_is_taken_emoji_and_all(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site)
    open_interview(page, site, session_id)
    page.fill("#answer", "🙂" * 20_000)
    expect(page.locator("#answer-count")).to_have_text("20,000 of 20,000 characters")
    page.click("#submit")
    expect(page.locator("#progress-text")).to_have_text("Question 2 of 5")
    assert site.get(f"/api/interview/{session_id}").json()["answers"][0]["answer"] == "🙂" * 20_000


def expect_only_text(page: Page) -> None:
    """Nothing of ours puts a picture or a script into a page's main part."""
    expect(page.locator("main img, main script, main style, main iframe")).to_have_count(0)


def test_hostile_text_is_shown_as_text_and_does_nothing(page: Page, site: ServerProcess) -> None:
    name = (HOSTILE + "n" * 200)[:200]
    show_start(page, site)
    page.fill("#job_description", f"{HOSTILE}\n{JOB}\n- Plan the {HOSTILE} shifts")
    page.fill("#candidate_name", name)
    page.fill("#total_questions", "2")
    page.click("#start")
    expect(page.locator("#question")).not_to_be_empty()
    session_id = page.url.rpartition("/")[2]
    stored = site.data_dir / "in_progress" / f"{session_id}.json"
    interview = json.loads(stored.read_text())
    interview["turns"][0]["question"]["text"] = f"Why {HOSTILE}?"  # as a language model may write one
    stored.write_text(json.dumps(interview))
    page.reload()
    expect(page.locator("#question")).to_have_text(f"Why {HOSTILE}?")
    for number in (1, 2):
        expect(page.locator("#progress-text")).to_have_text(f"Question {number} of 2")
        expect_only_text(page)
        expect(page.locator(".earlier-answer")).to_have_text([f"{HOSTILE} {STRONG}"] * (number - 1))
        page.fill("#answer", f"{HOSTILE} {STRONG}")
        page.click("#submit")
    expect(page.locator("#report-screen h1")).to_be_focused()
    expect_only_text(page)
    expect(page.locator(".report-for bdi")).to_have_text(name)
    expect(page.locator("#question-1 h3")).to_have_text(f"Why {HOSTILE}?")
    expect(page.locator("#question-1 .answer-text")).to_contain_text(HOSTILE)


def test_the_direction_of_a_name_does_not_turn_the_text_around_it(page: Page, site: ServerProcess) -> None:
    for name in (f"Ben{OVERRIDE}", "محمد"):
        open_interview(page, site, begin_interview(site, answers=1, total_questions=1, candidate_name=name))
        for selector in (".report-for", ".summary"):
            assert page.evaluate(LAST_LETTERS, selector) == "left to right", (name, selector)


# where the last letter of a text stands, seen from the one before it
LAST_LETTERS = r"""selector => {
  const node = document.querySelector(selector).lastChild;
  const end = node.data.match(/\p{L}\p{L}\P{L}*$/u).index;
  const [first, second] = [0, 1].map((i) => {
    const range = new Range();
    range.setStart(node, end + i);
    range.setEnd(node, end + i + 1);
    return range.getBoundingClientRect().left;
  });
  return first < second ? "left to right" : "right to left";
}"""


def test_an_unknown_interview_is_said_to_be_unknown(page: Page, site: ServerProcess) -> None:
    heading = page.get_by_role("heading", level=1)
    for address in ("zzzzzzzz", "%3Cscript%3E", "%E0%A4%A"):  # the last one is cut in the middle of a character
        page.goto(f"{site.url}/interview/{address}")
        expect(heading).to_have_text("There is no interview at this address.")
        expect(heading).to_be_focused()
    page.get_by_role("link", name="Start an interview").click()
    expect(page.get_by_role("heading", name="Start an interview")).to_be_visible()


def test_the_print_view_holds_the_whole_report_and_nothing_to_click(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site, total_questions=1, candidate_name="Amara Okafor")
    long_answer = f"{STRONG}\n" * 8 + "This is the end of it."
    site.post("/api/submit-answer", session_id=session_id, answer=long_answer)
    open_interview(page, site, session_id)
    controls = page.locator("button, a.button, input, textarea, select, summary, .skip")
    assert controls.filter(visible=True).count() > 0
    page.emulate_media(media="print", color_scheme="dark")
    expect(controls.filter(visible=True)).to_have_count(0)
    expect(page.locator("#report-screen")).to_contain_text("Amara Okafor")
    answer = page.locator(".answer-box")
    assert answer.evaluate("box => box.scrollHeight - box.clientHeight") <= 1  # not folded
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_report_can_be_opened_again_at_its_address(page: Page, site: ServerProcess) -> None:
    show_report(page, site)
    title = page.inner_text("#report-screen h1")
    page.reload()
    expect(page.locator("h1:visible")).to_have_text(title)
