"""Every page: axe finds nothing, nothing sticks out, nothing complains in the console, no page is heavy.

A page is looked at as it is mostly seen and as it comes back with faults in it. With DRAAD_SCREENS=every the other
states on the list of screens are too.

What the site answered about figures and reports is then given to a browser without scripts, where Tab must lead to all
that can be done.
"""

import os
from collections.abc import Iterable, Iterator

import pytest
from django.templatetags.static import static
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.screens import PARTS, Screen, of_part
from tests.browser.site import NOBODY, Site
from tests.browser.without import Without
from tests.support.browser import undrawn

pytestmark = pytest.mark.browser

WIDE, NARROW, NARROWEST = 1280, 360, 320
EVERY_STATE = os.environ.get("DRAAD_SCREENS") == "every"
WITHOUT = {"demands", "figures", "reports", "signals"}
AXE_SCRIPT = static("axe/axe.min.js")
AXE = """colours => axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}, "color-contrast": {enabled: colours}},
}).then(found => found.violations.map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(n => n.target).join(", ")}`))"""
STICKING_OUT = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = """() => document.querySelectorAll("details:not(.menu)").forEach(part => { part.open = true })"""


@pytest.fixture(scope="module")
def chromium(chromium: Browser) -> Iterator[Browser]:
    with undrawn(chromium) as running:
        yield running


@pytest.mark.parametrize("part", PARTS)
def test_everybody_can_use_every_screen(site: Site, part: str) -> None:
    faults = [*_faults(site, part)]
    assert not faults, "\n".join(["", *faults])


def _faults(site: Site, part: str) -> Iterator[str]:
    seeing, scriptless = site.visitor(NOBODY), site.visitor(NOBODY, java_script_enabled=False)
    page, without = seeing.new_page(), Without(scriptless.new_page())
    heard: list[str] = []
    page.on("console", lambda message: heard.extend(_complaint(message)))
    page.on("pageerror", lambda error: heard.append(str(error)))
    for who, screens in of_part(part):
        site.sign_in(seeing, who)
        for screen in screens if EVERY_STATE else _first_states(screens):
            heard.clear()
            found = [*_found(screen, page, site, without), *heard]
            yield from (f"{screen.name}: {fault}" for fault in found)
    seeing.close()
    scriptless.close()


def _found(screen: Screen, page: Page, site: Site, without: Without) -> Iterator[str]:
    page.set_viewport_size({"width": WIDE, "height": 900})
    answer = screen.open(page, site.world)
    if answer.status != screen.status:
        yield f"answers {answer.status}, not {screen.status}"
    if (weight := len(answer.body()) / 1024) > screen.most_kilobytes:
        yield f"weighs {weight:.0f} kB"
    yield from looked_at(page)
    if screen.part in WITHOUT:
        yield from without.faults_of(answer)


def _first_states(screens: list[Screen]) -> Iterable[Screen]:
    """Of each page its first state, and its first with faults in it."""
    return {(screen.view, screen.send): screen for screen in reversed(screens)}.values()


def looked_at(page: Page) -> Iterator[str]:
    """What is wrong with the page as it comes, wide and narrow, and with everything unfolded.

    No colour changes with the width but those of the bars, and measuring colours is most of what axe does.
    """
    page.add_script_tag(url=AXE_SCRIPT)
    yield from _measured(page, WIDE)
    yield from _judged(page, WIDE, colours=True)
    yield from _measured(page, NARROW)
    yield from _judged(page, NARROW, colours=False)
    page.evaluate(UNFOLD)
    yield from _measured(page, NARROWEST)


def _measured(page: Page, width: int) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    if out := page.evaluate(STICKING_OUT):
        yield f"sticks out {out} pixels at {width}"


def _judged(page: Page, width: int, *, colours: bool) -> Iterator[str]:
    yield from (f"at {width} {fault}" for fault in page.evaluate(AXE, colours))


def _complaint(message: ConsoleMessage) -> Iterator[str]:
    """An error or warning, but for the browser's line about a page that answers 403 or 404, as asked."""
    if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
        yield f"console: {message.text}"
