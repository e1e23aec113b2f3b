"""9. Are the places taken? Occupied beside available, week by week, each place, and the four fixed Wednesdays."""

from dataclasses import replace

from django.utils.translation import gettext as _

from foundation.charts import Cell, DataTable, Row
from foundation.clock import today
from reporting.facts.rows import SlotRow
from reporting.figures.places import PLACE, free_on, held_days
from reporting.screens import charts
from reporting.screens.ten.block import Block, Counted, block_of
from reporting.screens.words import percentage


def places(counted: Counted) -> Block | None:
    """The line of steps; nothing for a unit without places, or for one coach."""
    chart = charts.places(counted.asked, counted.question, counted.now)
    if chart is None:
        return None
    numbers = each_place(counted)
    about = _("%(number)s places") % {"number": len(numbers.rows)}
    drawn = replace(chart, definition="", places=numbers)
    return block_of(counted, drawn, "occupancy", about, has_people=False)


def each_place(counted: Counted) -> DataTable:
    """Of each place how many days it was taken, how often, and whether it is free now."""
    slots = [row for row in counted.question.facts.slots if held_days(row, counted.question.period)]
    headings = (_("Place"), _("Placements"), _("Days taken"), _("Days available"), _("Taken"), _("Today"))
    return DataTable(_("Each place"), headings, [_place(counted, row) for row in slots])


def _place(counted: Counted, row: SlotRow) -> Row:
    figure = counted.now["occupancy"]
    cell = counted.cell("occupancy", f"{PLACE}{row.id}")
    there = held_days(row, counted.question.period)
    taken = sum(record.amount for record in figure.cell(f"{PLACE}{row.id}"))
    return Row(
        row.code,
        [cell, Cell(taken), Cell(there), Cell(percentage(taken / there)), Cell(_today(counted, row))],
    )


def _today(counted: Counted, row: SlotRow) -> str:
    """Whether it is free; where a filter hides who has it, that is not told."""
    if counted.asked.hides_others:
        return "–"
    return _("free") if row.id in free_on(counted.question, today())[0] else _("taken")
