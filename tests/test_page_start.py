"""The start page in a real browser: the choice of the type, topics as chips, the resume as a file."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import choose_type, chosen_topics, drop_files, expect_question, show_start, upload_resume, view
from tests.conftest import JOB
from tests.resume_files import RESUME, pdf, scanned_pdf
from tests.server_process import ServerProcess


def test_chips_are_added_removed_and_never_twice_by_keyboard_and_pointer(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    topics = page.locator("#topics")
    topics.press_sequentially("Redis,redis,Own topic,")
    assert chosen_topics(page) == ["Redis", "Own topic"]
    topics.press("Backspace")
    assert chosen_topics(page) == ["Redis"]
    expect(page.locator("#topics-said")).to_have_text("Own topic removed. 1 of 20 topics.")
    topics.press_sequentially("data")
    expect(page.locator("#topics")).to_have_attribute("aria-expanded", "true")
    topics.press("Escape")
    expect(page.locator("#topics-options")).to_be_hidden()
    expect(topics).to_have_value("data")
    topics.press("Escape")
    expect(topics).to_have_value("")
    topics.click()
    page.locator("[role=option]", has_text="Data modeling").click()
    assert chosen_topics(page) == ["Redis", "Data modeling"]
    expect(topics).to_be_focused()
    page.get_by_role("button", name="Remove Redis").click()
    assert chosen_topics(page) == ["Data modeling"]
    expect(topics).to_be_focused()
    expect(page.locator("[role=option]", has_text="Data modeling")).to_have_count(0)


def test_the_arrow_keys_go_round_the_suggestions(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    page.locator("#topics").press_sequentially("data")
    options = page.locator("[role=option]")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    active = page.locator("#topics").get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")


def test_no_more_topics_than_twenty_and_none_too_long(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    page.locator("#topics").press_sequentially("x" * 101 + ",")
    expect(page.locator("#topics-error")).to_have_text("A topic may have up to 100 characters.")
    page.fill("#topics", ",".join(f"topic {number}" for number in range(21)) + ",")
    assert len(chosen_topics(page)) == 20
    expect(page.locator("#topics-error")).to_have_text("There can be up to 20 topics.")
    expect(page.locator("#topics")).to_have_value("topic 20")


def test_a_topic_that_was_typed_and_not_confirmed_counts(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    page.fill("#topics", "Redis")
    page.click("#start")
    expect_question(page, 1, 5)
    assert view(page, site)["topics"] == ["Redis"]


def test_what_the_server_refuses_stands_at_its_field(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    page.fill("#topics", "\ue000")  # nothing that can be read, which only the server finds
    page.click("#start")
    expect(page.locator("#topics-error")).to_be_visible()
    expect(page.locator("#topics")).to_be_focused()
    expect(page.locator("#topics")).to_have_attribute("aria-invalid", "true")
    choose_type(page, site, "resume")
    page.fill("#resume_text", "\u200b")
    page.click("#start")
    expect(page.locator("#resume_text-error")).to_be_visible()
    expect(page.locator("#resume_text")).to_be_focused()


def test_each_type_asks_for_what_it_needs_and_only_that(page: Page, site: ServerProcess) -> None:
    wanted = {"job": "Paste the job posting", "technical": "Choose at least one topic", "resume": "Choose a file above"}
    for interview_type, message in wanted.items():
        choose_type(page, site, interview_type)
        page.click("#start")
        expect(page.locator(".error:visible")).to_have_count(1)
        expect(page.locator(".error:visible")).to_contain_text(message)


def test_choices_survive_a_reload_and_go_to_no_other_type(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    page.fill("#topics", "Redis,Py")
    choose = page.locator(".types label", has_text="Resume")
    choose.click()
    upload_resume(page, pdf())
    expect(page.locator("#resume-topics")).to_be_visible()
    page.reload()
    expect(page.locator("[value=resume]")).to_be_checked()
    expect(page.locator("#resume_text")).to_have_value(re.compile("Northbank Payments"))
    expect(page.locator("#resume-topics-list")).to_contain_text("Python")
    page.locator(".types label", has_text="Technical").click()
    assert chosen_topics(page) == ["Redis"]
    expect(page.locator("#topics")).to_have_value("Py")
    page.locator(".types label", has_text="Job").click()
    page.fill("#job_description", JOB)
    page.click("#start")
    expect_question(page, 1, 5)
    assert view(page, site)["interview_type"] == "job"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 broken", "The PDF is broken"),
        (scanned_pdf(), "The PDF is scanned"),
        (pdf(password="secret"), "The file is encrypted"),
        (b"x" * (10 * 2**20 + 1), "larger than 10 MiB"),
    ],
    ids=["empty", "broken", "scanned", "encrypted", "too large"],
)
def test_a_file_that_cannot_be_read_says_why_and_keeps_the_text(
    page: Page, site: ServerProcess, content: bytes, message: str
) -> None:
    choose_type(page, site, "resume")
    page.fill("#resume_text", RESUME)
    upload_resume(page, content)
    expect(page.locator("#resume_file-error")).to_contain_text(message)
    expect(page.locator("#resume_file")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#resume-again")).to_be_hidden()
    expect(page.locator("#resume_text")).to_have_value(RESUME)
    upload_resume(page, pdf())  # a good one takes the message away
    expect(page.locator("#resume_file-error")).to_be_hidden()
    expect(page.locator("#resume-state")).to_contain_text("Read from")


def busy(route: Route) -> None:
    body = {"title": "Service Unavailable", "status": 503, "detail": "Other files are being read."}
    route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(body))


@pytest.mark.parametrize(
    ("failure", "message"),
    [(Route.abort, "The server cannot be reached."), (busy, "Other files are being read.")],
    ids=["offline", "busy"],
)
def test_a_file_that_does_not_get_through_can_be_tried_again(
    page: Page, site: ServerProcess, failure: Any, message: str
) -> None:
    choose_type(page, site, "resume")
    page.route("**/api/parse-resume", lambda route: failure(route), times=1)
    upload_resume(page, pdf())
    expect(page.locator("#resume_file-error")).to_contain_text(message)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#resume_text")).to_have_value(re.compile("Northbank Payments"))
    expect(page.locator("#resume_file-error")).to_be_hidden()


def test_a_file_can_be_dropped_and_the_text_before_comes_back(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "resume")
    page.fill("#resume_text", "My own words.")
    drop_files(page, ["one.txt", "two.txt"], RESUME)
    expect(page.locator("#resume_file-error")).to_have_text("One file at a time, please.")
    drop_files(page, ["ada.txt"], RESUME)
    expect(page.locator("#resume-state")).to_have_text("Read from ada.txt. Please check the text below.")
    expect(page.locator("#resume_text")).to_have_value(re.compile("Northbank Payments, London"))
    page.get_by_role("button", name="Put back the text from before").click()
    expect(page.locator("#resume_text")).to_have_value("My own words.")
    expect(page.get_by_role("button", name="Put back the text from before")).to_be_hidden()


def test_the_text_before_can_be_put_back_after_a_reload(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "resume")
    page.fill("#resume_text", "My own words.")
    drop_files(page, ["ada.txt"], RESUME)
    back = page.get_by_role("button", name="Put back the text from before")
    expect(back).to_be_visible()
    page.reload()
    back.click()
    expect(page.locator("#resume_text")).to_have_value("My own words.")
    page.reload()
    expect(page.locator("#resume_text")).to_have_value("My own words.")
    expect(back).to_be_hidden()


def test_a_text_that_is_cleared_takes_along_what_was_said_about_its_file(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "resume")
    upload_resume(page, pdf())
    expect(page.locator("#resume-topics")).to_be_visible()
    page.fill("#resume_text", "")
    expect(page.locator("#resume-state")).to_have_text("")
    expect(page.locator("#resume-topics")).to_be_hidden()
    page.reload()
    expect(page.locator("#resume-topics")).to_be_hidden()


def test_tab_leaves_the_topics_for_what_comes_next(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    page.locator("#topics").click()
    expect(page.locator("[role=option]").nth(10)).to_be_attached()  # a list that scrolls
    page.keyboard.press("Tab")
    expect(page.locator("#job_description")).to_be_focused()
    expect(page.locator("#topics-options")).to_be_hidden()


def test_all_that_is_wrong_is_named_at_once_and_a_change_takes_it_away(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    errors = page.locator(".error:visible")
    page.fill("#topics", "x" * 101)
    page.fill("#total_questions", "21")
    page.click("#start")
    expect(errors).to_have_text(["A topic may have up to 100 characters.", "Give a whole number from 1 to 20."])
    expect(page.locator("#topics")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#topics")).to_have_value("")
    expect(page.locator("#topics-error")).to_be_hidden()
    expect(errors).to_have_count(1)
    page.locator(".types label", has_text="Job").click()
    expect(errors).to_have_count(0)
    expect(page.locator("#total_questions")).not_to_have_attribute("aria-invalid", "true")
    page.fill("#total_questions", "5")
    page.fill("#job_description", JOB)
    page.route("**/api/start-interview", lambda route: route.abort())
    page.click("#start")
    expect(page.locator("#form-status")).to_contain_text("cannot be reached")
    page.fill("#candidate_name", "Ada")
    expect(page.locator("#form-status")).to_be_empty()


def test_the_start_page_says_that_drafts_are_stored_where_others_can_read_them(page: Page, site: ServerProcess) -> None:
    show_start(page, site)
    expect(page.locator(".expect")).to_contain_text("what you type and do not submit")
