"""Which demands of an agreement hold for a report: who signs it, and when it is due."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import translation

from foundation.periods import Period
from organisations.models import StaffMember
from organisations.roles import Role
from reporting.models import Report, Requirement, Tranche
from trajectories.models import Agreement

DAYS_TO_DELIVER = 90
"""How long after its period a report is due where no tranche says otherwise."""


def tranches_on(agreements: Iterable[Agreement], day: date) -> list[Tranche]:
    """Return the confirmed tranche of each agreement that holds on ``day``; an agreement without one has none.

    Of an agreement that was over before: the one that held on its last day.
    """
    last = {one.pk: min(one.ends_on or day, day) for one in agreements}
    begun = Tranche.objects.filter(agreement__in=last, starts_on__lte=day, confirmed_at__isnull=False)
    newest = {
        one.agreement_id: one
        for one in begun.order_by("starts_on")
        if one.starts_on <= last[one.agreement_id] <= (one.ends_on or day)
    }
    return list(newest.values())


def demanded_on(agreements: Iterable[Agreement], day: date) -> QuerySet[Requirement]:
    """Return what the agreements demand on ``day``: by the confirmed tranche that holds then.

    What was demanded without a tranche (by an import) holds where no confirmed tranche does.
    """
    known = list(agreements)
    tranches = tranches_on(known, day)
    with_tranche = {one.agreement_id for one in tranches}
    loose = Q(tranche=None)
    for edge in (Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)):
        loose &= edge
    without = [one.pk for one in known if one.pk not in with_tranche]
    return Requirement.objects.filter(Q(tranche__in=tranches) | loose & Q(agreement__in=without))


def deadline_of(agreements: Sequence[Agreement], period: Period) -> date:
    """Return the last day to deliver a report over ``period``: the earliest that its agreements demand."""
    days = [one.deadline_days for one in tranches_on(agreements, period.end)]
    return period.end + timedelta(days=min(days, default=DAYS_TO_DELIVER))


def signers_of(report: Report) -> set[Role]:
    """Return the roles that the tranches of a report want a signature of; a unit manager's without a tranche."""
    agreements = [part.agreement for part in report.parts.select_related("agreement")]
    return {Role(one.signed_by) for one in tranches_on(agreements, report.period_until)} or {Role.UNIT_MANAGER}


def role_to_sign(report: Report) -> Role:
    """Return the role in which a report is signed."""
    return min(signers_of(report))


def signature_of(report: Report) -> str:
    """Return who signed and in which role, in the language of the report: "Ineke Vos, unitmanager"."""
    with translation.override(report.language):
        role = str(Role(report.signed_as).label)
    return f"{report.signed_by}, {role[0].lower()}{role[1:]}"


def may_sign(member: StaffMember, report: Report) -> bool:
    """Whether ``member`` has every role that must sign."""
    return all(member.standing.has_role(role) for role in signers_of(report))
