"""A workbook as ODS, in constant memory: the XML of the cells goes into the zip row by row.

Checked against OpenDocument 1.3. What a person typed stays text: a cell of text is never read as a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from reporting.documents import odsparts, wording
from reporting.documents.book import FIRST_DAY, Book, Sheet, Style, clean, letters, placed, refuse_overflow
from reporting.documents.content import ReportContent
from reporting.documents.odsparts import escaped
from reporting.documents.sheets import book_of

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 16
SHORT = 64

_SPACES = re.compile(r"^ | $| {2,}")


def render_ods(content: ReportContent) -> bytes:
    """The workbook of a report. The same content gives the same bytes."""
    stream = io.BytesIO()
    with wording.speaking(content):
        write_ods(book_of(content), stream)
    return stream.getvalue()


def write_ods(book: Book, stream: BinaryIO) -> None:
    """Write a workbook, row by row. ContentError when a sheet has more rows than fit."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not compressed: by it a file is known for what it is.
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), MEDIA_TYPE)
        with archive.open(_entry("content.xml"), "w") as content:
            waiting: list[str] = []
            size = 0
            for piece in _content(book):
                waiting.append(piece)
                size += len(piece)
                if size > CHUNK:
                    content.write("".join(waiting).encode())
                    waiting, size = [], 0
            content.write("".join(waiting).encode())
        for name, text in odsparts.others(book).items():
            archive.writestr(_entry(name), text)


def _entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, ZIP_DATE)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info


def _content(book: Book) -> Iterator[str]:
    yield odsparts.head(book)
    ranges = []
    for number, sheet in enumerate(book.sheets, 1):
        rows = _Rows(book, sheet)
        yield from rows.table()
        if sheet.columns:
            ranges.append(_range(sheet, number, max(rows.last_row, sheet.head_row)))
    if ranges:
        yield f"<table:database-ranges>{''.join(ranges)}</table:database-ranges>"
    yield odsparts.TAIL


def _range(sheet: Sheet, number: int, last_row: int) -> str:
    """Mark the cells of a table as a table, with its header."""
    sheet_name = _quoted(sheet.name)
    last = f"{letters(len(sheet.columns) - 1)}{last_row + 1}"
    address = escaped(f"{sheet_name}.A{sheet.head_row + 1}:{sheet_name}.{last}")
    return (
        f'<table:database-range table:name="table_{number}" table:target-range-address="{address}" '
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


class _Rows:
    """The XML of one sheet."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book = book
        self.sheet = sheet
        self.last_row = 0

    def table(self) -> Iterator[str]:
        sheet = self.sheet
        yield f'<table:table table:name="{escaped(sheet.name)}" table:style-name="sheet">'
        yield f"<table:title>{escaped(clean(sheet.title))}</table:title>"
        for width in sheet.widths:
            yield f'<table:table-column table:style-name="w{width}" table:default-cell-style-name="text"/>'
        yield _row([_text(sheet.title, "title")])
        for text in (sheet.line, *sheet.above):
            yield _row([_text(text, "text")])
        if sheet.above:
            yield _row(["<table:table-cell/>"])
        if sheet.columns:
            heads = _row([_text(label, "head") for label in sheet.columns])
            yield f"<table:table-header-rows>{heads}</table:table-header-rows>"
        for row, cells in enumerate(sheet.rows, sheet.first_row):
            refuse_overflow(sheet, row)
            self.last_row = row
            yield _row([self._cell(cell, style) for cell, style in zip(cells, sheet.styles, strict=True)])
        yield "</table:table>"

    def _cell(self, cell: object, style: Style) -> str:
        kind = type(cell)
        if kind is str and style != "link":
            return _short_text(cell, style) if len(cell) <= SHORT else _text(cell, style)  # type: ignore[arg-type]
        if kind is int:
            return _number(cell, "count" if style in ("decimal", "days") else style)  # type: ignore[arg-type]
        if kind is float:
            is_whole = style in ("decimal", "days") and cell.is_integer()  # type: ignore[attr-defined]
            return _number(cell, "count" if is_whole else style)  # type: ignore[arg-type]
        if kind is date and cell >= FIRST_DAY:  # type: ignore[operator]
            return _day(cell)
        value, style = placed(cell, style, self.book.withheld_word)  # type: ignore[arg-type]
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, str):
            return _link(value) if style == "link" else _text(value, style)
        return _day(value) if isinstance(value, date) else _number(value, style)


def _number(value: float, style: Style) -> str:
    kind = "percentage" if style == "percent" else "float"
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" office:value="{value!r}">'
        f"<text:p>{value!r}</text:p></table:table-cell>"
    )


@lru_cache(maxsize=4096)
def _day(value: date) -> str:
    day = value.isoformat()
    return (
        f'<table:table-cell table:style-name="date" office:value-type="date" office:date-value="{day}">'
        f"<text:p>{day}</text:p></table:table-cell>"
    )


def _row(cells: list[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _text(text: str, style: Style) -> str:
    paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in clean(text).split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs}</table:table-cell>'


# Names, codes and words stand in a list again and again.
_short_text = lru_cache(maxsize=4096)(_text)


def _link(sheet_name: str) -> str:
    target = escaped(f"#{_quoted(sheet_name)}.A1")
    return (
        '<table:table-cell table:style-name="link" office:value-type="string"><text:p>'
        f'<text:a xlink:type="simple" xlink:href="{target}">{escaped(sheet_name)}</text:a></text:p></table:table-cell>'
    )


def _spaced(line: str) -> str:
    """Spaces in a row and at an edge: XML would lose them."""
    if "  " in line or line[:1] == " " or line[-1:] == " ":
        kept = _SPACES.sub(lambda found: f"\0{len(found[0])}\0", line)
        parts = escaped(kept).split("\0")
        return "".join(f'<text:s text:c="{part}"/>' if i % 2 else part for i, part in enumerate(parts))
    return escaped(line)


def _quoted(name: str) -> str:
    doubled = name.replace("'", "''")
    return f"'{doubled}'"
