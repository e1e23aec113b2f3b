"""Bars beside an agreed range: a band behind each bar, and a word for what lies outside it."""

from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from django.utils.translation import gettext as _

from foundation.charts.bars import ROOM, Bar
from foundation.charts.marks import Mark, Rect
from foundation.charts.ranks import HEIGHT, Rank, RankChart
from foundation.charts.tables import Cell, DataTable, Row


@dataclass(frozen=True)
class Load(Rank):
    """A bar with the number over a longer time, and where it lies outside the range a word that says so."""

    whole: Cell | None = None
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseloadChart(RankChart):
    """Bars in the order given; `band` is the range from its lowest to its highest number, both included."""

    band: tuple[int, int] | None = None
    band_words: str = ""

    template: ClassVar[str] = "components/charts/caseload.html"

    @property
    def top(self) -> int:
        most = max([bar.value for bar in self.bars if isinstance(bar.value, int)], default=0)
        return max(1, ceil(max(most, self.band[1] if self.band else 0) * ROOM))

    @property
    def has_previous(self) -> bool:
        return False

    def _marks(self, bar: Bar) -> list[Mark]:
        marks: list[Mark] = [Rect("c0", 0, 0, 100, HEIGHT, 4)]
        if self.band:
            low, high = (100 * number / self.top for number in self.band)
            marks.append(Rect("range", low, -3, max(high - low, 0.6), HEIGHT + 6, 2))
        if isinstance(bar.value, int) and bar.value:
            marks.append(Rect("c1", 0, 2, 100 * bar.value / self.top, HEIGHT - 4, 3))
        return marks

    def _row(self, bar: Bar) -> Row:
        cells = [Cell(bar.value, bar.url)]
        if isinstance(bar, Load):
            cells += [bar.whole or Cell(""), Cell(bar.extra_value, bar.extra_url)]
            cells += [Cell(bar.word)] if self.band else []
        return Row(bar.label, cells)

    @property
    def table_label(self) -> str:
        return _("View as a table")

    @property
    def table(self) -> DataTable:
        return DataTable(self.caption, self.headings, [self._row(bar) for bar in self.bars])
