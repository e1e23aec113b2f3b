"""A list too long to be marked as a table goes into a workbook row by row: every cell as in the CSV, and no formula."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, BinaryIO

import pytest
from python_calamine import CalamineWorkbook

from reporting.documents.book import Book, Sheet, Style, clean
from reporting.documents.content import WITHHELD, Cell
from reporting.documents.csvfiles import FORMULA_SIGNS, write_csv
from reporting.documents.ods import write_ods
from reporting.documents.xlsx import MARKED_CELLS, write_xlsx
from tests.reporting.documents.samples import TRAPS

STYLES: tuple[Style, ...] = ("text", "text", "date", "count", "decimal", "percent", "days")
HEADS = ("Naam", "Woorden", "Dag", "Aantal", "Waarde", "Deel", "Dagen")
ROWS = MARKED_CELLS // len(STYLES) + 40
WORDS = (*TRAPS, "<r>en</r>", " met ruimte ", "twee  spaties", "_x0041_", "é\U0001f9f5", "a\nb", "x" * 90)


def rows() -> Iterator[tuple[Cell, ...]]:
    for i in range(ROWS):
        word = WORDS[i % len(WORDS)]
        day = date(1899, 12, 1) if i % 50 == 3 else date(2021, 1, 1) + timedelta(days=i % 900)
        yield (f"Rij {i}", word, day, WITHHELD if i % 40 == 7 else i, i / 8, 0.25, None if i % 9 == 4 else i)


def book() -> Book:
    sheet = Sheet("Lijst", "Lijst", "Over", (16,) * len(HEADS), STYLES, HEADS, rows())
    after = Sheet("Na", "Na de lijst", "", (16,), ("text",), ("Kop",), [("slot",)])
    return Book("Lijst", "Draad", "", "nl", date(2026, 1, 1), "", "{page} {pages}", "te weinig", (sheet, after))


def written(write: Callable[[Book, BinaryIO], None]) -> bytes:
    stream = io.BytesIO()
    write(book(), stream)
    return stream.getvalue()


def in_csv() -> list[list[str]]:
    stream = io.BytesIO()
    write_csv(stream, HEADS, (["te weinig" if cell is WITHHELD else cell for cell in row] for row in rows()))
    return list(csv.reader(io.StringIO(stream.getvalue().decode(), newline="")))


def as_text(cell: Any) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def as_shown(cell: str) -> str:
    """A cell of the CSV without the apostrophe that keeps a formula from living, and as a cell can hold it."""
    return clean(cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_SIGNS) else cell)


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_every_cell_of_a_long_list_is_that_of_the_csv(write: Callable[[Book, BinaryIO], None]) -> None:
    made = CalamineWorkbook.from_filelike(io.BytesIO(written(write)))
    first, *read = made.get_sheet_by_index(0).to_python(skip_empty_area=False)[2:]
    heads, *wanted = in_csv()
    assert first == heads
    assert len(read) == ROWS
    for cells, row in zip(read, wanted, strict=True):
        assert [as_text(cell) for cell in cells] == [
            f"{float(cell):g}" if number > 2 and cell not in {"", "te weinig"} else as_shown(cell)
            for number, cell in enumerate(row)
        ]
    assert made.get_sheet_by_index(1).to_python(skip_empty_area=False)[3] == ["slot"]


def test_a_long_list_in_xlsx_holds_no_formula_and_the_same_list_gives_the_same_bytes() -> None:
    made = written(write_xlsx)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
        assert archive.testzip() is None
    assert "<f>" not in text
    assert text.count("<row ") == ROWS + 3
    assert made == written(write_xlsx)
