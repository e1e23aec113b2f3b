"""Tables of figures: numbers with a link to what is behind them, and a word where a number is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

Value = int | str | None  # None: withheld, too few people


def shown(value: Value) -> str:
    """Return a value as it stands on the page: a number, words as they are, or the word for withheld."""
    return _("too few") if value is None else str(value)


def short_value(number: float) -> str:
    """Write a number as it is read: a whole one without decimals, else one decimal."""
    rounded = round(number, 1)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)


@dataclass(frozen=True)
class Cell:
    """A number or a word in a table, with the address of the records behind it when there is one."""

    value: Value
    url: str = ""

    @property
    def text(self) -> str:
        return shown(self.value)

    @property
    def withheld(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class Row:
    """One row: its heading and its cells."""

    heading: str
    cells: Sequence[Cell]
    url: str = ""


@dataclass(frozen=True)
class DataTable:
    """A table with a caption, a heading per column (the first over the row headings) and a total when it has one."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Row]
    total: Row | None = None
    note: str = field(default="")
