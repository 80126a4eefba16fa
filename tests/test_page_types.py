"""Technical and resume interviews in a real browser, from the choice of the type to the report."""

import re

from playwright.sync_api import Page, expect

from tests.browser import choose_type, chosen_topics, drop_files, expect_question, tab_to, upload_resume, view
from tests.conftest import STRONG
from tests.resume_files import RESUME, pdf
from tests.server_process import ServerProcess
from tests.test_page_input import HOSTILE, OVERRIDE, expect_only_text

TYPED = "One walk over the list is enough."


def test_a_technical_interview_by_keyboard_alone_with_code_a_hint_and_a_reload(page: Page, site: ServerProcess) -> None:
    page.goto(site.url)
    tab_to(page, "[name=interview_type]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[value=technical]")).to_be_checked()
    tab_to(page, "#topics")
    page.keyboard.type("arra")
    expect(page.locator("[role=option]", has_text="Arrays")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#topics")).to_have_attribute("aria-activedescendant", re.compile("option"))
    page.keyboard.press("Enter")
    page.keyboard.type("Strings, python")
    page.keyboard.press("Enter")
    assert chosen_topics(page) == ["Arrays", "Strings", "python"]
    tab_to(page, "#total_questions")
    page.keyboard.type("3")
    tab_to(page, "#start")
    page.keyboard.press("Enter")
    code_seen, hints_taken = [], 0
    for number in (1, 2, 3):
        expect_question(page, number, 3)
        kind = view(page, site)["question_kind"]
        if kind == "coding":
            tab_to(page, "#hint")
            page.keyboard.press("Enter")
            expect(page.locator("#hint-list li")).to_have_count(1)
            hints_taken += 1
        tab_to(page, "#answer")
        page.keyboard.type(TYPED)
        if kind == "coding":
            tab_to(page, "#code")
            page.keyboard.type("def walk(values):")
            page.keyboard.press("Enter")
            page.keyboard.type("return max(values)")
            code_seen.append("def walk(values):\n    return max(values)")
            page.reload()
            expect(page.locator("#code")).to_have_value(code_seen[-1])
            expect(page.locator("#hint-list li")).to_have_count(1)
            tab_to(page, "#code")
        page.keyboard.press("Control+Enter")
    expect(page.locator("#report-screen h1")).to_be_focused()
    assert code_seen
    assert page.locator(".qa .answer-box pre.code").all_inner_texts() == code_seen
    assert page.locator(".qa-meta", has_text=re.compile("1 hint")).count() == hints_taken
    report = view(page, site)["report"]
    assert [item["code_submission"] for item in report["questions_and_answers"] if item["code_submission"]] == code_seen
    assert {item["code_language"] for item in report["questions_and_answers"] if item["code_submission"]} == {"Python"}


def test_a_resume_interview_from_an_uploaded_pdf_to_the_report(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "resume")
    upload_resume(page, pdf(), "ada.pdf")
    expect(page.locator("#resume-state")).to_have_text("Read from ada.pdf, 1 page. Please check the text below.")
    expect(page.locator("#resume_text")).to_have_value(re.compile("Northbank Payments"))
    expect(page.locator("#resume-topics-list")).to_contain_text("Python")
    expect(page.locator("#difficulty-choice")).to_be_hidden()
    page.fill("#total_questions", "2")
    page.click("#start")
    for number in (1, 2):
        expect_question(page, number, 2)
        expect(page.locator("#code")).to_be_hidden()
        page.fill("#answer", STRONG)
        page.reload()
        expect(page.locator("#answer")).to_have_value(STRONG)
        page.click("#submit")
    expect(page.locator("#report-screen h1")).to_be_focused()
    report = view(page, site)["report"]
    assert (report["interview_type"], report["difficulty"]) == ("resume", "conversational")
    expect(page.locator(".facts")).not_to_contain_text("Started at")


def test_hostile_text_in_every_field_of_a_technical_interview_is_text(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "technical")
    topic = HOSTILE.replace(OVERRIDE, "")
    for text in (topic, "Arrays"):
        page.fill("#topics", text)
        page.press("#topics", "Enter")
    page.fill("#candidate_name", HOSTILE)
    page.fill("#total_questions", "3")
    expect_only_text(page)
    assert chosen_topics(page) == [topic, "Arrays"]
    page.click("#start")
    for number in (1, 2, 3):
        expect_question(page, number, 3)
        page.fill("#answer", HOSTILE)
        page.evaluate("document.querySelector('#code-part').open = true")
        page.fill("#code", HOSTILE)
        expect_only_text(page)
        page.click("#submit")
    expect(page.locator("#report-screen h1")).to_be_focused()
    expect_only_text(page)
    assert page.locator(".answer-box pre.code").all_inner_texts() == [HOSTILE] * 3
    expect(page.locator(".report-for bdi")).to_have_text(HOSTILE)


def test_hostile_text_of_a_resume_and_its_file_name_is_text(page: Page, site: ServerProcess) -> None:
    choose_type(page, site, "resume")
    name = "<img src=x onerror=alert(1)>.txt"
    drop_files(page, [name], f"{RESUME}\nSkills\n{HOSTILE}, <b>Python</b>")
    expect(page.locator("#resume-state")).to_contain_text(name)
    expect(page.locator("#resume_text")).to_have_value(re.compile("onerror=alert"))
    expect_only_text(page)
    page.fill("#total_questions", "2")
    page.click("#start")
    for number in (1, 2):
        expect_question(page, number, 2)
        expect_only_text(page)
        page.fill("#answer", HOSTILE)
        page.click("#submit")
    expect(page.locator("#report-screen h1")).to_be_focused()
    expect_only_text(page)
