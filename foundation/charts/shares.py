"""A line of shares: which part of each group, one group after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from django.utils.safestring import SafeString

from foundation.charts.figure import Chart
from foundation.charts.intervals import Shared
from foundation.charts.marks import Dot, Line, Mark, Words, on_paper, on_screen
from foundation.charts.tables import DataTable, Row
from foundation.colours import WOAD, Palette

HEIGHT, BASE, FULL, LEFT = 176.0, 146.0, 20.0, 6.0
MOST_LABELS = 4


@dataclass(frozen=True, kw_only=True)
class ShareChart(Chart):
    """The share of each group from 0 to 100%; a group of which it cannot be told yet has no dot."""

    shares: Sequence[Shared]
    caption: str
    description: str
    headings: Sequence[str]

    template: ClassVar[str] = "components/charts/shares.html"
    has_own_table: ClassVar[bool] = True

    @property
    def table(self) -> DataTable:
        return DataTable(self.caption, self.headings, [Row(one.label, one.cells) for one in self.shares])

    @property
    def drawing(self) -> SafeString:
        """The marks for the screen."""
        return on_screen(self.marks)

    def paper(self, *, width: float = 620, palette: Palette = WOAD) -> str:
        """Return the chart as a whole SVG, `width` pixels wide, that needs no style sheet."""
        return on_paper(self.marks, width=width, height=HEIGHT, palette=palette)

    @property
    def marks(self) -> list[Mark]:
        return [*self._grid(), *self._line()]

    def _x(self, index: int) -> float:
        return LEFT + (100 - LEFT) * (index + 0.5) / max(1, len(self.shares))

    @staticmethod
    def _y(share: float) -> float:
        return BASE - share * (BASE - FULL)

    def _grid(self) -> Iterator[Mark]:
        for share in (0.0, 0.5, 1.0):
            y = self._y(share)
            yield Line("gridl" if share else "axis", 0, y, 100, y)
            yield Words("", 0, y - 4, f"{share:.0%}")
        every = -(-len(self.shares) // MOST_LABELS)
        for index, one in enumerate(self.shares):
            if index % every == 0:
                yield Words("", self._x(index), BASE + 18, one.label, "middle")

    def _line(self) -> Iterator[Mark]:
        known = [(index, one, one.share) for index, one in enumerate(self.shares) if one.share is not None]
        for (at, _one, share), (after, _other, following) in pairwise(known):
            yield Line("ln-accent", self._x(at), self._y(share), self._x(after), self._y(following))
        for index, one, share in known:
            yield Dot("pt", self._x(index), self._y(share), 4, f"{one.label}, {one.words}: {one.part}", one.part_url)
