"""An interview over HTTP: start, answer, draft, end, look, and the repeat rules."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import JOB, STRONG, read_records

Begin = Callable[..., dict[str, Any]]


def answer(client: FlaskClient, session_id: str, text: str = STRONG, **fields: Any) -> Any:
    return client.post("/api/submit-answer", json={"session_id": session_id, "answer": text} | fields)


def test_an_interview_starts_with_a_question_and_its_posting_on_disk(begin: Begin, data_dir: Path) -> None:
    begun = begin(total_questions=3)
    assert (begun["status"], begun["interview_type"], begun["difficulty"]) == ("started", "job", "intermediate")
    assert (begun["question_number"], begun["total_questions"], begun["progress"]) == (1, 3, 0)
    assert begun["question"].endswith(("?", "."))
    assert begun["topics"]
    (posting,) = read_records(data_dir, "job_descriptions")
    assert (posting["session_id"], posting["job_description"]) == (begun["session_id"], JOB)


def test_each_answer_is_scored_and_stored_at_once(client: FlaskClient, begin: Begin, data_dir: Path) -> None:
    begun = begin(total_questions=3)
    reply = answer(client, begun["session_id"]).get_json()
    assert reply["status"] == "next_question"
    assert (reply["question_number"], reply["evaluation"]) == (2, "done")
    assert 0 <= reply["previous_score"] <= 10
    assert set(reply["feedback"]) == {"strengths", "improvements"}
    (stored,) = read_records(data_dir, "answers")
    assert stored["score"] == reply["previous_score"]
    assert (stored["question_number"], stored["question"]) == (1, begun["question"])
    assert (stored["evaluator"], stored["prompt_version"], stored["score_spread"]) == ("builtin", None, None)


def test_the_last_answer_completes_with_the_report_that_is_stored(
    client: FlaskClient, begin: Begin, data_dir: Path
) -> None:
    session_id = begin(total_questions=2)["session_id"]
    answer(client, session_id)
    reply = answer(client, session_id).get_json()
    assert (reply["status"], reply["progress"]) == ("interview_complete", 1)
    assert reply["report"]["completion_method"] == "automatic"
    assert read_records(data_dir, "interviews") == [reply["report"]]
    assert client.get(f"/api/data/interview/{session_id}").get_json() == reply["report"]
    assert not list((data_dir / "in_progress").iterdir())


def test_every_quote_is_the_candidates_own_words(finish: Callable[..., dict[str, Any]]) -> None:
    report = finish(total_questions=5)
    quotes = [
        (point["quote"], item["answer"])
        for item in report["questions_and_answers"]
        for point in item["evidence"]
        if point["covered"]
    ]
    assert quotes
    assert all(quote in given for quote, given in quotes)


def test_the_same_answer_again_gets_the_same_response(client: FlaskClient, begin: Begin) -> None:
    session_id = begin(total_questions=2)["session_id"]
    first = answer(client, session_id, question_number=1)
    assert answer(client, session_id, question_number=1).get_json() == first.get_json()
    last = answer(client, session_id, question_number=2)
    assert last.get_json()["status"] == "interview_complete"
    assert answer(client, session_id, question_number=2).get_json() == last.get_json()
    assert answer(client, session_id, question_number=1).get_json() == first.get_json()


@pytest.mark.parametrize("changed", [{"text": "Other."}, {"code_submission": "x = 1"}, {"code_language": "python"}])
def test_a_different_answer_to_an_answered_question_is_a_conflict(
    client: FlaskClient, begin: Begin, changed: dict[str, Any]
) -> None:
    session_id = begin(total_questions=2)["session_id"]
    answer(client, session_id, question_number=1)
    assert answer(client, session_id, **({"question_number": 1} | changed)).status_code == 409
    answer(client, session_id, question_number=2)
    assert answer(client, session_id, **({"question_number": 1} | changed)).status_code == 409


def test_an_answer_to_a_question_not_asked_yet_is_a_conflict(client: FlaskClient, begin: Begin) -> None:
    assert answer(client, begin()["session_id"], question_number=2).status_code == 409


def test_an_answer_after_the_end_is_a_conflict(client: FlaskClient, begin: Begin) -> None:
    session_id = begin(total_questions=1)["session_id"]
    answer(client, session_id)
    assert answer(client, session_id).status_code == 409


def test_many_requests_at_once_for_one_answer_count_once(client: FlaskClient, begin: Begin, data_dir: Path) -> None:
    session_id = begin(total_questions=3)["session_id"]
    replies: list[Any] = []
    application = client.application

    def send() -> None:
        replies.append(answer(application.test_client(), session_id, question_number=1).get_json())

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 8
    assert all(reply == replies[0] for reply in replies)
    assert len(read_records(data_dir, "answers")) == 1


def test_code_travels_with_the_answer_into_the_record(client: FlaskClient, begin: Begin, data_dir: Path) -> None:
    session_id = begin(total_questions=1)["session_id"]
    answer(client, session_id, code_submission="print(1)", code_language="python")
    (stored,) = read_records(data_dir, "answers")
    assert (stored["code_submission"], stored["code_language"]) == ("print(1)", "python")


def test_ending_by_hand_reports_the_answers_so_far(client: FlaskClient, begin: Begin) -> None:
    session_id = begin(total_questions=5)["session_id"]
    asked = [answer(client, session_id).get_json()["question"] for _ in range(2)]
    ended = client.post("/api/end-interview", json={"session_id": session_id})
    report = ended.get_json()["report"]
    assert (report["completion_method"], report["completed_questions"]) == ("manually_ended", 2)
    assert report["unanswered_question"] == asked[-1]
    assert client.post("/api/end-interview", json={"session_id": session_id}).get_json() == ended.get_json()
    repeated = answer(client, session_id, question_number=2).get_json()
    assert (repeated["status"], repeated["question"], repeated["question_number"]) == ("next_question", asked[-1], 3)


def test_ending_without_an_answer_abandons(client: FlaskClient, begin: Begin, data_dir: Path) -> None:
    session_id = begin()["session_id"]
    for _ in range(2):
        ended = client.post("/api/end-interview", json={"session_id": session_id}).get_json()
        assert ended == {"status": "abandoned", "session_id": session_id, "report": None}
    assert read_records(data_dir, "interviews") == []
    assert client.get(f"/api/interview/{session_id}").get_json()["status"] == "abandoned"
    assert answer(client, session_id).status_code == 409


def test_a_draft_is_kept_and_counted(client: FlaskClient, begin: Begin, data_dir: Path) -> None:
    session_id = begin(total_questions=1)["session_id"]

    def save(text: str, number: int = 1) -> Any:
        body = {"session_id": session_id, "question_number": number, "answer": text}
        return client.post("/api/save-draft", json=body)

    assert save("half").get_json()["revision"] == 1
    again = save("half").get_json()
    assert again["revision"] == 1
    assert datetime.fromisoformat(again["saved_at"]).tzinfo is not None
    assert save("half a thought").get_json()["revision"] == 2
    assert save("x", number=2).status_code == 409
    view = client.get(f"/api/interview/{session_id}").get_json()
    assert (view["draft"], view["revision"]) == ("half a thought", 2)
    assert save("").get_json()["revision"] == 3
    answer(client, session_id)
    assert read_records(data_dir, "answers")[0]["revision_count"] == 3
    assert save("late").status_code == 409


def test_a_loading_page_finds_its_place(client: FlaskClient, begin: Begin) -> None:
    begun = begin(total_questions=2, candidate_name="Ada")
    reply = answer(client, begun["session_id"], "First.").get_json()
    view = client.get(f"/api/interview/{begun['session_id']}").get_json()
    assert (view["status"], view["question_number"], view["question"]) == ("in_progress", 2, reply["question"])
    given = {"question_number": 1, "question": begun["question"], "answer": "First.", "evaluation": "done"}
    given |= {"code_submission": None, "code_language": None, "audio": None}
    assert view["answers"] == [given]
    assert (view["progress"], view["draft"], view["report"], view["candidate_name"]) == (0.5, None, None, "Ada")
    answer(client, begun["session_id"])
    view = client.get(f"/api/interview/{begun['session_id']}").get_json()
    assert (view["status"], view["question"], view["progress"]) == ("completed", None, 1)
    assert view["report"]["session_id"] == begun["session_id"]


def test_a_blank_name_is_candidate(finish: Callable[..., dict[str, Any]]) -> None:
    assert finish(total_questions=1, candidate_name="   ")["candidate_name"] == "Candidate"
    assert finish(total_questions=1, candidate_name=None)["candidate_name"] == "Candidate"


def test_no_question_is_asked_twice_in_the_longest_interview(client: FlaskClient, begin: Begin) -> None:
    begun = begin(total_questions=20)
    asked = [begun["question"]]
    for number in range(1, 20):
        asked.append(answer(client, begun["session_id"], question_number=number).get_json()["question"])
    assert len(set(asked)) == 20


def test_difficulty_goes_up_with_strong_answers_and_down_with_none(
    finish: Callable[..., dict[str, Any]], client: FlaskClient, begin: Begin
) -> None:
    samples = {q.text: q.sample_answer for q in _bank_questions()}
    session_id, levels = begin(total_questions=6)["session_id"], []
    question = client.get(f"/api/interview/{session_id}").get_json()["question"]
    while question:
        reply = answer(client, session_id, samples.get(question) or STRONG).get_json()
        question = reply.get("question")
    levels = [item["difficulty"] for item in reply["report"]["questions_and_answers"]]
    assert "advanced" in levels
    weak = finish("I don't know.", total_questions=6)
    assert "beginner" in [item["difficulty"] for item in weak["questions_and_answers"]]
    assert weak["average_score"] == 0
    assert weak["hire_recommendation"] == "no"


def _bank_questions() -> Any:
    from interviewer.interviewers.builtin.bank import QuestionBank

    return QuestionBank().questions.values()
