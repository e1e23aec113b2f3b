"""A coach's main job and the way of a report, without scripts and without a mouse."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from guidance.models import Session
from tests.browser.site import Site

pytestmark = pytest.mark.browser

MOST_TABS = 60
FOCUSED = "() => document.activeElement.innerText || document.activeElement.name || document.activeElement.value"


def open_form(page: Page, site: Site, name: str) -> None:
    page.goto(reverse("guidance:log_session", args=[site.world.trajectories[name].pk]))


def sessions_of(site: Site, name: str) -> int:
    return Session.objects.filter(trajectory=site.world.trajectories[name]).count()


def test_a_session_is_logged_without_scripts(site: Site) -> None:
    context = site.visitor("noor", java_script_enabled=False)
    page = context.new_page()
    before = sessions_of(site, "mei_lin")
    open_form(page, site, "mei_lin")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.locator(".note-error")).to_contain_text("Mei")
    assert sessions_of(site, "mei_lin") == before
    page.get_by_text("Gekomen", exact=True).click()
    page.get_by_label("Wat hebben jullie gedaan?").fill("Samen de agenda gemaakt.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Samen de agenda gemaakt.")
    assert sessions_of(site, "mei_lin") == before + 1
    context.close()


def test_a_session_is_logged_with_the_keyboard(site: Site) -> None:
    context = site.visitor("noor")
    page = context.new_page()
    before = sessions_of(site, "wilma")
    open_form(page, site, "wilma")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    passed = _tab_to(page, "attendance")
    page.keyboard.press("Space")
    passed += _tab_to(page, "note")
    page.keyboard.type("Wilma belt maandag zelf.")
    passed += _tab_to(page, "Opslaan")
    assert passed.index("attendance") < passed.index("note") < passed.index("plan") < passed.index("Annuleren")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Wilma belt maandag zelf.")
    assert sessions_of(site, "wilma") == before + 1
    context.close()


def _tab_to(page: Page, wanted: str) -> list[str]:
    """Press Tab until that field or button has the focus; what was passed on the way, in order."""
    passed: list[str] = []
    while len(passed) < MOST_TABS:
        page.keyboard.press("Tab")
        passed.append(str(page.evaluate(FOCUSED)).strip())
        _is_in_sight(page)
        if passed[-1] == wanted:
            return passed
    raise AssertionError(f"Tab never reaches {wanted}: {passed}")


def _is_in_sight(page: Page) -> None:
    """What has the focus is not behind a bar (WCAG 2.4.11)."""
    seen = page.evaluate(
        """() => {
        const chosen = document.activeElement, one = chosen.matches(".btn-check") ? chosen.labels[0] : chosen;
        const box = one.getBoundingClientRect();
        const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return !box.width || one.contains(there) || !there?.closest(".savebar, .topbar, .bottombar")
            || !!one.closest(".savebar, .topbar, .bottombar");
    }"""
    )
    assert seen, f"behind a bar: {page.evaluate(FOCUSED)}"


def test_a_report_is_checked_and_signed_without_scripts(site: Site) -> None:
    context = site.visitor("ineke", java_script_enabled=False)
    page, stuck = context.new_page(), site.world.reports["stuck"]
    page.goto(reverse("reporting:explain_targets", args=[stuck.pk]))
    page.get_by_role("main").get_by_role("textbox").fill("Er kwamen meer mensen dan verwacht.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    stuck.texts.filter(kind="story").delete()
    page.get_by_role("link", name="Controleren", exact=True).click()
    page.get_by_role("button", name="Controleren", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Er kwamen meer mensen dan verwacht.")
    page.get_by_role("link", name="Ondertekenen", exact=True).click()
    page.get_by_role("button", name="Ondertekenen", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We maken je rapport")
    context.close()


def test_a_report_is_returned_with_the_keyboard(site: Site) -> None:
    context = site.visitor("omar")
    page = context.new_page()
    page.goto(reverse("reporting:report", args=[site.world.reports["signed"].pk]))
    page.get_by_label("Vraag of opmerking").focus()
    page.keyboard.type("Waarom zijn het er minder?")
    passed = _tab_to(page, "Terugsturen met vraag")
    assert passed.index("Accepteren") < passed.index("Terugsturen met vraag")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Waarom zijn het er minder?")
    context.close()
