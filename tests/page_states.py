"""Every state that the candidate's pages can be in, and how to bring a page into it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import CODE, begin_coding, begin_interview, choose_type, open_interview, show_start, upload_resume
from tests.conftest import STRONG
from tests.resume_files import RESUME, pdf, scanned_pdf
from tests.server_process import ServerProcess

WRITTEN = "I would look at the plan first, and measure again after each change."


def show_start_with_errors(page: Page, server: ServerProcess) -> None:
    """The start page with something wrong in each field that can be wrong."""
    show_start(page, server)
    for field, text in {"candidate_name": "x" * 201, "experience_years": "81", "total_questions": "0"}.items():
        page.fill(f"#{field}", text)
    page.click("#start")
    expect(page.locator(".error:visible")).to_have_count(4)


def show_topics(page: Page, server: ServerProcess) -> None:
    """The start page of a technical interview, with topics chosen and suggestions for another one."""
    choose_type(page, server, "technical")
    for topic in ("Python", "C++", "Distributed systems with a name that fills the line"):
        page.fill("#topics", topic)
        page.press("#topics", "Enter")
    page.fill("#topics", "da")
    expect(page.locator("#topics-options")).to_be_visible()
    page.press("#topics", "ArrowDown")


def show_types_with_errors(page: Page, server: ServerProcess) -> None:
    """The refusals of a technical interview without topics."""
    choose_type(page, server, "technical")
    page.fill("#total_questions", "21")
    page.click("#start")
    expect(page.locator(".error:visible")).to_have_count(2)


def show_resume(page: Page, server: ServerProcess) -> None:
    """The start page of a resume interview, with what was read from the file."""
    choose_type(page, server, "resume")
    upload_resume(page, pdf())
    expect(page.locator("#resume-topics")).to_be_visible()


def show_resume_refused(page: Page, server: ServerProcess) -> None:
    """A resume that cannot be read, and one that was not delivered."""
    choose_type(page, server, "resume")
    upload_resume(page, scanned_pdf())
    expect(page.locator("#resume_file-error")).to_contain_text("scanned")


def show_resume_undelivered(page: Page, server: ServerProcess) -> None:
    """A resume that did not reach the server."""
    choose_type(page, server, "resume")
    page.route("**/api/parse-resume", lambda route: route.abort())
    upload_resume(page, pdf())
    expect(page.locator("#resume-again")).to_be_visible()


def show_coding(page: Page, server: ServerProcess) -> None:
    """A coding question with a hint, half an explanation and some code, one line of it too long for the editor."""
    open_interview(page, server, begin_coding(server))
    page.click("#hint")
    expect(page.locator("#hint-list li")).to_have_count(1)
    page.fill("#answer", WRITTEN)
    page.fill("#code", CODE)
    page.press("#code", "Escape")


def show_folded_code(page: Page, server: ServerProcess) -> None:
    """A technical question that asks for words, with the place for code unfolded."""
    session_id = begin_interview(
        server, job_description="", interview_type="technical", topics=["Python"], total_questions=4
    )
    open_interview(page, server, session_id)
    page.evaluate("document.querySelector('#code-part').open = true")
    page.fill("#code", CODE)


def show_resume_question(page: Page, server: ServerProcess) -> None:
    """The first question about a resume."""
    fields = {"job_description": "", "interview_type": "resume", "resume_text": RESUME}
    open_interview(page, server, begin_interview(server, 0, **fields))


def show_coding_report(page: Page, server: ServerProcess) -> None:
    """The report of a technical interview with code, a hint, and code that was not submitted."""
    session_id = begin_coding(server, total_questions=8, candidate_name="Amara Okafor")
    server.post("/api/request-hint", session_id=session_id)
    fields = {"code_submission": CODE, "code_language": "Python"}
    server.post("/api/submit-answer", session_id=session_id, answer=WRITTEN, **fields)
    number = server.get(f"/api/interview/{session_id}").json()["question_number"]
    server.post("/api/save-draft", session_id=session_id, question_number=number, answer=WRITTEN, **fields)
    server.post("/api/end-interview", session_id=session_id)
    open_interview(page, server, session_id)
    expect(page.locator("#report-screen")).to_be_visible()


def show_question(page: Page, server: ServerProcess) -> None:
    """The second question, with half an answer in the box."""
    open_interview(page, server, begin_interview(server, answers=1))
    page.locator("#earlier-title").click()
    page.fill("#answer", WRITTEN)


def show_blank_answer(page: Page, server: ServerProcess) -> None:
    """The refusal of an empty answer."""
    open_interview(page, server, begin_interview(server))
    page.click("#submit")
    expect(page.locator("#answer-error")).to_be_visible()


def show_server_gone(page: Page, server: ServerProcess) -> None:
    """An answer that cannot be delivered."""
    show_question(page, server)
    page.route("**/api/submit-answer", lambda route: route.abort())
    page.click("#submit")
    expect(page.locator("#again")).to_be_visible()


def show_kept_text(page: Page, server: ServerProcess) -> None:
    """A text for a question that another tab has answered meanwhile."""
    session_id = begin_interview(server)
    open_interview(page, server, session_id)
    page.fill("#answer", WRITTEN)
    server.post("/api/submit-answer", session_id=session_id, answer=STRONG, question_number=1)
    page.click("#submit")
    expect(page.locator("#kept")).to_be_visible()


def show_end_dialog(page: Page, server: ServerProcess) -> None:
    """The question whether to end early."""
    show_question(page, server)
    page.click("#end")
    expect(page.locator("#end-dialog")).to_be_visible()


def show_report(page: Page, server: ServerProcess) -> None:
    """The report of an interview with an unanswered question."""
    session_id = begin_interview(server, answers=2, total_questions=3, candidate_name="Amara Okafor")
    server.post("/api/end-interview", session_id=session_id)
    open_interview(page, server, session_id)
    expect(page.locator("#report-screen")).to_be_visible()


def show_pdf_failure(page: Page, server: ServerProcess) -> None:
    """A report whose PDF did not come."""
    show_report(page, server)
    page.route("**/report.pdf", lambda route: route.abort())
    page.locator(".pdf").first.click()
    expect(page.locator(".pdf-fault").first).to_be_visible()


def show_long_words(page: Page, server: ServerProcess) -> None:
    """A report full of words that fit on no line, after twenty questions."""
    session_id = begin_interview(server, total_questions=20, candidate_name="n" * 200, job_description="j" * 300)
    for word in ("w" * 400, "Ünïcödé" * 60, "https://example.org/" + "path/" * 80):
        server.post("/api/submit-answer", session_id=session_id, answer=f"{word} {STRONG}")
    server.post("/api/save-draft", session_id=session_id, question_number=4, answer="d" * 400)
    server.post("/api/end-interview", session_id=session_id)
    open_interview(page, server, session_id)
    expect(page.locator("#report-screen")).to_be_visible()


def show_last_of_twenty(page: Page, server: ServerProcess) -> None:
    """The twentieth question, with all the earlier answers unfolded."""
    open_interview(page, server, begin_interview(server, answers=19, total_questions=20))
    page.locator("#earlier-title").click()


def show_unreachable(page: Page, server: ServerProcess) -> None:
    """An interview page that cannot get its interview."""
    page.route("**/api/interview/*", lambda route: route.abort())
    open_interview(page, server, begin_interview(server))


def show_ended_without_answers(page: Page, server: ServerProcess) -> None:
    """An interview that was ended before anything was answered."""
    session_id = begin_interview(server)
    server.post("/api/end-interview", session_id=session_id)
    open_interview(page, server, session_id)


def show_unknown(page: Page, server: ServerProcess) -> None:
    """An address with no interview behind it."""
    open_interview(page, server, "zzzzzzzz")


STATES: dict[str, Callable[[Page, ServerProcess], None]] = {
    "start": show_start,
    "start-errors": show_start_with_errors,
    "topics": show_topics,
    "topics-errors": show_types_with_errors,
    "resume": show_resume,
    "resume-refused": show_resume_refused,
    "resume-undelivered": show_resume_undelivered,
    "question": show_question,
    "coding": show_coding,
    "folded-code": show_folded_code,
    "resume-question": show_resume_question,
    "blank-answer": show_blank_answer,
    "server-gone": show_server_gone,
    "kept-text": show_kept_text,
    "end-dialog": show_end_dialog,
    "last-of-twenty": show_last_of_twenty,
    "report": show_report,
    "coding-report": show_coding_report,
    "pdf-failure": show_pdf_failure,
    "long-words": show_long_words,
    "ended-without-answers": show_ended_without_answers,
    "unknown": show_unknown,
    "unreachable": show_unreachable,
}
"""Every state that the pages can be in, by a name that also names its screenshots."""
