"""A workbook as XLSX, in constant memory. What a person typed stays text, also when it starts with = or http."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time
from html import escape
from io import BytesIO
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reporting.documents import wording
from reporting.documents.book import Book, BookCell, Sheet, Style, clean, placed, refuse_overflow
from reporting.documents.content import ReportContent
from reporting.documents.sheets import book_of
from reporting.documents.xlsxrows import Tail, finish

KEPT_IN_MEMORY = 2**20
MARKED_CELLS = 20_000
"""Up to so many cells a table is also marked as a table; XlsxWriter needs memory for each cell of one."""

_FORMATS: dict[Style, dict[str, Any]] = {
    "text": {},
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "word": {"align": "right", "font_color": "#5D564B"},
    "count": {"num_format": "#,##0"},
    "days": {"num_format": "#,##0.0"},
    "decimal": {"num_format": "#,##0.0"},
    "percent": {"num_format": "0%"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
}


def render_xlsx(content: ReportContent) -> bytes:
    """The workbook of a report. The same content gives the same bytes."""
    stream = BytesIO()
    with wording.speaking(content):
        write_xlsx(book_of(content), stream)
    return stream.getvalue()


def write_xlsx(book: Book, stream: BinaryIO) -> None:
    """Write a workbook, row by row. ContentError when a sheet has more rows than fit."""
    tails: dict[int, Tail] = {}
    sheets = []
    for number, sheet in enumerate(book.sheets, 1):
        rows = iter(sheet.rows)
        first = list(islice(rows, MARKED_CELLS // max(1, len(sheet.columns)) + 1))
        if len(first) * len(sheet.columns) > MARKED_CELLS and "link" not in sheet.styles:
            tails[number] = Tail(sheet, chain(first, rows), book.withheld_word)
            sheets.append(replace(sheet, rows=()))
        else:
            sheets.append(replace(sheet, rows=chain(first, rows)))
    short = replace(book, sheets=tuple(sheets))
    if not tails:
        _write(short, stream, tails)
        return
    with SpooledTemporaryFile(KEPT_IN_MEMORY) as begun:
        _write(short, cast("BinaryIO", begun), tails)
        finish(cast("BinaryIO", begun), tails, tuple(_FORMATS), stream)


def _write(book: Book, stream: BinaryIO, tails: Collection[int]) -> None:
    workbook: Workbook = xlsxwriter.Workbook(
        stream,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made = book.made_on
    workbook.set_properties(
        {
            "title": clean(book.title)[:250],
            "author": clean(book.author)[:250],
            "subject": clean(book.subject)[:250],
            "created": datetime(made.year, made.month, made.day, tzinfo=UTC),
        }
    )
    writer = _Writer(book, workbook)
    for number, sheet in enumerate(book.sheets, 1):
        writer.sheet(sheet, shows_styles=number in tails)
    workbook.close()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Book, workbook: Workbook) -> None:
        self.book = book
        self.workbook = workbook
        self.formats: dict[str, Format] = {name: workbook.add_format(spec) for name, spec in _FORMATS.items()}

    def sheet(self, sheet: Sheet, *, shows_styles: bool) -> None:
        made: Worksheet = self.workbook.add_worksheet(sheet.name)
        for column, width in enumerate(sheet.widths):
            made.set_column(column, column, width)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_footer(_footer(self.book))
        self._text(made, 0, 0, sheet.title, "title")
        for row, text in enumerate((sheet.line, *sheet.above), 1):
            self._text(made, row, 0, text)
        self._head(made, sheet)
        row = sheet.head_row
        for row, cells in enumerate(sheet.rows, sheet.first_row):
            refuse_overflow(sheet, row)
            for column, (cell, style) in enumerate(zip(cells, sheet.styles, strict=True)):
                self._cell(made, row, column, cell, style)
        _mark(made, sheet, row)
        if shows_styles:
            for column, look in enumerate(self.formats.values()):
                made.write_number(sheet.first_row, column, 0, look)

    def _head(self, made: Worksheet, sheet: Sheet) -> None:
        for column, label in enumerate(sheet.columns):
            self._text(made, sheet.head_row, column, label, "head")
        if sheet.columns:
            made.repeat_rows(sheet.head_row)
        if sheet.columns and not sheet.above:
            made.freeze_panes(sheet.first_row, 1)

    def _cell(self, made: Worksheet, row: int, column: int, cell: BookCell, style: Style) -> None:
        value, style = placed(cell, style, self.book.withheld_word)
        if isinstance(value, str) and style == "link":
            quoted = value.replace("'", "''")
            made.write_url(row, column, f"internal:'{quoted}'!A1", string=value)
        elif isinstance(value, str):
            made.write_string(row, column, _never_mark_up(value), self.formats[style])
        elif isinstance(value, date):
            made.write_datetime(row, column, datetime.combine(value, time()), self.formats[style])
        elif value is not None:
            made.write_number(row, column, value, self.formats[style])

    def _text(self, made: Worksheet, row: int, column: int, text: str, style: Style = "text") -> None:
        made.write_string(row, column, _never_mark_up(clean(text)), self.formats[style])


def _never_mark_up(text: str) -> str:
    """XlsxWriter takes a text from <r> to </r> for mark-up that it made itself, so for such a text we make that."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>'
    return text


def _mark(made: Worksheet, sheet: Sheet, last_row: int) -> None:
    """Mark the cells as a table, by which screen readers find its header, where Excel takes the labels for one."""
    labels = sheet.columns
    size = len(labels) * (last_row - sheet.head_row)
    is_fit = all(label.strip() and label.isprintable() and len(label) < 256 for label in labels)
    if not 0 < size <= MARKED_CELLS or not is_fit or len({label.lower() for label in labels}) < len(labels):
        return
    # Refused while rows are streamed, because a table can write rows of its own; ours only says which cells it is.
    made.constant_memory = False
    options = {
        "columns": [{"header": label} for label in labels],
        "autofilter": False,
        "style": None,
        "title": clean(sheet.title)[:250],
    }
    made.add_table(sheet.head_row, 0, last_row, len(labels) - 1, options)
    made.constant_memory = True
    made.table_cells.clear()


def _footer(book: Book) -> str:
    # An ampersand starts a code, and the whole may be 255 characters long.
    foot = clean(book.foot)[:120].replace("&", "&&")
    pages = book.page_words.replace("&", "&&").replace("{page}", "&P").replace("{pages}", "&N")
    return f"&L{foot}&R{pages}"
