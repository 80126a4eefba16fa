"""What `migrate-scores` reads out of an old conversation: the scores that its evaluations hold, and no other."""

import json
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import OldFileUnreadable
from interviewer.service.old_scores import migrate

FIELDS = ("average_score", "individual_scores", "overall_score")


Interview = dict[str, Any]


def migrated(interview: Interview) -> Interview:
    """One interview after the command, through text as in a file."""
    done = migrate(json.dumps([interview]))
    result: Interview = json.loads(done.text)[0]
    return result


def with_conversation(final_results: object, **fields: object) -> Interview:
    empty: Interview = {"session_id": "abcd1234", "average_score": 0, "individual_scores": [], "difficulty": "beginner"}
    return empty | {"final_results": final_results} | fields


def said(speaker: str, text: str) -> dict[str, str]:
    return {"role": speaker, "content": text}


@pytest.mark.parametrize(
    "final_results",
    [
        [said("candidate", "Rating: 10/10")],
        [said("User", "Rating: 10/10\nEvaluator: Rating: 10/10"), said("evaluator", "No.")],
        [said("Ada Lovelace", "Score: 10/10"), said("assistant", "Next?")],
        [said("candidate", "Rating: 10/10"), said("interviewer", "You said Rating: 10/10. Why?")],
        [said("candidate", "I rate my answer 10/10."), said("evaluator", 'They said "10/10", I say nothing.')],
        [
            said("candidate", "Fine. Rating: 10/10. Thanks"),
            said("evaluator", "It ends with rating: 10/10, which is bold"),
        ],
        [said("candidate", "**Rating: 10/10**"), said("evaluator", 'As it says "Rating: 10/10"; no.')],
        [said("candidate", "x"), said("moderator", "Rating: 10/10"), said("system", "Rating: 10/10"), "Rating: 10/10"],
        [
            said("candidate", "x"),
            said("interviewer", "Now: what does a rating of 8/10, or an Elo score of 9/10, mean?"),
        ],
        [said("candidate", "x"), {"role": 7, "content": "Rating: 10/10"}, {"content": "Rating: 10/10"}],
        ["Candidate: x\nEvaluator: Rating: 10/10"],
        [{"question": "Rating: 10/10", "answer": "Rating: 10/10"}],
        [said("evaluator", "Rating: 10/10"), said("candidate", "That is before any answer.")],
        [said("candidate", "x"), said("evaluator", "Rating: 7/10"), said("evaluator", "Rating: 8/10")],
        [said("candidate", "x"), said("evaluator", "Final evaluation: 8/10 for the interview")],
        [said("candidate", "x"), said("evaluator", "No rating for this."), said("interviewer", "Rating: 9/10")],
        "Interviewer: Why?\nCandidate: Because.\nRating: 10/10\nOverall score: 10/10",
        "Interviewer: Why?\nAda: Rating: 10/10\nAda Lovelace: 10/10",
        "Candidate: x\nInterviewer: Well.\nSome Body: Rating: 10/10",
        "Rating: 10/10",
        {"evaluation": "Rating: 10/10"},
        json.dumps(json.dumps([said("candidate", "Rating: 10/10")])),
    ],
)
def test_what_no_evaluator_says_of_an_answer_is_no_score(final_results: object) -> None:
    interview = migrated(with_conversation(final_results, candidate_name="Ada Lovelace"))
    assert interview["average_score"] is None
    assert interview["overall_score"] is None
    assert not [score for score in interview["individual_scores"] if score is not None]


@pytest.mark.parametrize(
    "final_results",
    [
        [said("Candidate", "x"), said(" EVALUATOR ", "Rating: 7/10")],
        [{"speaker": "human", "text": "x"}, {"sender": "grader", "message": "Score: 70/100"}],
        [said("candidate", "x"), {"role": "evaluator", "content": [{"type": "text", "text": "Rating:"}, "7/10"]}],
        [said("candidate", "x"), said("candidate", "and y"), said("evaluator", "7 out of 10")],
        [said("candidate", "x"), said("evaluator", "Rating: 7/10"), said("evaluator", "Again: rating: 7/10")],
        [said("candidate", "x"), said("evaluator", "Good."), said("evaluator", "Rating: 7/10")],
        [said("candidate", "G: 7/10"), said("evaluator", "Rating: 7/10")],  # no repetition: it begins within a word
        [said("candidate", "I am a 7/10."), said("evaluator", "Modest. Rating: 7/10")],
        [said("interviewer", "Why?"), said("evaluator", "Rating: 7/10")],
        [{"question": "Why?", "answer": "x", "feedback": "70%"}],
        ["Interviewer: Why?", "Candidate: x", "Evaluator: Rating: 7/10"],
        {"conversation": json.dumps({"messages": [said("candidate", "x"), said("evaluator", "Rating: 7/10")]})},
        "**Candidate:** x\n**Evaluator:** Good.\n**Rating:** 7/10",
        "[10:30] Candidate (Ada): x\r\n[10:31] Evaluator: Rating: 7/10\r\n",
        "Ada: x\nand y\nEvaluation: 7/10",
    ],
)
def test_the_forms_that_are_read(final_results: object) -> None:
    interview = migrated(with_conversation(final_results, candidate_name="Ada Lovelace"))
    assert [interview[name] for name in FIELDS] == [7.0, [7.0], 7.0]


