"""CSV for machines: one file, or several in a zip that counts and hashes them while they are written.

UTF-8, comma, a header row of stable column ids, ISO dates, decimals with a point.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count, islice
from typing import Any, BinaryIO

from reporting.documents import wording
from reporting.documents.content import Cell, Withheld
from reporting.documents.tables import BEYOND_COUNTING

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date on each file in the zip: fixed, so that the same content gives the same bytes."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that starts with one of these would be run as a formula by a spreadsheet, so an apostrophe goes before it."""

ROWS_AT_ONCE = 500

SMALLEST_PLAIN = 1e-4
"""From here up to where counting ends Python writes a number without an exponent."""

_SIGNS = frozenset(FORMULA_SIGNS)
_AS_IT_IS = frozenset((int, date, type(None)))
"""What the writer of CSV prints as we would."""


def plain_cell(cell: Cell) -> str:
    """A cell as it stands in the CSV."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
    if type(cell) is int:
        return str(cell)
    if cell is None:
        return ""
    if isinstance(cell, Withheld):
        return wording.withheld_word()
    if isinstance(cell, date):
        return cell.isoformat()
    written = repr(cell)
    return format(Decimal(written), "f") if "e" in written else written


def plain_row(row: Sequence[Cell]) -> list[Cell]:
    """A row for the writer of CSV, which prints most cells as they are."""
    return [
        cell
        if (kind := type(cell)) in _AS_IT_IS
        or (kind is str and cell[:1] not in _SIGNS)  # type: ignore[index]
        or (kind is float and SMALLEST_PLAIN <= cell < BEYOND_COUNTING)  # type: ignore[operator]
        else plain_cell(cell)
        for cell in row
    ]


def csv_pieces(heads: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A CSV piece by piece: the header first, then some rows at a time."""
    text, waiting = io.StringIO(newline=""), iter(rows)
    writer = csv.writer(text)
    writer.writerow([plain_cell(head) for head in heads])
    while piece := text.getvalue():
        yield piece
        text.seek(0)
        text.truncate()
        writer.writerows(map(plain_row, islice(waiting, ROWS_AT_ONCE)))


def write_csv(stream: BinaryIO, heads: Iterable[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write one CSV, some rows at a time; return how many rows it has below its header."""
    number = count()  # as far as the rows go: zip asks for a row first
    numbered = (row for row, _number in zip(rows, number, strict=False))
    for piece in csv_pieces(heads, numbered):
        stream.write(piece.encode())
    return next(number)


@dataclass(frozen=True, slots=True)
class Written:
    """What the manifest says of one file in the zip."""

    name: str
    title: str
    rows: int
    bytes: int
    sha256: str


class CsvZip:
    """A zip of CSV files and a manifest, written as it comes."""

    def __init__(self, stream: BinaryIO) -> None:
        self.archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self.files: list[Written] = []

    def add(self, name: str, title: str, heads: Iterable[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Write one CSV into the zip."""
        with self.archive.open(_entry(name), "w", force_zip64=True) as entry:
            counted = _Counted(entry)
            number = write_csv(counted, heads, rows)  # type: ignore[arg-type]
        self.files.append(Written(name, title, number, counted.size, counted.digest.hexdigest()))

    def close(self, about: dict[str, Any]) -> None:
        """Write the manifest: what it is about, and each file with its rows, size and hash."""
        files = [
            {key: getattr(file, key) for key in ("name", "title", "rows", "bytes", "sha256")} for file in self.files
        ]
        data = json.dumps({**about, "files": files}, ensure_ascii=False, indent=2) + "\n"
        self.archive.writestr(_entry("manifest.json"), data.encode())
        self.archive.close()


class _Counted:
    """Passes on what is written, and counts and hashes it."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.digest.update(data)
        self.stream.write(data)
        return len(data)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, ZIP_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
