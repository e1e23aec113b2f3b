"""What each payer demands, tranche by tranche: one that is over, one that holds, and one that somebody prepares."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from foundation.clock import AMSTERDAM, today
from organisations.models import Organisation, Role, StaffMember
from reporting.demanding import Demand, change_terms, confirm_tranche, open_tranche, set_demands
from reporting.models import Rhythm, Template, Tranche
from trajectories.models import Agreement


class Terms(NamedTuple):
    """One tranche: its name, its first day (None: that of the agreement), and which figures, split out by what."""

    name: str
    starts_on: date | None
    figures: str
    rhythm: Rhythm = Rhythm.YEAR
    days: int = 90
    template: Template = Template.FULL


YEARLY_AE = "participants trajectories paid_work help_question_insight"
DEMANDED = {
    "AMF-0307": (
        Terms("Tranche 2019-2022", None, f"{YEARLY_AE} other_route relapses"),
        Terms(
            "Tranche 2023-2028",
            date(2023, 1, 1),
            f"{YEARLY_AE} trajectories:programme,gender other_route leavers sustained_work aftercare instrument_change",
            days=60,
        ),
    ),
    "AMF-0327": (
        Terms("Tranche 2019-2022", None, f"{YEARLY_AE} other_route"),
        Terms("Tranche 2023", date(2023, 1, 1), f"{YEARLY_AE} waiting_time other_route", Rhythm.QUARTER, 45),
    ),
    "PAN-0384": (
        Terms("Ik Werk! 2020-2023", None, "participants help_question_insight loneliness", Rhythm.QUARTER),
        Terms(
            "Ik Werk! 2024",
            date(2024, 1, 1),
            "participants other_route help_question_insight loneliness instrument_change inflow:gender",
            Rhythm.QUARTER,
            45,
        ),
    ),
    "PAH-T1": (Terms("Tranche 1", None, "participants paid_work sustained_work dropout"),),
    "PAH-T2": (Terms("Tranche 2", None, "participants paid_work other_route aftercare", Rhythm.QUARTER),),
    "PAH-T3": (
        Terms("Tranche 3", None, "participants help_question_insight instrument_change aftercare", Rhythm.QUARTER, 30),
    ),
    "LUC-0200": (
        Terms("Perceel Groen 2019-2022", None, "participants lead_time paid_work certificates", Rhythm.QUARTER),
        Terms(
            "Perceel Groen 2023",
            date(2023, 1, 1),
            "participants lead_time paid_work sustained_work certificates outflow:gender",
            Rhythm.QUARTER,
            60,
        ),
    ),
    "NVV-0228": (Terms("Wmo 2019", None, "participants sessions", Rhythm.QUARTER, template=Template.SHORT),),
    "NVV-0203": (Terms("Wmo 2019", None, "participants sessions", Rhythm.QUARTER, template=Template.SHORT),),
    "BBW-A": (Terms("Subsidieregeling 1", None, "participants paid_work occupancy", Rhythm.QUARTER),),
    "BBW-B": (
        Terms("Subsidieregeling 2", None, "participants occupancy slot_turnover sustained_work", Rhythm.QUARTER),
    ),
    "WVE-0453": (
        Terms("Pak je Kans! 2019-2021", None, "participants ladder", Rhythm.QUARTER),
        Terms("Pak je Kans! 2022", date(2022, 1, 1), "participants ladder loneliness other_route", Rhythm.QUARTER, 60),
    ),
}
PREPARED = "AMF-0307"
"""Of this agreement the tranche of next year is being prepared."""


def demand(provider: Organisation) -> None:
    """Write what each agreement demands in each tranche; the targets of its folder hold in all of them."""
    by = _who_keeps_them(provider)
    for agreement in Agreement.objects.filter(provider=provider).order_by("code"):
        for terms in DEMANDED[agreement.code]:
            if (terms.starts_on or agreement.starts_on) <= today():
                _confirm(by, _open(by, agreement, terms))
        if agreement.code == PREPARED:
            _prepare(by, agreement)


def _who_keeps_them(provider: Organisation) -> StaffMember:
    keepers = StaffMember.objects.filter(
        memberships__organisation=provider, memberships__role__in=(Role.FUNCTIONAL_MANAGER, Role.UNIT_MANAGER)
    )
    return keepers.order_by("memberships__role", "email")[0]


def _open(by: StaffMember, agreement: Agreement, terms: Terms) -> Tranche:
    tranche = open_tranche(
        by=by, agreement=agreement, name=terms.name, starts_on=terms.starts_on or agreement.starts_on
    )
    tranche.rhythm, tranche.deadline_days, tranche.template = terms.rhythm, terms.days, terms.template
    if agreement.ends_on is not None and agreement.ends_on < today():
        tranche.ends_on = agreement.ends_on
    change_terms(by=by, tranche=tranche)
    set_demands(by=by, tranche=tranche, demands=_demands(agreement, terms.figures))
    return tranche


def _demands(agreement: Agreement, figures: str) -> Iterator[Demand]:
    targets = agreement.requirements.filter(tranche=None, target__isnull=False)
    wanted = {one.figure: Demand(one.figure, one.target) for one in targets}
    for asked in figures.split():
        figure, _colon, splits = asked.partition(":")
        target = wanted[figure].target if figure in wanted else None
        wanted[figure] = Demand(figure, target, tuple(splits.split(",")) if splits else ())
    yield from wanted.values()


def _confirm(by: StaffMember, tranche: Tranche) -> None:
    """Confirm it as it was in its time: two weeks before its first day."""
    day = tranche.starts_on - timedelta(days=14)
    confirm_tranche(by=by, tranche=tranche, at=datetime.combine(day, time(10), AMSTERDAM))


def _prepare(by: StaffMember, agreement: Agreement) -> None:
    """A copy of the last tranche, from next year on: somebody is still at it."""
    starts_on = date(today().year + 1, 1, 1)
    if agreement.ends_on is None or starts_on < agreement.ends_on:
        tranche = open_tranche(by=by, agreement=agreement, name=f"Tranche {starts_on.year}", starts_on=starts_on)
        tranche.rhythm, tranche.deadline_days = Rhythm.QUARTER, 45
        change_terms(by=by, tranche=tranche)
