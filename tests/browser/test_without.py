"""The main jobs of a coach, a manager, an officer and who configures: without scripts, and without a mouse."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from foundation.encryption import file_keys_kept
from guidance.models import Session
from organisations.models import GroupRole, IdentityProvider
from reporting.models import SignalAnswer, StatisticSetting, Tranche
from tests import factories as make
from tests.browser.keyboard import Keyboard
from tests.browser.site import NOBODY, Site
from tests.browser.test_accessibility import looked_at
from tests.cast import Cast
from tests.support.identity_server import CLIENT, SECRET, running
from trajectories.models import LabourPosition

pytestmark = pytest.mark.browser


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
    keys = Keyboard(page)
    keys.skip()
    keys.to("Gekomen")
    keys.press("Space")
    keys.fill("Wat hebben jullie gedaan?", "Wilma belt maandag zelf.")
    keys.follow("Opslaan")
    expect(page.get_by_role("main")).to_contain_text("Wilma belt maandag zelf.")
    assert sessions_of(site, "wilma") == before + 1
    context.close()


@pytest.fixture
def keys(site: Site, request: pytest.FixtureRequest) -> Iterator[Keyboard]:
    """The keyboard of somebody whose browser runs no scripts: the manager, unless the test says who."""
    context = site.visitor(getattr(request, "param", "ineke"), java_script_enabled=False)
    yield Keyboard(context.new_page())
    context.close()


def test_a_report_is_explained_checked_and_signed_with_the_keyboard(site: Site, keys: Keyboard) -> None:
    stuck = site.world.reports["stuck"]
    keys.open(reverse("reporting:explain_targets", args=[stuck.pk]))
    keys.fill("Gestart, Amersfoort", "Er kwamen meer mensen dan verwacht.")
    keys.follow("Opslaan")
    stuck.texts.filter(kind="story").delete()
    pass_twice(keys, "Controleren")
    expect(keys.page.get_by_role("main")).to_contain_text("Er kwamen meer mensen dan verwacht.")
    pass_twice(keys, "Ondertekenen")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("We maken je rapport")


def pass_twice(keys: Keyboard, step: str) -> None:
    """Take a step of the report, on its page and on the page that asks whether you are sure."""
    for _ in range(2):
        keys.skip()
        keys.follow(step)


def test_filters_lead_to_the_people_behind_a_number_with_the_keyboard(keys: Keyboard) -> None:
    keys.open(reverse("reporting:dashboard"))
    keys.to("Filters")
    keys.press("Enter")
    keys.fill("Periode", "Vorig jaar")
    keys.follow("Filters toepassen")
    keys.skip()
    number = keys.to_number()
    with keys.page.expect_navigation():
        keys.press("Enter")
    expect(keys.page.locator("#number")).to_have_text(number)
    expect(keys.page.locator("main tbody tr")).to_have_count(int(number))


def test_a_note_and_a_view_are_kept_with_the_keyboard(keys: Keyboard) -> None:
    keys.open(reverse("reporting:figure", args=["participants"]))
    keys.to("Schrijf een notitie")
    keys.press("Enter")
    keys.fill("Notitie", "In maart was het atelier een week dicht.")
    keys.follow("Notitie bewaren")
    expect(keys.page.get_by_role("main")).to_contain_text("In maart was het atelier een week dicht.")
    keys.skip()
    keys.follow("Bewaarde weergaven")
    keys.skip()
    keys.fill("Naam", "Dit jaar")
    keys.follow("Weergave bewaren")
    expect(keys.page.get_by_role("link", name="Dit jaar")).to_be_visible()


def test_a_signal_is_answered_with_the_keyboard(keys: Keyboard) -> None:
    keys.open(reverse("reporting:signals") + "?check=no_first_ladder")
    keys.follow("Klopt zo")
    keys.skip()
    keys.fill("Waarom klopt het zo?", "Zij wil geen meting.")
    keys.follow("Opslaan")
    assert SignalAnswer.objects.get().reason == "Zij wil geen meting."


@pytest.mark.parametrize("keys", ["fenna"], indirect=True)
def test_a_tranche_is_made_with_the_keyboard(site: Site, keys: Keyboard) -> None:
    keys.open(reverse("reporting:open_tranche", args=[site.world.cast.other_agreement.pk]))
    keys.fill("Naam van de tranche", "Tranche 4, 2028")
    keys.fill("Eerste dag", "01012028")
    keys.follow("Volgende")
    keys.skip()
    keys.follow("Volgende")
    keys.skip()
    keys.to("Deelnemers")
    keys.follow("Volgende")
    keys.skip()
    keys.follow("Bevestigen")
    expect(keys.page.get_by_role("main")).to_contain_text("Tranche 4, 2028")
    assert Tranche.objects.get(name="Tranche 4, 2028").confirmed_at


def test_a_file_is_checked_with_the_keyboard(site: Site, keys: Keyboard) -> None:
    signed = site.world.reports["signed"]
    file = signed.files.get(format="csv", part=None)
    keys.open(reverse("reporting:check_file", args=[signed.pk]))
    # The browser must know that we choose the file before it is asked to: it would open its own window for that.
    with keys.page.expect_file_chooser() as asked:
        keys.to("Het bestand")
        keys.press("Space")
    asked.value.set_files({"name": file.name, "mimeType": "application/zip", "buffer": bytes(file.content)})
    keys.follow("Vergelijken")
    expect(keys.page.get_by_role("main")).to_contain_text("Dit bestand is gelijk aan versie 1")


def test_the_statistic_is_exported_with_the_keyboard(site: Site, keys: Keyboard) -> None:
    make_deliverable(site.world.cast)
    keys.open(reverse("reporting:statistic") + "?month=2025-10")
    keys.to("Exporteer het tussenbestand")
    with keys.page.expect_download() as asked:
        keys.press("Enter")
    assert asked.value.suggested_filename.endswith("2025-10-csv.zip")


def make_deliverable(cast: Cast) -> None:
    """What a delivery about Samira still needs."""
    cast.agreement.bsn_ground = "Artikel 6"
    cast.agreement.save()
    StatisticSetting.objects.create(provider=cast.provider, municipality=cast.municipality, reporter_code="0307")
    LabourPosition.objects.create(
        provider=cast.provider, participant=cast.samira, starts_on=date(2025, 1, 6), capacity="10", aim="1"
    )
    with file_keys_kept():
        cast.samira.bsn = "999990019"
        cast.samira.save()


@pytest.mark.parametrize("keys", ["omar"], indirect=True)
def test_a_report_is_returned_with_the_keyboard(site: Site, keys: Keyboard) -> None:
    keys.open(reverse("reporting:report", args=[site.world.reports["signed"].pk]))
    keys.fill("Vraag of opmerking", "Waarom zijn het er minder?")
    keys.follow("Terugsturen met vraag")
    expect(keys.page.get_by_role("main")).to_contain_text("Waarom zijn het er minder?")


@pytest.fixture(scope="module")
def through_leusden(site: Site) -> Iterator[IdentityProvider]:
    """A municipality of the site that lets its own people in; its server lets everybody through at once."""
    with running() as server:
        made = IdentityProvider.objects.create(
            organisation=make.MunicipalityFactory(name="Gemeente Leusden"), slug="leusden", issuer=server.issuer,
            client_id=CLIENT, client_secret=SECRET, amr_values=["otp"], email_domains=["amersfoort.test"],
        )  # fmt: skip
        GroupRole.objects.create(identity_provider=made, group="draad-lezers", role="municipal_officer")
        yield made


def test_one_comes_in_through_the_own_organisation_with_one_press(
    site: Site, through_leusden: IdentityProvider
) -> None:
    """The page in between goes on by itself: no policy of ours stops it, and "back" does not lead into it again."""
    context = site.visitor(NOBODY, java_script_enabled=False)
    page = context.new_page()
    page.goto("/inloggen/?next=/ingelogd/")
    page.get_by_role("button", name="Gemeente Leusden").click()
    expect(page).to_have_url(re.compile(r"/ingelogd/$"))
    expect(page.get_by_role("main")).to_contain_text("Gemeente Leusden")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/inloggen/\?next="))
    context.close()


def test_the_page_in_between_says_where_one_goes(site: Site, through_leusden: IdentityProvider) -> None:
    """As it stands when the organisation's server is slow."""
    context = site.visitor(NOBODY)
    page = context.new_page()
    page.route("**/authorize?*", lambda route: route.fulfill(status=204))
    page.goto("/inloggen/")
    page.get_by_role("button", name="Gemeente Leusden").click()
    onward = page.get_by_role("link", name="Gemeente Leusden")
    expect(onward).to_have_attribute("href", re.compile("^" + re.escape(through_leusden.issuer) + "/authorize"))
    assert [*looked_at(page)] == []
    page.unroute("**/authorize?*")
    onward.click()
    expect(page.locator(".topbar")).to_contain_text("Yasmina")
    context.close()
