"""Strips of dots: each dot is one that took so many days, with a line at the middle value."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import ClassVar

from django.utils.safestring import SafeString

from foundation.charts.figure import Chart
from foundation.charts.marks import Line, Link, Mark, Words, on_paper, on_screen
from foundation.charts.tables import DataTable
from foundation.colours import WOAD, Palette

STRIP, TOP, FOOT = 104.0, 22.0, 22.0
BINS, HIGHEST, RADIUS = 60, 13, 2.75
ROUND = (30, 60, 90, 120, 180, 365, 730, 1095, 1825, 3650)


@dataclass(frozen=True)
class Band:
    """The dots that took up to so many days (and longer than the band before): what they are and where their list is.

    The last band has no end.
    """

    up_to: int | None
    title: str
    url: str = ""


@dataclass(frozen=True)
class Strip:
    """One row of dots: what they are, how many days each took, the middle value, and where the list is.

    With ``bands``, from the shortest, each band of dots leads to its own list.
    """

    label: str
    days: Sequence[int]
    median: float | None
    median_words: str
    url: str = ""
    bands: Sequence[Band] = ()

    def band_of(self, days: int) -> int:
        """In which band so many days fall."""
        return next((at for at, band in enumerate(self.bands) if band.up_to is None or days <= band.up_to), 0)


@dataclass(frozen=True, kw_only=True)
class StripChart(Chart):
    """Strips under each other on one scale of days. `lines` are days that get a name (three weeks, three months)."""

    strips: Sequence[Strip]
    lines: Sequence[tuple[int, str]]
    unit: str
    description: str
    numbers: DataTable | None = None

    template: ClassVar[str] = "components/charts/strips.html"
    has_own_table: ClassVar[bool] = True

    @property
    def table(self) -> DataTable | None:
        return self.numbers

    @cached_property
    def longest(self) -> int:
        """The days at the right edge: a round number that holds the longest."""
        most = max((day for strip in self.strips for day in strip.days), default=0)
        return next((day for day in ROUND if day >= most), most)

    @cached_property
    def each(self) -> int:
        """How many one dot stands for: one, until there are too many to stack."""
        fullest = max((max(self._bins(strip).values(), default=0) for strip in self.strips), default=0)
        return max(1, ceil(fullest / HIGHEST))

    def _bins(self, strip: Strip) -> Counter[int]:
        """How many took about as long."""
        return Counter(map(self._bin, strip.days))

    def _bin(self, days: int) -> int:
        return min(BINS - 1, days * BINS // max(1, self.longest))

    @property
    def height(self) -> float:
        return STRIP * len(self.strips) + FOOT

    @property
    def size(self) -> str:
        return f"strips-{min(3, max(1, len(self.strips)))}"

    @property
    def drawing(self) -> SafeString:
        """The marks for the screen."""
        return on_screen(self.marks)

    def paper(self, *, width: float = 620, palette: Palette = WOAD) -> str:
        """Return the chart as a whole SVG, `width` pixels wide, that needs no style sheet."""
        return on_paper(self.marks, width=width, height=self.height, palette=palette)

    @property
    def marks(self) -> list[Mark]:
        strips = [mark for index, strip in enumerate(self.strips) for mark in self._strip(strip, index * STRIP)]
        return [*strips, *self._scale()]

    def _x(self, days: float) -> float:
        return 1 + 98 * days / max(1, self.longest)

    def _scale(self) -> Iterator[Mark]:
        """What the lines are, and how many days the right edge is."""
        foot, free_from = STRIP * len(self.strips), 0.0
        for day, name in self._lines:
            x = self._x(day)
            if free_from <= x < 80:
                yield Words("", x, foot + 12, name)
                free_from = x + 18
        yield Words("", 100, foot + 12, f"{self.longest} {self.unit}", "end")

    @property
    def _lines(self) -> list[tuple[int, str]]:
        return [(day, name) for day, name in self.lines if day < self.longest]

    def _strip(self, strip: Strip, y: float) -> Iterator[Mark]:
        base = y + STRIP - 8
        yield Words("", 0, y + 13, strip.label)
        yield from (Line("dash", self._x(day), y + TOP, self._x(day), base) for day, _name in self._lines)
        yield Line("axis", 0, base, 100, base)
        yield from self._dots(strip, base - RADIUS - 1)
        if strip.median is not None:
            x = self._x(strip.median)
            yield Line("mark", x, y + TOP, x, base + 4)
            late = x > 60
            yield Words("em", x - 1 if late else x + 1, y + TOP + 6, strip.median_words, "end" if late else "start")

    def _dots(self, strip: Strip, base: float) -> Iterator[Mark]:
        """The dots, each band a link to its list."""
        bands = strip.bands or (Band(None, strip.label, strip.url),)
        stacked: Counter[int] = Counter()
        for number, band in enumerate(bands):
            own = Counter(self._bin(day) for day in strip.days if strip.band_of(day) == number)
            if own:
                yield Link(list(self._stacks(own, stacked, base)), band.url, band.title)
            stacked += own

    def _stacks(self, own: Counter[int], stacked: Counter[int], base: float) -> Iterator[Mark]:
        """Dots on each other where several took about as long: a line of round dashes for each stack."""
        for place, count in sorted(own.items()):
            x, below = self._x((place + 0.5) * self.longest / BINS), ceil(stacked[place] / self.each)
            low = base - below * 2 * RADIUS
            yield Line("dots", x, low, x, low - (ceil(count / self.each) - 1) * 2 * RADIUS - 0.1)
