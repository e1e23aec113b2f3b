"""9. Are the places taken? Occupied beside available, week by week, each place, and the four fixed Wednesdays."""

from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.charts import Cell, DataTable, Row
from foundation.clock import today
from foundation.periods import ONE_DAY
from reporting.facts.rows import PlacementRow, SlotRow
from reporting.figures.places import PLACE, covers, free_on, held_days, placed
from reporting.screens import charts
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.words import percentage


def places(counted: Counted, *, with_each: bool = False) -> Block | None:
    """The line of steps; nothing for a unit without places, or for one coach. Each place: on the page of the figure."""
    chart = charts.places(counted.asked, counted.question, counted.now)
    if chart is None:
        return None
    drawn = replace(chart, definition="", places=each_place(counted) if with_each else None)
    about = _("%(number)s places") % {"number": counted.now["occupancy"].number("slot_days")}
    return block_of(counted, drawn, "occupancy", about, has_people=False)


def each_place(counted: Counted) -> DataTable:
    """Of each place how many days it was taken, how often, and whether it is free now."""
    slots = [row for row in counted.question.facts.slots if held_days(row, counted.question.period)]
    headings = (
        *(_("Place"), _("Placements"), _("Moved on"), _("Days taken"), _("Days available"), _("Taken"), _("Today")),
    )
    return DataTable(_("Each place"), headings, [_place(counted, row) for row in slots])


def _place(counted: Counted, row: SlotRow) -> Row:
    figure = counted.now["occupancy"]
    cell = counted.cell("occupancy", f"{PLACE}{row.id}")
    there = held_days(row, counted.question.period)
    taken = sum(record.amount for record in figure.cell(f"{PLACE}{row.id}"))
    left = sum(one.ends_on in counted.question.period for one in _holders(counted, row))
    numbers = (Cell(left), Cell(taken), Cell(there), Cell(percentage(taken / there)))
    return Row(row.code, [cell, *numbers, Cell(_today(counted, row))])


def _holders(counted: Counted, row: SlotRow) -> list[PlacementRow]:
    """Who of this selection held it."""
    return [one for one in placed(counted.question) if one.slot_id == row.id]


def _today(counted: Counted, row: SlotRow) -> str:
    """Whether it is free, or from when on; where a filter hides who has it, that is not told."""
    if counted.asked.hides_others:
        return "–"
    if row.id in free_on(counted.question, today())[0]:
        return _("free")
    ends = [one.ends_on for one in _holders(counted, row) if covers(one, today()) and one.ends_on]
    return _("free from %(day)s") % {"day": date_format(ends[0] + ONE_DAY, "j F")} if ends else _("taken")
