"""The warning before the site signs somebody out: in time, answered with one button, and nothing typed is lost."""

import os
import random
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from config.environment import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.real_clock]
SCRIPT = (ROOT / "static" / "js" / "draad.js").read_text()
ADDRESS = "http://draad.test/sessie/"
# How often the session ends while somebody types (T17): a hundred times in the long form, DRAAD_LONG=1.
OFTEN = 100 if os.environ.get("DRAAD_LONG") else 1
WORDS = ("Samira", "wil", "weer", "gaan", "zwemmen.", "Café", "\n", "'s ochtends", "<b>", "&amp;", "€ 25", "👍")


@pytest.fixture
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


def show(tabs: BrowserContext, seconds: int, answers: int = 1800) -> Page:
    """A page with a form, that can stand for so many seconds; the button makes it `answers` again."""

    def serve(route: Route) -> None:
        if route.request.url.endswith("draad.js"):
            route.fulfill(body=SCRIPT, content_type="text/javascript")
        elif route.request.method == "POST":
            route.fulfill(json={"seconds": answers})
        else:
            route.fulfill(body=body(seconds), content_type="text/html")

    page = tabs.new_page()
    page.route("**/*", serve)
    page.goto(ADDRESS)
    return page


def body(seconds: int) -> str:
    request = RequestFactory().get("/")
    request.session = SimpleNamespace(seconds_left=seconds)  # type: ignore[assignment]
    dialog = render_to_string("components/session_end.html", {"user": SimpleNamespace(pk=1)}, request)
    return (
        f'<!doctype html><title>Sessie {seconds}</title><script src="/draad.js" defer></script>'
        f'<form data-warn-unsaved><input name="csrfmiddlewaretoken" value="oud"><textarea></textarea></form>{dialog}'
    )


def test_it_asks_two_minutes_before_and_one_button_goes_on(tabs: BrowserContext) -> None:
    page = show(tabs, 121)
    warning = page.get_by_role("alertdialog")
    expect(warning).to_be_hidden()
    expect(warning).to_be_visible()
    expect(warning.locator("form[method=post] button")).to_be_focused()
    page.keyboard.press("Escape")
    expect(warning).to_be_visible()
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()


def test_after_twelve_hours_it_says_to_save(tabs: BrowserContext) -> None:
    page = show(tabs, 100, answers=90)
    page.locator("form[method=post] button").click()
    expect(page.locator("p[data-when=last]")).to_be_visible()
    page.locator("form[method=dialog] button").click()
    expect(page.get_by_role("alertdialog")).to_be_hidden()


@pytest.mark.parametrize("turn", range(OFTEN))
def test_what_was_typed_stays_until_somebody_signs_in_again_in_another_tab(tabs: BrowserContext, turn: int) -> None:
    chance = random.Random(20 + turn)
    seconds, typed = chance.randint(125, 1800), " ".join(chance.choices(WORDS, k=chance.randint(1, 300)))
    page = show(tabs, seconds)
    page.locator("textarea").fill(typed)
    page.clock.install()
    page.clock.fast_forward((seconds + chance.randint(1, 7200)) * 1000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("p[data-when=over]")).to_be_visible()
    show(tabs, 1800)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    expect(page.locator("textarea")).to_have_value(typed)
    expect(page.locator("form[data-warn-unsaved] input")).not_to_have_value("oud")


def test_a_page_on_which_nothing_was_typed_goes_away_by_itself(tabs: BrowserContext) -> None:
    page = show(tabs, 1)
    with page.expect_navigation():
        pass
