"""The topics of a technical interview, over HTTP: which there are, and what is asked about each."""

from pathlib import Path

from flask.testing import FlaskClient

from app import create_app
from tests.conftest import STRONG, settings_for
from tests.technical_setup import answer_all, at_a_coding_question, begin, submit, weak_answer


def test_topics_without_coding_questions_get_none(client: FlaskClient) -> None:
    asked, report = answer_all(client, begin(client, "SQL", "Docker", total_questions=6))
    assert {reply["question_kind"] for reply in asked} == {"technical"}
    topics = [item["topic"] for item in report["questions_and_answers"]]
    assert topics == ["SQL", "Docker"] * 3


def test_an_unknown_topic_gets_general_questions_about_it_and_none_twice(client: FlaskClient) -> None:
    begun = begin(client, "Underwater {basket} weaving", total_questions=20)
    asked, report = answer_all(client, begun)
    assert {reply["question_kind"] for reply in asked} == {"technical"}
    assert len({reply["question"] for reply in asked}) == 20
    assert all("Underwater {basket} weaving" in reply["question"] for reply in asked)
    assert not any("posting" in reply["question"] or "this job" in reply["question"] for reply in asked)
    assert report["topics"] == ["Underwater {basket} weaving"]
    assert {item["topic"] for item in report["questions_and_answers"]} == {"Underwater {basket} weaving"}


def test_other_names_of_a_topic_find_its_questions(client: FlaskClient) -> None:
    for name, topic in (("postgres", "PostgreSQL"), ("react", "React"), ("Advanced SQL tuning", "SQL")):
        _, report = answer_all(client, begin(client, name, total_questions=2))
        assert {item["topic"] for item in report["questions_and_answers"]} == {topic}
    assert at_a_coding_question(client)["question_kind"] == begin(client, "two pointers")["question_kind"]


def test_the_same_topics_get_the_same_questions_whatever_came_before(tmp_path: Path) -> None:
    def questions(name: str, *, before: int) -> list[str]:
        client = create_app(settings_for(tmp_path / name)).test_client()
        for _ in range(before):
            answer_all(client, begin(client, "Python", total_questions=4))
            answer_all(client, begin(client, "Redis", "Python", total_questions=4), weak_answer)
        return [reply["question"] for reply in answer_all(client, begin(client, "python", total_questions=6))[0]]

    assert questions("fresh", before=0) == questions("used", before=3)


def test_duplicate_topics_count_once_and_come_as_the_bank_spells_them(client: FlaskClient) -> None:
    assert begin(client, "sql", " SQL ", "rust", "Rust", "Sql")["topics"] == ["SQL", "rust"]


def test_the_topics_of_the_bank_are_listed_by_name(client: FlaskClient) -> None:
    response = client.get("/api/topics")
    assert response.status_code == 200
    topics = response.get_json()["topics"]
    names = [topic["topic"] for topic in topics]
    assert names == sorted(names, key=str.casefold)
    assert len(set(names)) == len(names)
    counts = {topic["topic"]: (topic["questions"], topic["coding_questions"]) for topic in topics}
    assert counts["SQL"][0] >= 6
    assert counts["SQL"][1] == 0
    assert counts["Arrays"][0] == 0
    assert counts["Arrays"][1] >= 3
    assert counts["Python"][0] >= 6
    assert counts["Python"][1] >= 24
    assert "Behavioral" not in names
    assert client.get("/api/topics?q=x").status_code == 422


def test_every_listed_topic_can_be_chosen_and_asks_what_it_lists(client: FlaskClient) -> None:
    for topic in client.get("/api/topics").get_json()["topics"]:
        begun = begin(client, topic["topic"], total_questions=1)
        assert begun["topics"] == [topic["topic"]]
        assert begun["question_kind"] == ("technical" if topic["questions"] else "coding")


def test_the_listing_finds_it_by_type_and_topic(client: FlaskClient) -> None:
    begun = begin(client, "Redis", total_questions=1)
    client.post("/api/start-interview", json={"job_description": "Nurse."})
    query = {"status": "all", "interview_type": "technical", "q": "redis"}
    for _ in range(2):
        found = client.get("/api/data/interviews", query_string=query).get_json()["interviews"]
        assert [item["session_id"] for item in found] == [begun["session_id"]]
        submit(client, begun["session_id"], answer=STRONG)
