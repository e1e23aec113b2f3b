"""One glyph per episode, so that a number of relapses stays about people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from foundation.charts.figure import Chart
from foundation.charts.tables import Cell, DataTable, Row, Value, shown

MOST_GLYPHS = 60


@dataclass(frozen=True)
class Course:
    """How episodes went on: a label, how many, the glyph for each (dip, dip-long, relapse, pause), the year before."""

    label: str
    value: Value
    glyph: str
    url: str = ""
    previous: Value = ""
    previous_url: str = ""

    @property
    def text(self) -> str:
        return shown(self.value)

    @property
    def has_previous(self) -> bool:
        return self.previous != ""

    @property
    def glyphs(self) -> range:
        """One per episode; above sixty the number alone says it better."""
        count = self.value if isinstance(self.value, int) else 0
        return range(count if count <= MOST_GLYPHS else 0)


@dataclass(frozen=True, kw_only=True)
class EpisodeChart(Chart):
    """Episodes by how they went on. `headings` as for bars."""

    courses: Sequence[Course]
    caption: str
    headings: Sequence[str]

    template: ClassVar[str] = "components/charts/episodes.html"

    @property
    def table(self) -> DataTable:
        with_previous = len(self.headings) > 2
        rows = [
            Row(c.label, [Cell(c.value, c.url), *([Cell(c.previous, c.previous_url)] if with_previous else [])])
            for c in self.courses
        ]
        return DataTable(self.caption, self.headings, rows)

    @property
    def table_label(self) -> str:
        return _("View as a table, with the year before") if len(self.headings) > 2 else _("View as a table")
