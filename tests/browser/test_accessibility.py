"""Every screen: axe finds nothing, nothing sticks out, nothing complains in the console, no page is heavy.

What the site answered about figures and reports is then given to a browser without scripts, where Tab must lead to all
that can be done.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.screens import PARTS, Screen, of_part
from tests.browser.site import Site
from tests.browser.without import Without

pytestmark = pytest.mark.browser

WIDE, NARROW, NARROWEST = 1280, 360, 320
WITHOUT = {"demands", "figures", "reports", "signals"}
AXE = """colours => axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}, "color-contrast": {enabled: colours}},
}).then(found => found.violations.map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(n => n.target).join(", ")}`))"""
STICKING_OUT = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = """() => document.querySelectorAll("details:not(.menu)").forEach(part => { part.open = true })"""


@pytest.mark.parametrize("part", PARTS)
def test_everybody_can_use_every_screen(site: Site, part: str) -> None:
    faults = [fault for who, screens in of_part(part) for fault in _faults(site, who, screens)]
    assert not faults, "\n".join(["", *faults])


def _faults(site: Site, who: str, screens: list[Screen]) -> Iterator[str]:
    context = site.visitor(who)
    page, without = context.new_page(), Without(site.visitor(who, java_script_enabled=False))
    heard: list[str] = []
    seen: set[tuple[str, bool]] = set()
    page.on("console", lambda message: heard.extend(_complaint(message)))
    page.on("pageerror", lambda error: heard.append(str(error)))
    for screen in screens:
        heard.clear()
        page.set_viewport_size({"width": WIDE, "height": 900})
        answer = screen.open(page, site.world)
        found = [] if answer.status == screen.status else [f"answers {answer.status}, not {screen.status}"]
        weight = len(answer.body()) / 1024
        found += [f"weighs {weight:.0f} kB"] if weight > screen.most_kilobytes else []
        found += [*_looked_at(page, is_new=_is_new(screen, seen)), *heard]
        found += without.faults_of(answer) if screen.part in WITHOUT else []
        yield from (f"{screen.name}: {fault}" for fault in found)
    context.close()
    without.close()


def _is_new(screen: Screen, seen: set[tuple[str, bool]]) -> bool:
    """Whether this page was not seen yet: its first state, or its first with faults in it."""
    kind = screen.view, screen.send
    if kind in seen:
        return False
    seen.add(kind)
    return True


def _looked_at(page: Page, *, is_new: bool) -> Iterator[str]:
    """What is wrong with the page as it comes, wide and narrow, and with everything unfolded.

    No colour changes with the width but those of the bars, nor from one full page to the next of its kind, and
    measuring colours is most of what axe does: it is done once for each page and once for its faults.
    """
    page.evaluate(AXE_SCRIPT)
    yield from _measured(page, WIDE)
    yield from _judged(page, WIDE, colours=is_new)
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
