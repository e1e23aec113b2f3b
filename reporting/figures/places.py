"""Places: how full they were, and how soon they were taken again."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from foundation.periods import Period
from reporting.facts.rows import PlacementRow, SlotRow
from reporting.figures.catalogue import figure
from reporting.figures.counting import Cells, Question, Record, Unit, grouped
from reporting.figures.shapes import amounts, median, share, under

COUNTING_MONTHS = (1, 4, 7, 10)
WEDNESDAY = 2
PLACE = "place."
"""Before the id of a place in the cell with who had it."""


def held_days(row: SlotRow | PlacementRow, period: Period) -> int:
    """How many days of the period a slot was open or a placement lasted; the last day counts."""
    last = min(row.ends_on or period.end, period.end)
    return max(0, (last - max(row.starts_on, period.start)).days + 1)


def covers(row: SlotRow | PlacementRow, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)


def counting_days(period: Period) -> list[date]:
    """The last Wednesdays of January, April, July and October in the period."""
    months = [Period.month(part.start.year, part.start.month) for part in period.months()]
    ends = [month.end for month in months if month.start.month in COUNTING_MONTHS]
    days = [end - timedelta(days=(end.weekday() - WEDNESDAY) % 7) for end in ends]
    return [day for day in days if day in period]


def occupied_on(asked: Question, days: Sequence[date]) -> list[int]:
    """How many places were occupied on each of these days, by the same rows as ``occupancy``."""
    slots = {row.id for row in asked.facts.slots}
    holders = [row for row in placed(asked) if row.slot_id in slots]
    return [sum(covers(row, day) for row in holders) for day in days]


def free_on(asked: Question, day: date) -> tuple[set[UUID], int]:
    """Which places are free on a day, and how many there are. Who holds one of the others may be anyone."""
    there = {row.id for row in asked.facts.slots if covers(row, day)}
    taken = {row.slot_id for row in asked.facts.placements if covers(row, day)}
    return there - taken, len(there)


def available_on(asked: Question, days: Sequence[date]) -> list[int]:
    """How many places there were on each of these days."""
    return [sum(covers(row, day) for row in asked.facts.slots) for day in days]


def placed(asked: Question) -> list[PlacementRow]:
    """Placements of trajectories in scope that began on the reference date or before."""
    return [row for row in asked.hanging(asked.facts.placements) if row.starts_on <= asked.reference]


def fullness(cells: Cells) -> dict[str, Any]:
    """Slot-days there were and slot-days occupied, their ratio, and the count on the counting days."""
    available, occupied = sum(amounts(cells, "slot_days")), sum(amounts(cells, "occupied_days"))
    return {
        "slot_days": available,
        "occupied_days": occupied,
        "rate": share(occupied, available),
        "counts": under("counts", cells),
    }


@figure(
    "occupancy",
    Unit.SLOT_DAYS,
    label=_("Places occupied"),
    sentence=_("Which part of the available places was occupied, day by day, and how many on four fixed days a year."),
    rule=_(
        "Days on which slots were occupied divided by days on which they were available in the period; the last day"
        " counts. And the number occupied on the last Wednesday of January, April, July and October. Not per coach."
    ),
    shape=fullness,
    needs_no_coach=True,
)
def occupancy(asked: Question) -> Cells:
    slots = {row.id: row for row in asked.facts.slots if held_days(row, asked.period)}
    holders = [row for row in placed(asked) if row.slot_id in slots and held_days(row, asked.period)]
    cells: Cells = {
        "slot_days": [Record(row.id, None, amount=held_days(row, asked.period)) for row in slots.values()],
        "occupied_days": [placement_record(row, held_days(row, asked.period)) for row in holders],
    }
    of_slot = grouped(holders, lambda row: row.slot_id)
    for slot in slots.values():
        own = of_slot.get(slot.id, [])
        cells[f"{PLACE}{slot.id}"] = [placement_record(row, held_days(row, asked.period)) for row in own]
    for day in counting_days(asked.period):
        cells[f"counts.{day}"] = [placement_record(row, 1) for row in holders if covers(row, day)]
    return cells


def placement_record(row: PlacementRow, amount: int) -> Record:
    return Record(row.id, row.participant_id, row.trajectory_id, row.starts_on, amount)


def turnover(cells: Cells) -> dict[str, float | None]:
    days = amounts(cells, "n")
    return {"n": len(days), "median_days": median(days)}


@figure(
    "slot_turnover",
    Unit.PLACEMENTS,
    label=_("Places taken again"),
    sentence=_("How many days a place stood empty before somebody else had it."),
    rule=_(
        "Placements ended in the period in a slot that was occupied again, by anyone: first day of the next minus last"
        " day (the next day is 1). Number and median."
    ),
    shape=turnover,
)
def slot_turnover(asked: Question) -> Cells:
    known = [row for row in asked.facts.placements if row.starts_on <= asked.reference]
    of_slot = grouped(known, lambda row: row.slot_id)
    found = []
    for row in placed(asked):
        if row.ends_on is None or row.ends_on not in asked.period:
            continue
        following = [one.starts_on for one in of_slot[row.slot_id] if one.starts_on > row.ends_on]
        if following:
            gap = (min(following) - row.ends_on).days
            found.append(Record(row.id, row.participant_id, row.trajectory_id, row.ends_on, gap))
    return {"n": found}
