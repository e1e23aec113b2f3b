"""What every chart has around its drawing, and the key figures at the top of a page."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from foundation.charts.marks import Line, Mark, Rect, short
from foundation.charts.tables import DataTable, Value, shown


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart in a figure: its heading is its message, a sentence above it, its definition and a table behind it.

    `id` is unique on the page. The template draws what differs per kind of chart.
    """

    id: str
    title: str
    sentence: str = ""
    definition: str = ""

    template: ClassVar[str] = ""
    has_own_table: ClassVar[bool] = False
    """Whether its table stands behind the drawing: not where the drawing is words and numbers itself."""

    @property
    def table(self) -> DataTable | None:
        """The same numbers as a table, for who cannot or will not read the drawing."""
        return None


TARGET_HEIGHT = 8.0


@dataclass(frozen=True)
class TargetBar:
    """How far a figure is towards a target; `expected` is where it should be by now (empty without an end date)."""

    realised: float
    target: float
    expected: float | None = None

    @property
    def marks(self) -> list[Mark]:
        scale = 100 / (max(self.realised, self.target, self.expected or 0) or 1)
        bars: list[Mark] = [
            Rect("c0", 0, 2, 100, TARGET_HEIGHT, 4),
            Rect("c1", 0, 2, self.realised * scale, TARGET_HEIGHT, 4),
        ]
        if self.expected is None:
            return bars
        here = self.expected * scale
        return [*bars, Line("mark", here, -1, here, 13)]

    @property
    def target_words(self) -> str:
        return _("target %(target)s") % {"target": short(self.target)}

    @property
    def expected_words(self) -> str:
        return "" if self.expected is None else _("expected now %(expected)s") % {"expected": str(round(self.expected))}


@dataclass(frozen=True)
class Fig:
    """One key figure: its label and value, with what it is compared to, its target and what counts in it."""

    label: str
    value: Value
    url: str = ""
    unit: str = ""
    compare: str = ""
    compare_url: str = ""
    compare_more: str = ""
    target: TargetBar | None = None
    no_target: bool = False
    definition: str = ""

    @property
    def text(self) -> str:
        return shown(self.value)

    @property
    def is_number(self) -> bool:
        """Whether it stands there large: a number, also one with a decimal comma."""
        return self.text[:1].isdigit()
