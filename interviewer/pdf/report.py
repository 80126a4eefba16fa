"""The pages of a report: who and how well, the scores drawn, then each answer with its evidence."""

import re
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from interviewer.pdf.fonts import MAIN, choose_fonts
from interviewer.pdf.passages import passages

JsonRecord = dict[str, Any]
Colour = tuple[int, int, int]

INK: Colour = (28, 32, 38)
QUIET: Colour = (95, 102, 112)
ACCENT: Colour = (24, 92, 142)
QUOTED: Colour = (12, 94, 60)
RULE: Colour = (214, 219, 225)
MARGIN = 18.0  # mm, as all lengths
WIDTH = 210 - 2 * MARGIN
BAR_HEIGHT = 5.0
ROOM_FOR_BAR = 9.0
LABEL_WIDTH = 62.0
CODE_CHARS = 20_000
MARK = "\ue000\ue001"  # begins and ends bold text; of the private use area, which no text that comes here has
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff]")


def report_pdf(report: JsonRecord) -> bytes:
    """The PDF of a finished interview's record (design 6.3). Pure: the same record gives the same pages."""
    report = _printable(report)
    with tempfile.TemporaryDirectory() as folder:
        pages = _Pages(report["session_id"])
        choose_fonts(pages, "".join(_texts(report)), Path(folder))
        _write(pages, report)
        return bytes(pages.output())


def _write(pages: "_Pages", report: JsonRecord) -> None:
    pages.set_creation_date(datetime.fromisoformat(report["ended_at"]))
    pages.set_title(f"Interview report {report['session_id']}")
    pages.set_lang("en")
    pages.add_page()
    _summary(pages, report)
    _chart(pages, report["questions_and_answers"])
    for label, name in (("Strengths", "strengths"), ("To work on", "weaknesses"), ("Next steps", "recommendations")):
        _points(pages, label, report[name])
    for item in report["questions_and_answers"]:
        _answer(pages, item)


class _Pages(FPDF):
    """A4 with a line at the foot of each page, and one way to write a paragraph.

    What fpdf2 takes for marks in a text, `**` and the like, are only ours: an answer may hold any of them.
    """

    MARKDOWN_BOLD_MARKER = MARK
    MARKDOWN_ITALICS_MARKER = "\ue002\ue003"
    MARKDOWN_STRIKETHROUGH_MARKER = "\ue004\ue005"
    MARKDOWN_UNDERLINE_MARKER = "\ue006\ue007"
    MARKDOWN_MARKERS = (
        MARKDOWN_BOLD_MARKER,
        MARKDOWN_ITALICS_MARKER,
        MARKDOWN_STRIKETHROUGH_MARKER,
        MARKDOWN_UNDERLINE_MARKER,
    )
    MARKDOWN_ESCAPE_CHARACTER = "\ue008"
    MARKDOWN_LINK_REGEX = re.compile(r"(?!)")  # nothing

    def __init__(self, session_id: str) -> None:
        super().__init__(format="A4")
        self._session_id = session_id
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)

    def footer(self) -> None:
        self.set_y(-MARGIN + 3)
        self.look(8, QUIET)
        self.cell(WIDTH / 2, 4, f"Interview {self._session_id}")
        self.cell(WIDTH / 2, 4, f"Page {self.page_no()}", align="R")

    def look(self, size: float, colour: Colour = INK, *, bold: bool = False) -> None:
        """How the next text looks; `size` in points."""
        self.set_font(MAIN, "B" if bold else "", size)
        self.set_text_color(*colour)

    def paragraph(
        self, text: str, size: float = 10.5, colour: Colour = INK, *, bold: bool = False, after: float = 1.5
    ) -> None:
        """A text over the whole width, broken into lines, with a gap (mm) after it."""
        self.look(size, colour, bold=bold)
        self.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

    def heading(self, text: str) -> None:
        """A heading that stays with what follows it."""
        if self.will_page_break(24):
            self.add_page()
        self.ln(3)
        self.paragraph(text, 13, ACCENT, bold=True)


def _summary(pages: _Pages, report: JsonRecord) -> None:
    pages.paragraph("Interview report", 11, ACCENT, bold=True, after=1)
    pages.paragraph(report["candidate_name"], 20 if len(report["candidate_name"]) <= 60 else 13, bold=True)
    when = datetime.fromisoformat(report["ended_at"]).strftime("%Y-%m-%d %H:%M UTC")
    about = ", ".join(report["topics"])
    pages.paragraph(f"{when} · {report['completed_questions']} of {report['total_questions']} questions", 9.5, QUIET)
    if about:
        pages.paragraph(about, 9.5, QUIET)
    pages.ln(2)
    pages.paragraph(f"{report['overall_score']:.1f} of 10", 26, ACCENT, bold=True, after=1)
    interval = report["score_interval"]
    between = f" · 95 % interval {interval[0]:.1f} to {interval[1]:.1f}" if interval else ""
    pages.paragraph(f"Recommendation: {report['hire_recommendation']}{between} · scored by {report['evaluator']}", 9.5)
    pages.paragraph("A person decides: the scores show what was said, not whether it is true.", 9.5, QUIET)
    pages.paragraph(report["summary"], after=2)


