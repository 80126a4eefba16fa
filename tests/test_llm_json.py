"""Digging the JSON out of what a model wrote."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.llm.reply_json import json_objects

OBJECT = {"score": 7, "why": "it {holds} braces", "points": [{"number": 1}]}


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "```json\n{}\n```",
        "Here is my judgement:\n\n{}\n\nLet me know if you need more.",
        '<think>maybe {{"score": 1}} or {{}}</think>{}',
        "[{}]",
        "Some braces {{ that are none: {}",
        "\ufeff{}",
    ],
)
def test_the_object_is_found_whatever_stands_around_it(around: str) -> None:
    assert next(json_objects(around.format(json.dumps(OBJECT)))) == OBJECT


@pytest.mark.parametrize("text", ["", "no JSON at all", '{"score": 7', '{"score": NaN}', "{" * 50_000, "<think>{}"])
def test_without_a_whole_object_there_is_none(text: str) -> None:
    assert list(json_objects(text)) == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_around_is_survived(before: str, after: str) -> None:
    for found in json_objects(before + json.dumps(OBJECT) + after):
        assert isinstance(found, dict)


@given(st.text(alphabet=st.characters(exclude_characters="{}<>"), max_size=300))
def test_prose_without_braces_hides_nothing(prose: str) -> None:
    assert list(json_objects(prose + json.dumps(OBJECT) + prose)) == [OBJECT]
