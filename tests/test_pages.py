"""An interview in a real browser, against the real server: what candidates do, and what can happen to them."""

import fcntl
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Page, Request, Route, expect

from tests.browser import CODE, NewPage, begin_coding, begin_interview, open_interview, show_start, tab_to, view
from tests.conftest import JOB, STRONG, StartServer, read_records
from tests.server_process import ServerProcess

TYPED = "I measured before I changed anything."


def expect_question(page: Page, number: int, total: int = 5) -> None:
    expect(page.locator("#progress-text")).to_have_text(f"Question {number} of {total}")


def requests_to(page: Page, path: str) -> list[Request]:
    """The requests that this page makes from now on to addresses ending so."""
    made: list[Request] = []
    page.on("request", lambda request: made.append(request) if request.url.endswith(path) else None)
    return made


def stored_answers(data_dir: Path, session_id: str) -> list[str]:
    return [record["answer"] for record in read_records(data_dir, "answers") if record["session_id"] == session_id]


def stored_report(server: ServerProcess, session_id: str) -> dict[str, Any]:
    report: dict[str, Any] = server.get(f"/api/data/interview/{session_id}").json()
    return report


def expect_nothing_of(verdict: dict[str, Any], page: Page) -> None:
    """The page must not know what the reply to the answer said about it."""
    html = page.content()
    said = verdict["feedback"]["strengths"] + verdict["feedback"]["improvements"]
    assert said
    assert [phrase for phrase in said if phrase in html] == []
    assert str(verdict["previous_score"]) not in html
    assert not re.search(r"\b\d{1,2}\.\d\b|of 10\b", page.inner_text("body"))


def expect_report(page: Page, report: dict[str, Any]) -> None:
    """The scores, the findings, and every quote of the evidence marked where it stands in the answer."""
    expect(page.locator(".overall-number")).to_have_text(f"{report['overall_score']:.1f}")
    expect(page.locator(".scale-box")).to_contain_text(f"Average {report['average_score']:.1f}")
    expect(page.locator(".summary")).to_have_text(report["summary"])
    findings = [finding.locator("li").all_inner_texts() for finding in page.locator(".finding").all()]
    assert findings == [report["strengths"], report["weaknesses"], report["recommendations"]]
    for item in report["questions_and_answers"]:
        card = page.locator(f"#question-{item['question_number']}")
        expect(card.locator(".qa-score")).to_have_text(f"{item['score']:.1f} of 10")
        marked = card.locator("mark").evaluate_all("marks => marks.map(mark => mark.firstChild.data)")
        quotes = [point["quote"] for point in item["evidence"] if point["quote"]]
        assert all(text in item["answer"] and any(text in quote for quote in quotes) for text in marked)
        assert all(quote in "".join(marked) for quote in quotes)
        expect(card.locator(".points li")).to_have_count(len(item["evidence"]))


def test_an_interview_by_keyboard_alone_shows_scores_in_the_report_and_not_before(
    page: Page, site: ServerProcess
) -> None:
    verdicts: list[dict[str, Any]] = []
    page.goto(site.url)
    tab_to(page, "#job_description")
    page.keyboard.type(JOB)
    tab_to(page, "#candidate_name")
    page.keyboard.type("Amara Okafor")
    tab_to(page, "#total_questions")
    page.keyboard.type("3")  # Tab has selected the 5
    tab_to(page, "[name=difficulty]")
    page.keyboard.press("ArrowRight")
    tab_to(page, "#start")
    page.keyboard.press("Enter")
    for number in (1, 2, 3):
        expect_question(page, number, total=3)
        expect(page.locator("#question")).to_be_focused()
        for verdict in verdicts:
            expect_nothing_of(verdict, page)
        tab_to(page, "#answer")
        page.keyboard.type(STRONG[:250])
        with page.expect_response("**/api/submit-answer") as response:
            if number == 2:
                tab_to(page, "#submit")
                page.keyboard.press("Enter")
            else:
                page.keyboard.press("Control+Enter")
        verdicts.append(response.value.json())
    expect(page.locator("#report-screen h1")).to_be_focused()
    report = stored_report(site, page.url.rpartition("/")[2])
    assert (report["candidate_name"], report["difficulty"]) == ("Amara Okafor", "advanced")
    assert report["completion_method"] == "automatic"
    expect(page.locator("mark")).not_to_have_count(0)
    expect_report(page, report)


