"""The pages about past interviews in light and dark, on a phone and on a desk: accessible, and never too wide."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, begin_interview, faults_in_each_look
from tests.conftest import StartServer
from tests.past_setup import AUDIO, FEW, TOKEN, archive, finished, open_list, saved, sign_in, spoken


def show_sign_in(page: Page, serve: StartServer, data_dir: Path) -> None:
    del data_dir
    page.goto(serve(API_TOKEN=TOKEN).url + "/interviews")
    sign_in(page, "wrong")
    expect(page.locator("#api-token-error")).to_be_visible()


def show_list(page: Page, serve: StartServer, data_dir: Path) -> None:
    long = saved(99, candidate_name="n" * 200, timestamp="2026-04-01T00:00:00+00:00")
    archive(data_dir, *FEW, *(saved(number) for number in range(10, 40)), long)
    server = serve()
    begin_interview(server, candidate_name="Under way")
    open_list(page, server)


def show_no_match(page: Page, serve: StartServer, data_dir: Path) -> None:
    del data_dir
    open_list(page, serve(), "?q=nobody")


def show_report(page: Page, serve: StartServer, data_dir: Path) -> None:
    del data_dir
    server = serve()
    page.goto(f"{server.url}/interviews/{finished(server, 'n' * 200)}")
    expect(page.locator(".sheet")).to_be_visible()


def show_spoken(page: Page, serve: StartServer, data_dir: Path) -> None:
    del data_dir
    server = serve()
    kept = {"file": f"recordings/abcd1234/{'0' * 16}.webm", "size": 418_000, "sha256": "3f" * 32}
    consent = {"version": "2026-11", "at": "2026-11-21T10:00:00+00:00"}
    long = AUDIO | {"transcript": "w" * 400, "model": "m" * 80, "sound": kept, "consent": consent}
    page.goto(f"{server.url}/interviews/{spoken(server, 'محمد الأحمدي', None, AUDIO, long)}")
    expect(page.locator(".delivery")).to_have_count(3)


def show_dialog(page: Page, serve: StartServer, data_dir: Path) -> None:
    show_report(page, serve, data_dir)
    page.click("#delete")


def show_live(page: Page, serve: StartServer, data_dir: Path) -> None:
    del data_dir
    server = serve()
    page.goto(f"{server.url}/interviews/{begin_interview(server, answers=1)}")
    expect(page.locator(".sheet")).to_be_visible()


def show_unknown(page: Page, serve: StartServer, data_dir: Path) -> None:
    del data_dir
    page.goto(serve().url + "/interviews/zzzzzzzz")
    expect(page.locator("h1")).to_have_text("There is no such interview")


SHOWN = [show_sign_in, show_list, show_no_match, show_report, show_spoken, show_dialog, show_live, show_unknown]


@pytest.mark.parametrize("show", SHOWN)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    page: Page, serve: StartServer, data_dir: Path, show: Callable[[Page, StartServer, Path], None]
) -> None:
    show(page, serve, data_dir)
    assert faults_in_each_look(page) == {look: [] for look in LOOKS}
