"""Bars of the cells of a figure. Each number is a link."""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.charts import Bar
from reporting.figures import UNRECORDED, Figure
from reporting.screens.filters import Filters
from reporting.screens.words import Names, cell_label

Figures = Mapping[str, Figure]


def bars_of(
    asked: Filters, now: Figure, before: Figure | None, names: Names, *, by: str = "", in_order: Sequence[str] = ()
) -> list[Bar]:
    """A bar for each cell with anybody, now or before: the longest first (or in the order given), unrecorded last."""

    def rank(cell: str) -> tuple[Any, ...]:
        place = list(in_order).index(cell) if cell in in_order else len(in_order)
        return cell == UNRECORDED, place, -now.number(cell), cell_label(now.id, cell, names)

    every = dict.fromkeys([*now.cells, *(before.cells if before else ())])
    return [
        Bar(
            cell_label(now.id, cell, names),
            now.number(cell),
            asked.figure_url(now.id, cell, by) if now.number(cell) else "",
            before.number(cell) if before else "",
            asked.year_before.figure_url(now.id, cell, by) if before and before.number(cell) else "",
        )
        for cell in sorted(every, key=rank)
        if now.number(cell) or (before and before.number(cell))
    ]


def lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def days_of(figure: Figure) -> int | str:
    """The median of a figure in whole days; a dash without any."""
    median = figure.value["median"]
    return "–" if median is None else round(median)