def test_an_interview_asks_no_other_host_for_anything(page: Page, site: ServerProcess) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    show_start(page, site)
    page.fill("#job_description", JOB)
    page.fill("#total_questions", "1")
    page.click("#start")
    page.fill("#answer", STRONG)
    page.click("#submit")
    expect(page.locator("#report-screen")).to_be_visible()
    assert hosts == {f"127.0.0.1:{site.port}"}


def test_a_reload_keeps_the_question_the_draft_and_the_earlier_answers(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_interview(site, answers=1))
    question = page.inner_text("#question")
    page.fill("#answer", TYPED)
    page.reload()
    expect(page.locator("#question")).to_have_text(question)
    expect(page.locator("#answer")).to_have_value(TYPED)
    expect(page.locator("#earlier-list li")).to_have_count(1)
    expect(page.locator("#earlier-list")).to_contain_text(STRONG)


def test_a_saved_draft_is_there_in_another_browser(new_page: NewPage, site: ServerProcess) -> None:
    session_id = begin_interview(site)
    here, elsewhere = new_page(), new_page()
    open_interview(here, site, session_id)
    here.fill("#answer", TYPED)
    expect(here.locator("#status-text")).to_have_text("Draft saved")
    open_interview(elsewhere, site, session_id)
    expect(elsewhere.locator("#answer")).to_have_value(TYPED)


def test_a_killed_server_costs_no_word_and_the_answer_goes_through_when_it_is_back(
    page: Page, serve: StartServer, data_dir: Path
) -> None:
    server = serve()
    session_id = begin_interview(server)
    open_interview(page, server, session_id)
    page.fill("#answer", TYPED)
    server.kill()
    page.locator("#answer").press_sequentially(" This comes later.")
    expect(page.locator("#status")).to_contain_text("The server cannot be reached. Your text is kept in this browser.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#again")).to_be_visible()
    expect(page.locator("#answer")).to_have_value(f"{TYPED} This comes later.")
    serve(port=server.port)
    expect_question(page, 2)
    assert stored_answers(data_dir, session_id) == [f"{TYPED} This comes later."]
    expect(page.locator("#kept")).to_be_hidden()


