"""DataStorage through its public names, on real files."""

import json
import math
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_storage import DataStorage
from interviewer.storage.array_format import recover_records
from tests.conftest import ROOT, read_records

Damage = Callable[[bytes], bytes]
FILES = ("job_descriptions", "answers", "interviews")


def interview(session_id: str, **fields: object) -> dict[str, object]:
    scores = {"average_score": 7.0, "overall_score": 7.2, "individual_scores": [7.0]}
    return {"session_id": session_id, "total_questions": 1, "completed_questions": 1} | scores | fields


def lines(data_dir: Path, name: str) -> list[str]:
    return (data_dir / f"{name}.json").read_text(encoding="utf-8").split("\n")


def test_all_three_files_exist_from_the_first_start(data_dir: Path) -> None:
    DataStorage(data_dir)
    for name in FILES:
        assert (data_dir / f"{name}.json").read_text() == "[\n]\n"


def test_a_record_stands_on_a_line_of_its_own(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    storage.save_interview_session(interview("aaaaaaaa", note="a\nb\u2028c"))
    storage.save_interview_session(interview("bbbbbbbb"))
    first, *records, last, rest = lines(data_dir, "interviews")
    assert (first, last, rest) == ("[", "]", "")
    assert [json.loads(record.rstrip(","))["session_id"] for record in records] == ["aaaaaaaa", "bbbbbbbb"]


def test_the_folder_is_that_of_the_setting_unless_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "elsewhere"))
    assert DataStorage().get_all_interviews() == []
    assert (tmp_path / "elsewhere" / "interviews.json").exists()
    monkeypatch.delenv("DATA_DIR")
    DataStorage()
    assert (tmp_path / "interview_data" / "answers.json").exists()


