"""The main job: a coach logs a session, a manager makes, checks and signs a report, an officer downloads it."""

import io
import re
import time
from collections.abc import Callable
from typing import NamedTuple

from python_calamine import CalamineWorkbook

from config.demo import PASSWORD
from config.smoke.visitor import Page, Visitor, Wrong

COACH = "noor@amfors.voorbeeld.test"
MANAGER = "ineke@amfors.voorbeeld.test"
OFFICER = "omar@amersfoort.voorbeeld.test"
ELSEWHERE = "mehtap@lucrato.voorbeeld.test"
PERSON = r"^/deelnemers/[0-9a-f-]{36}/$"
# The AE team of 2021, as its own report published it.
PUBLISHED = {"deelnemers": 55, "trajecten": 146, "naar betaald werk": 13, "inzicht in de hulpvraag": 21}


class Story:
    """What the steps tell each other: who is found, what is written, which report is made."""

    def __init__(self, address: str) -> None:
        self.coach = Visitor(address)
        self.manager = Visitor(address)
        self.officer = Visitor(address)
        self.elsewhere = Visitor(address)
        self.person_url = ""
        self.person = ""
        self.note = f"Rooktest {time.time():.0f}: samen de post geopend."
        self.report_url = ""
        self.report = ""
        self.figures: dict[str, int] = {}


class Step(NamedTuple):
    """One thing that somebody does, and how it went in a few words."""

    name: str
    do: Callable[[Story], str]


def sign_in(visitor: Visitor, email: str) -> Page:
    """Sign in with the password of the demo; where it leads."""
    form = visitor.get("/inloggen/")
    page = visitor.send(form, {"username": email, "password": PASSWORD})
    if page.path == "/inloggen/":
        raise Wrong(f"{email} cannot log in")
    return page


def coach_logs_in(story: Story) -> str:
    return f"lands on {sign_in(story.coach, COACH).path}"


def coach_finds_a_participant(story: Story) -> str:
    people = story.coach.get("/deelnemers/")
    found = people.link(PERSON)
    typed = found.words.split()[-1][:5].lower()
    story.person_url, story.person = found.url, found.words
    story.coach.send(people, {"q": typed}).link(f"^{found.url}$")
    return f"{typed!r} finds {found.words}"


def coach_opens_the_file(story: Story) -> str:
    page = story.coach.get(story.person_url)
    if story.person.split()[0] not in page.text:
        raise Wrong(f"the name is not on {page.path}")
    return f"{len(page.body) // 1024} kB"


def coach_logs_a_session(story: Story) -> str:
    form = story.coach.get(f"{story.person_url}sessie/")
    if "/sessies/vastleggen/" not in form.path:
        form = story.coach.get(form.link("/sessies/vastleggen/$").url)
    if form.fields().get("attendance"):
        raise Wrong("attendance is filled in before the coach did")
    refused = story.coach.send(form, {"note": story.note})
    if "/sessies/vastleggen/" not in refused.path or story.note not in refused.text:
        raise Wrong("without attendance the form should come back, with the text in it")
    saved = story.coach.send(refused, {"attendance": "attended", "note": story.note})
    if "/sessies/vastleggen/" in saved.path:
        raise Wrong("the session is not saved: " + saved.find(r'id="error-heading">(.*?)<', "error"))
    if story.note not in story.coach.get(f"{story.person_url}tijdlijn/").text:
        raise Wrong("the session is not in the timeline")
    return "refused without attendance, then saved, and in the timeline"


def strangers_see_nothing(story: Story) -> str:
    sign_in(story.elsewhere, ELSEWHERE)
    story.elsewhere.get(story.person_url, expect=404)
    story.coach.get("/rapporten/maken/", expect=403)
    return "404 for a coach of another provider, 403 for a coach who would make a report"


def manager_sees_the_dashboard(story: Story) -> str:
    sign_in(story.manager, MANAGER)
    page = story.manager.get("/overzicht/")
    number = page.link(r"^/overzicht/(?!weergaven)\w")
    story.manager.get(number.url)
    return f"{number.words!r} leads to its list"