def test_an_answer_on_its_way_when_the_server_is_killed_counts_once(
    page: Page, serve: StartServer, data_dir: Path
) -> None:
    server = serve()
    session_id = begin_interview(server)
    open_interview(page, server, session_id)
    page.fill("#answer", TYPED)
    with (data_dir / "in_progress" / f"{session_id}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the server has the answer and cannot go on with it
        page.click("#submit")
        expect(page.locator("#status")).to_contain_text("Saving and scoring your answer")
        server.kill()
    expect(page.locator("#again")).to_be_visible()
    serve(port=server.port)
    expect_question(page, 2)
    assert stored_answers(data_dir, session_id) == [TYPED]


def test_an_answer_whose_reply_was_lost_counts_once(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site)
    open_interview(page, site, session_id)

    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/submit-answer", lose_the_reply, times=1)
    sent = requests_to(page, "/api/submit-answer")
    page.fill("#answer", TYPED)
    page.click("#submit")
    expect_question(page, 2)
    assert len(sent) == 2
    assert stored_answers(site.data_dir, session_id) == [TYPED]
    expect(page.locator("#kept")).to_be_hidden()


@pytest.mark.parametrize("shared_profile", [True, False], ids=["same browser", "another browser"])
def test_a_late_answer_of_a_second_tab_stays_visible(
    new_page: NewPage, site: ServerProcess, shared_profile: bool
) -> None:
    session_id = begin_interview(site)
    first = new_page()
    second = first.context.new_page() if shared_profile else new_page()
    open_interview(first, site, session_id)
    open_interview(second, site, session_id)
    second.fill("#answer", "What the second tab had to say.")
    first.fill("#answer", TYPED)
    first.click("#submit")
    expect_question(first, 2)
    second.click("#submit")
    expect_question(second, 2)
    expect(second.locator("#banner")).to_contain_text("answered in another window")
    expect(second.locator(".kept-text")).to_have_value("What the second tab had to say.")
    assert stored_answers(site.data_dir, session_id) == [TYPED]
    second.reload()
    expect(second.locator(".kept-text")).to_have_value("What the second tab had to say.")
    second.click("text=Add it to this answer")
    expect(second.locator("#answer")).to_have_value("What the second tab had to say.")
    expect(second.locator("#answer")).to_be_focused()
    expect(second.locator("#kept")).to_be_hidden()


def test_a_reload_of_a_second_tab_does_not_lose_its_text(new_page: NewPage, site: ServerProcess) -> None:
    session_id = begin_interview(site)
    first = new_page()
    second = first.context.new_page()
    open_interview(first, site, session_id)
    open_interview(second, site, session_id)
    first.fill("#answer", TYPED)
    expect(first.locator("#status-text")).to_have_text("Draft saved")
    second.fill("#answer", "What the second tab had to say.")
    expect(second.locator("#status-text")).to_have_text("Draft saved")
    first.click("#submit")
    expect_question(first, 2)
    second.reload()
    expect(second.locator(".kept-text")).to_have_value("What the second tab had to say.")


@pytest.mark.parametrize("deleted", [False, True], ids=["ended", "deleted"])
def test_text_typed_for_an_interview_that_is_over_stays_visible(page: Page, site: ServerProcess, deleted: bool) -> None:
    session_id = begin_interview(site, answers=1)
    open_interview(page, site, session_id)
    page.fill("#answer", TYPED)
    site.post("/api/end-interview", session_id=session_id)
    if deleted:
        requests.delete(f"{site.url}/api/data/interview/{session_id}", timeout=60).raise_for_status()
    page.keyboard.press("Control+Enter")  # not a click: autosave may have found out first, and the button be gone
    said = "There is no interview at this address." if deleted else "The interview was ended in the meantime"
    expect(page.locator("main")).to_contain_text(said)
    expect(page.locator(".kept-text")).to_have_value(TYPED)


def double_click(page: Page) -> None:
    page.dblclick("#submit")


def press_ctrl_enter_twice(page: Page) -> None:
    page.press("#answer", "Control+Enter")
    page.keyboard.press("Control+Enter")


@pytest.mark.parametrize("twice", [double_click, press_ctrl_enter_twice])
def test_an_answer_submitted_twice_counts_once(page: Page, site: ServerProcess, twice: Callable[[Page], None]) -> None:
    session_id = begin_interview(site)
    open_interview(page, site, session_id)
    sent = requests_to(page, "/api/submit-answer")
    page.fill("#answer", TYPED)
    twice(page)
    expect_question(page, 2)
    assert len(sent) == 1
    assert stored_answers(site.data_dir, session_id) == [TYPED]


def test_a_double_click_on_start_begins_one_interview(page: Page, site: ServerProcess) -> None:
    show_start(page, site)
    sent = requests_to(page, "/api/start-interview")
    page.fill("#job_description", JOB)
    page.dblclick("#start")
    expect_question(page, 1)
    assert len(sent) == 1


@pytest.mark.parametrize("way_out", ["#end-cancel", "Escape"])
def test_the_end_dialog_names_what_is_lost_and_lets_one_go_on(page: Page, site: ServerProcess, way_out: str) -> None:
    session_id = begin_interview(site, answers=2)
    open_interview(page, site, session_id)
    page.fill("#answer", TYPED)
    page.click("#end")
    dialog = page.locator("#end-dialog")
    expect(dialog).to_contain_text("You have answered 2 of 5 questions")
    expect(dialog).to_contain_text("3 questions will stay unanswered")
    expect(dialog).to_contain_text(f"The {len(TYPED)} characters in the answer box will not be scored")
    expect(page.locator("#end-cancel")).to_be_focused()  # Enter by accident must end nothing
    if way_out == "Escape":
        page.keyboard.press(way_out)
    else:
        page.click(way_out)
    expect(dialog).to_be_hidden()
    expect(page.locator("#end")).to_be_focused()
    page.click("#submit")
    expect_question(page, 4)
    assert stored_answers(site.data_dir, session_id) == [STRONG, STRONG, TYPED]


def test_ending_early_with_answers_leads_to_a_report_that_says_so(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site, answers=2)
    open_interview(page, site, session_id)
    page.click("#end")
    page.click("#end-confirm")
    expect(page.locator("#report-screen h1")).to_be_focused()
    expect(page.locator("#report-screen")).to_contain_text(
        "The interview was ended early, with 2 of 5 questions answered"
    )
    report = stored_report(site, session_id)
    assert (report["completion_method"], report["completed_questions"]) == ("manually_ended", 2)
    expect_report(page, report)


def test_ending_early_without_answers_says_that_there_is_no_report(page: Page, site: ServerProcess) -> None:
    open_interview(page, site, begin_interview(site))
    page.click("#end")
    expect(page.locator("#end-dialog")).to_contain_text("the interview will end without a report")
    page.click("#end-confirm")
    expect(page.get_by_role("heading", level=1)).to_have_text("This interview was ended without an answer.")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("main")).to_contain_text("there is no report")


