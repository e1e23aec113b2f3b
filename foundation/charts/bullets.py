"""Targets as bars: what is realised, with a tick where it should be by now and the target at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from foundation.charts.figure import Chart, TargetBar
from foundation.charts.tables import Cell, DataTable, Row, short_value


@dataclass(frozen=True)
class Bullet:
    """One target: of what, how far it is, and where the records are that are realised."""

    label: str
    bar: TargetBar
    url: str = ""

    @property
    def text(self) -> str:
        return short_value(self.bar.realised)


@dataclass(frozen=True, kw_only=True)
class BulletChart(Chart):
    """The targets of each agreement under its name. `without` names the agreements that have none."""

    groups: Sequence[tuple[str, Sequence[Bullet]]]
    caption: str
    headings: Sequence[str]
    without: str = ""

    template: ClassVar[str] = "components/charts/bullets.html"

    @property
    def numbers(self) -> DataTable:
        """The same as rows, for a file."""
        rows = [
            Row(
                f"{name}: {one.label}",
                [
                    Cell(one.text, one.url),
                    Cell("–" if one.bar.expected is None else short_value(one.bar.expected)),
                    Cell(short_value(one.bar.target)),
                ],
            )
            for name, bullets in self.groups
            for one in bullets
        ]
        return DataTable(self.caption, self.headings, rows)
