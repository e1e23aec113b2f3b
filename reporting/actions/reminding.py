"""Reminders by e-mail that a report is due."""

from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation import jobs, mail
from organisations.models import Membership
from organisations.roles import Role
from reporting.making import address_of
from reporting.models import Report, ReportState

OPENED, FOUR_WEEKS, ONE_WEEK = "opened", "four_weeks", "one_week"
UNSIGNED = (ReportState.DUE, ReportState.DRAFT, ReportState.CHECKED)


def remind_of_reports(*, on: date) -> int:
    """Remind the managers of unsigned reports: when the schedule opens one, 4 weeks and 1 week before the deadline.

    Each reminder goes out once, however often this runs and in however many schedulers. Returns how many were due.
    """
    waiting = Report.objects.filter(state__in=UNSIGNED).order_by("deadline_on", "pk")
    return sum(_remind(report, moment, on) for report in waiting for moment in _moments(report, on))


def _moments(report: Report, on: date) -> list[str]:
    moments = [OPENED] if report.requested_by_id is None else []
    left = (report.deadline_on - on).days if report.deadline_on else -1
    if 0 <= left <= 7:
        return [*moments, ONE_WEEK]
    return [*moments, FOUR_WEEKS] if 7 < left <= 28 else moments


@transaction.atomic
def _remind(report: Report, moment: str, on: date) -> bool:
    if not jobs.once(f"reporting.remind_of_reports.{moment}", str(report.pk)):
        return False
    with translation.override(report.language):
        subject = _("%(title)s is open") if moment == OPENED else _("%(title)s is due on %(day)s")
        values = {
            "title": report.title,
            "number": report.number,
            "link": address_of(report),
            "day": date_format(report.deadline_on, "j F Y") if report.deadline_on else "",
        }
        body = _("Check and sign %(title)s (%(number)s) before %(day)s:\n\n%(link)s\n")
        for email in managers_of(report, on):
            mail.queue(to=email, subject=subject % values, body=body % values)
    return True


def managers_of(report: Report, day: date) -> list[str]:
    """Return the e-mail addresses of the managers of the units that a report is about."""
    managers = Membership.objects.on(day).filter(
        role=Role.UNIT_MANAGER,
        unit__programmes__agreements__report_parts__report=report,
        staff_member__is_active=True,
    )
    return sorted(set(managers.values_list("staff_member__email", flat=True)))
