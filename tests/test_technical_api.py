"""A technical interview over HTTP: from its start to its report, with hints, difficulty, repeats and restarts."""

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from tests.conftest import JOB, STRONG, read_records, settings_for
from tests.technical_answers import strong_answer
from tests.technical_setup import Reply, answer_all, begin, submit, verify, weak_answer

OLDER = Path(__file__).with_name("live_interview_of_before_types.json")


def test_a_whole_interview_with_code_and_two_hints(client: FlaskClient, data_dir: Path) -> None:
    begun = begin(client, "Python", "SQL", total_questions=6, candidate_name="Ada")
    assert (begun["interview_type"], begun["topics"]) == ("technical", ["Python", "SQL"])
    assert (begun["question_number"], begun["total_questions"], begun["progress"]) == (1, 6, 0)
    for _ in range(2):
        assert client.post("/api/request-hint", json={"session_id": begun["session_id"]}).status_code == 200
    asked, report = answer_all(client, begun)
    assert len({reply["question"] for reply in asked}) == 6
    kinds = [reply["question_kind"] for reply in asked]
    assert set(kinds) == {"technical", "coding"}
    given = report["questions_and_answers"]
    assert [item["question_kind"] for item in given] == kinds
    assert [item["hints_used"] for item in given] == [2, 0, 0, 0, 0, 0]
    assert given[0]["score"] <= 9
    for item in given:
        assert (item["code_language"], item["code_submission"]) == (
            ("python", strong_answer(item["question"])["code_submission"])
            if item["question_kind"] == "coding"
            else (None, None)
        )
        assert all(
            point["quote"] in item["answer"] or point["quote"] in (item["code_submission"] or "")
            for point in item["evidence"]
            if point["covered"]
        )
    assert (report["interview_type"], report["topics"], report["job_description"]) == (
        "technical",
        ["Python", "SQL"],
        "",
    )
    assert report["completion_method"] == "automatic"
    assert "Python and SQL" in report["summary"]
    assert " job " not in report["summary"]
    stored = read_records(data_dir, "answers")
    assert [item["code_submission"] for item in stored] == [item["code_submission"] for item in given]
    assert read_records(data_dir, "interviews") == [report]
    assert read_records(data_dir, "job_descriptions") == []
    found = verify(data_dir)
    assert found.exit_code == 0, found.output


def test_with_a_posting_it_has_its_line_and_the_report_its_role(client: FlaskClient, data_dir: Path) -> None:
    begun = begin(client, "SQL", job_description=JOB, total_questions=1)
    (posting,) = read_records(data_dir, "job_descriptions")
    assert (posting["job_description"], posting["interview_type"]) == (JOB, "technical")
    _, report = answer_all(client, begun)
    assert report["job_description"] == JOB
    assert "Senior Python Developer" in report["summary"]
    assert verify(data_dir).exit_code == 0


def test_a_blank_posting_is_none(client: FlaskClient, data_dir: Path) -> None:
    begin(client, "SQL", job_description=" \n")
    assert read_records(data_dir, "job_descriptions") == []


def test_every_second_or_third_question_asks_for_code(client: FlaskClient) -> None:
    asked, _ = answer_all(client, begin(client, "SQL", "Python", "Docker", total_questions=12))
    coding = [reply["question_number"] for reply in asked if reply["question_kind"] == "coding"]
    assert coding[0] in (2, 3)
    assert {later - earlier for earlier, later in itertools.pairwise(coding)} <= {2, 3}


