"""Provisions of the national statistic: what people used in the last year and a half, and how it is delivered.

A few are as one finds them in any office: without a reason of the end, or of people whose work capacity nobody wrote.
"""

from datetime import timedelta
from random import Random

from django.db.models import Q

from foundation.clock import today
from organisations.models import Organisation
from reporting.models import StatisticSetting
from trajectories.models import (
    Agreement,
    Aim,
    LabourPosition,
    LegalGround,
    Provision,
    ProvisionAim,
    ProvisionEnd,
    State,
    Trajectory,
    WorkCapacity,
)

SINCE = timedelta(days=550)
AIMS = {Aim.WORK: ProvisionAim.REINTEGRATION, Aim.PARTICIPATION: ProvisionAim.PARTICIPATION}
CAPACITIES = (WorkCapacity.BELOW, WorkCapacity.BELOW, WorkCapacity.WITH_HELP, WorkCapacity.UNKNOWN)


def add_provisions(provider: Organisation) -> None:
    """Record a provision for each trajectory of the Participatiewet, and the work capacity of nearly everybody."""
    still = Q(ended_on=None) | Q(ended_on__gte=today() - SINCE)
    rows = Trajectory.objects.filter(still, provider=provider, legal_ground=LegalGround.PARTICIPATIEWET)
    rows = rows.exclude(programme__provision_type="").exclude(state__in=(State.PLANNED, State.CANCELLED))
    trajectories = list(rows.select_related("programme").order_by("started_on", "reference"))
    Provision.objects.bulk_create([_provision(one) for one in trajectories], batch_size=500)
    first = {one.participant_id: one for one in reversed(trajectories)}
    people = [one for one in first.values() if _chance(one) < 0.96]
    LabourPosition.objects.bulk_create([_position(one) for one in people], batch_size=500)
    set_statistic(provider)


def set_statistic(provider: Organisation) -> None:
    """Say who delivers for each municipality: its own CBS code, in the demo."""
    payers = Organisation.objects.filter(pk__in=Agreement.objects.filter(provider=provider).values("municipality"))
    StatisticSetting.objects.bulk_create(
        StatisticSetting(provider=provider, municipality=payer, reporter_code=payer.code) for payer in payers
    )


def _chance(trajectory: Trajectory) -> float:
    return Random(f"{trajectory.reference} provision").random()


def _provision(trajectory: Trajectory) -> Provision:
    forgotten = _chance(trajectory) < 0.02
    reason = ProvisionEnd.REAL if trajectory.ended_on and not forgotten else ""
    return Provision(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        kind=trajectory.programme.provision_type,
        description=trajectory.programme.name,
        starts_on=trajectory.started_on,
        ends_on=trajectory.ended_on,
        end_reason=reason,
        recorded_by_id=trajectory.coach_id,
    )


def _position(trajectory: Trajectory) -> LabourPosition:
    return LabourPosition(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        starts_on=trajectory.started_on,
        capacity=CAPACITIES[int(_chance(trajectory) * len(CAPACITIES))],
        aim=AIMS[Aim(trajectory.aim)],
        recorded_by_id=trajectory.coach_id,
    )
