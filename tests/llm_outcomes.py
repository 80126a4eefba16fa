"""What an interview with an LLM leaves behind: all answers scored, or all waiting for a reason, and evaluated later."""

from pathlib import Path

from flask.testing import FlaskClient

from tests.conftest import STRONG
from tests.llm_setup import MODEL, Held, assert_scores_rest_on_evidence, llm_environment, stored, waiting_file
from tests.stand_in_llm import StandIn

ANSWERS = tuple(f"{STRONG} That was case {number} of three." for number in (1, 2, 3))

SCORED: frozenset[str] = frozenset()
UNUSABLE = frozenset({"unusable reply"})
NO_EVIDENCE = frozenset({"no evidence"})
NO_RATING = frozenset({"no rating"})
UNAVAILABLE = frozenset({"unavailable"})


def check_what_is_seen_and_stored(
    client: FlaskClient, data_dir: Path, held: Held, reasons: frozenset[str], answers: tuple[str, ...] = ANSWERS
) -> None:
    """The replies, the files, the page's view and the listing say the same: all scored, or all waiting for a reason."""
    assert held.evaluations == ["pending" if reasons else "done"] * len(answers)
    assert len(held.questions) == len(answers), "the candidate got a question after each answer but the last"
    last = held.replies[-1]
    view = client.get(f"/api/interview/{held.session_id}").get_json()
    assert [item["answer"] for item in view["answers"]] == list(answers)
    assert [item["question"] for item in view["answers"]] == held.questions
    if not reasons:
        check_stored(data_dir, held, answers)
        assert [record["score"] for record in stored(data_dir, "answers", held.session_id)] == held.scores
        assert last["report"] == stored(data_dir, "interviews", held.session_id)[0] == view["report"]
        return
    assert held.scores == [None] * len(answers)
    assert [reply.get("feedback") for reply in held.replies] == [None] * len(answers)
    assert (last["report"], view["report"], view["status"]) == (None, None, "awaiting_evaluation")
    assert stored(data_dir, "answers", held.session_id) == stored(data_dir, "interviews", held.session_id) == []
    waiting = waiting_file(data_dir, held.session_id)
    assert waiting is not None
    assert [turn["answer"]["text"] for turn in waiting["turns"]] == list(answers)
    assert {turn["failure"]["reason"] for turn in waiting["turns"]} <= reasons
    assert [turn["evaluation"] for turn in waiting["turns"]] == [None] * len(answers)
    listed = client.get("/api/data/interviews?status=awaiting_evaluation").get_json()["interviews"]
    (entry,) = [item for item in listed if item["session_id"] == held.session_id]
    assert [item["question_number"] for item in entry["pending"]] == list(range(1, len(answers) + 1))
    assert {item["reason"] for item in entry["pending"]} <= reasons


def check_stored(data_dir: Path, held: Held, answers: tuple[str, ...] = ANSWERS) -> None:
    """Each answer is in answers.json once, the interview in interviews.json, and the file in progress is gone."""
    records = stored(data_dir, "answers", held.session_id)
    assert sorted(record["question_number"] for record in records) == list(range(1, len(answers) + 1))
    records.sort(key=lambda record: int(record["question_number"]))
    assert [record["answer"] for record in records] == list(answers)
    assert [record["question"] for record in records] == held.questions
    assert {record["evaluator"] for record in records} == {f"llm:{MODEL}"}
    assert_scores_rest_on_evidence(records)
    (report,) = stored(data_dir, "interviews", held.session_id)
    assert report["individual_scores"] == [record["score"] for record in records]
    assert (report["completion_method"], report["completed_questions"]) == ("automatic", len(answers))
    assert waiting_file(data_dir, held.session_id) is None


def check_that_all_is_evaluated_later(
    client: FlaskClient, data_dir: Path, held: Held, stand_in: StandIn, answers: tuple[str, ...] = ANSWERS
) -> None:
    """Once the model behaves, each answer gets its evaluation, and the interview its report as of its end."""
    before = waiting_file(data_dir, held.session_id)
    assert before is not None
    stand_in.behave("good")
    evaluate_pending(client, stand_in, held)
    check_stored(data_dir, held, answers)
    (report,) = stored(data_dir, "interviews", held.session_id)
    assert report["ended_at"] == before["ended_at"]


def evaluate_pending(client: FlaskClient, stand_in: StandIn, held: Held) -> None:
    """`flask --app app evaluate-pending ID`."""
    run = client.application.test_cli_runner().invoke(
        args=["evaluate-pending", held.session_id], env=llm_environment(stand_in, INTERVIEWER="llm")
    )
    assert run.exit_code == 0, run.output
