"""`flask --app app verify`: names each kind of fault, and changes nothing."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from data_storage import DataStorage
from tests.command_setup import Record, data_in, everything_in, flask, invoke, rewrite
from tests.conftest import JOB, STRONG, read_records, settings_for

NAMES = ("interviews", "answers", "job_descriptions")


def test_a_good_folder_has_no_faults_and_verify_leaves_it_as_it_is(filled: Path) -> None:
    before = everything_in(filled)
    found = flask(filled, "verify")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == "2 interviews, 5 answers, 3 job descriptions, 1 unfinished: nothing wrong\n"
    assert everything_in(filled) == before


def test_verify_mends_nothing(filled: Path) -> None:
    (filled / "answers.json").write_bytes((filled / "answers.json").read_bytes()[:-100])
    (filled / "job_descriptions.json").unlink()
    (filled / "in_progress" / "zzzzzzzz.json").write_text("{")
    before = everything_in(filled)
    found = flask(filled, "verify")
    assert found.returncode == 1
    assert {line.split(":")[0].split(",")[0] for line in found.stdout.splitlines()[:-1]} >= {
        "answers.json",
        "job_descriptions.json",
        "in_progress/zzzzzzzz.json",
    }
    assert everything_in(filled) == before


def put(**fields: Any) -> Callable[[list[Record]], object]:
    """A change that sets fields of the first record."""
    return lambda records: records[0].update(fields)


def in_answer(**fields: Any) -> Callable[[list[Record]], object]:
    """A change that sets fields of the first answer in the first record."""
    return lambda records: records[0]["questions_and_answers"][0].update(fields)


def later(name: str) -> Callable[[list[Record]], object]:
    """A change that moves a time of the first record by a day."""

    def move(records: list[Record]) -> None:
        records[0][name] = (datetime.fromisoformat(records[0][name]) + timedelta(days=1)).isoformat()

    return move


FAULTS = [
    ("interviews", put(completed_questions=1), "completed_questions disagree"),
    ("interviews", put(total_questions=3), "automatic, but not every question"),
    ("interviews", put(total_questions=1, completion_method="manually_ended"), "more than total_questions"),
    ("interviews", put(individual_scores=[9.0, 11]), "individual_scores are not numbers"),
    ("interviews", put(individual_scores=[]), "no scored answer"),
    ("interviews", put(individual_scores=[0.1, 0.2]), "not those of the answers"),
    ("interviews", put(average_score=0.3), "average_score is not the mean"),
    ("interviews", put(average_score="8"), "average_score is no number"),
    ("interviews", put(overall_score=0.3), "overall_score is not the weighted mean"),
    ("interviews", put(overall_score=True), "overall_score is no number"),
    ("interviews", put(overall_score=None), "overall_score is null"),
    ("interviews", put(score_interval=[0.0, 0.1]), "score_interval is not that"),
    ("interviews", put(hire_recommendation="sure"), "hire_recommendation does not follow"),
    ("interviews", put(status="in_progress"), "status is not completed"),
    ("interviews", put(completion_method="given up"), "completion_method is none of"),
    ("interviews", put(questions_and_answers="none"), "no list of objects"),
    ("interviews", put(duration=10**6), "duration is not the time"),
    ("interviews", put(duration="5"), "duration is no number"),
    ("interviews", put(ended_at="2026-01-02T03:04:05"), "ended_at is no time with offset"),
    ("interviews", put(created_at="yesterday"), "created_at is no time with offset"),
    ("interviews", later("started_at"), "are not in order"),
    ("interviews", later("timestamp"), "timestamp is not ended_at"),
    ("interviews", put(session_id="Ada Lovelace"), "record 1: session_id is not 8 characters"),
    ("interviews", lambda records: records.append(records[0]), "the interview is there twice"),
    ("interviews", in_answer(score=None), "answer 1: score is no number"),
    ("interviews", in_answer(question_number=2), "do not rise"),
    ("interviews", in_answer(question_number=0), "answer 1: question_number is no whole number"),
    ("interviews", in_answer(rubric={"communication": 12}), "answer 1: rubric does not hold numbers"),
    ("answers", put(score=10.5), "score is no number from 0 to 10"),
    ("answers", put(score=0.1), "question 1 has another score in answers.json"),
    ("answers", put(question_number="1"), "question_number is no whole number"),
    ("answers", put(timestamp="12:00"), "timestamp is no time with offset"),
    ("answers", put(rubric={"communication": "good"}), "rubric does not hold numbers"),
    ("answers", put(session_id="x"), "record 1: session_id is not 8 characters"),
    ("answers", lambda records: records.append(records[0]), "question 1 is there twice"),
    ("answers", lambda records: records.pop(0), "question 1 has no sound record in answers.json"),
    ("job_descriptions", put(job_description=None), "job_description is no text"),
    ("job_descriptions", put(timestamp="2026-01-01"), "timestamp is no time with offset"),
    ("job_descriptions", lambda records: records.append(records[0]), "the interview is there twice"),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a folder with two finished interviews, made once for the table below."""
    folder = tmp_path_factory.mktemp("sound")
    client = create_app(settings_for(folder)).test_client()
    for _ in range(2):
        reply = client.post("/api/start-interview", json={"job_description": JOB, "total_questions": 2}).get_json()
        for _ in range(2):
            client.post("/api/submit-answer", json={"session_id": reply["session_id"], "answer": STRONG})
    return data_in(folder)


