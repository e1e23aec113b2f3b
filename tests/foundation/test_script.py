"""The one script of the product: what it adds to pages that also work without it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from config.environment import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.real_clock]
SCRIPT = (ROOT / "static" / "js" / "draad.js").read_text()
ADDRESS = "http://draad.test/"


@pytest.fixture
def screen(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def show(page: Page, body: str, answers: list[str] | None = None) -> None:
    """Serve `body` with the script at ADDRESS, and the answers one after another at /stand."""
    left = list(answers or [])

    def serve(route: Route) -> None:
        if route.request.url.endswith("draad.js"):
            route.fulfill(body=SCRIPT, content_type="text/javascript")
        elif route.request.url.endswith("/stand"):
            route.fulfill(body=left.pop(0), content_type="text/html")
        else:
            route.fulfill(
                body=f'<!doctype html><script src="/draad.js" defer></script>{body}', content_type="text/html"
            )

    page.route("**/*", serve)
    page.goto(ADDRESS)


def test_a_bar_can_be_closed_and_its_button_shows_only_with_a_script(screen: Page) -> None:
    show(screen, '<div class="undo" role="status">Opgeslagen<button data-dismiss hidden>Sluiten</button></div>')
    screen.get_by_role("button", name="Sluiten").click()
    expect(screen.get_by_role("status")).to_have_count(0)


def test_escape_closes_a_menu_and_brings_you_back_to_its_button(screen: Page) -> None:
    show(screen, '<details class="menu"><summary>Meer</summary><a href="#">Meting doen</a></details><p>Elders</p>')
    screen.get_by_text("Meer").click()
    expect(screen.get_by_text("Meting doen")).to_be_visible()
    screen.keyboard.press("Escape")
    expect(screen.get_by_text("Meting doen")).to_be_hidden()
    expect(screen.locator("summary")).to_be_focused()
    screen.get_by_text("Meer").click()
    screen.get_by_text("Elders").click()
    expect(screen.get_by_text("Meting doen")).to_be_hidden()


def test_progress_comes_in_by_itself_until_the_job_is_done(screen: Page) -> None:
    show(
        screen,
        '<div id="job" data-poll="/stand" data-every="1">Stap 1</div>',
        ['<div id="job" data-poll="/stand" data-every="1">Stap 2</div>', '<main><div id="job">Klaar</div></main>'],
    )
    expect(screen.get_by_text("Stap 2")).to_be_visible()
    expect(screen.get_by_text("Klaar")).to_be_visible()
    screen.wait_for_timeout(1200)  # a third question would find no answer and fail


def test_everybody_present_leaves_what_was_chosen(screen: Page) -> None:
    people = "".join(
        f'<input type="radio" name="p{i}-came" value="yes"><input type="radio" name="p{i}-came" value="sick"{chosen}>'
        for i, chosen in enumerate(["", " checked", ""])
    )
    show(screen, f'{people}<button data-check-all="-came=yes" hidden>Iedereen aanwezig</button>')
    screen.get_by_role("button", name="Iedereen aanwezig").click()
    assert screen.eval_on_selector_all("input:checked", "found => found.map(i => i.value)") == ["yes", "sick", "yes"]


def test_a_button_says_that_saving_has_begun_and_saves_once(screen: Page) -> None:
    show(
        screen,
        '<form target="elders" action="/ergens"><button data-busy="Bezig met opslaan">Opslaan</button></form>'
        '<iframe name="elders"></iframe>',
    )
    button = screen.get_by_role("button")
    button.click()
    expect(button).to_have_text("Bezig met opslaan")
    expect(button).to_have_attribute("aria-disabled", "true")


def test_errors_are_brought_to_who_listens(screen: Page) -> None:
    show(screen, '<div class="note-error" tabindex="-1">2 antwoorden kloppen nog niet</div><input>')
    expect(screen.locator(".note-error")).to_be_focused()
