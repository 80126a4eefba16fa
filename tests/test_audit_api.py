"""The audit views as an API: filters, pages, who may ask, what is refused, and how much is sent at once."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from app import create_app
from data_storage import DataStorage
from interviewer.audit.rows import RESPONSE_COLUMNS, SUMMARY_COLUMNS
from tests.audit_setup import STATES, TOKEN, Audited, Json, answer, get, read_csv, responses, start, summary
from tests.conftest import client_with, settings_for
from tests.token_issuer import SECRET, signed


@pytest.mark.parametrize("status", ["all", "completed", "in_progress", "awaiting_evaluation", "abandoned"])
def test_the_summary_filters_by_status(audited: Audited, status: str) -> None:
    finished = ["timeout_cleanup", "automatic", "manually_ended"]  # in the order in which they ended
    states = {"completed": finished, "all": [*finished, "in_progress", "abandoned", "awaiting_evaluation"]}
    found = [row["session_id"] for row in summary(audited.client, status=status)]
    assert found == [audited.ids[state] for state in states.get(status, [status])]


def test_the_summary_pages_and_counts_all(audited: Audited) -> None:
    ids = [row["session_id"] for row in summary(audited.client)]
    for offset, limit in ((0, 2), (2, 3), (5, 5), (9, 1), (0, 0)):
        reply = json.loads(get(audited.client, "/api/data/summary", limit=limit, offset=offset))
        assert [row["session_id"] for row in reply["interview_summary"]] == ids[offset : offset + limit]
        assert reply["total"] == len(ids) == len(STATES)
    _, rows = read_csv(get(audited.client, "/api/data/summary", limit=2, offset=1, format="csv"))
    assert [row[0] for row in rows] == ids[1:3]


def test_the_summary_filters_by_time_as_the_listing_does(audited: Audited) -> None:
    middle = audited.report("automatic")["timestamp"]
    for query in ({"from": middle}, {"to": middle}, {"from": middle, "to": middle}, {"from": "2999-01-01"}):
        listed = audited.client.get("/api/data/interviews", query_string=query | {"status": "all"}).get_json()
        assert [row["session_id"] for row in summary(audited.client, **query)] == [
            interview["session_id"] for interview in listed["interviews"]
        ]


def test_an_empty_folder_has_empty_views(client: FlaskClient) -> None:
    assert json.loads(get(client, "/api/data/summary")) == {"interview_summary": [], "total": 0}
    assert read_csv(get(client, "/api/data/summary", format="csv")) == (SUMMARY_COLUMNS, [])


@pytest.fixture
def of_users(data_dir: Path) -> tuple[FlaskClient, dict[str, list[str]]]:
    """A client of the hiring team, and the ids of the interviews of each user: one finished, one live."""
    settings = settings_for(data_dir, jwt_secret=SecretStr(SECRET), api_token=SecretStr(TOKEN))
    app = create_app(settings)
    ids: dict[str, list[str]] = {}
    for user in ("user-1", "user-2"):
        candidate = app.test_client()
        candidate.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {signed(subject=user)}"
        ids[user] = [start(candidate, total_questions=1), start(candidate, total_questions=2)]
        answer(candidate, ids[user][0])
    team = app.test_client()
    team.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
    return team, ids


def test_listing_and_summary_filter_by_user(of_users: tuple[FlaskClient, dict[str, list[str]]]) -> None:
    team, ids = of_users
    for user, (finished, live) in ids.items():
        rows = summary(team, user_id=user)
        assert [(row["session_id"], row["user_id"]) for row in rows] == [(finished, user), (live, user)]
        listed = team.get("/api/data/interviews", query_string={"user_id": user}).get_json()
        assert [interview["session_id"] for interview in listed["interviews"]] == [finished]
        assert listed["total"] == 1
        listed = team.get("/api/data/interviews", query_string={"user_id": user, "status": "all"}).get_json()
        assert [interview["session_id"] for interview in listed["interviews"]] == [finished, live]
    assert summary(team, user_id="user-3") == summary(team, user_id="") == []
    assert len(summary(team)) == 4


def test_an_unknown_interview_has_no_responses(client: FlaskClient) -> None:
    for session_id in ("zzzzzzzz", "nothing-like-an-id", "..", "%00"):
        for form in ("json", "csv"):
            response = client.get(f"/api/data/interview/{session_id}/responses?format={form}")
            assert response.status_code == 404
            assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/data/summary", "/api/data/interview/zzzzzzzz/responses"])
@pytest.mark.parametrize("query", ["format=xml", "format=", "format=CSV", "sort=duration", "q=a"])
def test_an_unknown_form_or_parameter_is_refused_by_name(client: FlaskClient, path: str, query: str) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 422
    assert [fault["field"] for fault in response.get_json()["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize("path", ["/api/data/summary", "/api/data/interview/zzzzzzzz/responses"])
def test_with_a_token_set_both_views_ask_for_it_in_both_forms(data_dir: Path, path: str) -> None:
    client = client_with(data_dir, api_token=TOKEN)
    for form in ("json", "csv"):
        refused = client.get(f"{path}?format={form}")
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
        given_token = client.get(f"{path}?format={form}", headers={"Authorization": f"Bearer {TOKEN}"})
        assert given_token.status_code in (200, 404)


def test_records_with_little_in_them_have_rows_with_nulls(client: FlaskClient, data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    storage.save_interview_session({"session_id": "handmade", "average_score": 6.0})
    storage.save_interview_session(
        {
            "session_id": "partly00",
            "questions_and_answers": [{"question_number": 1, "score": 77, "feedback": "Fine."}, {}],
        }
    )
    row, other = summary(client)
    assert (row["session_id"], row["status"], row["average_score"]) == ("handmade", "completed", 60)
    assert all(row[name] is None for name in ("user_id", "current_question_index", "start_time", "final_results"))
    assert other["individual_scores"] == []
    assert responses(client, "handmade") == []
    first, second = responses(client, "partly00")
    assert (first["score"], first["feedback"], first["created_at"]) == (None, "Fine.", None)
    assert second["question_index"] is None
    assert len(read_csv(get(client, "/api/data/summary", format="csv"))[1]) == 2


def test_many_interviews_are_sent_in_pieces_each_row_whole(client: FlaskClient, data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    for number in range(300):
        storage.save_interview_session({"session_id": f"{number:08d}", "summary": "A long summary. " * 100})
    response = client.get("/api/data/summary", buffered=False)
    assert len(list(response.iter_encoded())) > 3
    response.close()
    assert [row["session_id"] for row in summary(client)] == [f"{number:08d}" for number in range(300)]
    assert len(read_csv(get(client, "/api/data/summary", format="csv"))[1]) == 300


def test_a_reader_that_goes_away_leaves_no_file_open(client: FlaskClient, data_dir: Path) -> None:
    storage = DataStorage(data_dir)
    for number in range(100):
        storage.save_interview_session({"session_id": f"{number:08d}", "summary": "A long summary. " * 100})
    for form in ("json", "csv"):
        response = client.get(f"/api/data/summary?format={form}", buffered=False)
        next(iter(response.iter_encoded()))
        assert is_open(data_dir / "interviews.json")
        response.close()
        assert not is_open(data_dir / "interviews.json")


def is_open(path: Path) -> bool:
    """Whether this process reads the file."""
    descriptors = Path("/proc/self/fd").iterdir()
    return path.resolve() in [Path(os.path.realpath(descriptor)) for descriptor in descriptors]


def test_the_schema_describes_both_forms(client: FlaskClient) -> None:
    api = client.get("/openapi.json").get_json()
    for path, model, columns in (
        ("/api/data/summary", "SummaryRow", SUMMARY_COLUMNS),
        ("/api/data/interview/{session_id}/responses", "ResponseRow", RESPONSE_COLUMNS),
    ):
        call = api["paths"][path]["get"]
        assert set(call["responses"]["200"]["content"]) == {"application/json", "text/csv"}
        assert call["responses"]["200"]["content"]["text/csv"]["schema"]["type"] == "string"
        assert tuple(api["components"]["schemas"][model]["properties"]) == columns
        (form,) = [parameter for parameter in call["parameters"] if parameter["name"] == "format"]
        assert (form["schema"]["enum"], form["schema"]["default"]) == (["json", "csv"], "json")


def test_a_summary_of_a_folder_that_cannot_be_read_is_a_503_not_half_a_table(
    client: FlaskClient, data_dir: Path, begin: Callable[..., Json]
) -> None:
    begin()
    path = data_dir / "in_progress" / "zzzzzzzz.json"
    path.symlink_to(path)  # reading it is an error of the disk, not a missing file
    for form in ("json", "csv"):
        assert client.get(f"/api/data/summary?format={form}").status_code == 503