def test_saving_an_interview_again_replaces_it(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    for session_id, score in (("aaaaaaaa", 5.0), ("bbbbbbbb", 6.0), ("aaaaaaaa", 9.0)):
        storage.save_interview_session(interview(session_id, average_score=score))
    assert [(i["session_id"], i["average_score"]) for i in storage.get_all_interviews()] == [
        ("aaaaaaaa", 9.0),
        ("bbbbbbbb", 6.0),
    ]


def test_the_same_answer_again_does_nothing(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    for _ in range(2):
        storage.save_answer("aaaaaaaa", "Why?", "Because.", 6.0, question_number=1)
    assert len(read_records(data_dir, "answers")) == 1


def test_an_answer_without_a_number_is_the_sessions_next(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    storage.save_answer("aaaaaaaa", "One?", "1", 6.0)
    storage.save_answer("bbbbbbbb", "One?", "1", 6.0)
    storage.save_answer("aaaaaaaa", "Two?", "2", 6.0)
    found = [(a["session_id"], a["question_number"]) for a in read_records(data_dir, "answers")]
    assert found == [("aaaaaaaa", 1), ("bbbbbbbb", 1), ("aaaaaaaa", 2)]


@pytest.mark.parametrize("score", [-0.1, 10.1, math.nan, math.inf, True, "7", None])
def test_what_is_no_score_is_refused_before_anything_is_written(data_dir: Path, score: float) -> None:
    storage = DataStorage(data_dir)
    with pytest.raises(ValueError, match="score"):
        storage.save_answer("aaaaaaaa", "Why?", "Because.", score)
    with pytest.raises(ValueError, match="individual_scores"):
        storage.save_interview_session(interview("aaaaaaaa", individual_scores=[7.0, score]))
    assert read_records(data_dir, "answers") == read_records(data_dir, "interviews") == []


@pytest.mark.parametrize("number", [0, -1, "1", 1.0, True, 2**40])
def test_what_is_no_question_number_is_refused(data_dir: Path, number: object) -> None:
    with pytest.raises(ValueError, match="question_number"):
        DataStorage(data_dir).save_answer("aaaaaaaa", "Why?", "Because.", 5.0, question_number=number)
    assert read_records(data_dir, "answers") == []


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_text_that_is_no_unicode_is_refused(data_dir: Path, text: str) -> None:
    storage = DataStorage(data_dir)
    with pytest.raises(ValueError, match="JSON"):
        storage.save_answer("aaaaaaaa", "Why?", text, 5.0)
    with pytest.raises(ValueError, match="JSON"):
        storage.save_job_description(text, "aaaaaaaa")
    assert read_records(data_dir, "answers") == []


@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    fields=st.dictionaries(st.sampled_from("abc"), st.text()),
)
def test_what_was_saved_is_what_json_load_reads(
    tmp_path_factory: pytest.TempPathFactory, text: str, fields: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("data")
    try:
        DataStorage(folder).save_answer("aaaaaaaa", text, text, 5.5, **fields)
    except ValueError:
        assert any("\ud800" <= character <= "\udfff" for value in fields.values() for character in value)
        return
    (record,) = read_records(folder, "answers")
    assert (record["question"], record["answer"], record["score"]) == (text, text, 5.5)
    assert {name: record[name] for name in fields} == fields
    assert len(lines(folder, "answers")) == 4


def test_statistics_count_and_average(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    assert storage.get_statistics()["average_score"] is None
    storage.save_interview_session(interview("aaaaaaaa", average_score=6.0, total_questions=5, completed_questions=2))
    storage.save_interview_session(interview("bbbbbbbb", average_score=7.5, total_questions=3, completed_questions=3))
    numbers = storage.get_statistics()
    assert numbers["total_interviews"] == 2
    assert numbers["average_score"] == 6.8
    assert (numbers["total_questions"], numbers["total_answers"]) == (8, 5)


def test_an_interview_is_found_by_its_id(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    storage.save_interview_session(interview("aaaaaaaa"))
    found = storage.get_interview_by_id("aaaaaaaa")
    assert found is not None
    assert found["overall_score"] == 7.2
    assert storage.get_interview_by_id("zzzzzzzz") is None


def test_two_storages_on_one_folder_see_each_others_records(data_dir: Path) -> None:
    one, other = DataStorage(data_dir), DataStorage(data_dir)
    one.save_interview_session(interview("aaaaaaaa"))
    other.save_interview_session(interview("bbbbbbbb"))
    assert len(one.get_all_interviews()) == len(other.get_all_interviews()) == 2


def save_many(folder: Path, prefix: str) -> None:
    storage = DataStorage(folder)
    for number in range(25):
        storage.save_answer(f"{prefix}{number:05}", "Why?", "Because.", 5.0)


def test_many_processes_may_write_at_once(data_dir: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=save_many, args=(data_dir, prefix)) for prefix in ("aaa", "bbb", "ccc")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({a["session_id"] for a in read_records(data_dir, "answers")}) == 75


def test_deleting_removes_the_candidate_from_every_file(data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    for session_id in ("aaaaaaaa", "bbbbbbbb"):
        storage.save_job_description("A job.", session_id)
        storage.save_answer(session_id, "Why?", "Because.", 5.0)
        storage.save_interview_session(interview(session_id))
    assert storage.delete_interview("aaaaaaaa")
    assert not storage.delete_interview("aaaaaaaa")
    for name in FILES:
        assert [record["session_id"] for record in read_records(data_dir, name)] == ["bbbbbbbb"]


def spoil(offset: int, junk: bytes) -> Damage:
    """Overwrites bytes at an offset; a negative one counts from the end."""

    def apply(raw: bytes) -> bytes:
        start = offset % len(raw)
        return raw[:start] + junk + raw[start + len(junk) :]

    return apply


DAMAGES: dict[str, tuple[Damage, list[str]]] = {
    "truncated in the last record": (lambda raw: raw[:-20], ["aaaaaaaa", "bbbbbbbb"]),
    "truncated to nothing": (lambda _: b"", []),
    "bytes overwritten in the first record": (spoil(12, b'"#{['), ["bbbbbbbb", "cccccccc"]),
    "no UTF-8 in the second record": (
        lambda raw: raw.replace(b"bbbbbbbb", b"bbb\xff\xfebbb"),
        ["aaaaaaaa", "cccccccc"],
    ),
    "NUL tail after a power cut": (lambda raw: raw[:-3] + b"\x00" * 512, ["aaaaaaaa", "bbbbbbbb", "cccccccc"]),
    "two arrays": (
        lambda raw: raw + raw.replace(b"aaaaaaaa", b"dddddddd"),
        ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"],
    ),
    "an object": (lambda _: b'{"not": "a list"}', []),
    "no JSON": (lambda _: b"[{broken", []),
}


@pytest.mark.parametrize("copies", [False, True], ids=["no copies", "hidden copies"])
@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_file_is_set_aside_and_its_whole_records_recovered(
    data_dir: Path, kind: str, copies: bool, caplog: pytest.LogCaptureFixture
) -> None:
    damage, readable = DAMAGES[kind]
    for session_id in ("aaaaaaaa", "bbbbbbbb", "cccccccc"):
        DataStorage(data_dir).save_interview_session(interview(session_id))
    for copy in data_dir.glob(".interviews.json.copy*"):
        if not copies:
            copy.unlink()
    path = data_dir / "interviews.json"
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    storage = DataStorage(data_dir)
    storage.save_interview_session(interview("eeeeeeee"))
    # a hidden copy is a turn behind: it has all but the last record, whatever became of the file
    known = sorted({*readable, "aaaaaaaa", "bbbbbbbb"}) if copies else readable
    found = [record["session_id"] for record in read_records(data_dir, "interviews")]
    assert sorted(found[:-1]) == sorted(known)
    assert len(found) == len(set(found))
    assert found[-1] == "eeeeeeee"
    (aside,) = data_dir.glob("interviews.json.damaged-*")
    assert aside.read_bytes() == broken
    assert f"{len(known)} records recovered" in caplog.text


@pytest.mark.parametrize(
    "form",
    [
        lambda raw: json.dumps(json.loads(raw), indent=4).encode(),
        lambda raw: json.dumps(json.loads(raw)).encode(),
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw + b"\n\n",
        lambda raw: raw.decode().encode("utf-16"),
    ],
    ids=["indented", "one line", "CRLF", "BOM", "no newline at the end", "blank lines", "UTF-16"],
)
def test_a_file_saved_by_an_editor_is_brought_back_to_one_record_a_line(
    data_dir: Path, form: Damage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for session_id in ("aaaaaaaa", "bbbbbbbb"):
        DataStorage(data_dir).save_interview_session(interview(session_id, note="é"))
    path = data_dir / "interviews.json"
    before = path.read_bytes()
    path.write_bytes(form(before))
    DataStorage(data_dir)
    assert path.read_bytes() == before
    assert not list(data_dir.glob("*.damaged-*"))
    assert "brought back" in caplog.text


def test_what_an_editor_took_out_of_a_valid_file_stays_out(data_dir: Path) -> None:
    for session_id in ("aaaaaaaa", "bbbbbbbb", "cccccccc"):
        DataStorage(data_dir).save_interview_session(interview(session_id))
    path = data_dir / "interviews.json"
    path.write_text(
        json.dumps([record for record in json.loads(path.read_text()) if record["session_id"] != "bbbbbbbb"])
    )
    storage = DataStorage(data_dir)
    assert [record["session_id"] for record in storage.get_all_interviews()] == ["aaaaaaaa", "cccccccc"]
    assert storage.get_interview_by_id("bbbbbbbb") is None
    assert storage.get_statistics()["total_interviews"] == 2


def test_a_file_cut_at_every_byte_of_its_last_records_keeps_every_whole_one(tmp_path: Path) -> None:
    made = tmp_path / "made"
    for number in range(5):
        DataStorage(made).save_interview_session(interview(f"{number:08}", note="x" * 9))
    whole = (made / "interviews.json").read_bytes()
    rows = whole.split(b"\n")[1:-2]
    ends = [
        len(b"[\n") + sum(len(row) + 1 for row in rows[:index]) + len(rows[index].rstrip(b",")) for index in range(5)
    ]
    for cut in range(ends[1], len(whole)):
        folder = tmp_path / f"cut{cut}"
        folder.mkdir()
        (folder / "interviews.json").write_bytes(whole[:cut])
        kept = [record["session_id"] for record in DataStorage(folder).get_all_interviews()]
        assert kept == [f"{index:08}" for index, end in enumerate(ends) if end <= cut]


def test_a_file_deleted_under_a_running_storage_is_restored_from_its_copies(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    storage = DataStorage(data_dir)
    for session_id in ("aaaaaaaa", "bbbbbbbb", "cccccccc"):
        storage.save_interview_session(interview(session_id))
    (data_dir / "interviews.json").unlink()
    storage.save_interview_session(interview("dddddddd"))
    kept = [record["session_id"] for record in read_records(data_dir, "interviews")]
    assert kept == ["aaaaaaaa", "bbbbbbbb", "dddddddd"]  # the copies are a turn behind
    assert "was deleted; 2 records recovered" in caplog.text


def lose_the_last_rename(data_dir: Path, name: str) -> None:
    """What a power cut can leave: the public name is back at the file of a turn ago, the newer one has its hidden name,
    and the note is of the boot before."""
    public, lock = data_dir / f"{name}.json", data_dir / f".{name}.json.lock"
    note = json.loads(lock.read_text())
    (hidden,) = data_dir.glob(f".{name}.json.copy*")
    newer, older = public.stat(), hidden.stat()
    public.rename(data_dir / "moving")
    hidden.rename(public)
    (data_dir / "moving").rename(hidden)
    note["public"] = [older.st_ino, older.st_size, older.st_mtime_ns]
    note["copies"] = {hidden.name[-1]: [newer.st_ino, newer.st_size, newer.st_mtime_ns]}
    lock.write_text(json.dumps(note | {"boot": "an earlier one"}))


def test_after_a_power_cut_the_longer_whole_copy_wins(data_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    ids = ["aaaaaaaa", "bbbbbbbb", "cccccccc"]
    for session_id in ids:
        DataStorage(data_dir).save_interview_session(interview(session_id))
    lose_the_last_rename(data_dir, "interviews")
    assert len(read_records(data_dir, "interviews")) == 2
    storage = DataStorage(data_dir)
    assert [record["session_id"] for record in read_records(data_dir, "interviews")] == ids
    assert "power cut" in caplog.text
    storage.save_interview_session(interview("dddddddd"))
    assert [record["session_id"] for record in storage.get_all_interviews()] == [*ids, "dddddddd"]


def test_after_a_power_cut_a_torn_copy_loses_against_the_whole_file(data_dir: Path) -> None:
    for session_id in ("aaaaaaaa", "bbbbbbbb", "cccccccc"):
        DataStorage(data_dir).save_interview_session(interview(session_id))
    lose_the_last_rename(data_dir, "interviews")
    (hidden,) = data_dir.glob(".interviews.json.copy*")
    hidden.write_bytes(hidden.read_bytes()[:-9] + b"\x00" * 400)
    kept = [record["session_id"] for record in DataStorage(data_dir).get_all_interviews()]
    assert kept == ["aaaaaaaa", "bbbbbbbb"]


def test_a_folder_in_the_place_of_a_file_is_set_aside(data_dir: Path) -> None:
    (data_dir / "answers.json").mkdir(parents=True)
    DataStorage(data_dir).save_answer("aaaaaaaa", "Why?", "Because.", 5.0)
    assert len(read_records(data_dir, "answers")) == 1


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=8), max_size=3), max_size=4), st.data())
def test_recovery_from_a_cut_file_keeps_every_whole_record(fields: list[dict[str, str]], data: st.DataObject) -> None:
    records = [{"session_id": f"{number:08}"} | extra for number, extra in enumerate(fields)]
    records = [record | {"session_id": f"{number:08}"} for number, record in enumerate(records)]
    encoded = [json.dumps(record).encode() for record in records]
    raw = b"[\n" + b",\n".join(encoded) + b"\n]\n"
    cut = data.draw(st.integers(0, len(raw)))
    ends = [2 + sum(len(part) + 2 for part in encoded[:index]) + len(encoded[index]) for index in range(len(encoded))]
    assert recover_records(raw[:cut])[0] == [record for record, end in zip(records, ends, strict=True) if end <= cut]


def test_importing_it_loads_neither_flask_nor_numpy() -> None:
    check = "import sys, data_storage; sys.exit(any(name in sys.modules for name in ('flask', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, env=os.environ).returncode == 0
