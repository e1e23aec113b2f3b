"""A workbook before it is written: sheets of rows, the same for every spreadsheet format.

Each sheet has its title in A1, a line about it in A2, its header in one row, no merged cells and no formulas. A
withheld count is a word, an empty cell means that a number does not apply. Rows may come from a generator.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from reporting.documents.tables import Cell, Column, ContentError, Kind, Withheld

LONGEST_TEXT = 32_000
"""Characters in one cell; XLSX allows 767 more."""

MOST_ROWS = 1_048_576
"""Rows in one sheet, in every program that reads them."""

FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets do not agree on the days before: those stand as text."""

Style: TypeAlias = Kind | Literal["title", "head", "wrapped", "word", "link"]
"""How a cell looks. A link holds the name of the sheet it goes to."""

_NO_CHARACTER = {code: None for code in (*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF) if code != 0x0A}


class Styled(NamedTuple):
    """A cell that looks otherwise than its column."""

    cell: Cell
    style: Style


BookCell: TypeAlias = Cell | Styled


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: title, a line below it, texts above, then a header and rows under it.

    `styles` say how the cells of each column look; `widths` are in characters. Without `columns` there is no header.
    """

    name: str
    title: str
    line: str
    widths: tuple[int, ...]
    styles: tuple[Style, ...]
    columns: tuple[str, ...]
    rows: Iterable[Sequence[BookCell]]
    above: tuple[str, ...] = ()

    @property
    def head_row(self) -> int:
        """The row of the header, counted from 0."""
        return 2 + (len(self.above) + 1 if self.above else 0)

    @property
    def first_row(self) -> int:
        """The first row below the header, counted from 0."""
        return self.head_row + bool(self.columns)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: what its properties say, what stands at the foot of each printed page, and its sheets."""

    title: str
    author: str
    subject: str
    language: str
    made_on: date
    foot: str
    page_words: str
    withheld_word: str
    sheets: tuple[Sheet, ...]


def clean(text: str) -> str:
    """A text as a spreadsheet can hold it: a space for a tab, no control characters, and cut where a cell ends."""
    plain = text
    if not text.isprintable():
        plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_NO_CHARACTER)
    return plain if len(plain) <= LONGEST_TEXT else plain[:LONGEST_TEXT] + "…"


def placed(cell: BookCell, style: Style, withheld_word: str) -> tuple[str | float | date | None, Style]:
    """What is written in a cell, and how it looks."""
    if type(cell) is Styled:
        cell, style = cell
    if cell is None or type(cell) is int:
        return cell, "count" if style in ("decimal", "days") else style
    if isinstance(cell, str):
        return clean(cell), style
    if isinstance(cell, Withheld):
        return withheld_word, "word"
    if isinstance(cell, date):
        return (cell, "date") if cell >= FIRST_DAY else (cell.isoformat(), "text")
    whole = style in ("decimal", "days") and float(cell).is_integer()  # type: ignore[arg-type]
    return cell, "count" if whole else style  # type: ignore[return-value]


def refuse_overflow(sheet: Sheet, row: int) -> None:
    """ContentError for a row beyond the last one of a sheet: it would be left out without a word."""
    if row >= MOST_ROWS:
        raise ContentError(f"{sheet.name} has more rows than a spreadsheet can hold; CSV has no such limit")


def widths_of(columns: Iterable[Column]) -> tuple[int, ...]:
    """Widths by what stands above the columns; the first one names the row and is wider."""
    widths = [max(14, min(48, len(column.label) + 2)) for column in columns]
    return (max(32, widths[0]), *widths[1:]) if widths else ()


def unique_names(wanted: list[str]) -> list[str]:
    """Names that a workbook accepts: at most 31 characters, none of []:*?/\\, no quote at an end, no two alike."""
    names: list[str] = []
    taken = {"history"}
    for name in wanted:
        plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in clean(name)).strip(" '")[:31] or "-"
        unique, serial = plain, 2
        while unique.lower() in taken:
            unique, serial = f"{plain[:27]} {serial}", serial + 1
        names.append(unique)
        taken.add(unique.lower())
    return names


def letters(column: int) -> str:
    """The name of a column counted from 0: A, B, ..., Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
