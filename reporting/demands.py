"""What the payers demand of the small counts of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foundation.periods import Period
from reporting.models import Profile
from reporting.tranches import tranches_on
from trajectories.models import Agreement

PUBLIC_THRESHOLD, PUBLIC_ROUNDING = 10, 5
"""What everybody may read holds no count about 1 to 9 persons, and rounds the others to 5 (figures.md, rule 3)."""


@dataclass(frozen=True, slots=True)
class Demands:
    """For whom a report is, from how many persons a count is shown, and to what the counts are rounded."""

    profile: str
    threshold: int
    rounding: int = 1

    def data(self) -> dict[str, Any]:
        """As it is written down with the report."""
        return {"profile": self.profile, "threshold": self.threshold, "rounding": self.rounding}


def demands_of(agreements: Sequence[Agreement], period: Period) -> Demands:
    """Return what holds for a report of ``agreements`` over ``period``: the strictest of what they demand.

    An agreement demands what its tranche says that holds on the last day of the period; without a tranche it is
    read in confidence by the municipality, with the agreement's own threshold.
    """
    tranches = tranches_on(agreements, period.end)
    with_tranche = {tranche.agreement_id for tranche in tranches}
    found = [_demands(tranche.profile, tranche.small_count) for tranche in tranches]
    found += [
        _demands(Profile.MUNICIPALITY, agreement.small_count)
        for agreement in agreements
        if agreement.pk not in with_tranche
    ]
    return strictest(found)


def _demands(profile: str, small_count: int) -> Demands:
    if profile == Profile.PUBLIC:
        return Demands(Profile.PUBLIC.value, max(PUBLIC_THRESHOLD, small_count), PUBLIC_ROUNDING)
    return Demands(Profile.MUNICIPALITY.value, small_count)


def strictest(found: Sequence[Demands]) -> Demands:
    """Return what satisfies each of these demands: public if one is, and the highest threshold."""
    return Demands(
        profile=max(found, key=lambda one: one.rounding).profile,
        threshold=max(one.threshold for one in found),
        rounding=max(one.rounding for one in found),
    )
