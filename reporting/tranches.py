"""Which demands of an agreement hold for a report: who signs it, and when it is due."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q

from foundation.periods import Period
from organisations.models import StaffMember
from organisations.roles import Role
from reporting.models import Report, Tranche
from trajectories.models import Agreement

DAYS_TO_DELIVER = 90
"""How long after its period a report is due where no tranche says otherwise."""


def tranches_on(agreements: Sequence[Agreement], day: date) -> list[Tranche]:
    """Return the confirmed tranche of each agreement that holds on ``day``; an agreement without one has none."""
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    holding = Tranche.objects.filter(until, starts_on__lte=day, confirmed_at__isnull=False)
    newest = {one.agreement_id: one for one in holding.filter(agreement__in=agreements).order_by("starts_on")}
    return list(newest.values())


def deadline_of(agreements: Sequence[Agreement], period: Period) -> date:
    """Return the last day to deliver a report over ``period``: the earliest that its agreements demand."""
    days = [one.deadline_days for one in tranches_on(agreements, period.end)]
    return period.end + timedelta(days=min(days, default=DAYS_TO_DELIVER))


def signers_of(report: Report) -> set[Role]:
    """Return the roles that the tranches of a report want a signature of; a unit manager's without a tranche."""
    agreements = [part.agreement for part in report.parts.select_related("agreement")]
    return {Role(one.signed_by) for one in tranches_on(agreements, report.period_until)} or {Role.UNIT_MANAGER}


def may_sign(member: StaffMember, report: Report) -> bool:
    """Whether ``member`` has every role that must sign."""
    return all(member.standing.has_role(role) for role in signers_of(report))
