"""The question bank: what is in it, and that a broken file is refused with its name and question."""

import json
from pathlib import Path
from typing import Any

import pytest

from interviewer.errors import BankError
from interviewer.interviewers.builtin.bank import BANK_DIR, QuestionBank, read_file

BANK = QuestionBank()


def test_the_bank_is_large_enough_and_covers_every_level() -> None:
    skills = [file for file in BANK.files.values() if file.aliases]
    assert len(skills) >= 14
    for file in skills:
        assert len(file.questions) >= 6
        assert {q.difficulty for q in file.questions} == {"beginner", "intermediate", "advanced"}
    general = [q for q in BANK.questions.values() if q.kind in ("behavioral", "experience")]
    assert len(general) >= 20


def test_no_alias_is_claimed_by_two_skills() -> None:
    claimed = [alias.casefold() for file in BANK.files.values() for alias in file.aliases]
    assert len(claimed) == len(set(claimed))


def test_every_text_is_one_person_could_say() -> None:
    for question in BANK.questions.values():
        assert question.text.strip()[-1] in "?."
        assert len(question.text.split()) <= 60


@pytest.fixture
def good_file() -> dict[str, Any]:
    """A copy of a real file, to break."""
    raw: dict[str, Any] = json.loads((BANK_DIR / "git.json").read_text(encoding="utf-8"))
    return raw


def write(folder: Path, raw: object) -> Path:
    path = folder / "broken.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def breaks(field: str, value: object) -> Any:
    def apply(raw: dict[str, Any]) -> None:
        raw["questions"][2][field] = value

    return apply


def point_breaks(field: str, value: object) -> Any:
    def apply(raw: dict[str, Any]) -> None:
        raw["questions"][2]["key_points"][0][field] = value

    return apply


def copies_a_key_point(raw: dict[str, Any]) -> None:
    question = raw["questions"][2]
    question["sample_answer"] += " " + question["key_points"][0]["text"].upper()


@pytest.mark.parametrize(
    ("break_it", "named"),
    [
        (breaks("text", "No end"), "text must end"),
        (breaks("hints", ["one"]), "1 hints"),
        (breaks("key_points", []), "0 key points"),
        (breaks("sample_answer", "Too short."), "2 words"),
        (breaks("kind", "riddle"), "kind"),
        (breaks("difficulty", "hard"), "difficulty"),
        (breaks("colour", "red"), "colour"),
        (point_breaks("text", "Only words."), "not a full statement"),
        (point_breaks("label", "one"), "2 to 6 words"),
        (point_breaks("weight", 9), "weight"),
        (copies_a_key_point, "5 words in a row"),
    ],
)
def test_a_question_that_breaks_a_rule_is_named(
    tmp_path: Path, good_file: dict[str, Any], break_it: Any, named: str
) -> None:
    name = good_file["questions"][2]["id"]
    break_it(good_file)
    with pytest.raises(BankError) as raised:
        read_file(write(tmp_path, good_file))
    assert "broken.json" in str(raised.value)
    assert name in str(raised.value)
    assert named in str(raised.value)


@pytest.mark.parametrize("raw", ["[]", "{", '{"topic": "X"}', "null", ""])
def test_a_file_that_is_no_bank_file_is_named(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(raw)
    with pytest.raises(BankError, match=r"broken\.json"):
        read_file(path)


def test_two_questions_with_one_id_are_refused(tmp_path: Path, good_file: dict[str, Any]) -> None:
    write(tmp_path, good_file)
    (tmp_path / "other.json").write_text(json.dumps(good_file))
    with pytest.raises(BankError, match="share an id"):
        QuestionBank(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="no question bank"):
        QuestionBank(tmp_path)
