"""Every state of the pages, in light and dark, on a phone and on a desk: accessible, and never too wide."""

import pytest
from playwright.sync_api import Page

from tests.browser import LOOKS, faults_in_each_look
from tests.page_states import STATES
from tests.server_process import ServerProcess


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_nothing_is_too_wide(page: Page, site: ServerProcess, state: str) -> None:
    STATES[state](page, site)
    assert faults_in_each_look(page) == {look: [] for look in LOOKS}