def _chart(pages: _Pages, items: list[JsonRecord]) -> None:
    """A bar a question, on a scale of 0 to 10."""
    pages.heading("Scores")
    width = WIDTH - LABEL_WIDTH - 14
    for item in items:
        if pages.will_page_break(ROOM_FOR_BAR):
            pages.add_page()
        top = pages.get_y()
        pages.look(9)
        label = _fitting(pages, f"{item['question_number']}. {item['topic']}", LABEL_WIDTH - 3)
        pages.cell(LABEL_WIDTH, BAR_HEIGHT, label)
        pages.set_fill_color(*RULE)
        pages.rect(MARGIN + LABEL_WIDTH, top, width, BAR_HEIGHT, style="F", round_corners=True, corner_radius=1.2)
        pages.set_fill_color(*ACCENT)
        filled = width * item["score"] / 10
        if filled > 0:
            corner = min(1.2, filled / 2)
            pages.rect(
                MARGIN + LABEL_WIDTH, top, filled, BAR_HEIGHT, style="F", round_corners=True, corner_radius=corner
            )
        pages.set_xy(MARGIN + LABEL_WIDTH + width + 2, top)
        pages.look(9, bold=True)
        pages.cell(12, BAR_HEIGHT, f"{item['score']:.1f}", align="R")
        pages.set_xy(MARGIN, top + BAR_HEIGHT + 2.5)


def _points(pages: _Pages, label: str, points: list[str]) -> None:
    if points:
        pages.heading(label)
        for point in points:
            pages.paragraph(f"•  {point}", after=0.5)


def _answer(pages: _Pages, item: JsonRecord) -> None:
    pages.heading(f"Question {item['question_number']}: {item['score']:.1f} of 10")
    pages.paragraph(item["question"], bold=True)
    quotes = [evidence["quote"] for evidence in item["evidence"] if evidence["quote"]]
    if item["answer"]:
        _quoted(pages, item["answer"], quotes)
    if item["code_submission"]:
        pages.paragraph("Code", 9.5, QUIET, after=0.5)
        pages.paragraph(item["code_submission"][:CODE_CHARS], 9)
    for evidence in item["evidence"]:
        mark, colour = ("Covered", QUOTED) if evidence["covered"] else ("Not heard", QUIET)
        pages.paragraph(f"{mark}: {evidence['label']}", 9.5, colour, after=0.5)
    feedback = item["feedback"]
    for point in (*feedback["strengths"], *feedback["improvements"]):
        pages.paragraph(f"•  {point}", 9.5, after=0.5)
    if item.get("audio"):
        pages.paragraph(_delivery(item["audio"]), 9, QUIET)


def _quoted(pages: _Pages, answer: str, quotes: list[str]) -> None:
    """The answer, with what the evidence quotes in bold."""
    pages.look(10.5)
    marked = "".join(_bold(text) if is_quoted else text for text, is_quoted in passages(answer, quotes))
    pages.multi_cell(0, 5.3, marked, align="L", markdown=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pages.ln(2)


def _bold(text: str) -> str:
    """The text as fpdf2 marks what is bold; white space at its ends stays outside."""
    inner = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{MARK}{inner}{MARK}{after}" if inner else text


def _delivery(audio: JsonRecord) -> str:
    """How it was said, on one line; it says of itself that it does not count."""
    said = [f"spoken in {audio['duration']:.0f} s"]
    if audio["words_per_minute"] is not None:
        said.append(f"{audio['words_per_minute']:.0f} words a minute")
    if audio["longest_pause"] is not None:
        said.append(f"longest pause {audio['longest_pause']:.1f} s")
    said.append(f"{audio['edited']:.0%} of the words changed by hand")
    return f"Delivery, not part of the score: {', '.join(said)}."


def _fitting(pages: _Pages, text: str, width: float) -> str:
    """As much of a text as fits into `width`, with an ellipsis where it is cut."""
    if pages.get_string_width(text) <= width:
        return text
    while text and pages.get_string_width(text + "…") > width:
        text = text[:-1]
    return text + "…"


def _printable(value: Any) -> Any:
    """The record without control characters in its texts: there is nothing to print for them."""
    if isinstance(value, str):
        return UNPRINTABLE.sub(" ", value.replace("\r\n", "\n").replace("\t", "    "))
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
