"""Horizontal bars: on the screen a list of words and numbers with a bar each, which also reads without."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from django.utils.translation import gettext as _

from foundation.charts.figure import Chart
from foundation.charts.marks import Mark, Rect, Words, on_paper
from foundation.charts.tables import Cell, DataTable, Row, Value, shown
from foundation.colours import WOAD, Palette

ROOM = 1.09  # the longest bar leaves some of the track, so that it is seen to be a track
PAPER_ROW, PAPER_BAR, PAPER_LABEL = 26.0, 14.0, 36.0


@dataclass(frozen=True)
class Bar:
    """One bar: a label and a number, that of a year before when it is known, and where the records are."""

    label: str
    value: Value
    url: str = ""
    previous: Value = ""
    previous_url: str = ""


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """Bars in the order given. `headings`: over the labels, the numbers, and when there is one the year before."""

    bars: Sequence[Bar]
    caption: str
    headings: Sequence[str]

    template: ClassVar[str] = "components/charts/bars.html"

    @property
    def top(self) -> int:
        """The number at the end of the track."""
        return max(1, ceil(max((_number(bar.value) for bar in self.bars), default=0) * ROOM))

    @property
    def has_words(self) -> bool:
        """Whether a word stands where others have a number, which needs more room."""
        return any(not isinstance(bar.value, int) for bar in self.bars)

    @property
    def rows(self) -> list[tuple[Bar, str, str]]:
        """Each bar with its width in per cent, as written in the drawing, and its number in words."""
        return [(bar, f"{_number(bar.value) / self.top:.2%}", shown(bar.value)) for bar in self.bars]

    @property
    def table(self) -> DataTable:
        with_previous = len(self.headings) > 2
        rows = [
            Row(
                bar.label,
                [Cell(bar.value, bar.url), *([Cell(bar.previous, bar.previous_url)] if with_previous else [])],
            )
            for bar in self.bars
        ]
        return DataTable(self.caption, self.headings, rows)

    @property
    def table_label(self) -> str:
        return _("View as a table, with the year before") if len(self.headings) > 2 else _("View as a table")

    def paper(self, *, width: float = 620, palette: Palette = WOAD) -> str:
        """Return the bars as a whole SVG, `width` pixels wide, that needs no style sheet."""
        marks: list[Mark] = []
        for index, bar in enumerate(self.bars):
            y = index * PAPER_ROW + 4
            room = 92 - PAPER_LABEL
            marks += [
                Words("", 0, y + 12, bar.label),
                Rect("c0", PAPER_LABEL, y, room, PAPER_BAR, 4),
                Rect("c1", PAPER_LABEL, y, room * _number(bar.value) / self.top, PAPER_BAR, 4),
                Words("em", 100, y + 12, shown(bar.value), "end"),
            ]
        return on_paper(marks, width=width, height=len(self.bars) * PAPER_ROW + 4, palette=palette)


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0
