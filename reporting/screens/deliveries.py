"""Exports of the statistic so far, and what was sent in each."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from organisations.models import StaffMember
from organisations.roles import Permission
from reporting.models import StatisticDelivery
from reporting.screens.statistic import Asked, Payer, payers_of
from trajectories.provision_kinds import kind_label


def deliveries_of(asked: Asked) -> list[StatisticDelivery]:
    """The last deliveries of this municipality, newest first: only those of one's own units."""
    return list(_own_deliveries([asked.payer]).defer("lines", "digests")[:12])


def _own_deliveries(payers: Iterable[Payer]) -> QuerySet[StatisticDelivery]:
    """Deliveries for these municipalities with lines of one's own units."""
    wanted = Q(pk__in=[])
    for payer in payers:
        wanted |= Q(
            provider=payer.scope.provider_id,
            municipality=payer.scope.municipality_id,
            lines__has_any_keys=[str(unit) for unit in payer.scope.units],
        )
    return StatisticDelivery.objects.filter(wanted).select_related("made_by", "municipality")


def delivery_of(member: StaffMember, pk: UUID) -> StatisticDelivery:
    """A delivery with lines of units of which this person exports; Http404 for another's."""
    return get_object_or_404(_own_deliveries(payers_of(member).values()), pk=pk)


def sent_rows(delivery: StatisticDelivery, member: StaffMember) -> list[dict[str, Any]]:
    """What was sent of one's own units: number, kind and days of each line, and its check number."""
    units = {str(unit) for unit in member.standing.units(Permission.STATISTIC_EXPORT)}
    lines = {number: row for unit, rows in delivery.lines.items() if unit in units for number, row in rows.items()}
    return [
        {
            "registration": number,
            "kind": kind_label(kind),
            "starts_on": date.fromisoformat(starts_on),
            "ends_on": date.fromisoformat(ends_on) if ends_on else None,
            "digest": delivery.digests.get(number, "")[:12],
        }
        for number, (kind, starts_on, ends_on) in sorted(lines.items())
    ]
