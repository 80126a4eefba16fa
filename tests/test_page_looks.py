"""Every state of the pages, in light and dark, on a phone and on a desk: accessible, and never too wide."""

from typing import Literal, cast

import pytest
from playwright.sync_api import Page

from tests.browser import LOOKS, overflow, serious_violations
from tests.conftest import ServerProcess
from tests.page_states import STATES


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious_and_nothing_is_too_wide(page: Page, site: ServerProcess, state: str) -> None:
    STATES[state](page, site)
    found = {}
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=cast(Literal["light", "dark"], scheme))
        page.set_viewport_size({"width": width, "height": 800})
        found[scheme, width] = serious_violations(page) + [f"{overflow(page)} px too wide"] * (overflow(page) > 0)
    assert found == {look: [] for look in LOOKS}
