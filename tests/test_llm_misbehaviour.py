"""What a misbehaving model does to an interview: what the candidate sees, what is stored, and that nothing is lost."""

import dataclasses
import json
import logging
import shutil
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
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
from tests.conftest import JOB, STRONG, StartServer, read_records
from tests.llm_setup import (
    MODEL,
    TIMEOUT_S,
    Held,
    assert_scores_rest_on_evidence,
    begin,
    hold,
    llm_client,
    llm_environment,
    stored,
    submit,
    waiting_file,
)
from tests.stand_in_calls import Call, Reply, completion, error
from tests.stand_in_failures import BEHAVIOURS
from tests.stand_in_llm import StandIn

ANSWERS = tuple(f"{STRONG} That was case {number} of three." for number in (1, 2, 3))
NO_ANSWER = "I am afraid that I have never worked with it."

SCORED: frozenset[str] = frozenset()
UNUSABLE = frozenset({"unusable reply"})
NO_EVIDENCE = frozenset({"no evidence"})
NO_RATING = frozenset({"no rating"})
UNAVAILABLE = frozenset({"unavailable"})
NONSENSE = UNUSABLE | NO_RATING
"""Of garbage it depends on the dice whether it looks like a broken object or like prose."""

EVALUATION_GOES_WRONG: dict[str, frozenset[str]] = {  # behaviour: the reasons kept with the answer; none when scored
    "good": SCORED,
    "fenced": SCORED,
    "prose_around": SCORED,
    "think_tags": SCORED,
    "cut": UNUSABLE,
    "wrong_types": UNUSABLE,
    "score_1000": UNUSABLE,
    "score_minus_5": UNUSABLE,
    "score_ten_word": UNUSABLE,
    "score_nan": UNUSABLE,
    "empty": UNUSABLE,
    "null_content": UNUSABLE,
    "tool_call": UNUSABLE,
    "garbage": NONSENSE,
    "odd_characters": UNUSABLE,
    "text_with_rating": SCORED,
    "text_with_rating_no_quote": NO_EVIDENCE,
    "text_without_rating": NO_RATING,
    "other_language": SCORED,
    "other_script": SCORED,
    "invented_quotes": NO_EVIDENCE,
    "swapped_quotes": NO_EVIDENCE,
    "no_evidence_high": NO_EVIDENCE,
    "missing_points": UNUSABLE,
    "extra_points": SCORED,
    "no_response_format": SCORED,
    "json_object_only": SCORED,
    "strict": SCORED,
    "unauthorized": UNAVAILABLE,
    "unknown_model": UNAVAILABLE,
    "rate_limited": UNAVAILABLE,
    "rate_limited_silently": UNAVAILABLE,
    "server_error": UNAVAILABLE,
    "bad_gateway": UNAVAILABLE,
    "hang": UNAVAILABLE,
    "drip": UNAVAILABLE,
    "drip_headers": UNAVAILABLE,
    "dropped": UNAVAILABLE,
    "dropped_midway": UNAVAILABLE,
    "html_reply": UNAVAILABLE,
    "redirect": UNAVAILABLE,
    "huge": UNAVAILABLE,
}
NOT_ABOUT_EVALUATIONS = {"obeys", "injection_in_question", "repeats_question", "follow_up"}
OF_OTHER_INTERVIEW_TYPES = {
    *("no_hints", "one_hint", "gives_away", "other_topic", "other_kind", "code_without_signature", "hostile_topics"),
}
"""See test_llm_technical and test_llm_resume."""


@dataclass(frozen=True)
class Row:
    """What a behaviour in all tasks leads to. `asks` is who puts the three questions."""

    reasons: frozenset[str]
    asks: tuple[str, str, str]


