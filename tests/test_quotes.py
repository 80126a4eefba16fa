"""Whether a quote stands in an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interviewers.llm.quotes import QuotableText

ANSWER = "First I ran  EXPLAIN\nANALYZE on the query, because it’s the planner’s own word – then I added an index."


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("I ran EXPLAIN ANALYZE", "I ran  EXPLAIN\nANALYZE"),
        ("it's the planner's own word - then", "it’s the planner’s own word – then"),
        ("i ran explain analyze on the QUERY,", "I ran  EXPLAIN\nANALYZE on the query"),
        ("“then I added an index.”", "then I added an index"),
        ("First I ran ... because it's the planner's own word", "because it’s the planner’s own word"),
    ],
)
def test_white_space_case_and_quotation_marks_do_not_matter(quote: str, words: str) -> None:
    ((start, end),) = QuotableText(ANSWER).find(quote)
    assert ANSWER[start:end] == words


@pytest.mark.parametrize("quote", ["", "I", "index", "I ran VACUUM", "...", "added index", '"', " "])
def test_words_that_are_not_there_or_show_nothing_are_not_found(quote: str) -> None:
    assert QuotableText(ANSWER).find(quote) == ()


def test_a_script_without_spaces_can_be_quoted() -> None:
    answer = "我先看执行计划，然后加索引。"
    assert QuotableText(answer).find("然后加索引") == ((8, 13),)


@given(st.text(min_size=1, max_size=200), st.data())
def test_any_stretch_of_two_words_or_more_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    for found_start, found_end in QuotableText(text).find(text[start:end]):
        assert 0 <= found_start < found_end <= len(text)


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=3, max_size=30), st.data())
def test_a_stretch_of_words_is_always_found(said: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(said) - 3))
    last = data.draw(st.integers(first + 3, len(said)))
    quote = " ".join(said[first:last])
    text = " ".join(said)
    assert quote in [text[start:end] for start, end in QuotableText(text).find(quote)]
