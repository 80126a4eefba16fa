"""What a misbehaving model does to an interview: what the candidate sees, what is stored, and that nothing is lost."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import STRONG
from tests.llm_outcomes import (
    ANSWERS,
    NO_EVIDENCE,
    NO_RATING,
    SCORED,
    UNAVAILABLE,
    UNUSABLE,
    check_that_all_is_evaluated_later,
    check_what_is_seen_and_stored,
)
from tests.llm_setup import TIMEOUT_S, Held, begin, hold, llm_client, stored, submit, waiting_file
from tests.stand_in_failures import BEHAVIOURS
from tests.stand_in_llm import StandIn

NO_ANSWER = "I am afraid that I have never worked with it."
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
    before = len(stand_in.requests)
    while submit(client, held, STRONG)["status"] == "next_question":
        pass
    assert len(stand_in.requests) == before


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
