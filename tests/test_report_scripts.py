"""Names and answers in every script are readable in the PDF: drawn by a font that has them, and copied in order."""

from typing import NamedTuple

import pytest

from interviewer.pdf.report import report_pdf
from tests.pdf_pages import fonts_of, letters_outside, rightmost, text_of
from tests.report_setup import MARGIN_MM, Report, changed


class Sample(NamedTuple):
    """A name and an answer; the font that draws them; whether PDFium gives each word's letters in their order."""

    name: str
    answer: str
    font: str
    ordered: bool = True


SAMPLES = {
    "Arabic": Sample(
        "محمد الأحمدي", "كتبت خدمة Flask تعالج 2000 طلب في الثانية ثم أضفت Redis وانخفض الزمن", "Cairo", False
    ),
    "Persian and Urdu": Sample("پژواک گل‌محمدی", "ٹھیک ہے شکریہ", "Cairo", False),
    "Hebrew": Sample("שרה כהן", "כתבתי שירות REST עם PostgreSQL וגם Redis", "NotoSansHebrew"),
    "Chinese": Sample("王小明", "我用Flask处理每秒两千个请求，把延迟从900毫秒降到120毫秒。", "NotoSansCJKsc"),
    "Japanese": Sample("山田太郎", "毎秒2000件のリクエストを処理し、Redisキャッシュを追加しました。", "NotoSansCJKjp"),
    "Korean": Sample("김철수", "저는 결제 회사에서 Flask 서비스를 담당했습니다.", "NotoSansCJKkr"),
    "Devanagari": Sample("अर्जुन शर्मा", "क्षत्रिय ज्ञान स्त्री विद्यार्थी राष्ट्र कर्म हिन्दी", "NotoSansDevanagari"),
    "Thai": Sample("สมชาย รักษ์ภูมิ", "ผมดูแลบริการที่รับคำขอต่อวินาที", "NotoSansThai"),
    "Tamil": Sample("தமிழ்ச்செல்வி", "நான் ஒரு சேவையை எழுதினேன்", "NotoSansTamil"),
    "Cyrillic": Sample("Олексій Жуковський", "Я отвечал за сервис на Flask: две тысячи запросов.", "NotoSans"),
    "accents": Sample("Łukasz Ağaoğlu", "Việt Nam tiếng Việt, façade, naïve, Ångström, ñandú", "NotoSans"),
    "combining accents": Sample("Zoe\u0308", "e\u0301te\u0301", "NotoSans"),
    "emoji": Sample("Ada 🙂", "🚀 👍🏽 👩‍👩‍👧‍👦 👩🏽‍💻 🇩🇪 ❤️", "NotoEmoji"),
}
SCRIPTS = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_name_and_an_answer_are_drawn_by_their_font_and_copied_as_written(report: Report, sample: Sample) -> None:
    data = report_pdf(changed(report, {"answer": sample.answer, "evidence": []}, candidate_name=sample.name))
    fonts = {font.name.split("+")[1].split("-")[0] for font in fonts_of(data)}
    assert sample.font in fonts
    assert not fonts - {"NotoSans", sample.font}  # none stands in for a letter here and there
    assert letters_outside(data, MARGIN_MM) == []
    assert len(data) < 300_000
    text = text_of(data)
    if sample.ordered:
        assert "".join(sample.name.split()) in "".join(text.split())
        assert "".join(sample.answer.split()) in "".join(text.split())
    else:
        assert_same_words(sample.name, text)
        assert_same_words(sample.answer, text)


def assert_same_words(written: str, copied: str) -> None:
    """The words in their order, and each of the same letters: PDFium turns around those of an Arabic ligature."""
    wanted, found = ([sorted(word) for word in text.split()] for text in (written, copied))
    assert wanted in [found[place : place + len(wanted)] for place in range(len(found))]


def test_an_answer_from_right_to_left_begins_at_the_right(report: Report) -> None:
    data = report_pdf(changed(report, {"answer": "תודה", "evidence": []}))
    assert abs(rightmost(data, "ת") - MARGIN_MM) < 1
