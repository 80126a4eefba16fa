"""What the tests of the report's PDF share: one finished interview, and its report with other words in it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import JOB, STRONG, client_with

Report = dict[str, Any]
MARGIN_MM = 20
CODE = "def double(x):\n    # keeps its spaces\n    return x  +  x"


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the application that `report` is in."""
    return client_with(tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="session")
def report(reader: FlaskClient) -> Report:
    """Of three answers: a strong one, an empty one with code, and one in between."""
    name = 'Ada "; x="\r\nSet-Cookie: a=b'
    begun = reader.post(
        "/api/start-interview", json={"job_description": JOB, "total_questions": 3, "candidate_name": name}
    ).get_json()
    code = {"answer": "I don't know.", "code_submission": CODE, "code_language": "python"}
    for answer in ({"answer": STRONG}, code, {"answer": STRONG.split(". ")[0] + "."}):
        reply = reader.post("/api/submit-answer", json={"session_id": begun["session_id"]} | answer).get_json()
    found: Report = reply["report"]
    return found


def changed(report: Report, answer: Report | None = None, **fields: Any) -> Report:
    """The report with other fields, and its first answer alone with others, if `answer` has them."""
    if answer is None:
        return report | fields
    return report | {"questions_and_answers": [report["questions_and_answers"][0] | answer]} | fields


def path_of(session_id: str) -> str:
    return f"/api/interview/{session_id}/report.pdf"