BY_LLM, BY_BANK = ("llm",) * 3, ("bank",) * 3
ALL_GOES_WRONG: dict[str, Row] = {
    **{name: Row(SCORED, BY_LLM) for name in ("good", "fenced", "prose_around", "think_tags", "strict")},
    **{name: Row(SCORED, BY_LLM) for name in ("no_response_format", "json_object_only", "injection_in_question")},
    **{name: Row(UNUSABLE, BY_BANK) for name in ("cut", "wrong_types", "empty", "null_content", "tool_call")},
    "garbage": Row(NONSENSE, BY_BANK),
    "odd_characters": Row(UNUSABLE, BY_BANK),
    "follow_up": Row(SCORED, BY_LLM),
    "repeats_question": Row(SCORED, ("llm", "bank", "bank")),
    **{name: Row(UNAVAILABLE, BY_BANK) for name in EVALUATION_GOES_WRONG if EVALUATION_GOES_WRONG[name] == UNAVAILABLE},
}


KEY = "lk-7Qm2vX9rTz4W-recognisable"
ECHOES = (
    *("unauthorized", "refused", "forbidden", "overloaded", "failing", "page", "broken JSON", "error in a 200"),
    *("redirect", "header", "status line of a header", "finish reason", "texts of the model", "prose of the model"),
    "escaped texts of the model",
)


