"""A report is asked for, again, or not after all."""

import logging
import uuid
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.clock import today
from foundation.models import Job, JobState
from foundation.periods import Period
from organisations.models import StaffMember
from reporting.actions.moves import move
from reporting.making import KIND, STEPS
from reporting.models import Report, ReportPart, ReportSchedule, Rhythm
from reporting.naming import next_number, title_of
from reporting.tranches import deadline_of
from trajectories.models import Agreement

log = logging.getLogger(__name__)


@transaction.atomic
def ask_for_report(
    *,
    by: StaffMember | None,
    agreements: Sequence[Agreement],
    period: Period,
    reference_date: date | None = None,
    schedule: ReportSchedule | None = None,
    language: str = "nl",
) -> Report:
    """Open a report over ``agreements`` and put the work in the queue.

    Several agreements need the recorded consent of each payer. The figures are counted on
    ``reference_date`` (today unless told); it may not lie before the period.

    Raises ValidationError with what is wrong and what to do.
    """
    reference_date = reference_date or today()
    _refuse_bad_request(agreements, period, reference_date)
    provider = agreements[0].provider
    report = Report.objects.create(
        provider=provider,
        schedule=schedule,
        title=title_of(period, language),
        number=next_number(provider, reference_date.year),
        period_from=period.start,
        period_until=period.end,
        reference_date=reference_date,
        language=language,
        deadline_on=deadline_of(agreements, period),
        requested_by=by,
    )
    ReportPart.objects.bulk_create([ReportPart(report=report, agreement=agreement) for agreement in agreements])
    queue(report, by)
    return report


@transaction.atomic
def remake_report(*, by: StaffMember, report: Report) -> Report:
    """Count a draft anew on the same reference date, because the files behind it were mended.

    Its texts stay. The figures of the draft before stay until it is signed, to show what changed.
    """
    report = move(report, "remake")
    report.files.all().delete()
    report.frozen_tables.all().delete()
    report.parts.update(content=None)
    report.content = None
    report.save(update_fields=["state", "content"])
    queue(report, by)
    return report


@transaction.atomic
def discard_report(*, by: StaffMember, report: Report) -> None:
    """Throw away a report that nobody signed, and stop its job if it is still being made."""
    report = move(report, "discard")
    log.info("report %s discarded by %s", report.pk, by.pk)
    Job.objects.filter(subject_id=report.pk).delete()
    report.delete()


@transaction.atomic
def retry_report(*, by: StaffMember, report: Report) -> None:
    """Try again to make a report whose job gave up."""
    for job in Job.objects.filter(kind=KIND, subject_id=report.pk, state=JobState.FAILED):
        log.info("job %s tried again by %s", job.pk, by.pk)
        jobs.retry(job)


def period_holding(day: date, rhythm: Rhythm) -> Period:
    """Return the calendar month, quarter or year in which ``day`` lies."""
    if rhythm == Rhythm.MONTH:
        return Period.month(day.year, day.month)
    if rhythm == Rhythm.QUARTER:
        return Period.quarter(day.year, (day.month + 2) // 3)
    return Period.year(day.year)


def _refuse_bad_request(agreements: Sequence[Agreement], period: Period, reference_date: date) -> None:
    if not agreements:
        raise ValidationError(_("Choose at least one agreement."))
    if reference_date < period.start:
        raise ValidationError(_("The reference date lies before the period. Choose a later day."))
    if len({agreement.provider_id for agreement in agreements}) > 1:
        raise ValidationError(_("These agreements belong to different providers. Choose those of one provider."))
    if len(agreements) > 1:
        _refuse_without_consent(agreements)


def _refuse_without_consent(agreements: Sequence[Agreement]) -> None:
    given = set(
        Agreement.objects.filter(pk__in=[a.pk for a in agreements], combination_consent__isnull=False).values_list(
            "pk", flat=True
        )
    )
    missing = [agreement for agreement in agreements if agreement.pk not in given]
    if missing:
        names = ", ".join(str(agreement) for agreement in missing)
        raise ValidationError(
            _("No consent is recorded to report these together: %(names)s. Record it, or make separate reports.")
            % {"names": names}
        )


def queue(report: Report, by: StaffMember | None) -> None:
    """Put the making of a report in the queue of the worker."""
    jobs.ask_for(KIND, report.pk, steps=len(STEPS), provider_id=report.provider_id, by=by.pk if by else None)


def job_of(report_id: uuid.UUID) -> Job | None:
    """Return the newest job that makes this report."""
    return Job.objects.filter(kind=KIND, subject_id=report_id).order_by("-created_at").first()
