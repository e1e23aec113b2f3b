"""The participation ladder from the first to the last measurement: a real table, shaded by how many stand there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from foundation.charts.figure import Chart
from foundation.charts.tables import Cell, DataTable

MANY, SOME = 2 / 3, 0.2  # share of the fullest cell


@dataclass(frozen=True)
class Square:
    """One cell of the ladder: the people who went from one step to another."""

    cell: Cell
    css: str

    @property
    def is_zero(self) -> bool:
        return self.cell.value == 0


@dataclass(frozen=True, kw_only=True)
class LadderChart(Chart):
    """From each step (rows) to each step (columns). `cells` by (from, to), both from 1; what is not there is zero."""

    steps: Sequence[str]
    cells: Mapping[tuple[int, int], Cell]
    caption: str
    explanation: str = field(default="")
    sums: DataTable | None = None

    template: ClassVar[str] = "components/charts/ladder.html"

    @property
    def columns(self) -> list[tuple[int, str]]:
        return list(enumerate(self.steps, start=1))

    @property
    def rows(self) -> list[tuple[int, str, list[Square]]]:
        """Each step with its number, its name and the squares of its row."""
        return [(n, name, [self._square(n, to) for to, _name in self.columns]) for n, name in self.columns]

    def _square(self, start: int, end: int) -> Square:
        cell = self.cells.get((start, end), Cell(0))
        fullest = max((c.value for c in self.cells.values() if isinstance(c.value, int)), default=0)
        css = " ".join(part for part in (shade(cell, fullest), "same" if start == end else "") if part)
        return Square(cell, css)


def shade(cell: Cell, fullest: int) -> str:
    """Return the class for how full a cell is: none, sh1, sh2 or sh3. A withheld cell has no shade: it would tell."""
    if not isinstance(cell.value, int) or not cell.value:
        return ""
    share = cell.value / fullest
    return "sh3" if share > MANY else "sh2" if share > SOME else "sh1"