def end(page: Page) -> None:
    page.click("#end")
    page.click("#end-confirm")


@pytest.mark.parametrize("answers", [0, 1], ids=["without a report", "with a report"])
def test_ending_early_saves_what_was_typed_last(page: Page, site: ServerProcess, answers: int) -> None:
    session_id = begin_interview(site, answers)
    open_interview(page, site, session_id)
    page.fill("#answer", TYPED)
    end(page)  # sooner than a draft is saved by itself
    expect(page.locator("#question-screen")).to_be_hidden()
    assert view(page, site)["draft"] == TYPED
    expect(page.locator("#kept")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage)") == ["candor:answering"]  # see TYPES: no draft is left


def test_ending_early_saves_code_that_was_typed_last(page: Page, site: ServerProcess) -> None:
    session_id = begin_coding(site)
    open_interview(page, site, session_id)
    page.fill("#code", CODE)
    end(page)
    expect(page.locator("#question-screen")).to_be_hidden()
    record = view(page, site)
    assert (record["draft_code"], record["draft_code_language"]) == (CODE, "Python")


def test_ending_early_waits_for_a_draft_that_is_not_delivered(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site, answers=1)
    open_interview(page, site, session_id)
    ended = requests_to(page, "/api/end-interview")
    page.route("**/api/save-draft", lambda route: route.abort(), times=1)
    page.fill("#answer", TYPED)
    end(page)
    expect(page.locator("#again")).to_be_visible()
    assert ended == []
    page.click("#again")
    expect(page.locator("#report-screen")).to_be_visible()
    assert view(page, site)["draft"] == TYPED


@pytest.mark.parametrize("too_long", [True, False], ids=["too long", "refused"])
def test_a_draft_that_cannot_be_saved_stays_here_when_the_interview_is_ended(
    page: Page, site: ServerProcess, too_long: bool
) -> None:
    session_id = begin_interview(site, answers=1)
    open_interview(page, site, session_id)
    text = "x" * 20_001 if too_long else TYPED
    page.route("**/api/save-draft", lambda route: route.fulfill(status=422, json={"title": "Refused", "status": 422}))
    page.fill("#answer", text)
    end(page)
    expect(page.locator("#report-screen")).to_be_visible()
    expect(page.locator(".kept-text")).to_have_value(text)
    page.reload()
    expect(page.locator(".kept-text")).to_have_value(text)
    expect(page.locator("#announcer")).to_have_text("")


def test_kept_text_is_copied_with_a_word_and_discarded_only_after_a_question(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site, answers=1)
    open_interview(page, site, session_id)
    page.fill("#answer", TYPED)
    site.post("/api/end-interview", session_id=session_id)
    page.reload()
    kept = page.locator("#kept")
    expect(kept.locator(".kept-text")).to_have_value(TYPED)
    kept.get_by_role("button", name="Copy").click()
    expect(kept.get_by_role("status")).to_have_text(re.compile("Copied|copy it with Ctrl"))
    kept.get_by_role("button", name="Discard").click()
    expect(kept.get_by_role("status")).to_contain_text("Discard this for good?")
    expect(kept.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(kept.get_by_role("button", name="Discard")).to_be_focused()
    expect(kept.get_by_role("status")).to_have_text("")
    page.keyboard.press("Enter")
    kept.get_by_role("button", name="Discard it").click()
    expect(kept).to_be_hidden()
    page.reload()
    expect(page.locator("#report-screen")).to_be_visible()
    expect(kept).to_be_hidden()


def test_equal_scores_are_not_sold_as_certainty(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site, total_questions=2)
    for _ in range(2):
        site.post("/api/submit-answer", session_id=session_id, answer="I don't know")
    open_interview(page, site, session_id)
    expect(page.locator(".scores")).to_contain_text("Average 0.0. The 2 answers scored alike.")
    expect(page.locator(".scores")).not_to_contain_text("confidence")
    expect(page.locator(".band")).to_have_count(0)
