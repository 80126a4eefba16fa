"""What the PDF's pages are made of: where an answer is quoted, what of a question is code, which way a text reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.pdf.passages import passages
from interviewer.pdf.printable import is_rtl, isolated, printable
from interviewer.pdf.question_text import question_blocks


@given(st.text(max_size=60), st.lists(st.none() | st.text(max_size=8), max_size=4))
def test_passages_are_the_answer_again(answer: str, quotes: list[str | None]) -> None:
    assert "".join(piece.text for piece in passages(answer, quotes)) == answer


def test_quotes_are_found_whatever_their_white_space_and_case() -> None:
    assert passages("I wrote  Pytest\ntests. Then more.", [None, "wrote pytest tests.", "PYTEST"]) == [
        ("I ", False, ()),
        ("wrote  ", True, ()),
        ("Pytest", True, (3,)),
        ("\ntests.", True, (2,)),
        (" Then more.", False, ()),
    ]


@given(st.text(max_size=80))
def test_what_was_made_printable_stays_as_it_is(text: str) -> None:
    once = printable({"a": [text]})
    assert printable(once) == once
    once["a"][0].encode()  # no half of a surrogate pair is left


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("Ada", False),
        ("محمد said", True),
        ("12. שרה", True),
        ("", False),
        (f"{isolated('محمد')} answered", False),
        (f"{isolated('محمد')} שרה", True),
    ],
)
def test_the_first_letter_with_a_direction_decides_how_a_paragraph_reads(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


def test_only_what_could_turn_a_sentence_around_is_isolated() -> None:
    assert isolated("Ada 12") == "Ada 12"
    assert isolated("محمد") == "\u2068محمد\u2069"


def test_signatures_examples_and_fenced_lines_of_a_question_are_code() -> None:
    question = "Write f (fast).\nIt counts.\n\ndef f(a: int) -> int\n\nExamples:\nf(1) returns 2\n"
    question += "```\nany thing\n\nmore\n```\nEnd."
    assert question_blocks(question) == [
        (False, ["Write f (fast).", "It counts."]),
        (True, ["def f(a: int) -> int"]),
        (False, ["Examples:"]),
        (True, ["f(1) returns 2"]),
        (True, ["any thing", "", "more"]),
        (False, ["End."]),
    ]
