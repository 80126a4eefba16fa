"""What an LLM is told, and no more than that; and what is kept of it: its cost and the version of its prompt."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from interviewer.clock import steady_clock
from interviewer.interviewers.builtin.interviewer import BuiltinInterviewer
from interviewer.interviewers.llm.interviewer import LLMInterviewer
from interviewer.llm.endpoint import Endpoint
from interviewer.prompts import PROMPTS_DIR, PromptLibrary
from interviewer.service.interviews import InterviewService
from interviewer.service.received import NewInterview, Submission
from interviewer.storage.data_storage import DataStorage
from interviewer.storage.live_interviews import LiveInterviews
from tests.conftest import JOB, STRONG, read_records
from tests.llm_outcomes import ANSWERS, evaluate_pending
from tests.llm_setup import MODEL, hold, llm_client, stored
from tests.stand_in_llm import StandIn


def test_the_record_tells_what_the_interview_cost(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.delays = {"report": 0.3}
    held = hold(llm_client(data_dir, stand_in), *ANSWERS)
    usage = stored(data_dir, "interviews", held.session_id)[0]["usage"]
    assert usage["calls"] == len(stand_in.requests) == 7
    assert usage["tokens_in"] == sum(call.tokens[0] for call in stand_in.requests)
    assert usage["tokens_out"] == sum(call.tokens[1] for call in stand_in.requests)
    assert usage["retries"] == 0
    assert 0.3 <= usage["seconds"] < 3


def test_what_is_evaluated_later_is_in_the_cost_too(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("cut", only=("evaluation",))
    client = llm_client(data_dir, stand_in)
    held = hold(client, STRONG)
    stand_in.behave("good")
    evaluate_pending(client, stand_in, held)
    usage = stored(data_dir, "interviews", held.session_id)[0]["usage"]
    assert usage["calls"] == len(stand_in.requests)
    assert usage["tokens_in"] == sum(call.tokens[0] for call in stand_in.requests)


def test_an_evaluation_request_holds_question_key_points_and_answer_only(data_dir: Path, stand_in: StandIn) -> None:
    name, posting = "Xanthippe Quillmarlowe", f"{JOB} You join the Zyzzogeton team."
    answers = tuple(f"{STRONG} That was the {mark} project." for mark in ("vermilion", "cerulean", "ochre"))
    held = hold(llm_client(data_dir, stand_in), *answers, candidate_name=name, job_description=posting)
    for number, call in enumerate(stand_in.calls("evaluation")):
        asked, given = {"question", "topic", "difficulty", "kind", "key_points"}, {"answer", "code_submission"}
        assert set(call.payload) == {*asked, *given, "code_language"}
        assert call.payload["code_submission"] is None
        assert call.payload["question"] == held.questions[number]
        assert call.payload["answer"] == answers[number]
        assert len(call.messages) == 2
        others = {"vermilion", "cerulean", "ochre"} - {answers[number].split()[-2]}
        for foreign in ("Quillmarlowe", "Zyzzogeton", held.session_id, *others):
            assert foreign not in json.dumps(call.body)


def test_no_request_names_the_candidate_the_key_or_the_session(data_dir: Path, stand_in: StandIn) -> None:
    key = "key-0123456789-abcdef"
    client = llm_client(data_dir, stand_in, llm_api_key=SecretStr(key))
    held = hold(client, *ANSWERS, candidate_name="Xanthippe Quillmarlowe")
    for call in stand_in.requests:
        assert call.headers["authorization"] == f"Bearer {key}"
        for private in ("Quillmarlowe", key, held.session_id):
            assert private not in json.dumps(call.body)


def test_without_a_key_nothing_is_sent_as_one(data_dir: Path, stand_in: StandIn) -> None:
    hold(llm_client(data_dir, stand_in), STRONG)
    assert not [call for call in stand_in.requests if "authorization" in call.headers]


def test_the_next_question_sees_the_answers_and_no_scores(data_dir: Path, stand_in: StandIn) -> None:
    held = hold(llm_client(data_dir, stand_in), *ANSWERS)
    calls = stand_in.calls("question")
    assert [len(call.payload["asked"]) for call in calls] == [1, 2]
    for call in calls:
        assert [item["answer"] for item in call.payload["asked"]] == list(ANSWERS[: len(call.payload["asked"])])
        assert all(set(item) == {"question", "topic", "kind", "answer"} for item in call.payload["asked"])
        said = call.messages[1]["content"]
        assert "score" not in said
        assert not [score for score in held.scores if f": {score}" in said]


def test_an_edited_prompt_tells_later_scores_from_earlier_ones(
    data_dir: Path, tmp_path: Path, stand_in: StandIn
) -> None:
    folder = tmp_path / "prompts"
    shutil.copytree(PROMPTS_DIR, folder)
    endpoint = Endpoint(base_url=stand_in.base_url, model=MODEL)
    who = LLMInterviewer(endpoint, BuiltinInterviewer(), timeout_s=10, prompts=PromptLibrary(folder))
    storage, live = DataStorage(data_dir), LiveInterviews(data_dir)
    service = InterviewService(storage, live, who, steady_clock(), session_timeout=timedelta(hours=1))
    session_id = service.start(NewInterview(job_description=JOB, total_questions=3))["session_id"]
    service.submit(session_id, Submission(STRONG))
    path = folder / "evaluation.md"
    path.write_text(f"Judge with care.\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    service.submit(session_id, Submission(STRONG))
    service.submit(session_id, Submission(STRONG))
    first, second, third = (answer["prompt_version"] for answer in read_records(data_dir, "answers"))
    assert first != second == third
    assert "Judge with care." in stand_in.calls("evaluation")[-1].messages[0]["content"]