@pytest.fixture
def copied(sound: dict[str, bytes], data_dir: Path) -> Path:
    """That folder, to be broken."""
    data_dir.mkdir()
    for name, content in sound.items():
        (data_dir / name).write_bytes(content)
    return data_dir


@pytest.mark.parametrize(("name", "change", "said"), FAULTS, ids=[f"{row[0]}: {row[2]}" for row in FAULTS])
def test_each_kind_of_fault_is_found(
    copied: Path, name: str, change: Callable[[list[Record]], object], said: str
) -> None:
    first = read_records(copied, name)[0]
    rewrite(copied, name, change)
    before = everything_in(copied)
    found = invoke(copied, "verify")
    assert found.exit_code == 1
    assert said in found.stdout
    assert first["session_id"] in found.stdout or "record 1" in found.stdout
    assert "Ada" not in found.stdout
    assert STRONG[:20] not in found.stdout
    assert everything_in(copied) == before


def cut(raw: bytes) -> bytes:
    return raw[:-40]


def spoiled(raw: bytes) -> bytes:
    return raw.replace(b'"session_id"', b'"session\xff_id', 1)


def indented(raw: bytes) -> bytes:
    return json.dumps(json.loads(raw), indent=2).encode()


@pytest.mark.parametrize("damage", [cut, spoiled, indented, lambda raw: b"", lambda raw: raw + b"\0" * 9])
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_named(copied: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    path = copied / f"{name}.json"
    path.write_bytes(damage(path.read_bytes()))
    found = invoke(copied, "verify")
    assert found.exit_code == 1
    assert found.stdout.startswith(f"{name}.json") or f"\n{name}.json" in found.stdout


def test_an_interview_in_progress_under_another_id_is_named(filled: Path) -> None:
    path = next((filled / "in_progress").glob("*.json"))
    path.rename(path.with_name("aaaaaaaa.json"))
    found = invoke(filled, "verify")
    assert "in_progress/aaaaaaaa.json, aaaaaaaa: holds another session_id\n" in found.stdout


def test_what_a_script_saved_with_less_in_it_is_checked_for_what_it_has(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    storage.save_interview_session({"session_id": "scripted", "average_score": 7.0, "individual_scores": [7.0]})
    found = invoke(data_dir, "verify")
    assert found.stdout == "1 interview (1 not held here), 0 answers, 0 job descriptions, 0 unfinished: nothing wrong\n"
    storage.save_interview_session({"session_id": "scripted", "average_score": 6.0, "individual_scores": [7.0]})
    found = invoke(data_dir, "verify")
    assert found.exit_code == 1
    assert "interviews.json, scripted: average_score is not the mean of individual_scores\n" in found.stdout
