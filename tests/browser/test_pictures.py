"""A picture of every screen lies in docs/pictures, as wide as a phone and as wide as a desk.

Make them anew: ``DRAAD_PICTURES=1 .venv/bin/python -m pytest -n0 tests/browser/test_pictures.py``.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page
from time_machine import Traveller

from config.environment import ROOT
from tests.browser.pictures import in_few_colours
from tests.browser.screens import PARTS, SCREENS, Screen, of_part
from tests.browser.site import Site
from tests.conftest import NOW

PICTURES = ROOT / "docs" / "pictures"
PHONE, DESK, HEIGHT = 360, 1280, 900
LONGEST = 6000  # of a page on a phone; what lies below looks like what lies above


def picture(screen: Screen, width: int) -> Path:
    return PICTURES / f"{screen.name}-{width}.png"


def test_every_screen_has_its_pictures_and_nothing_else_lies_there() -> None:
    wanted = {picture(screen, width).name for screen in SCREENS for width in (PHONE, DESK)}
    assert len(wanted) == 2 * len(SCREENS), "two screens have the same name"
    assert {path.name for path in PICTURES.glob("*")} == wanted


if "DRAAD_PICTURES" in os.environ:

    @pytest.mark.browser
    @pytest.mark.parametrize("part", PARTS)
    def test_a_picture_of_every_screen(site: Site, clock: Traveller, part: str) -> None:
        for who, screens in of_part(part):
            context = site.visitor(who)
            page, blank = context.new_page(), context.new_page()
            for screen in screens:
                clock.move_to(NOW)
                page.set_viewport_size({"width": DESK, "height": HEIGHT})
                screen.open(page, site.world)
                for width in (DESK, PHONE):
                    picture(screen, width).write_bytes(in_few_colours(blank, _seen(page, width)))
            context.close()


def _seen(page: Page, width: int) -> bytes:
    """The first sight on a desk; the whole page on a phone, as if that were so long that its bars lie at the end."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    if width == PHONE:
        height = page.evaluate("() => document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height, LONGEST)})
    page.evaluate("() => document.fonts.ready")
    return page.screenshot(animations="disabled")