class EchoingStandIn(StandIn):
    """Repeats the Authorization header in one place where a server can."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def answer(self, call: Call) -> Reply:
        """The good reply, with the key in it."""
        said = call.headers.get("authorization", "")
        reply = super().answer(call)
        statuses = {"unauthorized": 401, "refused": 400, "forbidden": 403, "overloaded": 429, "failing": 500}
        if self.place in statuses:
            return error(statuses[self.place], f"The request with {said} is not taken.")
        if self.place == "page":
            return Reply(f"<html><body>{said}</body></html>".encode(), content_type="text/html")
        if self.place == "broken JSON":
            return dataclasses.replace(reply, body=f'{{"choices": ["{said}'.encode())
        if self.place == "error in a 200":
            return Reply(json.dumps({"error": {"message": said, "code": said}}).encode())
        if self.place == "redirect":
            return Reply(b"", 302, headers={"Location": f"http://127.0.0.1:1/{said.split()[-1]}"})
        if self.place == "header":
            return dataclasses.replace(reply, headers={"X-Echo": said, "Set-Cookie": f"auth={said}"})
        if self.place == "status line of a header":
            return dataclasses.replace(reply, headers={"X-Bad": f"1\r\n{said}\r\n no header"})
        if self.place == "finish reason":
            return dataclasses.replace(reply, body=reply.body.replace(b'"stop"', json.dumps(said).encode()))
        content = json.loads(reply.body)["choices"][0]["message"]["content"]
        if self.place == "prose of the model":
            return completion(call, f"{said} Rating: 7/10 {said.split()[-1]}")
        if self.place == "escaped texts of the model":
            said = "".join(f"\\u{ord(character):04x}" for character in said)
        return completion(call, content.replace(". ", f". {said} ").replace('?"', f' with {said}?"'))


class MarkingStandIn(StandIn):
    """Gives the evaluations these marks in turn, in all dimensions, with honest evidence."""

    def __init__(self, *marks: float) -> None:
        super().__init__()
        self._marks = iter(marks)
        self._turn = threading.Lock()

    def answer(self, call: Call) -> Reply:
        """The good reply with the next marks."""
        reply = super().answer(call)
        if call.task != "evaluation":
            return reply
        with self._turn:
            mark = next(self._marks)
        verdict = json.loads(json.loads(reply.body)["choices"][0]["message"]["content"])
        marks = dict.fromkeys(("communication", "technical_accuracy", "completeness"), mark)
        return completion(call, json.dumps(verdict | marks))


def test_every_behaviour_of_the_stand_in_has_its_row() -> None:
    assert set(EVALUATION_GOES_WRONG) | NOT_ABOUT_EVALUATIONS | OF_OTHER_INTERVIEW_TYPES == set(BEHAVIOURS)


@pytest.mark.parametrize("behaviour", EVALUATION_GOES_WRONG)
def test_a_wrong_evaluation_is_no_score_and_loses_nothing(behaviour: str, data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave(behaviour, only=("evaluation",))
    client = llm_client(data_dir, stand_in, llm_timeout=timeout_for(EVALUATION_GOES_WRONG[behaviour]))
    held = hold(client, *ANSWERS)
    check_what_is_seen_and_stored(client, data_dir, held, EVALUATION_GOES_WRONG[behaviour])
    if EVALUATION_GOES_WRONG[behaviour]:
        check_that_all_is_evaluated_later(client, data_dir, held, stand_in)


@pytest.mark.parametrize("behaviour", ALL_GOES_WRONG)
def test_an_interview_runs_to_its_end_whatever_the_model_does(
    behaviour: str, data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave(behaviour)
    row = ALL_GOES_WRONG[behaviour]
    client = llm_client(data_dir, stand_in, llm_timeout=timeout_for(row.reasons))
    held = hold(client, *ANSWERS)
    assert who_asked(data_dir, held) == row.asks
    check_what_is_seen_and_stored(client, data_dir, held, row.reasons)
    if row.reasons:
        check_that_all_is_evaluated_later(client, data_dir, held, stand_in)


@pytest.mark.parametrize("behaviour", ["cut", "garbage", "server_error", "hang", "invented_quotes", "huge"])
def test_an_answer_that_says_nothing_gets_no_score_from_a_bad_evaluation_either(
    behaviour: str, data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave(behaviour, only=("evaluation",))
    client = llm_client(data_dir, stand_in, llm_timeout=timeout_for(EVALUATION_GOES_WRONG[behaviour]))
    held = hold(client, NO_ANSWER)
    check_what_is_seen_and_stored(client, data_dir, held, EVALUATION_GOES_WRONG[behaviour], (NO_ANSWER,))
    check_that_all_is_evaluated_later(client, data_dir, held, stand_in, (NO_ANSWER,))
    assert stored(data_dir, "interviews", held.session_id)[0]["average_score"] <= 1


@pytest.mark.parametrize("behaviour", ["cut", "empty", "garbage", "server_error", "hang", "dropped_midway", "huge"])
def test_without_the_models_prose_the_report_is_filed_all_the_same(
    behaviour: str, data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave(behaviour, only=("report",))
    client = llm_client(data_dir, stand_in, llm_timeout=TIMEOUT_S)
    held = hold(client, *ANSWERS)
    check_what_is_seen_and_stored(client, data_dir, held, SCORED)
    assert len(held.replies[-1]["report"]["summary"]) > 50


@pytest.mark.parametrize(
    "behaviour", ["cut", "wrong_types", "score_1000", "empty", "garbage", "invented_quotes", "missing_points"]
)
def test_a_reply_that_cannot_be_used_is_repaired_in_one_round(
    behaviour: str, data_dir: Path, stand_in: StandIn
) -> None:
    stand_in.behave(behaviour, "good", only=("evaluation",))
    client = llm_client(data_dir, stand_in)
    held = hold(client, *ANSWERS)
    check_what_is_seen_and_stored(client, data_dir, held, SCORED)
    assert [call.is_repair for call in stand_in.calls("evaluation")] == [False, True, False, False]


@pytest.mark.parametrize("behaviour", ["rate_limited", "rate_limited_silently", "server_error", "dropped"])
def test_a_server_that_fails_once_costs_a_retry_and_no_score(behaviour: str, data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave(behaviour, "good", only=("evaluation",))
    client = llm_client(data_dir, stand_in, llm_timeout=10)
    held = hold(client, *ANSWERS)
    check_what_is_seen_and_stored(client, data_dir, held, SCORED)
    assert held.replies[-1]["report"]["usage"]["retries"] == 1


def test_after_repeated_failures_candidates_do_not_wait_for_a_dead_server(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("hang")
    client = llm_client(data_dir, stand_in, llm_timeout=TIMEOUT_S)
    held = begin(client, total_questions=5)
    submit(client, held, STRONG)
    before, started = len(stand_in.requests), time.monotonic()
    while submit(client, held, STRONG)["status"] == "next_question":
        pass
    assert len(stand_in.requests) == before
    assert time.monotonic() - started < TIMEOUT_S


def test_markup_in_a_question_is_text(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("injection_in_question")
    held = hold(llm_client(data_dir, stand_in), *ANSWERS)
    for question in held.questions:
        assert '<script>alert(1)</script> {{ 7 * 7 }} {% raw %} How do you use <b>Redis</b> & "templates"?' in question
    for call in stand_in.requests:
        assert "<" not in call.messages[1]["content"]
        assert "49" not in call.messages[1]["content"]


def test_no_question_is_put_twice_though_the_model_repeats_itself(data_dir: Path, stand_in: StandIn) -> None:
    stand_in.behave("repeats_question")
    held = hold(llm_client(data_dir, stand_in), *ANSWERS)
    assert len(set(held.questions)) == 3


@pytest.mark.parametrize(
    ("marks", "median", "spread", "confidence"),
    [
        ((9, 5, 7), 7, 4, "low"),
        ((6, 6, 8), 6, 2, "medium"),
        ((7, 8, 7.5), 7.5, 1, "high"),
        ((0, 10, 10), 10, 10, "low"),
    ],
)
def test_of_several_samples_the_median_counts_and_the_spread_is_kept(
    marks: tuple[float, ...], median: float, spread: float, confidence: str, data_dir: Path
) -> None:
    with MarkingStandIn(*marks) as server:
        held = hold(llm_client(data_dir, server, evaluation_samples=3), STRONG)
    (record,) = stored(data_dir, "answers", held.session_id)
    assert held.scores == [record["score"]] == [median]
    assert (record["score_spread"], record["confidence"]) == (spread, confidence)
    assert set(record["rubric"].values()) == {median}
    assert_scores_rest_on_evidence([record])


def test_samples_that_agree_make_a_score_of_high_confidence(data_dir: Path, stand_in: StandIn) -> None:
    held = hold(llm_client(data_dir, stand_in, evaluation_samples=3), *ANSWERS)
    found = [(record["score_spread"], record["confidence"]) for record in stored(data_dir, "answers", held.session_id)]
    assert found == [(0.0, "high")] * 3
    assert len(stand_in.calls("evaluation")) == 9


def test_most_of_the_samples_must_succeed(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in, evaluation_samples=3)
    stand_in.behave("cut", "good", "good", "cut", only=("evaluation",))
    assert hold(client, STRONG).evaluations == ["done"]
    stand_in.behave("good", "cut", only=("evaluation",))
    held = hold(client, STRONG)
    check_what_is_seen_and_stored(client, data_dir, held, UNUSABLE, (STRONG,))


def test_samples_are_asked_for_at_the_same_time(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in, evaluation_samples=3)
    held = begin(client)
    stand_in.delay = 0.5
    submit(client, held)
    arrived = [call.arrived for call in [*stand_in.calls("evaluation"), *stand_in.calls("question")]]
    assert len(arrived) == 4
    assert max(arrived) - min(arrived) < stand_in.delay


def test_evaluation_and_what_follows_are_asked_for_at_the_same_time(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in)
    held = begin(client, total_questions=2)
    stand_in.delay = 0.5
    for after in ("question", "report"):
        started = time.monotonic()
        submit(client, held)
        taken = time.monotonic() - started
        evaluation, following = stand_in.calls("evaluation")[-1], stand_in.calls(after)[-1]
        assert abs(evaluation.arrived - following.arrived) < stand_in.delay
        assert stand_in.delay <= taken < 2 * stand_in.delay


def test_the_response_takes_as_long_as_the_slower_of_the_two(data_dir: Path, stand_in: StandIn) -> None:
    client = llm_client(data_dir, stand_in)
    held = begin(client)
    stand_in.delays = {"evaluation": 0.5, "question": 0.7}
    started = time.monotonic()
    reply = submit(client, held)
    assert 0.7 <= time.monotonic() - started < 0.5 + 0.7
    assert reply["evaluation"] == "done"


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


@pytest.mark.parametrize("place", ECHOES)
def test_a_server_that_repeats_the_key_spreads_it_nowhere(
    place: str,
    data_dir: Path,
    stand_in: StandIn,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with EchoingStandIn(place) as server:
        client = llm_client(data_dir, server, llm_api_key=SecretStr(KEY), llm_timeout=1, evaluation_samples=2)
        held = hold(client, STRONG, STRONG)
        pages = [client.get(path) for path in places_to_look(held)]
        run = client.application.test_cli_runner().invoke(
            args=["evaluate-pending", held.session_id], env=llm_environment(server, LLM_API_KEY=KEY, LLM_TIMEOUT="1")
        )
        assert {call.headers["authorization"] for call in server.requests} == {f"Bearer {KEY}"}
    shown = [json.dumps(held.replies), json.dumps(held.started), *(f"{page.headers}{page.text}" for page in pages)]
    shown += [run.output, repr(run.exception), caplog.text, *capfd.readouterr(), *texts_in(data_dir)]
    assert not [text for text in shown if KEY in text]
    if place.endswith("texts of the model"):
        assert "with Bearer ***?" in held.started["question"]


def test_the_key_is_in_no_log_response_or_file_of_a_server_process(serve: StartServer, data_dir: Path) -> None:
    shown: list[str] = []
    with EchoingStandIn("texts of the model") as echoing:
        server = serve(**llm_environment(echoing, LLM_API_KEY=KEY))
        for echoing.place in ("texts of the model", "refused", "unauthorized"):
            before = len(echoing.requests)
            started = server.post("/api/start-interview", job_description=JOB, total_questions=1)
            held = Held(started.json()["session_id"], started.json())
            answered = server.post("/api/submit-answer", session_id=held.session_id, answer=STRONG)
            assert answered.status_code == 200
            assert len(echoing.requests) > before
            pages = [server.get(path) for path in places_to_look(held)]
            shown += [f"{page.headers}{page.text}" for page in (started, answered, *pages)]
        server.process.terminate()
        shown += [server.start_line, *server.process.communicate(timeout=60)]
    shown += texts_in(data_dir)
    assert not [text for text in shown if KEY in text]


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


def timeout_for(reasons: frozenset[str]) -> float:
    """LLM_TIMEOUT in seconds: short where it may have to pass, long where a slow machine must not pass it."""
    return TIMEOUT_S if reasons == UNAVAILABLE else 20


def who_asked(data_dir: Path, held: Held) -> tuple[str, ...]:
    """`llm` or `bank`, by question."""
    waiting = waiting_file(data_dir, held.session_id)
    if waiting is not None:
        ids = [turn["question"]["item_id"] for turn in waiting["turns"]]
    else:
        (report,) = stored(data_dir, "interviews", held.session_id)
        ids = [answer["question_id"] for answer in report["questions_and_answers"]]
    return tuple("llm" if item_id.startswith("llm:") else "bank" for item_id in ids)


def places_to_look(held: Held) -> list[str]:
    """What can be read of an interview and of the server."""
    return [
        "/api/health",
        f"/api/interview/{held.session_id}",
        f"/api/data/interview/{held.session_id}",
        "/api/data/interviews?status=all",
        "/api/data/statistics",
    ]


def texts_in(data_dir: Path) -> list[str]:
    """Every file of the data folder."""
    return [path.read_text(encoding="utf-8") for path in data_dir.rglob("*") if path.is_file()]
