"""What people do at their desk, whoever they are: sign in, press, follow, open a link from an e-mail, download."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from config.embedded.processes import last_lines
from foundation.models import Job, JobState, OutgoingMail
from organisations.models import StaffMember
from tests import factories as make
from tests.support.worker import Worker


@dataclass
class Desk:
    """Somebody's own browser."""

    page: Page

    def sign_in(self, email: str) -> None:
        self.page.get_by_label("E-mailadres").fill(email)
        self.page.get_by_label("Wachtwoord").fill(make.PASSWORD)
        self.page.get_by_role("button", name="Inloggen", exact=True).click()

    def press(self, name: str) -> None:
        # By the keyboard: what comes late (a font, a script) moves a button away from under the pointer.
        self.page.wait_for_load_state()
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).press("Enter")

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()


def another_desk(context: BrowserContext) -> Desk:
    """The next person sits down: a browser that knows nothing of the one before."""
    context.clear_cookies()
    page = context.new_page()
    page.goto("/")
    return Desk(page)


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


def open_the_link(desk: Desk, member: StaffMember) -> None:
    """Open the newest e-mail, follow its link and sign in: it leads to where the link says."""
    mail = OutgoingMail.objects.filter(to=member.email).latest("created_at")
    link = re.search(r"http://\S+", mail.body)
    assert link is not None, mail.body
    desk.page.goto(link[0])
    desk.sign_in(member.email)
    expect(desk.page).to_have_url(link[0])


def download(desk: Desk, name: str, folder: Path) -> Path:
    with desk.page.expect_download() as asked:
        desk.page.get_by_role("link", name=name).click()
    path = folder / asked.value.suggested_filename
    asked.value.save_as(path)
    return path
