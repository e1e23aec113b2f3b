"""What follows on delivery: a payer accepts the report or returns it with a question, and a new version is made."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation import mail
from foundation.clock import today
from organisations.models import StaffMember
from reporting.actions.requesting import queue
from reporting.making import address_of
from reporting.models import Report, ReportEvent, ReportPart, ReportState, ReportStep
from reporting.reception import reception_of


@transaction.atomic
def accept_report(*, by: StaffMember, report: Report) -> ReportEvent:
    """Accept a delivered report for the municipality of the officer, and tell who signed it.

    Raises ValidationError when the officer's municipality does not pay, or answered already.
    """
    return _answer(by, report, ReportStep.ACCEPTED, "")


@transaction.atomic
def return_report(*, by: StaffMember, report: Report, question: str) -> ReportEvent:
    """Return a delivered report with a question, and tell who signed it.

    Raises ValidationError without a question, or when the officer's municipality does not pay or answered already.
    """
    if not question.strip():
        raise ValidationError(_("Write what you want to know."))
    return _answer(by, report, ReportStep.RETURNED, question.strip())


def _answer(by: StaffMember, report: Report, step: ReportStep, text: str) -> ReportEvent:
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not reception_of(report).waits_for(by):
        raise ValidationError(_("This report does not wait for your answer. Look at how it stands now."))
    event = ReportEvent.objects.create(report=report, step=step, by=by, text=text)
    with translation.override(report.language):
        _tell_manager(report, event)
    return event


def _tell_manager(report: Report, event: ReportEvent) -> None:
    subject, body = {
        ReportStep.ACCEPTED: (_("%(title)s is accepted"), _("%(who)s accepted %(title)s (%(number)s).\n\n%(link)s\n")),
        ReportStep.RETURNED: (
            _("%(title)s came back with a question"),
            _("%(who)s has a question about %(title)s (%(number)s). Read it here:\n\n%(link)s\n"),
        ),
    }[ReportStep(event.step)]
    values = {"title": report.title, "number": report.number, "who": event.by, "link": address_of(report)}
    told = {one.email for one in (report.signed_by, report.requested_by) if one is not None and one.is_active}
    for email in sorted(told):
        mail.queue(to=email, subject=subject % values, body=body % values)


@transaction.atomic
def correct_report(*, by: StaffMember, report: Report, reason: str, reference_date: date | None = None) -> Report:
    """Make the next version of a signed report: counted anew as of a later day, with the reason why.

    It keeps the number, and the texts to start from. The version before stays as it was. Raises ValidationError when
    the report is not signed, has a next version already, or when reason or day are wrong.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    reference_date = reference_date or today()
    _refuse_bad_correction(report, reason, reference_date)
    version = Report.objects.create(
        replaces=report,
        version=report.version + 1,
        reason=reason.strip(),
        reference_date=reference_date,
        requested_by=by,
        **{name: getattr(report, name) for name in KEPT},
    )
    for part in report.parts.all():
        ReportPart.objects.create(report=version, agreement_id=part.agreement_id)
    _copy_texts(report, version)
    queue(version, by)
    return version


KEPT = ("provider", "schedule", "title", "number", "period_from", "period_until", "deadline_on", "language")
"""What the next version of a report has in common with the one before."""


def _refuse_bad_correction(report: Report, reason: str, reference_date: date) -> None:
    if report.state != ReportState.SIGNED:
        raise ValidationError(_("This report is not signed yet. Change the draft instead."))
    if Report.objects.filter(replaces=report).exists():
        raise ValidationError(_("There is a next version already. Look at that one."))
    if not reason.strip():
        raise ValidationError(_("Write why there is a new version. The municipality reads it."))
    if not report.reference_date <= reference_date <= today():
        raise ValidationError(_("Choose a reference date from that of the version before up to today."))


def _copy_texts(report: Report, version: Report) -> None:
    for text in report.texts.all():
        text.pk, text.report = None, version
        text._state.adding = True
        text.save()
