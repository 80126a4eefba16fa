"""The report on the page: its charts say the record's numbers in words, its PDF comes, and paper shows all of it."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser import NewPage, begin_interview, open_interview, overflow
from tests.conftest import JOB, STRONG, StartServer
from tests.past_setup import archive, saved
from tests.server_process import ServerProcess
from tests.token_issuer import SECRET, signed
from tests.tokens_setup import bearer

A4_POINTS = (595, 842)
ANSWERS = (
    STRONG,
    "I don't know.",
    "I would add an index, because the planner then reads fewer rows. We did that once.",
)
DIMENSIONS = ("technical_accuracy", "completeness", "communication")


@pytest.fixture(scope="module")
def session_id(site: ServerProcess) -> str:
    """An interview with a strong answer, an empty one and one between."""
    begun = begin_interview(site, total_questions=len(ANSWERS), candidate_name="Amara Okafor")
    for answer in ANSWERS:
        site.post("/api/submit-answer", session_id=begun, answer=answer)
    return begun


@pytest.fixture
def report(page: Page, site: ServerProcess, session_id: str) -> dict[str, Any]:
    """Its record, and the page at it."""
    open_interview(page, site, session_id)
    record: dict[str, Any] = site.get(f"/api/interview/{session_id}").json()["report"]
    return record


def row(page: Page, number: int) -> Locator:
    """The row of a question (from 1) in the chart."""
    return page.locator(".chart tbody tr").nth(number - 1)


def test_the_chart_says_every_score_and_every_coverage_in_words(page: Page, report: dict[str, Any]) -> None:
    items = report["questions_and_answers"]
    assert len({item["score"] for item in items}) > 1
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(1 + len(items) + 1)
    for item in items:
        shown = row(page, item["question_number"])
        covered = [point for point in item["evidence"] if point["covered"]]
        expect(shown.get_by_role("rowheader")).to_contain_text(item["question"][:40])
        expect(shown.get_by_role("cell")).to_have_text(
            [f"{item['score']:.1f}", f"{len(covered)} of {len(item['evidence'])}"]
        )
        drawn = [float(bar.get_attribute("width").rstrip("%")) for bar in shown.locator(".chart-bar").all()]  # type: ignore[union-attr]
        assert drawn == pytest.approx([10 * item["score"]] if item["score"] else [])
        expect(shown.locator(".chart-hit")).to_have_count(len(covered))
        expect(shown.locator(".chart-miss")).to_have_count(len(item["evidence"]) - len(covered))
    low, high = report["score_interval"]
    expect(page.locator(".chart tfoot").get_by_role("cell")).to_have_text(
        [f"{report['average_score']:.1f}", f"{low:.1f} to {high:.1f}, with 95 % confidence"]
    )


def test_the_rubric_chart_says_every_rating_in_words(page: Page, report: dict[str, Any]) -> None:
    for shown, dimension in zip(page.locator(".chart-rubric dd").all(), DIMENSIONS, strict=True):
        ratings = [item["rubric"][dimension] for item in report["questions_and_answers"]]
        each = ", ".join(f"question {number}: {rating:.1f}" for number, rating in enumerate(ratings, start=1))
        expect(shown).to_contain_text(f"Mean of 3 answers; {each}.")
        assert float(shown.locator(".number").inner_text()) == pytest.approx(sum(ratings) / 3, abs=0.051)
        places = shown.locator(".chart-dot").evaluate_all("dots => dots.map(dot => parseFloat(dot.getAttribute('cx')))")
        assert places == pytest.approx([10 * rating for rating in ratings])


def test_a_row_of_the_chart_leads_to_its_question(page: Page, report: dict[str, Any]) -> None:
    del report
    row(page, 3).get_by_role("link").click()
    expect(page.locator("#question-3")).to_be_in_viewport()


def test_a_score_that_is_absent_is_no_bar_and_says_why(page: Page, serve: StartServer, data_dir: Path) -> None:
    item = {"question": "Why?", "answer": "Because.", "rubric": {"communication": 4.0}}
    items = [item | {"score": None, "question_number": 1}, item | {"score": 0.0, "question_number": 2}]
    archive(data_dir, saved(1, questions_and_answers=items, average_score=None))
    page.goto(f"{serve().url}/interviews/stored01")
    expect(row(page, 1)).to_contain_text("Not scored The record holds no score.")
    expect(row(page, 1).locator("svg")).to_have_count(0)
    expect(row(page, 2)).to_contain_text("0.0")
    expect(row(page, 2).locator(".chart-bar")).to_have_count(0)
    expect(row(page, 2)).to_contain_text("None recorded")
    expect(page.locator(".chart tfoot")).to_have_count(0)
    expect(page.locator(".pdf")).to_have_count(0)  # the server makes none of a record with so little in it
    expect(page.locator(".chart-rubric dd").first).to_have_text("Not rated.")


def test_the_pdf_comes_also_after_a_failure_that_is_said(
    page: Page, report: dict[str, Any], tmp_path: Path, session_id: str
) -> None:
    link, fault = page.locator(".pdf").first, page.locator(".pdf-fault").first
    page.route("**/report.pdf", lambda route: route.abort(), times=1)
    link.click()
    expect(fault).to_have_text("There is no PDF. The server cannot be reached. Try again, or print this page.")
    with page.expect_download() as download:
        link.click()
    expect(page.locator(".pdf-said").first).to_have_text(f"Saved as report-{session_id}.pdf")
    expect(fault).to_be_hidden()
    assert download.value.suggested_filename == f"report-{session_id}.pdf"
    download.value.save_as(tmp_path / "report.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "report.pdf"))
    assert report["candidate_name"] in text


def test_where_candidates_sign_in_the_pdf_is_asked_for_with_their_token(serve: StartServer, new_page: NewPage) -> None:
    server, token = serve(JWT_SECRET=SECRET), signed(subject="ada")

    def post(path: str, **body: object) -> Any:
        return requests.post(server.url + path, json=body, headers=bearer(token), timeout=60).json()

    session_id = post("/api/start-interview", job_description=JOB, total_questions=1)["session_id"]
    post("/api/submit-answer", session_id=session_id, answer=STRONG)
    page = new_page()
    page.goto(f"{server.url}/interview/{session_id}#token={token}")
    with page.expect_download() as download:
        page.locator(".pdf").first.click()
    assert download.value.failure() is None


def test_on_paper_nothing_is_left_out(page: Page, report: dict[str, Any], tmp_path: Path) -> None:
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert tuple(round(length) for length in printed[0].get_size()) == A4_POINTS
    text = " ".join("".join(page.get_textpage().get_text_bounded() for page in printed).split())
    said = [report["candidate_name"], "At a glance", "Rubric over all answers", report["session_id"]]
    said += [item["answer"] for item in report["questions_and_answers"] if item["answer"] != STRONG]  # has marks in it
    said += [point for item in report["questions_and_answers"] for point in item["feedback"]["improvements"]]
    said += [f"{item['score']:.1f} of 10" for item in report["questions_and_answers"]]
    without_spaces = "".join(text.split())
    assert [words for words in said if "".join(words.split()) not in without_spaces] == []
    assert "DownloadPDF" not in without_spaces


def test_at_320_pixels_nothing_is_too_wide(page: Page, report: dict[str, Any]) -> None:
    del report
    page.set_viewport_size({"width": 320, "height": 700})
    assert overflow(page) == 0
    expect(row(page, 1).locator(".chart-bar")).to_be_visible()
