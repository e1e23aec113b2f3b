"""The course of trajectories: relapse and picking up again, return, and how long things take."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.periods import ONE_DAY
from reporting.facts.rows import EventRow, TrajectoryRow
from reporting.figures.catalogue import figure
from reporting.figures.counting import WHOLE, Cells, Question, Record, Unit, dated_record, grouped, trajectory_record
from reporting.figures.shapes import amounts, empty, median, nested, per_cell, spread
from trajectories.models import EventKind

PICK_UP_WINDOWS = (28, 84)
WAITING_BANDS = (14, 28, 56)
BETWEEN_BANDS = (("from_15_to_28", 14, 28), ("from_29_to_56", 28, 56), ("over_56", 56, 10**6))
"""With ``within_14`` these say once of every start how long somebody waited."""

FOLLOWED = ("from_29_to_84", "not_within_84")
"""With ``within_28`` and ``too_early_84`` these say once of every relapse how it went on."""


def relapse_events(asked: Question) -> list[EventRow]:
    """Relapse events dated in the period."""
    return [row for row in asked.dated(asked.facts.events) if row.kind == EventKind.RELAPSE]


@figure(
    "relapses",
    Unit.EPISODES,
    label=_("Relapses"),
    sentence=_("How often there was a relapse. Relapse is part of this way of working: it ends nothing by itself."),
    rule=_("Relapses dated in the period, without those that were undone."),
)
def relapses(asked: Question) -> Cells:
    return {WHOLE: [dated_record(row) for row in relapse_events(asked)]}


def picked_up(cells: Cells) -> dict[str, int]:
    """The numbers by window; how each episode went on is there for the list of records."""
    return {name: number for name, number in per_cell(cells).items() if name not in FOLLOWED}


@figure(
    "picked_up_again",
    Unit.EPISODES,
    label=pgettext_lazy("figure", "Picked up again"),
    sentence=_("How often somebody picked up the thread again within 4 and within 12 weeks after a relapse."),
    rule=_(
        "Of the relapses, those followed by picking up again on the same trajectory within 28 and within 84 days (84"
        " includes 28). Not picked up, and younger than that on the reference date: too early to tell."
    ),
    shape=picked_up,
)
def picked_up_again(asked: Question) -> Cells:
    resumed = grouped(
        (row for row in asked.known(asked.facts.events) if row.kind == EventKind.RESUMED), lambda row: row.trajectory_id
    )
    cells = empty((*(f"{cell}_{days}" for cell in ("within", "too_early") for days in PICK_UP_WINDOWS), *FOLLOWED))
    for relapse in relapse_events(asked):
        took = days_until_resumed(relapse, resumed.get(relapse.trajectory_id, []))
        if took is not None and 28 < took <= 84:
            cells["from_29_to_84"].append(dated_record(relapse, took))
        elif (took is None or took > 84) and (asked.reference - relapse.dated_on).days >= 84:
            cells["not_within_84"].append(dated_record(relapse))
        for days in PICK_UP_WINDOWS:
            if took is not None and took <= days:
                cells[f"within_{days}"].append(dated_record(relapse, took))
            elif (asked.reference - relapse.dated_on).days < days:
                cells[f"too_early_{days}"].append(dated_record(relapse))
    return cells


def days_until_resumed(relapse: EventRow, resumed: list[EventRow]) -> int | None:
    """Days from a relapse to the first time it was picked up after it; a later event of the same day is 0."""
    at = (relapse.dated_on, relapse.sequence)
    after = [row.dated_on for row in resumed if (row.dated_on, row.sequence) > at]
    return (min(after) - relapse.dated_on).days if after else None


@figure(
    "re_entries",
    Unit.TRAJECTORIES,
    label=_("Came back"),
    sentence=_("Trajectories that started for somebody whose earlier trajectory had ended before."),
    rule=_(
        "Trajectories started in the period, of participants with an earlier trajectory in the same selection that"
        " ended before. By the days from the latest such end to the start (the next day is 1): up to 182, up to 365,"
        " more."
    ),
    shape=nested,
)
def re_entries(asked: Question) -> Cells:
    own = grouped(asked.trajectories.values(), lambda row: row.participant_id)
    cells = empty(("total", "within_182", "within_365", "over_365"))
    for row in asked.inflow:
        ends = [one.ended_on for one in own[row.participant_id] if one.ended_on and one.ended_on < row.started_on]
        if ends:
            gap = (row.started_on - max(ends)).days
            record = started_record(row, gap)
            cells["total"].append(record)
            cells["within_182" if gap <= 182 else "within_365" if gap <= 365 else "over_365"].append(record)
    return cells


def started_record(row: TrajectoryRow, amount: int) -> Record:
    """A trajectory, dated by its start."""
    return Record(row.id, row.participant_id, row.id, row.started_on, amount)


@figure(
    "lead_time",
    Unit.TRAJECTORIES,
    label=_("Lead time"),
    sentence=_("How many days the trajectories took that ended in the period. Beside it: those still running."),
    rule=_("Of the trajectories ended in the period: last day minus first day. Number, mean, median and quartiles."),
    shape=spread,
)
def lead_time(asked: Question) -> Cells:
    found = [(row, row.ended_on) for row in asked.outflow if row.ended_on]
    return {"n": [trajectory_record(row, (ended - row.started_on).days) for row, ended in found]}


@figure(
    "running_time",
    Unit.TRAJECTORIES,
    label=_("Running time"),
    sentence=_("How many days the trajectories have taken so far that were still running at the end of the period."),
    rule=_("Of the trajectories running at the end: the day after the period minus the first day."),
    shape=spread,
)
def running_time(asked: Question) -> Cells:
    after = asked.period.end + ONE_DAY
    return {"n": [started_record(row, (after - row.started_on).days) for row in asked.stock_end]}


def waiting(cells: Cells) -> dict[str, float | None]:
    """Number and median of the days waited, and how many waited up to each band."""
    days = amounts(cells, "n")
    return {"n": len(days), "median": median(days), **{f"within_{n}": len(cells[f"within_{n}"]) for n in WAITING_BANDS}}


@figure(
    "waiting_time",
    Unit.TRAJECTORIES,
    label=_("Waiting for the start"),
    sentence=_("How many days somebody waited from referral to start. The number shown is the middle value."),
    rule=_("Of the trajectories started in the period with a referral date: first day minus day of referral."),
    shape=waiting,
)
def waiting_time(asked: Question) -> Cells:
    waited = [started_record(row, (row.started_on - row.referred_on).days) for row in asked.inflow if row.referred_on]
    bands = {f"within_{days}": [record for record in waited if record.amount <= days] for days in WAITING_BANDS}
    apart = {name: [record for record in waited if low < record.amount <= high] for name, low, high in BETWEEN_BANDS}
    return {"n": waited, **bands, **apart}
