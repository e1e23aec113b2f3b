"""Bars beside each other, each with a tick where it stood a year before, and room for one more number."""

from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from foundation.charts.bars import ROOM, Bar, BarChart
from foundation.charts.marks import Line, Mark, Rect
from foundation.charts.tables import Cell, DataTable, Row, Value, shown

HEIGHT = 14.0


@dataclass(frozen=True)
class Rank(Bar):
    """A bar with one more number behind it: what is new, say, with its own address."""

    extra: str = ""
    extra_url: str = ""
    extra_value: Value = ""


@dataclass(frozen=True, kw_only=True)
class RankChart(BarChart):
    """Bars in the order given. With a third heading each has a tick for the year before, with a fourth one more."""

    template: ClassVar[str] = "components/charts/ranks.html"

    @property
    def top(self) -> int:
        """The number at the end of the track."""
        values = [*(bar.value for bar in self.bars), *(bar.previous for bar in self.bars)]
        return max(1, ceil(max((value for value in values if isinstance(value, int)), default=0) * ROOM))

    @property
    def has_previous(self) -> bool:
        return len(self.headings) > 2

    @property
    def ranks(self) -> list[tuple[Bar, list[Mark], str, str]]:
        """Each bar with its drawing, its number and that of the year before in words."""
        return [(bar, self._marks(bar), shown(bar.value), shown(bar.previous)) for bar in self.bars]

    def _marks(self, bar: Bar) -> list[Mark]:
        marks: list[Mark] = [Rect("c0", 0, 0, 100, HEIGHT, 4)]
        if isinstance(bar.value, int) and bar.value:
            marks.append(Rect("c1", 0, 0, 100 * bar.value / self.top, HEIGHT, 4))
        if self.has_previous and isinstance(bar.previous, int):
            there = 100 * bar.previous / self.top
            marks += [Line(css, there, -2, there, HEIGHT + 2) for css in ("mark-edge", "mark-before")]
        return marks

    @property
    def table(self) -> DataTable:
        return DataTable(self.caption, self.headings, [self._row(bar) for bar in self.bars])

    def _row(self, bar: Bar) -> Row:
        cells = [Cell(bar.value, bar.url)]
        if self.has_previous:
            cells.append(Cell(bar.previous, bar.previous_url))
        if len(self.headings) > 3 and isinstance(bar, Rank):
            cells.append(Cell(bar.extra_value, bar.extra_url))
        return Row(bar.label, cells)
