"""One number, month by month, beside the same month a year before: the chart and the table behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.charts import Cell, Month, PairChart, Row
from foundation.clock import today
from foundation.periods import Period
from reporting.figures import Unit
from reporting.provisional import first_provisional_day
from reporting.screens.charts import short_month
from reporting.screens.filters import Filters
from reporting.screens.words import year_words

MOST_MONTHS = 24
"""A longer period is shown per year."""

FLOWS = {Unit.EPISODES, Unit.SESSIONS, Unit.HALF_DAYS, Unit.CERTIFICATES}
"""What happens on one day: its months add up to the period."""


@dataclass(frozen=True)
class ByMonth:
    """One number in each part of the period.

    Attributes:
        asked: over which days, and of what.
        label: what the number is called, and ``unit_label`` what it counts.
        unit: what it counts.
        count: the number over a part of the period or of the year before.
        url: where the records of that part are.
        broken: the day from which it is counted by another definition, where that lies in the period.
    """

    asked: Filters
    label: str
    unit: Unit
    unit_label: str
    count: Callable[[Period], int]
    url: Callable[[Period], str]
    broken: date | None = None

    @property
    def parts(self) -> list[Period]:
        return parts_of(self.asked.counted)

    @cached_property
    def months(self) -> list[Month]:
        years_before = [parts_of(self.asked.before), self.parts]
        return [self._month(part, before) for before, part in zip(*years_before, strict=True)]

    def _month(self, part: Period, before: Period) -> Month:
        now, then = self.count(part), self.count(before)
        label, full_label = part_words(part)
        return Month(
            label,
            now,
            then,
            first_url=self.url(part) if now else "",
            second_url=self.url(before) if then else "",
            full_label=full_label,
        )

    @cached_property
    def whole(self) -> Row:
        """The number over the whole period and over the year before."""
        cells = []
        for period in (self.asked.counted, self.asked.before):
            number = self.count(period)
            cells.append(Cell(number, self.url(period) if number else ""))
        return Row(_("Whole period"), cells)

    @cached_property
    def chart(self) -> PairChart:
        """The columns, with the table behind them."""
        now, before = (cell.value for cell in self.whole.cells)
        names = year_words(self.asked)
        per_year = len(self.asked.counted.months()) > MOST_MONTHS
        return PairChart(
            id="months",
            title=_("%(number)s %(unit)s, a year before %(before)s")
            % {"number": now, "unit": self.unit_label, "before": before},
            sentence=self.label,
            months=self.months,
            names=(*names, ""),
            caption=_("%(figure)s per year") % {"figure": self.label}
            if per_year
            else _("%(figure)s per month") % {"figure": self.label},
            description=_("Two columns for each part of the period: now, and a year before."),
            heading=_("Year") if per_year else "",
            provisional=0 if per_year else sum(is_provisional(part) for part in self.parts),
            total=self.whole,
            broken=next((at for at, part in enumerate(self.parts) if self.broken in part), None),
            broken_words=_("counted in another way"),
            note="" if self.unit in FLOWS else _("Who counts in several months counts once in the whole period."),
        )


def parts_of(period: Period) -> list[Period]:
    """The months of a period, or its years when there are many."""
    months = period.months()
    if len(months) <= MOST_MONTHS:
        return months
    return list(_years(months))


def _years(months: list[Period]) -> Iterator[Period]:
    for _year, own in groupby(months, key=lambda month: month.start.year):
        of_year = list(own)
        yield Period(of_year[0].start, of_year[-1].end)


def part_words(part: Period) -> tuple[str, str]:
    """The short and the full name of a month, or of a year."""
    if part.start.month == part.end.month and part.start.year == part.end.year:
        return short_month(part.start), date_format(part.start, "F Y")
    return str(part.start.year), str(part.start.year)


def is_provisional(part: Period) -> bool:
    """Whether late entry may still change it: the last three calendar months."""
    return part.end >= first_provisional_day(today())