def manager_asks_for_a_report(story: Story) -> str:
    form = story.manager.get("/rapporten/maken/")
    agreements = [choice.value for choice in form.choices("agreements")][:2]
    answers: dict[str, str | list[str]] = {"agreements": agreements, "first": "2021-01-01", "last": "2021-12-31"}
    asked = story.manager.send(form, answers)
    story.report_url = asked.path
    if not re.fullmatch(r"/rapporten/[0-9a-f-]{36}/", asked.path):
        raise Wrong("the report is not asked for: " + asked.find(r'id="error-heading">(.*?)<', "error"))
    return asked.path


def manager_waits_and_explains(story: Story) -> str:
    begun = time.monotonic()
    ready = story.manager.wait_for(story.report_url, r"/controleren/", what="draft to check")
    took = time.monotonic() - begun
    form = story.manager.get(ready.link("/toelichting/$").url)
    asked = [name for name in form.fields() if "." in name]
    story.manager.send(form, dict.fromkeys(asked, "Er was meer vraag dan verwacht."))
    return f"draft after {took:.1f} s, {len(asked)} targets explained"


def manager_checks_and_signs(story: Story) -> str:
    checked = story.manager.send(story.manager.get(f"{story.report_url}controleren/"), {})
    form = story.manager.get(checked.link("/ondertekenen/$").url)
    story.manager.send(form, {})
    # The signature goes into the files, so the worker makes them once more.
    story.manager.wait_for(story.report_url, "/bestanden/", what="signed report")
    story.report = checked.find(r'class="lead">(.*?)</p>', "number of the report")
    return story.report


def officer_reads_the_report(story: Story) -> str:
    sign_in(story.officer, OFFICER)
    page = story.officer.get(story.officer.get("/rapporten/").link(f"^{story.report_url}$").url)
    shown = re.findall(r'<dt>([^<]+)</dt>\s*<dd class="big">([\d.]+)<', page.text)
    for label, number in shown:  # the whole comes before the officer's own part
        story.figures.setdefault(label.strip().lower(), int(number.replace(".", "")))
    for label, number in PUBLISHED.items():
        if story.figures.get(label) != number:
            raise Wrong(f"{label}: {story.figures.get(label)} on the page, {number} as published")
    return ", ".join(f"{number} {label}" for label, number in story.figures.items())


def officer_downloads_the_spreadsheet(story: Story) -> str:
    page = story.officer.get(story.report_url)
    file = story.officer.get(page.link("/bestanden/", words="Excel").url)
    rows = [row for sheet in _sheets(file.body) for row in sheet]
    for label, number in story.figures.items():
        if not any(label == str(row[0]).lower() and number in row[1:] for row in rows if row):
            raise Wrong(f"{label} is {number} on the page and not in the spreadsheet")
    if any(story.person in str(cell) for row in rows for cell in row):
        raise Wrong("the spreadsheet holds a name")
    return f"{len(file.body) // 1024} kB, {len(story.figures)} figures the same as on the page"


def officer_sees_no_file(story: Story) -> str:
    story.officer.get("/deelnemers/", expect=403)
    refused = story.officer.get(story.person_url, expect=403)
    return f"{refused.status} for the list and for a file"


def _sheets(body: bytes) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return [[list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names]


STEPS = (
    Step("coach logs in", coach_logs_in),
    Step("coach finds a participant by part of the name", coach_finds_a_participant),
    Step("coach opens the file", coach_opens_the_file),
    Step("coach logs a session", coach_logs_a_session),
    Step("strangers see nothing", strangers_see_nothing),
    Step("manager sees the dashboard", manager_sees_the_dashboard),
    Step("manager asks for the report of 2021", manager_asks_for_a_report),
    Step("manager waits for the worker and explains the targets", manager_waits_and_explains),
    Step("manager checks and signs", manager_checks_and_signs),
    Step("officer reads the report", officer_reads_the_report),
    Step("officer downloads the spreadsheet", officer_downloads_the_spreadsheet),
    Step("officer sees no file", officer_sees_no_file),
)
