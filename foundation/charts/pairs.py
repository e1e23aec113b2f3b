"""Two columns a month: what is counted, and the same a year before."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from foundation.charts.columns import BASE, ColumnChart, Month
from foundation.charts.tables import Cell, DataTable, Row

TOP = 30.0


@dataclass(frozen=True, kw_only=True)
class PairChart(ColumnChart):
    """Paired columns without a line above them. `names` of two series; `total` is the row below the table."""

    names: tuple[str, str, str]
    stock_name: str = ""
    note: str = ""

    template: ClassVar[str] = "components/charts/pairs.html"

    @property
    def _scale(self) -> float:
        return (BASE - TOP) / max(1, *(max(m.first, m.second) for m in self.months)) if self.months else 1

    @property
    def table(self) -> DataTable:
        headings = (self.heading or _("Month"), *self.names[:2])
        return DataTable(self.caption, headings, [_row(month) for month in self.months], self.total, self.note)


def _row(month: Month) -> Row:
    cells = (Cell(month.first, month.first_url), Cell(month.second, month.second_url))
    return Row(month.full_label or month.label, cells)
