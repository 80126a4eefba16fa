"""GET /api/interview/ID/report.pdf: who gets the PDF, and that nobody else waits for it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from interviewer.errors import PdfUnavailable
from interviewer.pdf.making import PdfMaker
from tests.conftest import JOB, ROOT
from tests.report_setup import Report, path_of
from tests.test_errors_api import assert_problem
from tests.token_issuer import signed
from tests.tokens_setup import bearer, end, started, submit
from tests.waiting import until


# Who gets it.
def test_its_name_and_its_headers_hold_nothing_that_a_candidate_wrote(reader: FlaskClient, report: Report) -> None:
    response = reader.get(path_of(report["session_id"]))
    assert response.status_code == 200
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="report-{report["session_id"]}.pdf"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in response.headers


def test_without_a_report_there_is_no_pdf(reader: FlaskClient) -> None:
    session_id = reader.post("/api/start-interview", json={"job_description": JOB}).get_json()["session_id"]
    assert "no report yet" in assert_problem(reader.get(path_of(session_id)), 409)["detail"]
    for unknown in ("00000000", "..%2f..%2fetc", "%00"):
        assert_problem(reader.get(path_of(unknown)), 404)


def test_anothers_report_is_as_unknown_as_none(shared: FlaskClient) -> None:
    mine = signed(subject="ada")
    session_id = started(shared, mine)
    submit(shared, session_id, mine)
    end(shared, session_id, mine)
    assert shared.get(path_of(session_id), headers=bearer(mine)).data.startswith(b"%PDF")
    theirs = bearer(signed(subject="eve"))
    hidden = assert_problem(shared.get(path_of(session_id), headers=theirs), 404)
    assert hidden == assert_problem(shared.get(path_of("zzzzzzzz"), headers=theirs), 404) | {"detail": hidden["detail"]}
    assert shared.get(path_of(session_id)).status_code == 401


# The process.
def test_the_server_loads_nothing_of_it() -> None:
    """Typst and its fonts are loaded by the process that makes a PDF."""
    code = "import interviewer.api.report_pdf, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert not {"typst", "manimgx_fonts", "fontTools", "fpdf", "interviewer.pdf.report"} & set(done.stdout.split())


def test_a_pdf_that_takes_too_long_or_cannot_be_made_is_given_up(report: Report) -> None:
    with pytest.raises(PdfUnavailable, match="could not be made"):
        PdfMaker(wall_seconds=0.001).make(report)
    with pytest.raises(PdfUnavailable, match="could not be made"):
        PdfMaker().make({"session_id": "no other field"})


def test_past_the_queue_one_is_told_to_come_again(report: Report) -> None:
    maker, made = PdfMaker(at_once=1, max_waiting=0), list[bytes]()
    refused = threading.Event()

    def ask() -> None:
        try:
            made.append(maker.make(report))
        except PdfUnavailable:
            refused.set()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    until(refused.is_set)
    assert len(made) >= 1
    assert maker.make(report) == made[0]  # the turn was given back


def test_the_server_says_when_to_come_again(
    reader: FlaskClient, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no such program"))
    response = reader.get(path_of(report["session_id"]))
    assert "print the report" in assert_problem(response, 503)["detail"]
    assert int(response.headers["Retry-After"]) > 0
