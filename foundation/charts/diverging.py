"""Bars to two sides: how many became worse, stayed the same and became better, part by part, in a real table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from foundation.charts.figure import Chart
from foundation.charts.marks import Line, Mark, Rect
from foundation.charts.tables import Cell, DataTable, Row

HEIGHT, MIDDLE = 16.0, 50.0


@dataclass(frozen=True)
class Divided:
    """One part: how many did worse, the same and better, and how many there are; small beside it: a year before."""

    label: str
    worse: Cell
    same: Cell
    better: Cell
    whole: Cell
    better_before: Cell | None = None
    whole_before: Cell | None = None

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        return self.worse, self.same, self.better

    @property
    def numbers(self) -> tuple[int, int, int]:
        worse, same, better = (cell.value if isinstance(cell.value, int) else 0 for cell in self.cells)
        return worse, same, better


@dataclass(frozen=True, kw_only=True)
class DivergingChart(Chart):
    """Worse to the left, better to the right of the middle, the same around it. One row per part."""

    parts: Sequence[Divided]
    caption: str
    heading: str
    names: tuple[str, str, str]
    whole_name: str
    before_name: str = ""

    template: ClassVar[str] = "components/charts/diverging.html"

    @property
    def rows(self) -> list[tuple[Divided, list[Mark]]]:
        """Each part with its drawing; all drawings have one scale."""
        return [(part, self._marks(part)) for part in self.parts]

    @property
    def _widest(self) -> float:
        """The most that stands at one side of the middle."""
        sides = [max(worse, better) + same / 2 for worse, same, better in (part.numbers for part in self.parts)]
        return max(1.0, *sides) if sides else 1.0

    def _marks(self, part: Divided) -> list[Mark]:
        scale = MIDDLE / self._widest
        worse, same, better = (number * scale for number in part.numbers)
        left, right = MIDDLE - same / 2, MIDDLE + same / 2
        spans = (("c2", left - worse, worse), ("ce", left, same), ("c1", right, better))
        bars: list[Mark] = [Rect(css, x, 0, width, HEIGHT, 2) for css, x, width in spans if width]
        return [*bars, Line("axis", MIDDLE, -3, MIDDLE, HEIGHT + 3)]

    @property
    def numbers(self) -> DataTable:
        """The same as plain rows, for a file."""
        rows = [Row(part.label, [*part.cells, part.whole]) for part in self.parts]
        return DataTable(self.caption, (self.heading, *self.names, self.whole_name), rows)
