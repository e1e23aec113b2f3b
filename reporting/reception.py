"""How the payers took a signed report: it waits, was accepted, returned with a question, or is replaced.

Each paying municipality answers by itself. The report is accepted when all of them accepted it, and
returned as soon as one returned it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.models import Organisation, StaffMember
from organisations.roles import Role
from reporting.models import Report, ReportEvent, ReportState, ReportStep

NEEDED = ("parts__agreement__municipality", "events__by__memberships")
"""What to prefetch of reports that go through ``reception_of``; and join ``replaced_by``."""


class Taken(models.TextChoices):
    """Where a signed report is with its payers."""

    DELIVERED = "delivered", gettext_lazy("Delivered, waiting for an answer")
    RETURNED = "returned", gettext_lazy("Returned with a question")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    REPLACED = "replaced", gettext_lazy("Replaced")


@dataclass(frozen=True)
class Reception:
    """A report, the newest answer of each payer, and the version that comes or came after it."""

    report: Report
    payers: dict[UUID, Organisation]
    answers: dict[UUID, ReportEvent]
    next_version: Report | None

    @property
    def payer_names(self) -> str:
        return _(" and ").join(sorted(payer.name for payer in self.payers.values()))

    @property
    def is_replaced(self) -> bool:
        return self.next_version is not None and self.next_version.state == ReportState.SIGNED

    @property
    def next_is_coming(self) -> bool:
        return self.next_version is not None and not self.is_replaced

    @property
    def taken(self) -> Taken:
        if self.is_replaced:
            return Taken.REPLACED
        steps = {answer.step for answer in self.answers.values()}
        if ReportStep.RETURNED in steps:
            return Taken.RETURNED
        accepted = steps == {ReportStep.ACCEPTED} and self.answers.keys() == self.payers.keys()
        return Taken.ACCEPTED if accepted else Taken.DELIVERED

    @property
    def words(self) -> str:
        """The state in words; a replaced report says by which version."""
        if self.is_replaced and self.next_version:
            return _("Replaced by version %(version)s") % {"version": self.next_version.version}
        return str(self.taken.label)

    @property
    def question(self) -> ReportEvent | None:
        """The newest question of a payer."""
        asked = [answer for answer in self.answers.values() if answer.step == ReportStep.RETURNED]
        return max(asked, key=lambda answer: answer.at, default=None)

    def waits_for(self, member: StaffMember) -> bool:
        """Whether an answer is still to come from a municipality that ``member`` speaks for."""
        if self.report.state != ReportState.SIGNED or self.taken in {Taken.REPLACED, Taken.RETURNED}:
            return False
        return bool(member.standing.municipalities() & self.payers.keys() - self.answers.keys())


def reception_of(report: Report) -> Reception:
    """Say how the payers took a report (``NEEDED`` and ``replaced_by`` fetched before, for a list)."""
    payers = {part.agreement.municipality_id: part.agreement.municipality for part in report.parts.all()}
    return Reception(report, payers, _answers(report.events.all(), payers), getattr(report, "replaced_by", None))


def _answers(events: Iterable[ReportEvent], payers: Iterable[UUID]) -> dict[UUID, ReportEvent]:
    found = {}
    for event in sorted(events, key=lambda event: event.at):
        if event.step in {ReportStep.ACCEPTED, ReportStep.RETURNED} and event.by is not None:
            for membership in event.by.memberships.all():
                if membership.role == Role.MUNICIPAL_OFFICER and membership.organisation_id in payers:
                    found[membership.organisation_id] = event
    return found
