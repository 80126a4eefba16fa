"""Whatever a text holds, the PDF prints it as text: nothing in it moves, hides, runs or leaves the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.pdf.report import report_pdf
from tests.pdf_pages import letters_outside, text_of, web_addresses
from tests.report_setup import MARGIN_MM, Report, changed


def test_markup_and_formulas_are_printed_as_they_are(report: Report) -> None:
    texts = [
        r"**b** __x__ --y-- [l](http://example.org) <b>z</b> ~~v~~ 'q' \"q\"",
        '= h *b* _i_ `r` $x^2$ #eval("1") #read("report.typ") @cite <label> \\ // no /* no */ ~ -- ... #',
        "%PDF-1.7 1 0 obj << /JS (app.alert(1)) >> endobj =1+1 {{7*7}} ${7*7}",
    ]
    data = report_pdf(changed(report, {"answer": "\n".join(texts), "evidence": []}, candidate_name=texts[1]))
    text = text_of(data)
    for each in texts:
        assert each in text
    assert web_addresses(data) == 0


def test_controls_of_direction_move_nothing_and_what_cannot_be_printed_is_shown_as_such(report: Report) -> None:
    answer = "pay \u202e0001\u202c now, a\x00b\x1b[31mc\ud800d\ue000e, one\r\ntwo\u2028three"
    text = text_of(report_pdf(changed(report, {"answer": answer, "evidence": []}, candidate_name="A\u202eB\x07")))
    assert "pay 0001 now, a\ufffdb\ufffd[31mc\ufffdd\ufffde, one two three" in text
    assert "AB\ufffd" in text


def test_marks_without_end_do_not_cover_other_lines(report: Report) -> None:
    tower = text_of(report_pdf(changed(report, {"answer": "o" + "\u0301" * 500 + " k", "evidence": []})))
    assert 0 < tower.count("\u0301") <= 9  # PDFium repeats a letter for each glyph that draws it


@pytest.mark.parametrize("letter", ["W", "Ж", "م", "W\u0301", "王", "क्ष", "👩🏽‍💻", "_/"])
def test_words_without_a_blank_stay_within_the_margins(report: Report, letter: str) -> None:
    word = (letter * 200)[:200]
    point = report["questions_and_answers"][0]["evidence"][0] | {"label": word, "quote": word}
    answer = {"answer": word * 3, "question": word, "topic": word, "evidence": [point], "code_submission": word * 2}
    long = changed(report, answer, candidate_name=word, summary=f"{word} did well.", strengths=[word], topics=[word])
    data = report_pdf(long)
    assert letters_outside(data, MARGIN_MM) == []
    if letter.isalpha():
        assert "".join(text_of(data).split()).count(letter * 50) >= 20


def test_any_text_makes_a_pdf(report: Report) -> None:
    @settings(max_examples=20)
    @given(st.text(st.characters(), max_size=200), st.text("َ\u202eWم1王\n🙂\u200d", max_size=80))
    def makes_pages(text: str, other: str) -> None:
        point = report["questions_and_answers"][0]["evidence"][0] | {"quote": other[:5], "label": text[:20]}
        answer = {"answer": text + other, "code_submission": other + text, "question": text, "evidence": [point]}
        assert report_pdf(changed(report, answer, candidate_name=other, summary=text)).startswith(b"%PDF")

    makes_pages()
