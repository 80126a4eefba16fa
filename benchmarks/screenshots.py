"""The README's picture, from the running page: `python -m benchmarks.screenshots [--all DIR]`.

It runs an interview on a scratch folder, with the question bank's sample answers (one of them cut short, as people
do), and writes docs/screenshot.png: the head of the report and the question with the cut answer; what stands between
the two is left out. With --all it also writes every state of the pages at 360 and 1280 pixels, in light and dark,
for someone to look at: the candidate's, those with a microphone (which hears espeak-ng), and the team's.
"""

import argparse
import contextlib
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, cast

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from interviewer.interviewers.builtin.bank import QuestionBank
from interviewer.interviewers.builtin.coding.questions import CodingBank
from tests.browser import CODING_TOPICS, LOOKS, TYPES, begin_interview, open_interview
from tests.conftest import ROOT, StartServer, find_chromium
from tests.page_states import STATES
from tests.server_process import ServerProcess
from tests.test_page_past_looks import SHOWN as PAST
from tests.voice_browser import SPOKEN, launch_hearing, speak_into
from tests.voice_states import VOICE_STATES

README_PICTURE = ROOT / "docs" / "screenshot.png"
POSTING = """Senior Backend Engineer (Python)

Northwind Freight books a million lorry journeys a year for small carriers. You join the team of six that runs bookings
and invoices.

What you will do
- Design and run the REST APIs that carriers book through
- Own the PostgreSQL schema behind bookings and invoices
- Keep the nightly settlement run reliable

What we ask for
- 5+ years of Python, with Flask or a similar framework
- Strong SQL and PostgreSQL: indexes, query plans, migrations
- Automated tests with pytest, code review

Nice to have: Redis, Docker
"""
WITHOUT_SAMPLE = {
    "experience": (
        "At my last company I ran the booking service for three years. Carriers sent about forty thousand orders a "
        "day through our Flask API, and I designed the PostgreSQL tables behind it. When the nightly settlement began "
        "to miss its window I measured each step, moved the slowest join into a summary table and cut the run from "
        "six hours to forty minutes. Since then no invoice has been late."
    ),
    "behavioral": (
        "Two years ago a colleague and I rebuilt the invoice export together. I wrote the tests and the database "
        "part, she wrote the file formats. We disagreed about the order of the release, so I proposed to run old and "
        "new side by side for two weeks. We found three differences, fixed them, and switched over without a single "
        "complaint. I learned to make a disagreement measurable."
    ),
}
QUESTIONS = 6
CUT_SHORT = 2  # the answer to this question loses its second half
SECONDS_A_WORD = 1.5  # so fast do people type
LEFT_OUT = f".summary, .findings, .overview, .part, .qa:not(#question-{CUT_SHORT}), .facts, .foot, .sheet .actions"


