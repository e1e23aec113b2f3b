"""The lines with which a provider's register of processing begins. They are data: a lawyer should look at them."""

from typing import NamedTuple

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation, StaffMember
from participants.models import ProcessingActivity

COLUMNS = ("code", "name", "purpose", "ground", "subjects", "data", "recipients", "kept", "security")


class Usual(NamedTuple):
    """A line as it usually is."""

    code: str
    name: str | Promise
    purpose: str | Promise
    ground: str | Promise
    subjects: str | Promise
    data: str | Promise
    recipients: str | Promise
    kept: str | Promise
    security: str | Promise


_KEPT = _("As the terms under Retention say, after the end of the trajectory.")
_SECURITY = _(
    "Texts are locked with a key per file; access by team; every look is written down; two roles in the database."
)
USUAL = (
    Usual(
        "B1",
        _("Guidance"),
        _("Guiding somebody to work or to taking part: goals, conversations, attendance, measurements."),
        _("Participatiewet art. 7 and Wmo 2015, for the municipality; health only as far as UAVG art. 30 allows."),
        _("Participants, and people around them by name and role."),
        _("Name, date of birth, municipality, benefit, help question, goals, conversations, measurements, results."),
        _("The own coach and team. Nobody outside, unless it is written down with the file."),
        _KEPT,
        _SECURITY,
    ),
    Usual(
        "B2",
        _("Accounting to the payer"),
        _("Showing the municipality what was reached, in numbers."),
        _("The agreement with the municipality; Participatiewet art. 78."),
        _("Participants, as numbers: too few of them are not told."),
        _("Counts of trajectories, results and measurements. No names."),
        _("The municipality that pays."),
        _("Signed reports stay; they hold no persons."),
        _SECURITY,
    ),
    Usual(
        "B3",
        _("Statistic of provisions (SRG)"),
        _("The monthly statistic that the municipality owes to Statistics Netherlands."),
        _("Participatiewet art. 77 and the ministerial regulation on statistics."),
        _("Participants with a provision."),
        _("BSN, date of birth, kind and dates of the provision, work capacity."),
        _("The municipality, which sends it to Statistics Netherlands."),
        _KEPT,
        _SECURITY,
    ),
    Usual(
        "B4",
        _("Who looked"),
        _("Showing who looked in which file, when and why."),
        _("AVG art. 5(2) and 32."),
        _("Staff, and participants by a number that says nothing."),
        _("Name and role of the reader, page, moment, address of the device."),
        _("The privacy officer; the participant on request."),
        _("As long as the file, five years at least."),
        _("Rows are added and never changed, and sealed each minute."),
    ),
)


@transaction.atomic
def take_usual_activities(*, by: StaffMember, provider: Organisation) -> None:  # noqa: ARG001 - every action says who
    """A provider begins with the usual lines; those whose code is there already stay as they are."""
    rows = [
        ProcessingActivity(provider=provider, **{name: str(getattr(one, name)) for name in COLUMNS}) for one in USUAL
    ]
    ProcessingActivity.objects.bulk_create(rows, ignore_conflicts=True)
