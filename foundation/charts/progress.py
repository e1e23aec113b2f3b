"""Bars of how far something is complete: what was looked at, and what is still to mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from foundation.charts.figure import Chart
from foundation.charts.marks import Mark, Rect
from foundation.charts.tables import Cell, DataTable, Row

HEIGHT = 10.0


@dataclass(frozen=True)
class Progress:
    """One check: how many were looked at, how many of them are to mend, and the number to mend a year before."""

    label: str
    total: Cell
    wrong: Cell
    before: Cell | None = None

    @property
    def is_done(self) -> bool:
        return not self.wrong.value

    @property
    def marks(self) -> list[Mark]:
        """What is right as the filled part; nothing where nothing was looked at."""
        total, wrong = self.total.value, self.wrong.value
        bars: list[Mark] = [Rect("c0", 0, 0, 100, HEIGHT, 4)]
        if isinstance(total, int) and isinstance(wrong, int) and total > wrong:
            bars.append(Rect("c1", 0, 0, 100 * (total - wrong) / total, HEIGHT, 4))
        return bars


@dataclass(frozen=True, kw_only=True)
class ProgressChart(Chart):
    """Checks by the side of quality they are about, each group with its name."""

    groups: Sequence[tuple[str, Sequence[Progress]]]
    caption: str
    headings: Sequence[str]

    template: ClassVar[str] = "components/charts/progress.html"

    @property
    def numbers(self) -> DataTable:
        """The same as rows, for a file."""
        rows = [
            Row(one.label, [one.wrong, one.total, *([one.before] if one.before else [])])
            for _name, checks in self.groups
            for one in checks
        ]
        return DataTable(self.caption, self.headings, rows)
