"""The figures of one reader's part over one period, and the slices of that period."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from foundation.periods import Period
from reporting.facts import Facts
from reporting.figures import Figure, Question, count, split

LONG = 100  # days; a longer period is sliced in quarters, a shorter one in months

IN_SLICES = ("inflow", "outflow")


@dataclass(frozen=True)
class Slice:
    """Part of the period: a month or a quarter, with what started and ended in it."""

    period: Period
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Counted:
    """All figures over one period, started and ended per slice, and what is split out by figure and split."""

    period: Period
    figures: Mapping[str, Figure]
    slices: tuple[Slice, ...]
    splits: Mapping[tuple[str, str], Figure] = field(default_factory=dict)

    def __getitem__(self, figure_id: str) -> Figure:
        return self.figures[figure_id]


def count_both(
    facts: Facts, period: Period, reference: date, splits: Collection[tuple[str, str]] = ()
) -> tuple[Counted, Counted]:
    """Count the period and the same period a year before, from the same facts.

    Args:
        facts: the rows of the agreements that are counted together.
        period: the period of the report.
        reference: the reference date; it holds for the year before too, so that both are as known now.
        splits: which figures are split out, and by what.
    """
    now, then = (count_over(facts, asked, reference, splits) for asked in (period, period.year_before()))
    return now, then


def count_over(facts: Facts, period: Period, reference: date, splits: Collection[tuple[str, str]] = ()) -> Counted:
    """Count one period, with its months or quarters and what is split out."""
    return Counted(
        period,
        count(facts, period, reference),
        tuple(
            Slice(part, count(facts, part, reference, IN_SLICES))
            for part in slices_of(period)
            if part.start <= reference
        ),
        {(figure, by): split(Question(facts, period, reference), figure, by) for figure, by in splits},
    )


def slices_of(period: Period) -> list[Period]:
    """Return the quarters of a long period, the months of a shorter one, nothing for a month or less."""
    months = period.months()
    if len(months) < 2:
        return []
    if period.days <= LONG:
        return months
    quarters = [
        Period.quarter(year, part) for year in range(period.start.year, period.end.year + 1) for part in range(1, 5)
    ]
    return [
        Period(max(quarter.start, period.start), min(quarter.end, period.end))
        for quarter in quarters
        if quarter.start <= period.end and quarter.end >= period.start
    ]
