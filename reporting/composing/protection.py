"""Which numbers of a report are withheld: decided once, for the whole, every part and both years together.

A number is known by its place: whose part (None: the whole), which period, and its key. Numbers that
add up (rows to a total, parts to the whole, the stock of one year to that of the next) are told to
``reporting.disclosure``, so that nothing withheld follows from what is shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from reporting.composing.counted import Counted
from reporting.composing.layout import TableSpec
from reporting.composing.lines import Line, of_figure
from reporting.disclosure import Count, Sum, withheld

KEY_FIGURES = ("participants", "trajectories", "paid_work", "help_question_insight")


class Place(NamedTuple):
    """Where a number stands: in whose part (None: the whole), in which period, under which key."""

    part: UUID | None
    is_before: bool
    key: str


Both = Mapping[UUID | None, tuple[Counted, Counted]]


def withheld_places(both: Both, specs: list[TableSpec], threshold: int) -> frozenset[Place]:
    """Return the places of the numbers that a reader without the files must not see.

    Args:
        both: per part (None: the whole) what was counted over the period and over the year before.
        specs: the tables of the report.
        threshold: numbers about fewer people are withheld; zero is shown.
    """
    counts: dict[Place, Count] = {}
    sums: list[Sum[Place]] = []
    for part, (now, before) in both.items():
        for is_before, counted in ((False, now), (True, before)):
            lines = list(_lines(counted, is_before, specs))
            counts |= {Place(part, is_before, line.key): Count(int(line.value or 0), line.people) for line in lines}
            sums += _sums(part, is_before, counted, specs)
        if before.period.end + timedelta(days=1) == now.period.start:
            sums.append(Sum(Place(part, False, "stock_start"), (Place(part, True, "stock_end"),)))
    sums += _parts_of_whole(counts, both)
    keep = frozenset(place for place in counts if place.key in KEY_FIGURES)
    return withheld(counts, sums, threshold=threshold, keep=keep)


def _lines(counted: Counted, is_before: bool, specs: list[TableSpec]) -> Iterator[Line]:
    """Every count that stands somewhere in the report for one part and period."""
    yield from (of_figure(counted[figure_id]) for figure_id in (*KEY_FIGURES, "both_outcomes"))
    for spec in specs:
        for column in spec.columns:
            if column.is_before == is_before:
                yield from (line for line in column.rows(counted) if line.is_count)
                yield from total_of(counted, column.total)


def total_of(counted: Counted, key: str) -> list[Line]:
    """Return the line of a total, from its key; nothing for no key."""
    if not key:
        return []
    figure_id, _dot, cell = key.partition(".")
    return [of_figure(counted[figure_id], None, cell)]


def _sums(part: UUID | None, is_before: bool, counted: Counted, specs: list[TableSpec]) -> list[Sum[Place]]:
    def place(key: str) -> Place:
        return Place(part, is_before, key)

    found = [
        Sum(place(column.total), tuple(place(line.key) for line in column.rows(counted)))
        for spec in specs
        for column in spec.columns
        if column.total and column.is_before == is_before
    ]
    return [
        *found,
        Sum(place("trajectories"), (place("stock_start"), place("inflow"))),
        Sum(place("trajectories"), (place("outflow"), place("stock_end"))),
    ]


def _parts_of_whole(counts: Iterable[Place], both: Both) -> list[Sum[Place]]:
    """The whole is the sum of the parts: exactly for trajectories, nearly for people, so treated as if exact."""
    parts = [part for part in both if part is not None]
    if not parts:
        return []
    return [Sum(place, tuple(place._replace(part=part) for part in parts)) for place in counts if place.part is None]
