"""The report as a PDF: it opens, says what the report says, and prints any name."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.pdf.passages import passages
from interviewer.pdf.report import report_pdf
from tests.conftest import STRONG
from tests.test_errors_api import assert_problem

Finish = Callable[..., dict[str, Any]]


def text_of(data: bytes) -> str:
    """The text of all pages, white space evened out."""
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def pdf_of(client: FlaskClient, session_id: str) -> bytes:
    response = client.get(f"/api/interview/{session_id}/report.pdf")
    assert response.status_code == 200, response.text
    assert response.content_type == "application/pdf"
    assert f"report-{session_id}.pdf" in response.headers["Content-Disposition"]
    return bytes(response.data)


def test_the_pdf_says_what_the_report_says(client: FlaskClient, finish: Finish) -> None:
    report = finish(candidate_name="Ada Lovelace", total_questions=2)
    text = text_of(pdf_of(client, report["session_id"]))
    for said in ("Ada Lovelace", f"{report['overall_score']:.1f} of 10", report["hire_recommendation"]):
        assert said in text
    assert " ".join(report["questions_and_answers"][1]["question"].split()) in text
    assert "99th percentile" in text


@pytest.mark.parametrize(
    "name",
    [
        "محمد الأحمدي",
        "王小明",
        "山田太郎",
        "김철수",
        "अर्जुन शर्मा",
        "Ada 🙂",
        "Łukasz Ağaoğlu",
        "שרה",
        "สมชาย",
        "Ж" * 200,
        "W" * 200,
    ],
)
def test_every_name_has_its_letters_in_the_pdf(client: FlaskClient, finish: Finish, name: str) -> None:
    data = pdf_of(client, finish(candidate_name=name, total_questions=1)["session_id"])
    found = "".join(text_of(data).split())
    letters = {letter for letter in name if letter.isalpha()}
    assert sum(letter in found for letter in letters) >= 0.8 * len(letters)  # ligatures are letters of their own
    if len(set(name)) == 1:
        assert found.count(name[0]) >= 200
    assert len(data) < 400_000


def test_marks_and_markup_of_an_answer_are_printed_as_they_are(client: FlaskClient, finish: Finish) -> None:
    answer = STRONG + r" **bold** __x__ --y-- [link](http://example.org) <b>z</b> \**w** ~~v~~"
    data = pdf_of(client, finish(answer=answer, total_questions=1)["session_id"])
    assert r"**bold** __x__ --y-- [link](http://example.org) <b>z</b> \**w** ~~v~~" in text_of(data)
    assert b"/URI" not in data


def test_without_a_report_there_is_no_pdf(client: FlaskClient, begin: Finish) -> None:
    session_id = begin()["session_id"]
    assert_problem(client.get(f"/api/interview/{session_id}/report.pdf"), 409)
    assert_problem(client.get("/api/interview/00000000/report.pdf"), 404)


def test_any_text_makes_a_pdf(finish: Finish) -> None:
    report = finish(total_questions=1)

    @settings(max_examples=5)
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
    def makes_pages(text: str) -> None:
        item = report["questions_and_answers"][0] | {"answer": text, "code_submission": text}
        assert report_pdf(report | {"candidate_name": text, "questions_and_answers": [item]}).startswith(b"%PDF")

    makes_pages()


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_passages_are_the_answer_again(answer: str, quotes: list[str]) -> None:
    assert "".join(piece for piece, _ in passages(answer, quotes)) == answer


def test_quotes_are_found_whatever_their_white_space_and_case() -> None:
    assert passages("I wrote  Pytest\ntests. Then more.", ["wrote pytest tests."]) == [
        ("I ", False),
        ("wrote  Pytest\ntests.", True),
        (" Then more.", False),
    ]
