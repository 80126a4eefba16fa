"""A real, headless Chromium for the tests of the pages: finding it, watching it, bringing pages into a state."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from tests.conftest import JOB, STRONG, StartServer, find_chromium
from tests.debian_packages import program
from tests.server_process import ServerProcess

HOW_TO_GET_ONE = "No browser for the page tests: install chromium or set $CHROMIUM."
Look = tuple[Literal["light", "dark"], int]
LOOKS: list[Look] = [("light", 360), ("light", 1280), ("dark", 360), ("dark", 1280)]
AXE_LOOKS: list[Look] = [("light", 360), ("dark", 1280)]
CODING_TOPICS = ["Arrays", "Hash Maps", "Strings"]
CODE = """def largest_rise(temperatures: list[int]) -> int:
    best, lowest = 0, None
    for value in temperatures:
        lowest = value if lowest is None else min(lowest, value)
        best = max(best, value - lowest)  # the best sale so far, had one bought at the lowest value before it
    return best
"""

expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


def chromium() -> str:
    """The browser's path; one that $CHROMIUM names is not replaced by another."""
    return program(find_chromium, None if "CHROMIUM" in os.environ else "chromium", HOW_TO_GET_ONE)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What starts browsers; there can be one in a process."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    started = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
    yield started
    started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all the tests that leave it running."""
    server = ServerProcess(tmp_path_factory.mktemp("site"))
    yield server
    assert server.exit_status is None, f"the server ended with {server.exit_status}: {server.said()}"
    server.stop()


# of someone who has chosen before to type: the microphone check is for the tests of the voice
TYPES = "try { localStorage.setItem('candor:answering', 'typing'); } catch { /* switched off by the test */ }"
NewPage = Callable[[], Page]


@pytest.fixture
def new_page(browser: Browser, serve: StartServer) -> Iterator[NewPage]:
    """Opens pages in browser profiles of their own; at the end nothing may have gone wrong in any of them.

    They are closed before a server that `serve` has started stops: what they still load is no fault of theirs.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_one() -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce"))
        contexts[-1].add_init_script(TYPES)
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


def violations(page: Page) -> list[str]:
    """What axe-core has to say, at any level, about the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in found]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(pixels, 0)


def faults_in_each_look(page: Page) -> dict[Look, list[str]]:
    """What is wrong with a page in light and dark, on a phone and on a desk: for axe-core, or by its width.

    axe-core, which takes a second, sees each scheme and each width once: a colour does not depend on the width.
    """
    found: dict[Look, list[str]] = {}
    for look in LOOKS:
        scheme, width = look
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        seen = violations(page) if look in AXE_LOOKS else []
        found[look] = seen + [f"{overflow(page)} px too wide"] * (overflow(page) > 0)
    return found


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


def choose_type(page: Page, server: ServerProcess, interview_type: str) -> None:
    """The start page of this type."""
    show_start(page, server)
    page.locator(f".types label:has([value={interview_type}])").click()
    expect(page.locator(f"[name=interview_type][value={interview_type}]")).to_be_checked()


def upload_resume(page: Page, content: bytes, name: str = "resume.pdf") -> None:
    """Choose this file as the resume."""
    page.set_input_files("#resume_file", {"name": name, "mimeType": "application/pdf", "buffer": content})


def begin_coding(server: ServerProcess, **fields: object) -> str:
    """The id of a technical interview whose current question asks for code."""
    session_id = begin_interview(
        server, 0, **({"job_description": "", "interview_type": "technical", "topics": CODING_TOPICS} | fields)
    )
    while (view := server.get(f"/api/interview/{session_id}").json())["question_kind"] != "coding":
        assert view["status"] == "in_progress", "no question of this interview asked for code"
        server.post("/api/submit-answer", session_id=session_id, answer=STRONG)
    return session_id


def drop_files(page: Page, names: list[str], text: str) -> None:
    """Drop text files of these names, all with this text, where the resume goes."""
    page.locator("#resume-drop").evaluate(DROP, [names, text])


DROP = """(area, [names, text]) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File([text], name, { type: "text/plain" }));
  for (const type of ["dragover", "drop"]) {
    area.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
  }
}"""


def chosen_topics(page: Page) -> list[str]:
    """The chips of the start page."""
    return page.locator("#topics-chosen bdi").all_inner_texts()


def expect_question(page: Page, number: int, total: int = 5) -> None:
    """Wait until the page shows this question."""
    expect(page.locator("#progress-text")).to_have_text(f"Question {number} of {total}")


def view(page: Page, server: ServerProcess) -> dict[str, Any]:
    """What the server says about the interview on this page."""
    found: dict[str, Any] = server.get(f"/api/interview/{page.url.rpartition('/')[2]}").json()
    return found


def requests_to(page: Page, path: str) -> list[Request]:
    """The requests that this page makes from now on to addresses ending so."""
    made: list[Request] = []
    page.on("request", lambda request: made.append(request) if request.url.endswith(path) else None)
    return made
