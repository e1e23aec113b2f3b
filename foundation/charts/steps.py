"""A line of steps against a capacity: how many places were taken, week by week."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import ClassVar

from django.utils.safestring import SafeString

from foundation.charts.columns import grid_values
from foundation.charts.figure import Chart
from foundation.charts.marks import Dot, Line, Mark, Rect, Words, on_paper, on_screen
from foundation.charts.tables import DataTable
from foundation.colours import WOAD, Palette

HEIGHT = 176.0
BASE, FULL = 150.0, 30.0


@dataclass(frozen=True, kw_only=True)
class StepChart(Chart):
    """One value per week against `capacity`. `days` names the weeks (by index) that get a mark, a number and a date.

    Where what is available changes, `available` has it per week; `urls` leads from a week to who was there, with the
    `names` of those weeks: of the named weeks, and of those in which the line takes a step.
    """

    values: Sequence[int]
    capacity: int
    capacity_words: str
    description: str
    days: Mapping[int, str] = field(default_factory=dict)
    numbers: DataTable | None = None
    available: Sequence[int] = ()
    urls: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    places: DataTable | None = None

    template: ClassVar[str] = "components/charts/steps.html"
    has_own_table: ClassVar[bool] = True

    @property
    def table(self) -> DataTable | None:
        return self.numbers

    @property
    def drawing(self) -> SafeString:
        """The marks for the screen."""
        return on_screen(self.marks)

    def paper(self, *, width: float = 620, palette: Palette = WOAD) -> str:
        """Return the chart as a whole SVG, `width` pixels wide, that needs no style sheet."""
        return on_paper(self.marks, width=width, height=HEIGHT, palette=palette)

    @property
    def marks(self) -> list[Mark]:
        return [*self._grid(), *self._line(), *self._days()]

    def _y(self, value: float) -> float:
        return BASE - value * (BASE - FULL) / max(1, self.capacity, *self.values, *self.available)

    def _grid(self) -> Iterator[Mark]:
        for value in grid_values(self.capacity - 1):
            y = self._y(value)
            yield Line("gridl", 0, y, 100, y)
            yield Words("", 0, y - 4, str(value))
        yield Line("axis", 0, BASE, 100, BASE)
        yield from self._available()
        last = self._y(self.available[-1] if self.available else self.capacity)
        yield Words("", 100, last - 7, self.capacity_words, "end")

    def _available(self) -> Iterator[Mark]:
        """How many there were to take: a dotted line, with a step in the week in which it changed."""
        every = self.available or (self.capacity,)
        week, x, before = 100 / len(every), 0.0, None
        for value, run in groupby(every):
            end, y = x + week * len(list(run)), self._y(value)
            if before is not None:
                yield Line("dash", x, before, x, y)
            yield Line("dash", x, y, end, y)
            x, before = end, y

    def _line(self) -> Iterator[Mark]:
        week = 100 / max(1, len(self.values))
        x, before, first = 0.0, None, 0
        for value, run in groupby(self.values):
            length = len(list(run))
            end, y = x + week * length, self._y(value)
            if before is not None:
                yield Line("ln-accent", x, before, x, y)
            title = f"{self.names[first]}: {value}" if first in self.names else ""
            yield Rect("occ", x, y, min(end + 0.4, 100) - x, BASE - y, 0, title, self.urls.get(first, ""))
            first += length
            yield Line("ln-accent", x, y, end, y)
            x, before = end, y

    def _days(self) -> Iterator[Mark]:
        week = 100 / max(1, len(self.values))
        for index, name in self.days.items():
            x, y = (index + 0.5) * week, self._y(self.values[index])
            late = x > 90
            yield Line("axis", x, y + 10, x, 155)
            yield Dot("knot-ink", x, y, 5, f"{name}: {self.values[index]}", self.urls.get(index, ""))
            yield Words("em", x - 1.4 if late else x + 1.4, y + 24, str(self.values[index]), "end" if late else "start")
            yield Words("", 100 if late else x, 170, name, "end" if late else "middle")
