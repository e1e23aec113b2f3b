"""The main job, as three people do it: the coach writes, the manager counts and signs, the officer downloads."""

from pathlib import Path

import pytest
from django.utils.formats import date_format
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from foundation.clock import today
from guidance.models import Session
from tests import factories as make
from tests.browser.desk import Desk, another_desk, download, open_the_link, wait_until_ready
from tests.browser.paper import key_figures_of, key_figures_on, tables_of, tables_on
from tests.cast import Cast, make_cast
from tests.support.worker import Worker
from trajectories.models import OutcomeKind

pytestmark = pytest.mark.browser

WORK_OF_OTHERS = 6
OTHERS = 9


@pytest.fixture
def cast(worker: Worker) -> Cast:
    """The cast, and nine others of whom six found work: enough to be shown to the officer."""
    cast = make_cast()
    make.EndReasonFactory(provider=cast.provider, name="Doel gehaald")
    make.DestinationFactory(provider=cast.provider, name="Betaald werk bij een bedrijf")
    for number in range(OTHERS):
        person = make.ParticipantFactory(
            provider=cast.provider, home_municipality=cast.municipality, gender="fm"[number % 2]
        )
        trajectory = make.TrajectoryFactory(
            participant=person, programme=cast.programme, agreement=cast.agreement, coach=cast.bo
        )
        if number < WORK_OF_OTHERS:
            make.OutcomeFactory(trajectory=trajectory, kind=OutcomeKind.PAID_WORK, dated_on=today())
    return cast


@pytest.fixture
def desk(page: Page) -> Desk:
    page.goto("/")
    return Desk(page)


def test_from_a_session_to_the_report_in_the_hands_of_the_payer(
    cast: Cast, desk: Desk, context: BrowserContext, worker: Worker, live_server: LiveServer, tmp_path: Path
) -> None:
    coach_logs_a_session_and_ends(desk, cast)
    worker.start({"DRAAD_URL": live_server.url})
    manager = another_desk(context)
    manager_sees_the_outcome(manager, cast)
    manager_makes_and_signs_a_report(manager, worker)
    officer = another_desk(context)
    open_the_link(officer, cast.omar)
    workbook = download(officer, "Excel (xlsx)", tmp_path)
    assert key_figures_of(workbook) == key_figures_on(officer.page)
    assert tables_of(workbook) == tables_on(officer.page)
    assert ["Naar betaald werk", WORK_OF_OTHERS + 1] in key_figures_on(officer.page)


def coach_logs_a_session_and_ends(desk: Desk, cast: Cast) -> None:
    page = desk.page
    desk.sign_in(cast.noor.email)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Noor")
    page.locator("#search").fill("samiera amrani")
    page.locator("#search").press("Enter")
    desk.follow("Samira el Amrani")
    desk.follow("Sessie vastleggen")
    page.get_by_text("Gekomen", exact=True).click()
    page.get_by_label("Wat hebben jullie gedaan?").fill("Samira kan maandag beginnen bij de bakker.")
    page.get_by_label("Plan voor volgende keer").fill("Samen de eerste dag doornemen.")
    desk.press("Opslaan")
    expect(page.get_by_role("status")).to_contain_text("Samira")
    expect(page.get_by_role("main")).to_contain_text("Samira kan maandag beginnen bij de bakker.")
    assert Session.objects.get(participant=cast.samira).attendance == "attended"
    page.get_by_role("main").get_by_text("Meer", exact=True).click()
    desk.follow("Traject afsluiten")
    page.get_by_label("Waarom stopt het traject?").select_option(label="Doel gehaald")
    page.get_by_label("Waar gaat de deelnemer naartoe?").select_option(label="Betaald werk bij een bedrijf")
    page.get_by_text("Betaald werk", exact=True).click()
    page.get_by_text("Nee", exact=True).click()
    page.get_by_label("Geen laatste meting: waarom niet?").fill("Samira begint maandag al.")
    desk.press("Antwoorden controleren")
    expect(page.get_by_role("main")).to_contain_text("Betaald werk bij een bedrijf")
    desk.press("Traject afsluiten")
    expect(page.get_by_role("main")).to_contain_text("Afgerond")
    desk.follow("Vandaag")
    expect(page.get_by_role("main")).to_contain_text(date_format(today(), "j F"))


def manager_sees_the_outcome(desk: Desk, cast: Cast) -> None:
    page = desk.page
    desk.sign_in(cast.ineke.email)
    figure = page.locator(".fig", has_text="Naar betaald werk")
    expect(figure.get_by_role("link").first).to_have_text(str(WORK_OF_OTHERS + 1))
    figure.get_by_role("link").first.click()
    expect(page.locator("#number")).to_have_text(str(WORK_OF_OTHERS + 1))
    expect(page.locator("main table.tbl tbody tr")).to_have_count(WORK_OF_OTHERS + 1)
    expect(page.get_by_role("main").get_by_role("link", name="Samira el Amrani", exact=True)).to_be_visible()


def manager_makes_and_signs_a_report(desk: Desk, worker: Worker) -> None:
    page = desk.page
    desk.follow("Rapporten")
    desk.follow("Rapport maken")
    page.get_by_text("0307-A, Amersfoort").click()
    page.get_by_label("Eerste dag").fill(f"{today().year}-01-01")
    page.get_by_label("Laatste dag").fill(today().isoformat())
    desk.press("Rapport maken")
    wait_until_ready(desk, worker)
    desk.follow("Controleren")
    desk.press("Controleren")
    desk.follow("Ondertekenen")
    desk.press("Ondertekenen")
    wait_until_ready(desk, worker)