def run_interview(server: ServerProcess) -> str:
    """The id of a finished interview with good answers."""
    samples = {question.text: question.sample_answer for question in QuestionBank().questions.values()}
    session_id = begin_interview(
        server, job_description=POSTING, candidate_name="Amara Okafor", experience_years=6, total_questions=QUESTIONS
    )
    for number in range(1, QUESTIONS + 1):
        asked = server.get(f"/api/interview/{session_id}").json()
        answer = samples.get(asked["question"]) or WITHOUT_SAMPLE[asked["question_kind"]]
        if number == CUT_SHORT:
            sentences = answer.split(". ")
            answer = ". ".join(sentences[: len(sentences) // 2]) + "."
        let_time_pass(server, session_id, seconds=len(answer.split()) * SECONDS_A_WORD)
        server.post("/api/submit-answer", session_id=session_id, answer=answer, question_number=number)
    return session_id


def run_technical_interview(server: ServerProcess) -> str:
    """The id of a finished interview with code: the bank's sample answers, and a hint for every task."""
    samples = {question.as_asked().text: question.sample_answer for question in CodingBank().questions.values()}
    session_id = begin_interview(
        server,
        job_description="",
        interview_type="technical",
        topics=CODING_TOPICS,
        candidate_name="Amara Okafor",
        total_questions=QUESTIONS,
    )
    for _ in range(QUESTIONS):
        asked = server.get(f"/api/interview/{session_id}").json()
        sample = samples.get(asked["question"])
        if sample is None:
            server.post("/api/submit-answer", session_id=session_id, answer=WITHOUT_SAMPLE["experience"])
            continue
        server.post("/api/request-hint", session_id=session_id)
        let_time_pass(server, session_id, seconds=len(sample.code.split()) * SECONDS_A_WORD)
        fields = {"answer": sample.explanation, "code_submission": sample.code, "code_language": "Python"}
        server.post("/api/submit-answer", session_id=session_id, **fields)
    return session_id


def let_time_pass(server: ServerProcess, session_id: str, seconds: float) -> None:
    """Make an interview in progress that much older, as if the candidate had been typing."""
    path = server.data_dir / "in_progress" / f"{session_id}.json"

    def earlier(moment: re.Match[str]) -> str:
        return (datetime.fromisoformat(moment.group()) - timedelta(seconds=seconds)).isoformat()

    path.write_text(re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", earlier, path.read_text()))


def take_readme_picture(browser: Browser, server: ServerProcess, finished: str) -> None:
    """The head of the report and one question of it, fading out below."""
    page = browser.new_page(reduced_motion="reduce")
    look(page, "light", 1280, height=1400)
    open_interview(page, server, finished)
    page.locator(LEFT_OUT).evaluate_all("parts => parts.forEach((part) => { part.hidden = true; })")
    page.locator("main").evaluate(
        "main => { main.style.maskImage = 'linear-gradient(#000 1220px, transparent 1330px)'; }"
    )
    README_PICTURE.parent.mkdir(exist_ok=True)
    page.screenshot(path=README_PICTURE)
    page.close()


def look(page: Page, scheme: str, width: int, height: int = 800) -> None:
    """Show the page as that visitor would see it."""
    page.emulate_media(color_scheme=cast(Literal["light", "dark"], scheme), reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})


def take_all(playwright: Playwright, browser: Browser, server: ServerProcess, finished: str, folder: Path) -> None:
    """Every state in every look."""
    folder.mkdir(parents=True, exist_ok=True)
    technical = run_technical_interview(server)
    states = STATES | {
        "good-report": lambda page, server: open_interview(page, server, finished),
        "good-technical-report": lambda page, server: open_interview(page, server, technical),
    }
    for name, show in states.items():
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.add_init_script(TYPES)
        show(page, server)
        take_looks(page, folder, name)
    for show_past in PAST:
        with tempfile.TemporaryDirectory() as scratch, serving(Path(scratch)) as serve:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
            show_past(page, serve, Path(scratch))
            take_looks(page, folder, f"past-{show_past.__name__.removeprefix('show_')}")
    take_voice(playwright, server, folder)


@contextlib.contextmanager
def serving(data_dir: Path) -> Iterator[StartServer]:
    """Starts servers on that folder, with these settings; all are stopped at the end."""
    servers: list[ServerProcess] = []

    def serve(port: int = 0, **environment: str) -> ServerProcess:
        servers.append(ServerProcess(data_dir, port, **environment))
        return servers[-1]

    yield serve
    for server in servers:
        server.stop()


def take_voice(playwright: Playwright, server: ServerProcess, folder: Path) -> None:
    """The states that a microphone brings about; it hears the same words each time that it is opened."""
    with tempfile.TemporaryDirectory() as scratch:
        microphone = Path(scratch) / "spoken.wav"
        speak_into(microphone, SPOKEN)
        browser = launch_hearing(playwright, microphone)
        for name, show in VOICE_STATES.items():
            context = browser.new_context(
                viewport={"width": 1280, "height": 800}, reduced_motion="reduce", permissions=["microphone"]
            )
            page = context.new_page()
            show(page, server)
            take_looks(page, folder, name)
            context.close()
        browser.close()


def take_looks(page: Page, folder: Path, name: str) -> None:
    """A state in every look; then the page is closed. A dialog stands over the window, whatever is below it."""
    for scheme, width in LOOKS:
        look(page, scheme, width)
        page.screenshot(path=folder / f"{name}-{scheme}-{width}.png", full_page=not name.endswith("dialog"))
    page.close()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--all", type=Path, metavar="DIR", help="also every state, into this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        server = ServerProcess(Path(scratch))
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        finished = run_interview(server)
        take_readme_picture(browser, server, finished)
        if options.all:
            take_all(playwright, browser, server, finished, options.all)
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
