"""The bytes of a report's files: from its frozen content, or from the frozen rows behind it."""

import io
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.db.models import BinaryField
from django.db.models.functions import Substr

from reporting.documents.content import ReportContent, from_data
from reporting.documents.formats import FORMATS
from reporting.documents.rowzip import Rows, write_rows
from reporting.models import FrozenTable, Report

BYTES_AT_ONCE = 2**19
"""How much of a frozen table is read at a time."""

KEPT_IN_MEMORY = 2**20


def render(report: Report, content: ReportContent, format_id: str) -> bytes:
    """Return the file of a report, or of a payer's part of it, in a format."""
    by_content = FORMATS[format_id].render
    return by_content(content) if by_content else render_rows(report, content)


def render_rows(report: Report, content: ReportContent | None = None) -> bytes:
    """Return the zip with the frozen rows of a report, for the provider only."""
    with SpooledTemporaryFile(KEPT_IN_MEMORY) as stream:
        write_rows(content or from_data(report.content), _tables(report), cast("BinaryIO", stream))
        stream.seek(0)
        return stream.read()


def _tables(report: Report) -> Iterator[Rows]:
    for table in report.frozen_tables.defer("content", "row_hashes").order_by("name"):
        yield Rows(table.name, table.sha256, _lines(table))


def _lines(table: FrozenTable) -> Iterator[bytes]:
    """The lines of a frozen table, without reading it whole."""
    kept = b""
    for piece in _pieces(table):
        whole, _newline, kept = (kept + piece).rpartition(b"\n")
        yield from io.BytesIO(whole)
    if kept:
        yield kept


def _pieces(table: FrozenTable) -> Iterator[bytes]:
    start = 1
    found = FrozenTable.objects.filter(pk=table.pk)
    while True:
        part = Substr("content", start, BYTES_AT_ONCE, output_field=BinaryField())
        piece = bytes(found.annotate(part=part).values_list("part", flat=True).get())
        if not piece:
            return
        yield piece
        start += len(piece)
