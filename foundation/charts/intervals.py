"""Shares with how sure they are: a band from the lowest to the highest likely share, and a line at the share itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from foundation.charts.figure import Chart
from foundation.charts.tables import Cell, DataTable, Row


@dataclass(frozen=True)
class Shared:
    """One share: of how many how many, as a fraction, from where to where it lies. Without a share a word says why."""

    label: str
    whole: int
    whole_url: str = ""
    part: int | None = None
    part_url: str = ""
    share: float | None = None
    low: float = 0
    high: float = 0
    word: str = ""

    @property
    def words(self) -> str:
        return self.word if self.share is None else f"{self.share:.0%}"

    @property
    def of(self) -> str:
        """12 of 35; nothing while there is no share."""
        return "" if self.part is None else _("%(part)s of %(whole)s") % {"part": self.part, "whole": self.whole}

    @property
    def band(self) -> str:
        return (
            ""
            if self.share is None
            else _("%(low)s to %(high)s") % {"low": f"{self.low:.0%}", "high": f"{self.high:.0%}"}
        )

    @property
    def cells(self) -> list[Cell]:
        """Of how many, how many, and which share, each as it stands in a table."""
        part = Cell("" if self.part is None else self.part, self.part_url)
        return [Cell(self.whole, self.whole_url), part, Cell(self.words)]

    @property
    def place(self) -> dict[str, str]:
        """Where the marks stand in the drawing, as written in it."""
        return {"x": f"{self.low:.2%}", "width": f"{self.high - self.low:.2%}", "at": f"{self.share or 0:.2%}"}


@dataclass(frozen=True, kw_only=True)
class IntervalChart(Chart):
    """Shares under each other on one scale from 0 to 100%. `headings` of the table: what, whole, part, share, band."""

    shares: Sequence[Shared]
    caption: str
    headings: Sequence[str]

    template: ClassVar[str] = "components/charts/intervals.html"

    @property
    def numbers(self) -> DataTable:
        """The table behind the drawing, wider than a phone: the template lets it scroll."""
        rows = [Row(one.label, [*one.cells, Cell(one.band)]) for one in self.shares]
        return DataTable(self.caption, self.headings, rows)
