"""Loads the demo: the folders by the import that any provider uses, and then what a folder cannot hold."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from config.demo import PASSWORD
from config.demo.added import appointments, goals, papers, people, provisions, reports, rules, tranches
from config.demo.added import report_life as life
from config.demo.folders import DemoProvider, write_folders
from config.imports import import_folder
from foundation import jobs
from foundation.clock import today
from foundation.encryption import file_keys_kept
from foundation.rows import seeing
from guidance import quarantine
from organisations.models import Organisation, OrganisationKind, Role, StaffMember
from organisations.rows import seeing_every_provider
from trajectories.models import Programme

GROUPS = (
    ("AE-D", "Atelier", "noor@amfors.voorbeeld.test", ((1, "am"), (1, "pm"), (2, "am"), (3, "am"))),
    ("AE-H", "Klussenploeg", "karim@amfors.voorbeeld.test", ((0, "am"), (0, "pm"), (2, "am"), (2, "pm"), (4, "am"))),
    ("AE-C", "Computerwerkplaats", "lieke@amfors.voorbeeld.test", ((1, "am"), (3, "am"), (3, "pm"))),
    ("LWG", "Wijkploeg", "mehtap@lucrato.voorbeeld.test", ((0, "am"), (0, "pm"), (1, "am"), (3, "am"), (4, "am"))),
    ("NAT", "Ploeg in het bos", "geke@natuurzorg.voorbeeld.test", ((1, "am"), (1, "pm"), (2, "am"), (4, "am"))),
    ("PJK-D", "Beweeggroep", "amir@welzijnvelsen.voorbeeld.test", ((0, "pm"), (2, "am"), (3, "pm"))),
    ("PAHW-S", "Kookgroep", "dave@partners.voorbeeld.test", ((1, "pm"), (2, "am"), (4, "am"))),
)
"""Groups: programme, name, coach, and on which weekdays (Monday is 0) and half-days it meets."""


class NotEmpty(Exception):
    """The database holds providers of its own; invented people do not belong there."""


def load_demo() -> bool:
    """Load the demo, all or nothing. Returns whether there was anything to do.

    Raises NotEmpty when the database is somebody else's.
    """
    if Organisation.objects.filter(kind=OrganisationKind.PROVIDER, code="AMF").exists():
        return False
    if Organisation.objects.filter(kind=OrganisationKind.PROVIDER).exists():
        raise NotEmpty
    with folders(today()) as providers, transaction.atomic(), file_keys_kept():
        for provider in providers:
            load_provider(provider)
        give_passwords()
        managers = unit_managers()
        with seeing_every_provider():
            first = reports.ask_for_first_reports(managers)
    with seeing_every_provider():
        quarantine.look_again()  # no worker comes by yet: who loads the demo looks at its papers
        make_reports(managers, first)
    return True


@contextmanager
def folders(day: date) -> Iterator[list[DemoProvider]]:
    """The import folders of a day, for as long as the block lasts, where only we can read."""
    settings.DRAAD_HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=settings.DRAAD_HOME) as target:
        yield write_folders(Path(target), today=day)


def load_provider(demo: DemoProvider) -> None:
    """Import one provider's folder and add what it could not hold."""
    provider = Organisation.objects.create(kind=OrganisationKind.PROVIDER, code=demo.code, name=demo.name)
    import_folder(demo.folder, provider=demo.name, dry_run=False, progress=silent)
    with seeing(providers=[provider.pk]):
        add_to(provider)


def add_to(provider: Organisation) -> None:
    """What a folder cannot hold."""
    rules.set_rules(provider)
    people.add_languages(provider)
    people.add_contacts(provider)
    goals.add_goals(provider)
    goals.add_promises(provider)
    appointments.add_times(provider)
    appointments.add_domains(provider)
    add_groups(provider)
    provisions.add_provisions(provider)
    tranches.demand(provider)
    reports.schedule(provider)
    if provider.code == "AMF":
        noor = StaffMember.objects.get(email="noor@amfors.voorbeeld.test")
        people.add_samira(provider, noor)
        papers.add_papers(provider, noor)


def silent(_text: str) -> None:
    """A folder of the demo is in before anybody wonders how far it is."""


def add_groups(provider: Organisation) -> None:
    """Make the groups of a provider; Noor's meets this afternoon too, whatever day it is."""
    for code, name, email, days in GROUPS:
        programme = Programme.objects.filter(provider=provider, code=code).first()
        if programme is not None:
            today_too = {(today().weekday(), "pm")} if code == "AE-D" else set()
            coach = StaffMember.objects.get(email=email)
            appointments.add_group(programme, name, coach, tuple(sorted({*days, *today_too})))


def give_passwords() -> None:
    """Give everybody in the demo the password of the demo, where it runs as one: a password that all may read."""
    if settings.DRAAD_DEMO:
        own = StaffMember.objects.filter(email__endswith=".voorbeeld.test")
        own.update(password=make_password(PASSWORD))


def unit_managers() -> dict[str, StaffMember]:
    """The unit manager of each provider, by the provider's code."""
    members = StaffMember.objects.filter(memberships__role=Role.UNIT_MANAGER)
    return {
        code: member for member in members for code in member.memberships.values_list("organisation__code", flat=True)
    }


def make_reports(by: dict[str, StaffMember], first: reports.First) -> None:
    """Make reports, and let managers and payers do with them what they would: read, sign, answer.

    What is on the same agreements is asked for one after another, since a draft reckons with what was signed before.
    """
    jobs.run_all()
    for report in first:
        life.check_and_sign(report)
    waiting = reports.ask_for_quarter("AMF", by, payer="0327")
    jobs.run_all()
    life.check_and_sign(waiting)
    reports.ask_for_last_year(by)
    jobs.run_all()
    life.answer(first.published, first.elsewhere)