@pytest.mark.parametrize(
    "scores",
    [
        *({"average_score": 55}, {"average_score": "7.5"}, {"average_score": False}, {"individual_scores": [0]}),
        *({"individual_scores": [None, 3]}, {"individual_scores": {}}, {"overall_score": 6.1}, {"overall_score": []}),
    ],
)
def test_an_interview_with_scores_is_left_alone_whatever_they_are(scores: Interview) -> None:
    interview = with_conversation([said("candidate", "x"), said("evaluator", "Rating: 7/10")]) | scores
    assert migrate(json.dumps([interview])).text == json.dumps([interview])


@pytest.mark.parametrize(
    "piece", ["! ", "*", "Rating: ", "a:", '"', "1 7/10. ", "Candidate: \n", "overall ", "\\", "[", "{"]
)
def test_a_hostile_conversation_takes_little_time(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    messages = [said("candidate", text), said("evaluator", text), said("interviewer", text)]
    started = time.monotonic()
    for final_results in (messages, text, f"Candidate: x\nEvaluator: {text}", text.replace(" ", "\n")):
        migrated(with_conversation(final_results))
    assert time.monotonic() - started < 20


WORDS = st.sampled_from(["role", "content", "candidate", "evaluator", "interviewer", "final_results", "conversation"])


TEXTS = (
    st.text()
    | WORDS
    | st.sampled_from(["G: 7/10", "I say 90%"])
    | st.sampled_from(["Rating: 7/10", "Evaluator: 4/5\nCandidate: 10/10", "[]", '"x"', "{}"])
)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS


ANY_JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)


ROLES = st.sampled_from(["candidate", "evaluator", "interviewer", "user", "system", "Ada", ""])


MESSAGES = st.lists(
    st.fixed_dictionaries({"role": ROLES | ANY_JSON, "content": TEXTS | ANY_JSON}) | ANY_JSON, max_size=8
)


@given(ANY_JSON)
def test_any_json_is_migrated_or_refused_and_never_twice(value: object) -> None:
    text = json.dumps(value)
    try:
        done = migrate(text)
    except OldFileUnreadable:
        return
    assert migrate(done.text).text == done.text


@given(MESSAGES | ANY_JSON | MESSAGES.map(json.dumps), ANY_JSON, ANY_JSON)
def test_no_rating_is_invented_whatever_the_conversation_is(conversation: object, name: object, level: object) -> None:
    interview = with_conversation(conversation, candidate_name=name, difficulty=level, more=level)
    after = migrated(interview)
    assert json.dumps({key: after[key] for key in interview if key not in FIELDS}) == json.dumps(
        {key: value for key, value in interview.items() if key not in FIELDS}
    )
    marks = [mark for mark in after["individual_scores"] if mark is not None]
    assert all(type(mark) is float and 0 <= mark <= 10 and mark == round(mark, 1) for mark in marks)
    assert (after["average_score"] is None) == (not marks)
    everything = json.dumps(conversation, ensure_ascii=False)
    assert not marks or re.search(r"[0-9]", everything)


@given(st.lists(st.tuples(TEXTS, st.integers(0, 100) | st.none(), TEXTS), min_size=1, max_size=20))
def test_each_answer_gets_its_own_rating_whatever_is_said(turns: list[tuple[str, int | None, str]]) -> None:
    conversation = []
    for answer, rating, question in turns:
        words = "No opinion." if rating is None else f"Rating: {rating}/100"
        conversation += [said("interviewer", question), said("candidate", answer), said("evaluator", words)]
    marks = migrated(with_conversation(conversation))["individual_scores"]
    assert len(marks) == len(turns)
    for mark, (answer, rating, _) in zip(marks, turns, strict=True):
        if f"rating: {rating}/100" not in answer.casefold():  # such a one is taken for a repetition
            assert mark == (None if rating is None else rating / 10)
