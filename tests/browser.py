"""A real, headless Chromium for the tests of the pages: finding it, watching it, bringing pages into a state."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, expect, sync_playwright

from interviewer.storage.durable import file_lock
from tests.conftest import JOB, STRONG, ServerProcess, find_chromium

HOW_TO_GET_ONE = "No browser for the page tests: install chromium or set $CHROMIUM."
INSTALLING = Path(tempfile.gettempdir()) / f"interviewer-chromium-{os.geteuid()}.lock"
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]
WRITTEN = "I would look at the plan first, and measure again after each change."

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong


def chromium() -> str:
    """The browser's path; as root on Debian one is installed. Still none: the test fails in CI, else it is skipped."""
    path = find_chromium()
    if path is None and "CHROMIUM" not in os.environ and shutil.which("apt-get") and os.geteuid() == 0:
        with file_lock(INSTALLING):  # parallel workers must not both call apt
            path = find_chromium() or _install()
    if path is not None:
        return path
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    pytest.skip(HOW_TO_GET_ONE)


def _install() -> str | None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "chromium"]):
        subprocess.run(["apt-get", "-qq", *command], env=environment, check=False, capture_output=True, timeout=600)
    return find_chromium()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all the tests that leave it running."""
    server = ServerProcess(tmp_path_factory.mktemp("site"))
    yield server
    ended = server.process.poll()
    assert ended is None, f"the server ended with {ended}: {server.process.communicate()}"
    server.stop()


NewPage = Callable[[], Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens pages in browser profiles of their own; at the end nothing may have gone wrong in any of them."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_one() -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce"))
        watch(contexts[-1], troubles)
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page in a fresh browser profile."""
    return new_page()


def watch(context: BrowserContext, troubles: list[str]) -> None:
    """Note what no page of ours may do: complain on the console, open a dialog, ask another host for anything.

    An API call that fails or is refused is no such thing: handling it is the page's job.
    """

    def console(message: ConsoleMessage) -> None:
        failed_call = message.text.startswith("Failed to load resource") and "/api/" in message.location["url"]
        if message.type in ("error", "warning") and not failed_call:
            troubles.append(f"console: {message.text}")  # also how Chromium reports a violated CSP

    def dialog(opened: Dialog) -> None:
        troubles.append(f"dialog: {opened.message}")
        opened.dismiss()

    def request(asked: Request) -> None:
        if urlsplit(asked.url).hostname not in ("127.0.0.1", None):  # None: a data: URL
            troubles.append(f"request to another host: {asked.url}")

    context.on("console", console)
    context.on("dialog", dialog)
    context.on("request", request)
    context.on("weberror", lambda error: troubles.append(f"exception: {error.error}"))


def serious_violations(page: Page) -> list[str]:
    """What axe-core calls serious or critical in the page as it stands."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {violation['nodes'][0]['html']}"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(pixels, 0)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that control has the focus; on the way each one must show that it has it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_SHOWS), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


# a radio button of the start page is invisible: its label shows the focus for it
FOCUS_SHOWS = """() => {
  const focused = document.activeElement;
  const shown = focused.type === "radio" ? focused.nextElementSibling : focused;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  return focused.matches(":focus-visible") && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""


def begin_interview(server: ServerProcess, answers: int = 0, **fields: object) -> str:
    """The id of a new interview with so many answers given."""
    reply = server.post("/api/start-interview", **({"job_description": JOB} | fields))
    session_id: str = reply.json()["session_id"]
    for number in range(1, answers + 1):
        server.post("/api/submit-answer", session_id=session_id, answer=STRONG, question_number=number)
    return session_id


def open_interview(page: Page, server: ServerProcess, session_id: str) -> None:
    """Go to an interview and wait until its page knows where it stands."""
    page.goto(f"{server.url}/interview/{session_id}")
    expect(page.locator("body")).not_to_have_attribute("data-screen", "loading")


def show_start(page: Page, server: ServerProcess) -> None:
    """The empty start page."""
    page.goto(server.url)
    expect(page.locator("#interviewer-note")).to_have_text(re.compile("built-in"))


def show_start_with_errors(page: Page, server: ServerProcess) -> None:
    """The start page with something wrong in each field that can be wrong."""
    show_start(page, server)
    for field, text in {"candidate_name": "x" * 201, "experience_years": "81", "total_questions": "0"}.items():
        page.fill(f"#{field}", text)
    page.click("#start")
    expect(page.locator(".error:visible")).to_have_count(4)


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
    "question": show_question,
    "blank-answer": show_blank_answer,
    "server-gone": show_server_gone,
    "kept-text": show_kept_text,
    "end-dialog": show_end_dialog,
    "last-of-twenty": show_last_of_twenty,
    "report": show_report,
    "long-words": show_long_words,
    "ended-without-answers": show_ended_without_answers,
    "unknown": show_unknown,
    "unreachable": show_unreachable,
}
"""Every state that the pages can be in, by a name that also names its screenshots."""
