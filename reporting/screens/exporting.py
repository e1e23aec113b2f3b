"""A list or a table as a file: the same lines as on the screen, without a formula that lives."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.charts import DataTable
from foundation.clock import today
from reporting.documents import wording
from reporting.documents.book import Book, Sheet
from reporting.documents.csvfiles import csv_pieces
from reporting.documents.ods import write_ods
from reporting.documents.tables import Cell, Kind
from reporting.documents.xlsx import write_xlsx
from reporting.figures import Record
from reporting.screens.records import People, Where

BYTE_ORDER_MARK = "\ufeff"
"""At the head of the CSV: without it a spreadsheet reads é as two signs."""


@dataclass(frozen=True)
class Listing:
    """What goes into a file: what it is called, about which days and filters, its columns and its rows."""

    name: str
    title: str
    about: str
    columns: Sequence[tuple[str, Kind]]
    rows: Iterable[Sequence[Cell]]

    def exported(self, file_format: str) -> HttpResponseBase:
        """The file as an answer. KeyError for a format that is not offered."""
        return EXPORTS[file_format](self)


def people_listing(
    name: str, title: str, about: str, records: Sequence[Record], people: People, where: Where, amount_head: str
) -> Listing:
    """The records behind a number, one line each; without a name where the reader may not see the file."""
    text: list[str] = [_("Name"), _("Number of the file"), _("Trajectory")]
    days = [_("First day"), _("Last day"), _("Date")]
    columns: list[tuple[str, Kind]] = [*((head, "text") for head in text), *((head, "date") for head in days)]
    if amount_head:
        columns.append((amount_head, "count"))
    return Listing(name, title, about, columns, _lines(records, people, where, has_amount=bool(amount_head)))


def _lines(records: Sequence[Record], people: People, where: Where, *, has_amount: bool) -> Iterator[Sequence[Cell]]:
    for record in records:
        person, trajectory = people.get(record.participant_id), where.trajectory(record)
        yield (
            person.full_name if person else where.places.get(record.id) or _("File not open to your unit"),
            person.reference if person else None,
            where.programme(record),
            trajectory.started_on if trajectory else None,
            trajectory.ended_on if trajectory else None,
            record.day,
            *([record.amount] if has_amount else []),
        )


def table_listing(name: str, title: str, about: str, table: DataTable) -> Listing:
    """The table behind a chart: the first column names the row."""
    first, *others = table.headings
    columns: list[tuple[str, Kind]] = [(first, "text"), *((head, "count") for head in others)]
    rows = [*table.rows, *([table.total] if table.total else [])]
    return Listing(name, title, about, columns, [[row.heading, *(cell.value for cell in row.cells)] for row in rows])


def _csv(listing: Listing) -> HttpResponseBase:
    pieces = csv_pieces([head for head, _kind in listing.columns], listing.rows)
    whole = chain([BYTE_ORDER_MARK], pieces)
    response = StreamingHttpResponse(whole, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{listing.name}.csv"'
    return response


def _in_book(write: Callable[[Book, BinaryIO], None], extension: str) -> Callable[[Listing], HttpResponseBase]:
    def export(listing: Listing) -> HttpResponseBase:
        stream = cast("BinaryIO", TemporaryFile())  # noqa: SIM115  # the answer closes it
        write(_book(listing), stream)
        stream.seek(0)
        return FileResponse(stream, as_attachment=True, filename=f"{listing.name}.{extension}")

    return export


def _book(listing: Listing) -> Book:
    heads = tuple(head for head, _kind in listing.columns)
    sheet = Sheet(
        name=_("List"),
        title=listing.title,
        line=listing.about,
        widths=(32, *(max(14, len(head) + 2) for head in heads[1:])),
        styles=tuple(kind for _head, kind in listing.columns),
        columns=heads,
        rows=listing.rows,
    )
    return Book(
        title=listing.title,
        author="Draad",
        subject=listing.about,
        language=get_language() or "nl",
        made_on=today(),
        foot=_("Contains personal data"),
        page_words=_("Page {page} of {pages}"),
        withheld_word=wording.withheld_word(),
        sheets=(sheet,),
    )


EXPORTS: dict[str, Callable[[Listing], HttpResponseBase]] = {
    "csv": _csv,
    "xlsx": _in_book(write_xlsx, "xlsx"),
    "ods": _in_book(write_ods, "ods"),
}
"""In which formats a list can be had, by the name in the address."""
