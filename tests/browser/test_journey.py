"""The main job, as three people do it: the coach writes, the manager counts and signs, the officer downloads."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils.formats import date_format
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from config.embedded.processes import last_lines
from foundation.clock import today
from foundation.models import Job, JobState, OutgoingMail
from guidance.models import Session
from tests import factories as make
from tests.browser.paper import key_figures_of, key_figures_on, tables_of, tables_on
from tests.cast import Cast, make_cast
from tests.support.worker import Worker
from trajectories.models import OutcomeKind

pytestmark = pytest.mark.browser

WORK_OF_OTHERS = 6
OTHERS = 9


@dataclass
class Desk:
    """Somebody's own browser."""

    page: Page

    def sign_in(self, email: str) -> None:
        self.page.get_by_label("E-mailadres").fill(email)
        self.page.get_by_label("Wachtwoord").fill(make.PASSWORD)
        self.page.get_by_role("button", name="Inloggen", exact=True).click()

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()


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


def another_desk(context: BrowserContext) -> Desk:
    """The next person sits down: a browser that knows nothing of the one before."""
    context.clear_cookies()
    page = context.new_page()
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
    officer_opens_the_link(officer, cast)
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


def wait_until_ready(desk: Desk, worker: Worker) -> None:
    """Wait on the page of the progress, as the manager does; the scheduler would ring now."""
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("We maken je rapport")
    assert Job.objects.filter(state=JobState.QUEUED).count() == 1
    worker.ring("foundation.tasks.run_queued_jobs")
    ready = desk.page.get_by_role("link", name="Rapport bekijken")
    try:
        expect(ready).to_be_visible(timeout=60_000)
    except AssertionError as late:
        jobs = list(Job.objects.values("state", "step", "failures", "error"))
        raise AssertionError(f"{jobs}{last_lines(worker.log)}") from late
    ready.click()


def officer_opens_the_link(desk: Desk, cast: Cast) -> None:
    mail = OutgoingMail.objects.get(to=cast.omar.email)
    link = re.search(r"http://\S+", mail.body)
    assert link is not None, mail.body
    desk.page.goto(link[0])
    desk.sign_in(cast.omar.email)
    expect(desk.page).to_have_url(link[0])


def download(desk: Desk, name: str, folder: Path) -> Path:
    with desk.page.expect_download() as asked:
        desk.page.get_by_role("link", name=name).click()
    path = folder / asked.value.suggested_filename
    asked.value.save_as(path)
    return path