def test_strong_answers_raise_the_difficulty_and_weak_ones_lower_it(client: FlaskClient) -> None:
    def levels(answer: Callable[[str], Reply], start: str) -> list[str]:
        _, report = answer_all(client, begin(client, "Python", total_questions=5, difficulty=start), answer)
        return [item["difficulty"] for item in report["questions_and_answers"]]

    assert levels(strong_answer, "beginner")[:4] == ["beginner", "intermediate", "advanced", "advanced"]
    assert levels(weak_answer, "advanced")[:4] == ["advanced", "intermediate", "beginner", "beginner"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"topics": []}, "topics"),
        ({"topics": None}, "topics"),
        ({"topics": ["x"] * 21}, "topics"),
        ({"topics": "SQL"}, "topics"),
        ({"topics": [""]}, "topics.0"),
        ({"topics": ["SQL", " \u200b"]}, "topics.1"),
        ({"topics": ["x" * 101]}, "topics.0"),
        ({"topics": ["a\x00b"]}, "topics.0"),
        ({"topics": ["a\ud800"]}, "topics.0"),
        ({"topics": [5]}, "topics.0"),
        ({"resume_text": "I am"}, "resume_text"),
        ({"job_description": "x" * 50_001}, "job_description"),
        ({"interview_type": "job"}, "job_description"),
        ({"interview_type": "job", "job_description": JOB}, "topics"),
        ({"interview_type": "resume", "topics": [], "resume_text": ""}, "resume_text"),
        ({"interview_type": "resume", "topics": [], "resume_text": " \n"}, "resume_text"),
        ({"interview_type": "resume", "topics": [], "resume_text": "x" * 50_001}, "resume_text"),
        ({"interview_type": "resume", "resume_text": "I am"}, "topics"),
        ({"interview_type": "Technical"}, "interview_type"),
        ({"difficulty": "conversational"}, "difficulty"),
    ],
)
def test_a_field_that_does_not_fit_the_type_is_named(client: FlaskClient, fields: Reply, named: str) -> None:
    body = {"interview_type": "technical", "topics": ["SQL"]} | fields
    response = client.post("/api/start-interview", json=body)
    assert response.status_code == 422, response.text
    problem = response.get_json()
    assert named in [error["field"] for error in problem["errors"]]
    assert named in problem["detail"]


def test_a_repeat_after_an_early_end_still_says_the_kind_of_the_open_question(client: FlaskClient) -> None:
    begun = begin(client, "Python")
    first = strong_answer(begun["question"]) | {"question_number": 1}
    reply = submit(client, begun["session_id"], **first).get_json()
    assert reply["question_kind"] == "coding"
    client.post("/api/end-interview", json={"session_id": begun["session_id"]})
    assert submit(client, begun["session_id"], **first).get_json() == reply


def test_a_restart_in_the_middle_loses_nothing(data_dir: Path) -> None:
    client = create_app(settings_for(data_dir)).test_client()
    begun = begin(client, "Graphs", "SQL", total_questions=4)
    session_id = begun["session_id"]
    reply = submit(client, session_id, **strong_answer(begun["question"])).get_json()
    client.post("/api/request-hint", json={"session_id": session_id})
    draft = {
        "question_number": 2,
        "answer": "half",
        "code_submission": "def f():\n\treturn 1",
        "code_language": "python",
    }
    client.post("/api/save-draft", json={"session_id": session_id} | draft)
    before = client.get(f"/api/interview/{session_id}").get_json()
    client = create_app(settings_for(data_dir)).test_client()
    after = client.get(f"/api/interview/{session_id}").get_json()
    assert after | {"server_time": None} == before | {"server_time": None}
    assert (after["question"], after["question_kind"]) == (reply["question"], reply["question_kind"])
    assert (after["draft"], after["draft_code"], after["draft_code_language"]) == (
        "half",
        draft["code_submission"],
        "python",
    )
    assert (len(after["hints"]), after["highest_score"], after["revision"]) == (1, 9.5, 1)
    _, report = answer_all(client, reply | {"session_id": session_id})
    assert report["topics"] == ["Graphs", "SQL"]
    assert len({item["question"] for item in report["questions_and_answers"]}) == 4
    assert verify(data_dir).exit_code == 0


def test_an_interview_begun_by_an_older_version_goes_on(data_dir: Path) -> None:
    live = data_dir / "in_progress" / "92xwpobj.json"
    live.parent.mkdir(parents=True)
    shutil.copy(OLDER, live)
    client = create_app(settings_for(data_dir)).test_client()
    view = client.get("/api/interview/92xwpobj").get_json()
    assert (view["status"], view["interview_type"], view["question_number"]) == ("in_progress", "job", 2)
    assert (view["draft"], view["draft_code"], len(view["answers"])) == ("half", None, 1)
    while (reply := submit(client, "92xwpobj", answer=STRONG).get_json())["status"] == "next_question":
        assert reply["question_kind"]
    assert reply["report"]["completed_questions"] == 3
    assert verify(data_dir).exit_code == 0
