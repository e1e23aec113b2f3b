"""Rows to lines of canonical JSON and back, led by the type of the row.

The first line names the columns; each further line is one row, a JSON array in that order. A date is written as
2021-12-31, a decimal with four places, an id as a serial number.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice, starmap
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from reporting.freezing.canonical import canonical
from reporting.freezing.pseudonyms import Serials

ROW_HASH = 8
"""How many bytes of its SHA-256 are kept of each row."""

LINES_AT_ONCE = 5000
"""How many rows are read at a time."""

FOUR_PLACES = Decimal("0.0001")

RowType = TypeVar("RowType")


def encode(kind: type, rows: Iterable[Any], serials: Serials, *, is_named: bool, by: Sequence[str] = ()) -> list[bytes]:
    """Return the lines of a table, the line with the names of the columns first.

    Args:
        kind: the type of the rows.
        rows: the rows, with ids.
        serials: the numbers of this report.
        is_named: whether other rows name these by their id.
        by: the columns to put them in order by, where the database gives them in no order; without: as they are.
    """
    columns: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    writers = [(place, write) for place, name in enumerate(columns) if (write := _writer(kind, name, serials))]
    own = columns[0] == "id" and not is_named
    found: list[Any] = []
    for row in rows:
        values = list(row)
        for place, write in writers[own:]:
            values[place] = write(values[place])
        found.append(values)
    if by:
        found.sort(key=_order([columns.index(name) for name in by]))
    if own:
        for values in found:
            values[0] = serials.fresh()
    for place, values in enumerate(found):  # in its own place: the values are not needed beside the lines
        found[place] = canonical(values)
    return [canonical(columns), *found]


def _order(places: list[int]) -> Callable[[list[Any]], list[Any]]:
    return lambda values: [(values[place] is not None, values[place]) for place in places]


def _writer(kind: type, column: str, serials: Serials) -> Callable[[Any], Any] | None:
    hint = _plain_hint(kind, column)
    if hint is UUID:
        return serials.of
    if hint is date:
        return _written_day
    return _written_decimal if hint is Decimal else None


@cache
def _written_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _written_decimal(value: Decimal | None) -> str | None:
    return None if value is None else str(value.quantize(FOUR_PLACES))


def decode(kind: Callable[..., RowType], content: bytes) -> list[RowType]:
    """Return the rows of a table as ``kind``; a serial number stands where an id stood.

    A column that this release does not know is left out; one that was not frozen yet is empty.
    """
    lines = io.BytesIO(content)
    named: list[str] = json.loads(next(lines))
    words: dict[str, str] = {}
    read: list[RowType] = []
    while some := list(islice(lines, LINES_AT_ONCE)):
        # A JSON text holds no bare newline, so the lines are one JSON array once commas stand between them.
        rows = json.loads(b"[%s]" % b",".join(some))
        found = dict(zip(named, zip(*rows, strict=True), strict=True))
        columns = [_column(kind, name, found.get(name), len(rows), words) for name in kind._fields]  # type: ignore[attr-defined]
        read.extend(starmap(kind, zip(*columns, strict=True)))
    return read


def _column(kind: Any, name: str, written: tuple[Any, ...] | None, rows: int, words: dict[str, str]) -> Iterable[Any]:
    """The values of a column. A code stands in it again and again: it is kept once."""
    if written is None:
        return [None] * rows
    hint = _plain_hint(kind, name)
    if hint is date:
        return map(_read_day, written)
    if hint is str:
        return [words.setdefault(value, value) for value in written]
    return map(Decimal, written) if hint is Decimal else written


@cache
def _read_day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _plain_hint(kind: Any, column: str) -> Any:
    """The type of a column, without that it may be empty."""
    hint = get_type_hints(kind)[column]
    return next((one for one in get_args(hint) if one in (UUID, date, Decimal)), hint)


def row_hash(line: bytes) -> bytes:
    """Return what is kept of the hash of one line."""
    return hashlib.sha256(line).digest()[:ROW_HASH]
