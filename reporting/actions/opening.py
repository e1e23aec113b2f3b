"""Reports that open by themselves: on a schedule, or because a confirmed tranche demands them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from foundation.clock import AMSTERDAM
from foundation.periods import Period
from reporting.actions.requesting import ask_for_report, period_holding
from reporting.models import Report, ReportSchedule, Rhythm, Tranche
from reporting.tranches import tranches_on

DRAFTED_AT = time(6, 0)

DAYS_AFTER = 5
"""So many days after its period the report of a tranche is drafted, or sooner where it is due sooner."""


def open_due_reports(*, now: datetime) -> list[Report]:
    """Open each report whose schedule or tranche says so and that is not there yet.

    Safe to run twice and at the same time. The schedules go first: what they say, a tranche need not say again.
    """
    schedules = ReportSchedule.objects.filter(starts_on__lte=now.date()).select_related("provider")
    opened = [_open_scheduled(one, period) for one in schedules for period in _periods_of_schedule(one, now)]
    confirmed = Tranche.objects.filter(confirmed_at__lte=now).select_related("agreement__provider")
    opened += [
        _open_demanded(one, period)
        for one in confirmed.order_by("agreement__code", "starts_on")
        for period in _periods_of_tranche(one, now)
    ]
    return [report for report in opened if report is not None]


@transaction.atomic
def _open_scheduled(schedule: ReportSchedule, period: Period) -> Report | None:
    ReportSchedule.objects.select_for_update().get(pk=schedule.pk)
    if Report.objects.filter(schedule=schedule, period_from=period.start).exists():
        return None
    return ask_for_report(
        by=None,
        agreements=list(schedule.agreements.order_by("code")),
        period=period,
        reference_date=period.end + timedelta(days=schedule.days_after),
        schedule=schedule,
        language=schedule.language,
    )


def _periods_of_schedule(schedule: ReportSchedule, now: datetime) -> Iterable[Period]:
    for period in _ended(schedule.starts_on, Rhythm(schedule.rhythm), schedule.days_after, now):
        if schedule.ends_on is None or period.start <= schedule.ends_on:
            yield period


def _ended(first: date, rhythm: Rhythm, days_after: int, now: datetime) -> Iterator[Period]:
    """The periods from the one that holds ``first``, of which the report is drafted by now."""
    period = period_holding(first, rhythm)
    while datetime.combine(period.end + timedelta(days=days_after), DRAFTED_AT, AMSTERDAM) <= now:
        yield period
        period = period_holding(period.after, rhythm)


@transaction.atomic
def _open_demanded(tranche: Tranche, period: Period) -> Report | None:
    Tranche.objects.select_for_update().get(pk=tranche.pk)
    if _is_there(tranche, period) or _is_scheduled(tranche, period):
        return None
    return ask_for_report(
        by=None,
        agreements=[tranche.agreement],
        period=period,
        reference_date=period.end + timedelta(days=_days_after(tranche)),
    )


def _is_there(tranche: Tranche, period: Period) -> bool:
    """Whether somebody made a report over this period, of this agreement alone or together with others."""
    same = Report.objects.filter(period_from=period.start, period_until=period.end)
    return same.filter(parts__agreement=tranche.agreement_id).exists()


def _is_scheduled(tranche: Tranche, period: Period) -> bool:
    """Whether a schedule makes this report, now or on its own day."""
    rhythm = Rhythm(tranche.rhythm)
    same = ReportSchedule.objects.filter(agreements=tranche.agreement_id, rhythm=rhythm, starts_on__lte=period.end)
    return same.filter(Q(ends_on=None) | Q(ends_on__gte=period.start)).exists()


def _periods_of_tranche(tranche: Tranche, now: datetime) -> Iterator[Period]:
    """The periods whose report is not too late yet, and which end under this tranche.

    A tranche may be written down long after its first day: what was due before, somebody asks for.
    """
    today = now.astimezone(AMSTERDAM).date()
    first = max(tranche.starts_on, today - timedelta(days=tranche.deadline_days + LONGEST))
    for period in _ended(first, Rhythm(tranche.rhythm), _days_after(tranche), now):
        is_in_time = period.end + timedelta(days=tranche.deadline_days) >= today
        if is_in_time and _demands(tranche, period):
            yield period


LONGEST = 366
"""No period has more days."""


def _demands(tranche: Tranche, period: Period) -> bool:
    """Whether the agreement ran in this period, and this is the tranche that holds at its end."""
    ends_on = tranche.agreement.ends_on
    return (ends_on is None or ends_on >= period.start) and tranche in tranches_on([tranche.agreement], period.end)


def _days_after(tranche: Tranche) -> int:
    return min(DAYS_AFTER, tranche.deadline_days)
