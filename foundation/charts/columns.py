"""Two columns a month, and above them a line with how many there are at the end of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.charts.figure import Chart
from foundation.charts.marks import Dot, Line, Mark, Rect, Words, on_paper, on_screen
from foundation.charts.tables import Cell, DataTable, Row
from foundation.colours import WOAD, Palette

HEIGHT = 276.0
LEFT = 5.0  # per cent kept free for the numbers at the grid lines
BASE, TOP = 226.0, 118.0
STOCK_HIGH, STOCK_LOW, STOCK_NAME = 28.0, 50.0, 92.0
MOST_LABELS = 12
Place = tuple[float, float]
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)


@dataclass(frozen=True)
class Month:
    """One month (or quarter): how many came, how many left, how many there were at its end. Empty is not known yet.

    `third` stands as a ring on the second column (of those who left, say, who went on to something next), and
    `stock_before` is how many there were a year before.
    """

    label: str
    first: int
    second: int
    stock: int | None = None
    first_url: str = ""
    second_url: str = ""
    stock_url: str = ""
    full_label: str = ""
    third: int = 0
    third_url: str = ""
    stock_before: int | None = None
    stock_before_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ColumnChart(Chart):
    """Paired columns with a stock line. `names` of three series; a bracket under the last `provisional` months.

    With `third_name` and `before_name` there are rings on the columns and a dashed line of a year before. A line
    stands before the month with index `broken`: from there on it is counted by another definition.
    """

    months: Sequence[Month]
    names: tuple[str, str, str]
    stock_name: str
    caption: str
    description: str
    heading: str = ""
    provisional: int = 0
    third_name: str = ""
    before_name: str = ""
    broken: int | None = None
    broken_words: str = ""
    total: Row | None = None

    template: ClassVar[str] = "components/charts/columns.html"
    has_own_table: ClassVar[bool] = True

    @property
    def table(self) -> DataTable:
        first, second, stock = self.names
        more = [self.third_name] if self.third_name else []
        before = [self.before_name] if self.before_name else []
        headings = (self.heading or _("Month"), first, second, *more, stock, *before)
        return DataTable(self.caption, headings, [self._row(month) for month in self.months], self.total)

    def _row(self, month: Month) -> Row:
        cells = [Cell(month.first, month.first_url), Cell(month.second, month.second_url)]
        if self.third_name:
            cells.append(Cell(month.third, month.third_url))
        cells.append(Cell("" if month.stock is None else month.stock, month.stock_url))
        if self.before_name:
            cells.append(Cell("" if month.stock_before is None else month.stock_before, month.stock_before_url))
        return Row(month.full_label or month.label, cells)

    @property
    def drawing(self) -> SafeString:
        """The marks for the screen."""
        return on_screen(self.marks)

    def paper(self, *, width: float = 620, palette: Palette = WOAD) -> str:
        """Return the chart as a whole SVG, `width` pixels wide, that needs no style sheet."""
        return on_paper(self.marks, width=width, height=HEIGHT, palette=palette)

    @property
    def marks(self) -> list[Mark]:
        axis = Line("axis", 0, BASE, 100, BASE)
        return [*self._grid(), *self._columns(), axis, *self._stock(), *self._break(), *self._bracket()]

    @property
    def _step(self) -> float:
        return (100 - LEFT) / max(1, len(self.months))

    def _centre(self, index: int) -> float:
        return LEFT + self._step * (index + 0.5)

    @property
    def _scale(self) -> float:
        return (BASE - TOP) / max(1, *(max(m.first, m.second) for m in self.months)) if self.months else 1

    def _grid(self) -> Iterator[Mark]:
        highest = max((max(m.first, m.second) for m in self.months), default=0)
        for value in grid_values(highest):
            y = BASE - value * self._scale
            yield Line("gridl", 0, y, 100, y)
            yield Words("", 0, y - 4, str(value))

    def _columns(self) -> Iterator[Mark]:
        every = ceil(len(self.months) / MOST_LABELS)
        for index, month in enumerate(self.months):
            centre = self._centre(index)
            late = "p" if index >= len(self.months) - self.provisional else ""
            yield from self._column(f"c1{late}", centre - 0.34 * self._step, month, 0)
            yield from self._column(f"c2{late}", centre + 0.02 * self._step, month, 1)
            if month.third:
                title = f"{month.full_label or month.label}: {month.third} {self.third_name}"
                x, y = centre + 0.17 * self._step, BASE - month.third * self._scale
                yield Dot("on", x, y, 4, title, month.third_url)
            if index % every == 0:
                yield Words("", centre, 244, month.label, "middle")

    def _column(self, css: str, x: float, month: Month, series: int) -> Iterator[Mark]:
        value, url = ((month.first, month.first_url), (month.second, month.second_url))[series]
        if value:
            title = f"{month.full_label or month.label}: {value} {self.names[series]}"
            height = value * self._scale
            yield Rect(css, x, BASE - height, 0.3 * self._step, height, 2, title, url)

    def _stock(self) -> Iterator[Mark]:
        known = [(i, m.stock) for i, m in enumerate(self.months) if m.stock is not None]
        if not known:
            return
        before = [(i, m.stock_before) for i, m in enumerate(self.months) if m.stock_before is not None]
        every = [v for _i, v in (*known, *before)]
        points = [(self._centre(i), stock_height(value, every)) for i, value in known]
        earlier = [(self._centre(i), stock_height(value, every)) for i, value in before]
        for css, course in (("dash", earlier), ("ln", points)):
            yield from (Line(css, x1, y1, x2, y2) for (x1, y1), (x2, y2) in pairwise(course))
        yield from self._points(earlier, points)
        (first_x, first_y), (last_x, last_y) = points[0], points[-1]
        if len(points) > 1:
            yield Words("em", first_x, first_y - 10, str(known[0][1]), "middle")
        yield Words("em", last_x, last_y - 11, str(known[-1][1]), "middle")
        yield Words("", 0, STOCK_NAME, self.stock_name)

    def _points(self, earlier: Sequence[Place], points: Sequence[Place]) -> Iterator[Mark]:
        """A dot at each end of a month that leads to who was there; the last one is larger."""
        before = [month for month in self.months if month.stock_before is not None]
        for month, (x, y) in zip(before, earlier, strict=True):
            if month.stock_before_url:
                title = f"{month.full_label or month.label}, {self.before_name}: {month.stock_before}"
                yield Dot("pt-before", x, y, 3, title, month.stock_before_url)
        known = [month for month in self.months if month.stock is not None]
        for index, (month, (x, y)) in enumerate(zip(known, points, strict=True), start=1):
            title = f"{month.full_label or month.label}: {month.stock} {self.names[2]}" if month.stock_url else ""
            if index == len(known):
                yield Dot("knot-ink", x, y, 4.5, title, month.stock_url)
            elif title:
                yield Dot("pt", x, y, 3, title, month.stock_url)

    def _break(self) -> Iterator[Mark]:
        """A line where the definition changed: what stands at both sides of it is not the same count."""
        if self.broken is not None:
            x = LEFT + self._step * self.broken
            yield Line("breakl", x, TOP - 14, x, BASE)
            yield Words("em", x + 0.6 if x < 70 else x - 0.6, TOP - 6, self.broken_words, "start" if x < 70 else "end")

    def _bracket(self) -> Iterator[Mark]:
        count = min(self.provisional, len(self.months))
        if count:
            start = self._centre(len(self.months) - count) - 0.34 * self._step
            yield Line("axis", start, 252, 99, 252)
            yield Words("", min((start + 99) / 2, 93), 268, _("provisional"), "middle")


def stock_height(value: int, all_values: Sequence[int]) -> float:
    """Return the y of a point of the stock line; the line uses the room between its lowest and highest value."""
    low, high = min(all_values), max(all_values)
    if low == high:
        return (STOCK_HIGH + STOCK_LOW) / 2
    return STOCK_LOW - (value - low) * (STOCK_LOW - STOCK_HIGH) / (high - low)


def grid_values(highest: int) -> list[int]:
    """Return where grid lines stand: two or three round numbers up to the highest value."""
    step = next((s for s in STEPS if highest / s < 4), STEPS[-1])
    return list(range(step, highest + 1, step))
