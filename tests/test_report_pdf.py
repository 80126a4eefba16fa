"""The report as a PDF says what the report's page says, and is a document as readers and printers want it."""

import pytest
from flask.testing import FlaskClient

from interviewer.pdf.report import report_pdf
from tests.pdf_pages import bookmarks_of, fonts_of, language_of, opened, shapes_of, text_of
from tests.report_setup import Report, changed, path_of

A4_MM = (210, 297)
MARKER, ACCENT = "#ffe072", "#0b5748"


def one_line(text: str) -> str:
    return " ".join(text.split())


# What it says.
def test_the_pdf_says_what_the_report_says(reader: FlaskClient, report: Report) -> None:
    text = text_of(reader.get(path_of(report["session_id"])).data)
    low, high = report["score_interval"]
    said = [
        *("Set-Cookie: a=b", f"{report['overall_score']:.1f} of 10", f"Average {report['average_score']:.1f}."),
        *(report["session_id"], f"between {low:.1f} and {high:.1f}, with 95 % confidence"),
        *(*report["strengths"], *report["weaknesses"], *report["recommendations"], report["summary"]),
    ]
    for item in report["questions_and_answers"]:
        said += [item["question"].split("\n")[0], f"Question {item['question_number']}: {item['topic']}"]
        said += [*item["feedback"]["strengths"], *item["feedback"]["improvements"]]
        said += [point["key_point"] for point in item["evidence"]]
        said += [f"{rating:.1f}" for rating in item["rubric"].values()]
    for each in said:
        assert one_line(each) in text, each


def test_the_words_that_are_evidence_are_marked(report: Report) -> None:
    first = report["questions_and_answers"][0]
    unmarked = changed(report, {"evidence": [point | {"quote": None} for point in first["evidence"]]})
    assert not [shape for shape in shapes_of(report_pdf(unmarked)) if shape.colour == MARKER and shape.width > 20]
    quoted = [first["evidence"][0] | {"quote": "we used  postgresql", "covered": True}]
    data = report_pdf(changed(report, {"evidence": quoted}))
    marked = sum(shape.width for shape in shapes_of(data) if shape.colour == MARKER and shape.width > 20)
    assert 85 < marked < 105  # "We used PostgreSQL" at 10 points
    assert "We used PostgreSQL1 with proper indexes" in text_of(data)


def test_a_quote_that_the_answer_does_not_hold_is_printed_beside_its_point(report: Report) -> None:
    point = report["questions_and_answers"][0]["evidence"][0]
    data = report_pdf(changed(report, {"evidence": [point | {"quote": "nowhere to be found", "covered": True}]}))
    assert "nowhere to be found" in text_of(data)


@pytest.mark.parametrize("score", [0.0, 2.5, 10.0])
def test_a_score_is_drawn_as_long_as_it_is_high(report: Report, score: float) -> None:
    def bars(rating: float) -> list[float]:
        items = [item | {"score": rating} for item in report["questions_and_answers"]]
        shapes = shapes_of(report_pdf(report | {"questions_and_answers": items}))
        return sorted(shape.width for shape in shapes if shape.colour == ACCENT and abs(shape.height - 6) < 0.1)

    whole = max(set(bars(10.0)) - set(bars(0.0)))
    assert sum(abs(width - whole * score / 10) < 0.2 for width in bars(score)) >= (3 if score else 0)
    assert len(bars(score)) == len(bars(10.0)) - (0 if score else 3)


def test_what_has_no_score_says_so(report: Report) -> None:
    rubric = {"technical_accuracy": None, "completeness": None, "communication": 7.0}
    text = text_of(report_pdf(changed(report, {"rubric": rubric}, score_interval=None, completed_questions=1)))
    assert text.count("not rated") == 2
    assert "One answer is too few to say how certain that is." in text


def test_an_interview_that_was_ended_early_says_so_and_shows_what_was_typed(report: Report) -> None:
    early = {
        "completion_method": "manually_ended",
        "total_questions": 5,
        "questions_and_answers": report["questions_and_answers"][:1],
        "unanswered_question": "What is a lock?",
        "unsent_draft": "It is a",
        "unsent_draft_code": "lock = 1",
    }
    text = text_of(report_pdf(report | early))
    assert "The interview was ended early, with 3 of 5 questions answered" in text
    assert "What is a lock? It is a lock = 1" in text


def test_a_spoken_answer_has_its_delivery_and_what_was_heard(report: Report) -> None:
    audio = {
        "duration": 75.2,
        "words_per_minute": 142.4,
        "filler_words": {"count": 2, "list": ["um", "uh"]},
        "longest_pause": 1.24,
        "model": "tiny.en",
        "transcript": "in my last roll",
        "edited": 0.07,
    }
    text = text_of(report_pdf(changed(report, {"audio": audio, "evidence": []})))
    assert "Spoken in 1 min 15 s · 142 words a minute · 2 filler words (um, uh) · longest pause 1.2 s" in text
    assert "7 % of the words edited after dictation · transcribed by tiny.en. The recording was not kept." in text
    assert "As it was heard in my last roll" in text
    assert "Delivery" not in text_of(report_pdf(changed(report, {"audio": None})))


def test_what_tries_to_steer_the_scorer_is_named(report: Report) -> None:
    assert "asks for a score" in text_of(report_pdf(changed(report, {"flags": ["asks for a score"]})))


def test_code_keeps_its_lines_and_spaces(report: Report) -> None:
    pages = opened(report_pdf(report))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r", "")
    assert "def double(x):\n # keeps its spaces\n return x + x" in text  # PDFium gives one blank for several
    assert any("Mono" in font.name for font in fonts_of(report_pdf(report)))


# The document.
def test_it_is_a_tagged_a4_document_with_title_author_language_bookmarks_and_page_numbers(report: Report) -> None:
    data = report_pdf(report | {"candidate_name": "Łukasz 王"})
    pages = opened(data)
    facts = pages.get_metadata_dict()
    assert facts["Title"] == f"Interview report {report['session_id']}"
    assert facts["Author"] == "Łukasz 王"
    assert language_of(pages) == "en-GB"
    assert {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pages} == {A4_MM}
    topics = [item["topic"] for item in report["questions_and_answers"]]
    assert bookmarks_of(pages) == [
        *("Łukasz 王", "At a glance", "Rubric over all answers", "Question by question"),
        *(f"Question {number}: {topic}" for number, topic in enumerate(topics, 1)),
        "About this report",
    ]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.get_textpage().get_text_bounded()


def test_fonts_are_embedded_as_subsets_and_the_file_is_small(report: Report) -> None:
    data = report_pdf(report | {"candidate_name": "王小明 محمد"})
    fonts = fonts_of(data)
    assert all(font.embedded and font.name[6] == "+" and 0 < font.size < 60_000 for font in fonts), fonts
    assert len(data) < 300_000


def test_the_same_report_gives_the_same_bytes(reader: FlaskClient, report: Report) -> None:
    assert reader.get(path_of(report["session_id"])).data == report_pdf(report)
