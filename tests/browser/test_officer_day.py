"""The officer's whole day: the e-mail, reading and downloading, a question, version 2, and accepting it."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from foundation.clock import today
from foundation.periods import Period
from reporting import actions
from tests import factories as make
from tests.browser.desk import Desk, another_desk, download, open_the_link, wait_until_ready
from tests.browser.paper import key_figures_of, key_figures_on
from tests.browser.reports import work
from tests.cast import Cast, make_cast
from tests.support.worker import Worker

pytestmark = pytest.mark.browser

GUIDED, FORGOTTEN = 9, 6
CAST = 2  # Samira and Rosa are guided for this payer too
QUESTION = "Waarom zijn het er minder dan in de brief van maart?"
REASON = "Zes trajecten waren te laat ingevuld."


@pytest.fixture
def cast(worker: Worker, settings: object, live_server: LiveServer) -> Cast:
    """The cast, nine people who have been guided for more than a year, and a signed report about this year."""
    settings.DRAAD_URL = live_server.url  # type: ignore[attr-defined]
    cast = make_cast()
    guide(cast, GUIDED, days=500)
    year = Period.year(today().year)
    report = actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=year)
    work()
    actions.check_report(by=cast.ineke, report=report)
    actions.sign_report(by=cast.ineke, report=report)
    work(real=("xlsx",))
    return cast


def guide(cast: Cast, number: int, *, days: int) -> None:
    for _ in range(number):
        make.TrajectoryFactory(
            participant=make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality),
            programme=cast.programme,
            agreement=cast.agreement,
            started_on=make.days_ago(days),
        )


def test_the_whole_day_of_an_officer(
    cast: Cast, page: Page, context: BrowserContext, worker: Worker, live_server: LiveServer, tmp_path: Path
) -> None:
    officer = Desk(page)
    open_the_link(officer, cast.omar)
    officer_reads(officer, tmp_path)
    officer_returns_it(officer)
    guide(cast, FORGOTTEN, days=10)
    worker.start({"DRAAD_URL": live_server.url})
    manager = another_desk(context)
    open_the_link(manager, cast.ineke)
    manager_makes_version_2(manager, worker)
    officer = another_desk(context)
    open_the_link(officer, cast.omar)
    officer_sees_what_changed_and_accepts(officer)


def officer_reads(desk: Desk, folder: Path) -> None:
    page = desk.page
    expect(page.get_by_role("main").get_by_role("heading", level=2).first).to_have_text("In het kort")
    expect(page.locator(".intro")).to_contain_text(f"{GUIDED + CAST} deelnemers")
    first = page.locator(".fig").first
    first.get_by_text("Wat telt mee?").click()
    expect(first).to_contain_text("deelnemers. ")
    expect(first.locator(".cmp").first).to_have_text(f"in {today().year - 1}: {GUIDED}")
    workbook = download(desk, "Excel (xlsx)", folder)
    assert key_figures_of(workbook) == key_figures_on(page)


def officer_returns_it(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_role("main")).to_contain_text("Wacht op jouw antwoord")
    desk.press("Terugsturen met vraag")
    expect(page.locator(".note-error")).to_be_visible()
    page.get_by_label("Vraag of opmerking").fill(QUESTION)
    desk.press("Terugsturen met vraag")
    expect(page.get_by_role("main")).to_contain_text("Teruggestuurd met een vraag")


def manager_makes_version_2(desk: Desk, worker: Worker) -> None:
    page = desk.page
    expect(page.get_by_role("main")).to_contain_text(QUESTION)
    desk.follow("Nieuwe versie maken")
    page.get_by_label("Waarom komt er een nieuwe versie?").fill(REASON)
    desk.press("Nieuwe versie maken")
    wait_until_ready(desk, worker)
    desk.follow("Controleren")
    desk.press("Controleren")
    desk.follow("Ondertekenen")
    desk.press("Ondertekenen")
    wait_until_ready(desk, worker)


def officer_sees_what_changed_and_accepts(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_role("main")).to_contain_text("Dit is versie 2")
    expect(page.get_by_role("main")).to_contain_text(REASON)
    expect(page.locator(".intro")).to_contain_text(f"{GUIDED + FORGOTTEN + CAST} deelnemers")
    expect(page.locator("table#V1")).to_contain_text("Deelnemers")
    desk.follow("Naar versie 1")
    expect(page.get_by_role("main")).to_contain_text("Vervangen door versie 2")
    expect(page.locator(".intro")).to_contain_text(f"{GUIDED + CAST} deelnemers")
    desk.follow("Naar versie 2")
    desk.press("Accepteren")
    expect(page.get_by_role("main")).to_contain_text("Geaccepteerd door Omar Idrissi")
