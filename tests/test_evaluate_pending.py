"""`flask --app app evaluate-pending`: has evaluated what waits, says why it could not, and names who scored."""

from pathlib import Path

from tests.command_setup import flask
from tests.conftest import STRONG, StartServer
from tests.llm_setup import MODEL, begin, hold, llm_client, llm_environment, stored, submit
from tests.pending_setup import BACK_WITHIN_S, answer, is_filed, numbers, start_interview, waiting
from tests.stand_in_llm import StandIn
from tests.waiting import until


def test_the_command_evaluates_what_waits_and_says_why_it_could_not(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("invented_quotes", only=("evaluation",))
    held = hold(llm_client(data_dir, stand_in), STRONG, STRONG)
    environment = llm_environment(stand_in)
    failed = flask(data_dir, "evaluate-pending", held.session_id, **environment)
    assert failed.returncode == 1
    assert failed.stdout == "0 answers evaluated by llm, 2 waiting.\n"
    assert "question 1: no evidence\nquestion 2: no evidence" in failed.stderr
    assert "Traceback" not in failed.stderr
    ended_at = waiting(data_dir, held)["ended_at"]
    stand_in.behave("good")
    done = flask(data_dir, "evaluate-pending", held.session_id, **environment)
    assert (done.returncode, done.stdout) == (0, "2 answers evaluated by llm, 0 waiting.\n")
    assert stored(data_dir, "interviews", held.session_id)[0]["ended_at"] == ended_at
    assert numbers(data_dir, held) == [1, 2]
    again = flask(data_dir, "evaluate-pending", held.session_id, **environment)
    assert again.returncode == 1
    assert "is finished: nothing waits in it." in again.stderr
    assert numbers(data_dir, held) == [1, 2]


def test_the_command_can_have_the_builtin_interviewer_score_and_the_report_names_both(
    data_dir: Path, stand_in: StandIn
) -> None:
    client = llm_client(data_dir, stand_in)
    held = begin(client, total_questions=2)
    submit(client, held)
    stand_in.behave("cut", only=("evaluation",))
    submit(client, held)
    done = flask(data_dir, "evaluate-pending", held.session_id, "--interviewer", "builtin", **llm_environment(stand_in))
    assert (done.returncode, done.stdout) == (0, "1 answer evaluated by builtin, 0 waiting.\n")
    (report,) = stored(data_dir, "interviews", held.session_id)
    assert [item["evaluator"] for item in report["questions_and_answers"]] == [f"llm:{MODEL}", "builtin"]
    assert report["evaluator"] == f"builtin, llm:{MODEL}"
    assert (report["completion_method"], report["completed_questions"]) == ("automatic", 2)


def test_the_command_works_beside_a_server_and_both_evaluate_each_answer_once(
    serve: StartServer, data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave("cut", only=("evaluation",))
    server = serve(**llm_environment(stand_in))
    held = start_interview(server, 3)
    for _ in range(3):
        answer(server, held)
    stand_in.behave("good")
    stand_in.delays = {"evaluation": 1}
    flask(data_dir, "evaluate-pending", held.session_id, **llm_environment(stand_in))
    until(lambda: is_filed(data_dir, held), BACK_WITHIN_S)
    assert numbers(data_dir, held) == [1, 2, 3]
    assert len(stored(data_dir, "interviews", held.session_id)) == 1
