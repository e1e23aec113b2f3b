"""What a figure is made of: every number in it with its link, as a table and as bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.charts import Bar, BarChart, Cell, Chart, DataTable, Row
from reporting.figures import UNRECORDED, Figure
from reporting.screens.filters import Filters
from reporting.screens.words import Names, cell_label, year_words

OF_ONE_DAY = "counts."
TOTALS = {"n", "total", "planned"}


@dataclass(frozen=True)
class Parts:
    """A figure with several numbers, now and a year before (None where that says nothing: targets)."""

    asked: Filters
    title: str
    now: Figure
    before: Figure | None
    names: Names
    by: str = ""

    @property
    def cells(self) -> list[str]:
        """The numbers that are shown: all but the empty squares of the ladder, what was not recorded last."""
        earlier = self.before.cells if self.before else {}
        every = dict.fromkeys([*self.now.cells, *(cell for cell in earlier if not cell.startswith(OF_ONE_DAY))])
        shown = [cell for cell in every if not cell.startswith("matrix.") or self.number(cell) or self.earlier(cell)]
        return sorted(shown, key=lambda cell: cell == UNRECORDED)

    def number(self, cell: str) -> int:
        return self.now.number(cell)

    def earlier(self, cell: str) -> int:
        return self.before.number(cell) if self.before else 0

    def label(self, cell: str) -> str:
        return cell_label(self.now.id, cell, self.names)

    def url(self, cell: str) -> str:
        """Where the records behind a number are; nothing behind a zero."""
        return self.asked.figure_url(self.now.id, cell, self.by) if self.number(cell) else ""

    def table(self) -> DataTable:
        """Every number as a link, beside that of a year before."""
        now, before = year_words(self.asked)
        headings = (_("Part"), now, *([before] if self.before else []))
        return DataTable(self.title, headings, [self._row(cell) for cell in self.cells])

    def _row(self, cell: str) -> Row:
        found = [Cell(self.number(cell), self.url(cell))]
        if self.before:
            found.append(Cell("–") if cell.startswith(OF_ONE_DAY) else self._earlier(cell))
        return Row(self.label(cell), found)

    def _earlier(self, cell: str) -> Cell:
        number = self.earlier(cell)
        return Cell(number, self._url_before(cell) if number else "")

    def _url_before(self, cell: str) -> str:
        return self.asked.year_before.figure_url(self.now.id, cell, self.by)

    def bars(self) -> list[Chart]:
        """Bars for each group of numbers that belong together: the cells with the same path before them."""
        groups: dict[str, list[str]] = {}
        for cell in self.cells:
            if self.number(cell) or self.earlier(cell):
                groups.setdefault(self._group(cell), []).append(cell)
        if len(groups) > 1 and set(groups.get("", ())) <= TOTALS:
            groups.pop("", None)
        return [self._bars(group, cells) for group, cells in groups.items()]

    def _group(self, cell: str) -> str:
        if self.by or cell in self.names:
            return ""
        if self.now.id == "data_quality":  # what is wrong, beside each other; what was looked at is no bar
            return cell.rpartition(".")[2]
        return cell.rpartition(".")[0]

    def _bars(self, group: str, cells: Sequence[str]) -> BarChart:
        last = {cell: cell.rpartition(".")[2] if group else cell for cell in cells}
        is_whole = not group or self.now.id == "data_quality"
        most = max(cells, key=self.number)
        name = self.title if is_whole else cell_label(self.now.id, group, self.names)
        return BarChart(
            id=f"parts-{group.replace('.', '-') or 'all'}",
            title=_("%(group)s: most often %(part)s")
            % {"group": name, "part": _lowered(self._part(most, last[most], is_whole=is_whole))},
            bars=[
                Bar(
                    self._part(cell, last[cell], is_whole=is_whole), self.number(cell), self.url(cell),
                    self.earlier(cell) if self.before else "", self._url_before(cell) if self.earlier(cell) else "",
                )
                for cell in cells
            ],
            caption=name,
            headings=(_("Part"), *year_words(self.asked)),
        )  # fmt: skip

    def _part(self, cell: str, last: str, *, is_whole: bool) -> str:
        return self.label(cell) if is_whole else cell_label(self.now.id, last, self.names)


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]
