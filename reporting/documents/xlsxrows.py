"""The rows of a long sheet in XLSX: their XML is printed here and zipped as it comes, and no row is kept.

XlsxWriter writes everything else. It takes some forty times as long for a cell, because it can do far more with one.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import BinaryIO

from reporting.documents.book import FIRST_DAY, BookCell, Sheet, Style, clean, letters, placed, refuse_overflow

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 16
SHORT = 64
FAST = 1
"""How hard to press rows together: a list is downloaded once, and taking longer saves little."""

_DAY_ZERO = date(1899, 12, 30).toordinal()
_CODE = re.compile("(_x[0-9a-fA-F]{4}_)")
_LOOK = re.compile(r'<c r="[A-Z]+\d+"( s="\d+")?>')


@dataclass(frozen=True, slots=True)
class Tail:
    """The rows of a sheet that come later, and the word for a cell that is withheld."""

    sheet: Sheet
    rows: Iterable[Sequence[BookCell]]
    withheld_word: str


def finish(begun: BinaryIO, tails: dict[int, Tail], styles: Sequence[Style], stream: BinaryIO) -> None:
    """Copy a workbook, with the rows of each tail in the sheet with that number (from 1).

    Such a sheet holds one row below its header: a cell in each style, which says by what number the style goes.
    """
    parts = {f"xl/worksheets/sheet{number}.xml": tail for number, tail in tails.items()}
    with (
        zipfile.ZipFile(begun) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as archive,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            with archive.open(entry, "w") as part:
                for piece in _chunks(_sheet(source.read(name).decode(), parts.get(name), styles)):
                    part.write(piece)


def _sheet(text: str, tail: Tail | None, styles: Sequence[Style]) -> Iterator[str]:
    if tail is None:
        yield text
        return
    row = tail.sheet.first_row + 1
    above, _mark, rest = re.sub("<dimension [^>]*/>", "", text).partition(f'<row r="{row}"')
    probe, _end, below = rest.partition("</row>")
    yield above
    yield from _rows(tail, dict(zip(styles, _LOOK.findall(probe), strict=True)))
    yield below


def _chunks(pieces: Iterator[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size > CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def _rows(tail: Tail, looks: dict[Style, str]) -> Iterator[str]:
    sheet = tail.sheet
    whole = [looks["count" if style in ("decimal", "days") else style] for style in sheet.styles]
    columns = [
        (f'<c r="{letters(column)}', looks[style], of_whole, style)
        for column, (style, of_whole) in enumerate(zip(sheet.styles, whole, strict=True))
    ]
    of_day = looks["date"]
    for row, cells in enumerate(tail.rows, sheet.first_row + 1):
        refuse_overflow(sheet, row - 1)
        end = f'{row}"'
        made = [f'<row r="{row}">']
        for cell, (begin, look, of_whole, style) in zip(cells, columns, strict=True):
            kind = type(cell)
            if kind is str and len(cell) <= SHORT:  # type: ignore[arg-type]
                made.append(f"{begin}{end}{look}{_short_text(cell)}")
            elif kind is int:
                made.append(f"{begin}{end}{of_whole}><v>{cell}</v></c>")
            elif kind is float:
                looked = of_whole if cell.is_integer() else look  # type: ignore[union-attr]
                made.append(f"{begin}{end}{looked}><v>{cell!r}</v></c>")
            elif kind is date and cell >= FIRST_DAY:  # type: ignore[operator]
                made.append(f"{begin}{end}{of_day}{_day(cell)}")
            elif cell is not None:
                value, of_cell = placed(cell, style, tail.withheld_word)
                if value is not None:
                    made.append(f"{begin}{end}{looks[of_cell]}{_inside(value)}")
        made.append("</row>")
        yield "".join(made)


def _inside(value: str | float | date) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return _day(value)
    return f"><v>{value!r}</v></c>"


@lru_cache(maxsize=4096)
def _day(value: date) -> str:
    return f"><v>{value.toordinal() - _DAY_ZERO}</v></c>"


def _text(text: str) -> str:
    plain = clean(text)
    told = _CODE.sub(r"_x005F\1", escape(plain, quote=False))
    kept = "" if plain == plain.strip() else ' xml:space="preserve"'
    return f' t="inlineStr"><is><t{kept}>{told}</t></is></c>'


# Names, codes and words stand in a list again and again.
_short_text = lru_cache(maxsize=4096)(_text)
