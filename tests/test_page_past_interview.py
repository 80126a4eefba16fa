"""The page of one past interview in a real browser: what it shows of whom, and deleting."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import begin_interview
from tests.conftest import STRONG, StartServer, read_records
from tests.llm_setup import llm_environment
from tests.past_setup import archive, finished, names, open_list
from tests.server_process import ServerProcess
from tests.stand_in_llm import StandIn

HOSTILE = "<img src=x onerror=alert(1)>\"'&amp;</script>{{7*7}}"


TURNING = "\u202egnp.exe\u2066"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that control has the focus; each on the way shows it, of a date also its parts."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_an_interview_is_found_opened_and_deleted_by_keyboard_alone(page: Page, site: ServerProcess) -> None:
    session_id = finished(site, "Amara Found-Me Okafor")
    finished(site, "Somebody Else")
    open_list(page, site)
    tab_to(page, "#q")
    page.keyboard.type("found-me")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("1 interview")
    expect(names(page)).to_have_text(["Amara Found-Me Okafor"])
    tab_to(page, "tbody a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/interviews/{session_id}")
    report = site.get(f"/api/data/interview/{session_id}").json()
    expect(page.locator("h1")).to_have_text("Amara Found-Me Okafor")
    expect(page.locator(".overall-number")).to_have_text(f"{report['overall_score']:.1f}")
    expect(page.locator(".answer-text")).to_contain_text(STRONG[:60])
    expect(page.locator("mark")).not_to_have_count(0)
    tab_to(page, "#delete")
    page.keyboard.press("Enter")
    expect(page.locator("#delete-title")).to_have_text("Delete the interview of Amara Found-Me Okafor?")
    expect(page.locator("#delete-cancel")).to_be_focused()  # Enter by accident must delete nothing
    page.keyboard.press("Tab")
    expect(page.locator("#delete-confirm")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/interviews?q=found-me")
    expect(page.locator("#deleted")).to_contain_text(f"{session_id} was deleted")
    expect(page.locator("#count")).to_have_text("No interview matches.")
    assert site.get(f"/api/data/interview/{session_id}").status_code == 404
    for name in ("interviews", "answers", "job_descriptions"):
        assert session_id not in [record["session_id"] for record in read_records(site.data_dir, name)]
    page.reload()
    expect(page.locator("#deleted")).to_be_hidden()


@pytest.mark.parametrize("way_out", ["#delete-cancel", "Escape"])
def test_the_delete_dialog_lets_one_keep_the_interview(page: Page, site: ServerProcess, way_out: str) -> None:
    session_id = finished(site, "Kept")
    page.goto(f"{site.url}/interviews/{session_id}")
    page.click("#delete")
    if way_out == "Escape":
        page.keyboard.press(way_out)
    else:
        page.click(way_out)
    expect(page.locator("#delete-dialog")).to_be_hidden()
    expect(page.locator("#delete")).to_be_focused()
    assert site.get(f"/api/data/interview/{session_id}").status_code == 200


def test_a_deletion_that_fails_says_so_and_can_be_tried_again(page: Page, site: ServerProcess) -> None:
    session_id = finished(site, "Stubborn")
    page.goto(f"{site.url}/interviews/{session_id}")
    page.click("#delete")
    page.route("**/api/data/interview/*", lambda route: route.abort(), times=1)
    page.click("#delete-confirm")
    expect(page.locator("#delete-error")).to_contain_text("The server cannot be reached.")
    page.click("#delete-confirm")
    expect(page.locator("#deleted")).to_contain_text(session_id)


def test_an_interview_in_progress_shows_what_is_known_and_can_be_deleted(page: Page, site: ServerProcess) -> None:
    session_id = begin_interview(site, answers=1, candidate_name="Half Way")
    draft = "A thought that is not finished"
    site.post("/api/save-draft", session_id=session_id, question_number=2, answer=draft)
    page.goto(f"{site.url}/interviews/{session_id}")
    expect(page.locator(".lead")).to_have_text("It is in progress, with 1 of 5 questions answered.")
    expect(page.locator(".past-average")).to_contain_text("from 1 scored answer")
    expect(page.locator(".answer-text").first).to_contain_text(STRONG[:60])
    expect(page.locator("#content")).to_contain_text(draft)
    site.post("/api/submit-answer", session_id=session_id, answer=STRONG, question_number=2)
    page.click("text=Look again")
    expect(page.locator(".lead")).to_contain_text("2 of 5")
    page.click("#delete")
    page.click("#delete-confirm")
    expect(page.locator("#deleted")).to_be_visible()
    assert site.get(f"/api/interview/{session_id}").status_code == 404


def test_an_answer_without_a_score_says_why(page: Page, serve: StartServer, stand_in: StandIn) -> None:
    server = serve(**llm_environment(stand_in))
    stand_in.behave("no_evidence_high", only=("evaluation",))
    session_id = begin_interview(server, answers=2, total_questions=2, candidate_name="Waiting")
    open_list(page, server)
    expect(page.locator(".past-status")).to_have_text("Awaiting scores")
    names(page).click()
    expect(page.locator(".lead")).to_contain_text("It is over, with 2 of 2 questions answered.")
    expect(page.locator(".qa-score")).to_have_text(["Not scored", "Not scored"])
    known = server.get(f"/api/data/interview/{session_id}/progress").json()
    assert [answer["evaluation"] for answer in known["answers"]] == ["pending", "pending"]
    for number, answer in enumerate(known["answers"]):
        words = {"no evidence": "the language model gave no evidence for its rating.", None: "waits for its evaluation"}
        expect(page.locator(".past-pending").nth(number)).to_contain_text(words[answer["reason"]])


def test_hostile_names_and_answers_are_shown_as_text(page: Page, site: ServerProcess) -> None:
    answer = f"{HOSTILE} {STRONG}"
    fields: dict[str, Any] = {"candidate_name": f"hostile {HOSTILE}", "job_description": f"{HOSTILE} Python developer"}
    done = begin_interview(site, total_questions=2, **fields)
    live = begin_interview(site, total_questions=2, **(fields | {"candidate_name": f"hostile {HOSTILE} {TURNING}"}))
    for session_id in (done, live):
        site.post("/api/submit-answer", session_id=session_id, answer=answer, code_submission=f"x = '{HOSTILE}'")
    site.post("/api/end-interview", session_id=done)
    open_list(page, site, "?q=hostile")
    expect(names(page)).to_have_text([f"hostile {HOSTILE}", f"hostile {HOSTILE} {TURNING}"])
    for session_id, name in ((done, f"hostile {HOSTILE}"), (live, f"hostile {HOSTILE} {TURNING}")):
        page.goto(f"{site.url}/interviews/{session_id}")
        expect(page.locator("h1")).to_have_text(name)
        expect(page.locator(".answer-text").first).to_contain_text(HOSTILE)
        expect(page.locator("pre.code")).to_contain_text(HOSTILE)
        page.click(".past-posting summary")
        expect(page.locator(".past-posting p")).to_contain_text(HOSTILE)
        page.click("#delete")
        expect(page.locator("#delete-title")).to_contain_text(HOSTILE)
        expect(page.locator("main img, main script, dialog img")).to_have_count(0)


def test_records_with_less_in_them_are_shown(page: Page, serve: StartServer, data_dir: Path) -> None:
    archive(
        data_dir,
        {"session_id": "barebone"},
        {"session_id": "oddthing", "candidate_name": 5, "timestamp": "soon", "questions_and_answers": [{}]},
        {
            "session_id": "olderone",
            "candidate_name": "Older",
            "questions_and_answers": [
                {"question": "Why?", "answer": "Because.", "score": None, "feedback": "Good enough."}
            ],
            "summary": None,
            "strengths": "none",
            "hire_recommendation": "constructor",
        },
    )
    server = serve()
    open_list(page, server)
    expect(names(page)).to_have_count(3)
    for session_id, name in (("barebone", "without a name"), ("oddthing", "without a name"), ("olderone", "Older")):
        page.goto(f"{server.url}/interviews/{session_id}")
        expect(page.locator("h1")).to_contain_text(name)
        expect(page.locator(".facts")).to_contain_text(session_id)
    expect(page.locator(".qa")).to_contain_text("Good enough.")
    expect(page.locator(".qa-score")).to_have_text("Not scored")
