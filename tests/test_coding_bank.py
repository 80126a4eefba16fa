"""The coding questions: enough of them, well formed, read aloud well, and their own answers rank as they should."""

import json
from pathlib import Path
from typing import Any

import pytest

from interviewer.errors import BankError
from interviewer.interviewers.builtin.bank import BANK_DIR, QuestionBank
from interviewer.interviewers.builtin.coding.questions import CodingBank, CodingQuestion, read_coding_file
from tests.judged_code import judge_code

BANK = CodingBank()
QUESTIONS = list(BANK.questions.values())

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.item_id)


def test_there_are_enough_questions_topics_and_difficulties() -> None:
    assert len(QUESTIONS) >= 24
    assert len({question.topic for question in QUESTIONS}) >= 6
    assert {question.difficulty for question in QUESTIONS} == {"beginner", "intermediate", "advanced"}
    for file in BANK.files.values():
        assert {question.difficulty for question in file.questions} == {"beginner", "intermediate", "advanced"}


def test_no_id_is_also_one_of_the_other_bank_and_that_one_still_loads() -> None:
    assert not set(BANK.questions) & set(QuestionBank().questions)


@each_question
def test_a_question_is_asked_with_task_signature_and_examples_in_this_order(question: CodingQuestion) -> None:
    asked = question.as_asked()
    assert asked.kind == "coding"
    lines = asked.text.split("\n")
    assert lines[0] == question.text
    assert lines[2].startswith(f"def {question.signature.function}(")
    assert lines[5:] == [f"{example.call} returns {example.result}" for example in question.examples]
    assert BANK.questions[asked.item_id] is question


@each_question
def test_a_question_has_hints_and_key_points_on_what_code_is_judged_by(question: CodingQuestion) -> None:
    asked = question.as_asked()
    assert 2 <= len(asked.hints) <= 3
    assert {"correctness", "complexity", "edge cases"} <= {point.aspect for point in question.key_points}
    assert len(asked.key_points) == len(question.key_points)


@each_question
def test_the_sample_answer_scores_high_and_the_wrong_one_lower(question: CodingQuestion) -> None:
    asked, good, bad = question.as_asked(), question.sample_answer, question.wrong_answer
    sample = judge_code(asked, good.explanation, good.code, "python")
    assert sample.score >= 9
    assert judge_code(asked, bad.explanation, bad.code, "python").score <= 7
    assert judge_code(asked, "", bad.code, "python").score < sample.score - 2


@each_question
def test_the_same_words_score_less_with_the_wrong_code_or_with_none(question: CodingQuestion) -> None:
    asked, good = question.as_asked(), question.sample_answer
    sample = judge_code(asked, good.explanation, good.code, "python").score
    assert judge_code(asked, good.explanation, question.wrong_answer.code, "python").score <= sample
    assert judge_code(asked, good.explanation, None, None).score <= 5


@each_question
def test_the_sample_code_does_not_look_slower_than_asked(question: CodingQuestion) -> None:
    said = judge_code(question.as_asked(), "", question.sample_answer.code, "python").feedback.improvements
    assert not [sentence for sentence in said if "slower" in sentence]


@each_question
def test_reading_the_hints_back_does_not_score_high(question: CodingQuestion) -> None:
    asked, hints = question.as_asked(), " ".join(question.hints)
    assert judge_code(asked, hints, None, None).score <= 3
    code = question.sample_answer.code
    assert judge_code(asked, hints, code, "python").score <= judge_code(asked, "", code, "python").score + 1.5


@each_question
def test_repeating_the_question_or_the_labels_scores_low(question: CodingQuestion) -> None:
    asked = question.as_asked()
    assert judge_code(asked, asked.text, None, None).score <= 2
    assert judge_code(asked, ". ".join(point.label for point in asked.key_points), None, None).score <= 4


@pytest.fixture
def good_file() -> dict[str, Any]:
    """A copy of a real file, to break."""
    raw: dict[str, Any] = json.loads((BANK_DIR / "coding-strings.json").read_text(encoding="utf-8"))
    return raw


def _with(path: str, value: object) -> Any:
    """Sets questions[1].PATH, dots between the parts."""

    def apply(raw: dict[str, Any]) -> None:
        place: Any = raw["questions"][1]
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        for part in way:
            place = place[part]
        place[last] = value

    return apply


@pytest.mark.parametrize(
    ("break_it", "named"),
    [
        (_with("text", "No end"), "text must end"),
        (_with("hints", ["one"]), "1 hints"),
        (_with("hints.0", "Use counts[x] here."), "looks like code"),
        (_with("examples", []), "0 examples"),
        (_with("examples.0.call", "other(1)"), "does not call"),
        (_with("key_points", []), "0 key points"),
        (_with("key_points.0.seen_in_code", ["a miracle"]), "a miracle"),
        (_with("key_points.0.aspect", "beauty"), "aspect"),
        (_with("target", "fast"), "target"),
        (_with("difficulty", "conversational"), "difficulty"),
        (_with("sample_answer.explanation", "Too short."), "60 words"),
        (_with("sample_answer.code", "def other(): return 1"), "does not define"),
        (_with("wrong_answer.code", "def longest_stretch(a, b): return 1"), "other parameters"),
        (_with("signature.function", "no name"), "function"),
        (_with("colour", "red"), "colour"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_the_question_and_the_fault(
    tmp_path: Path, good_file: dict[str, Any], break_it: Any, named: str
) -> None:
    break_it(good_file)
    path = tmp_path / "coding-broken.json"
    path.write_text(json.dumps(good_file), encoding="utf-8")
    with pytest.raises(BankError, match=r"coding-broken\.json: question coding-strings-i1") as caught:
        read_coding_file(path)
    assert named in str(caught.value)


def test_two_questions_may_not_share_an_id(tmp_path: Path, good_file: dict[str, Any]) -> None:
    for name in ("coding-one.json", "coding-two.json"):
        (tmp_path / name).write_text(json.dumps(good_file), encoding="utf-8")
    with pytest.raises(BankError, match="share an id"):
        CodingBank(tmp_path)
