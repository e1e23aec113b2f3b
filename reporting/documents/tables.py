"""Cells, columns, tables and the charts drawn from them: the part of a report's content that is numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Literal, TypeAlias


class ContentError(ValueError):
    """The content contradicts itself, or what was stored is not a report's content."""


class Withheld(Enum):
    """A count that exists and is not told to this reader, because it would be about too few people."""

    TOO_FEW = "too_few"


WITHHELD = Withheld.TOO_FEW

Cell: TypeAlias = int | float | str | date | Withheld | None
"""What may stand in a table. None: does not apply. Withheld: applies, but is not told; a word, never 0 or blank."""

Kind: TypeAlias = Literal["text", "count", "decimal", "percent", "days", "date"]

BEYOND_COUNTING = 10**15
"""From here on a spreadsheet rounds; no figure comes near. Infinity and not-a-number lie beyond it."""

_TYPES_OF_KIND: dict[Kind, tuple[type, ...]] = {
    "text": (str,),
    "count": (int,),
    "decimal": (int, float),
    "percent": (int, float),
    "days": (int, float),
    "date": (date,),
}


LATER = "later"
"""Marks a field that came after the first reports were signed: left at its default it is not written down, so that the
content of an older report keeps its hash."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `id` is stable over the years and names it in the CSV. A percent is a share, 0 to 1.

    `of` is the id of the column that says of how many: a percentage never goes without.
    """

    id: str
    label: str
    kind: Kind
    of: str = field(default="", metadata={LATER: True})


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table: "T1" keeps its number and its meaning over the years. The first column names the row.

    `chapter` is a Chapter's id; `unit` the word for what is counted; `has_total`: the last row is the total;
    `figure_ids`: the definitions that were used.
    """

    id: str
    title: str
    chapter: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str
    note: str = ""
    has_total: bool = False
    figure_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,7}", self.id):
            raise ContentError(f"a table's id is short, letters and digits, as in T1: {self.id!r}")
        if not self.columns or self.columns[0].kind != "text":
            raise ContentError(f"the first column of {self.id} names the row, so it is text")
        refuse_double(f"column of {self.id}", (column.id for column in self.columns))
        if self.has_total and not self.rows:
            raise ContentError(f"{self.id} has a total and no rows")
        for row in self.rows:
            self._check_row(row)
        for position, column in enumerate(self.columns):
            if column.kind == "percent":
                self._check_percentages(position, column.of)

    def _check_row(self, row: tuple[Cell, ...]) -> None:
        if len(row) != len(self.columns):
            raise ContentError(f"a row of {self.id} has {len(row)} cells for {len(self.columns)} columns: {row!r}")
        if not isinstance(row[0], str) or not row[0].strip():
            raise ContentError(f"a row of {self.id} has no name: {row!r}")
        for column, cell in zip(self.columns, row, strict=True):
            if not fits(cell, column.kind):
                raise ContentError(f"{self.id}, {column.id}: {cell!r} is no {column.kind}")

    def _check_percentages(self, position: int, of: str) -> None:
        base = self.column_at(of)
        if any(type(row[position]) in (int, float) and type(row[base]) is not int for row in self.rows):
            raise ContentError(f"a percentage of {self.id} does not say of how many")

    def column_at(self, column_id: str) -> int:
        """The position of a column; ContentError where there is none."""
        for position, column in enumerate(self.columns):
            if column.id == column_id:
                return position
        raise ContentError(f"{self.id} has no column {column_id!r}")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table, without its total row. The title is its message, as a sentence; `alt` says what is seen.

    `series` are column ids. Paired columns: one or two series over the rows (months). Bars: one series, one bar a row.
    `labels`: names short enough to stand under columns ("jan"), one for each row drawn; left out, the rows' own names.
    """

    table_id: str
    kind: Literal["paired_columns", "bars"]
    title: str
    alt: str
    series: tuple[str, ...]
    labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= (2 if self.kind == "paired_columns" else 1):
            raise ContentError(f"the chart of {self.table_id} cannot have {len(self.series)} series as {self.kind}")
        if not self.title.strip() or not self.alt.strip():
            raise ContentError(f"the chart of {self.table_id} needs a title and a text for who cannot see it")


def fits(cell: Cell, kind: Kind) -> bool:
    """Whether a cell may stand in a column of this kind; None and Withheld may stand in any."""
    if cell is None or isinstance(cell, Withheld):
        return True
    if isinstance(cell, bool | datetime) or (isinstance(cell, int | float) and not abs(cell) < BEYOND_COUNTING):
        return False
    return isinstance(cell, _TYPES_OF_KIND[kind])


def refuse_double(what: str, ids: Iterable[str]) -> None:
    """ContentError when an id occurs twice."""
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ContentError(f"twice the same {what}: {each!r}")
        seen.add(each)
