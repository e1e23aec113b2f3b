"""The report for other systems: one CSV per table, with a manifest and a data dictionary, in one zip.

A withheld count is the word that the manifest names; an empty cell means that a number does not apply.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from reporting.documents import wording
from reporting.documents.content import Cell, Kind, ReportContent
from reporting.documents.csvfiles import FORMULA_SIGNS, CsvZip, plain_cell

__all__ = ["FORMULA_SIGNS", "plain_cell", "render_csv_zip", "write_csv_zip"]


class _Column(NamedTuple):
    """What the data dictionary says of a column; `of` is the column that says of how many a percentage is."""

    id: str
    label: str
    kind: Kind
    unit: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    """One CSV: its name, what it holds, and its columns."""

    name: str
    title: str
    columns: tuple[_Column, ...]
    rows: Iterable[Sequence[Cell]]


def render_csv_zip(content: ReportContent) -> bytes:
    """The zip of a report. The same content gives the same bytes."""
    stream = io.BytesIO()
    write_csv_zip(content, stream)
    return stream.getvalue()


def write_csv_zip(content: ReportContent, stream: BinaryIO) -> None:
    """Write the zip of a report, table after table."""
    with wording.speaking(content):
        files = [_key_figures(content), *_tables(content), _definitions(content)]
        files.append(_dictionary(files))
        archive = CsvZip(stream)
        for file in files:
            archive.add(file.name, file.title, (column.id for column in file.columns), file.rows)
        archive.close(manifest_of(content))


def _tables(content: ReportContent) -> Iterable[_File]:
    for table in content.tables:
        # The first column holds names of rows: what is counted is said of the others.
        columns = tuple(
            _Column(column.id, column.label, column.kind, _unit(column.kind, table.unit), column.of)
            for column in table.columns
        )
        yield _File(f"{table.id}.csv", table.title, columns, table.rows)


def _unit(kind: Kind, counted: str) -> str:
    if kind in ("text", "date", "percent"):
        return ""
    return _("days") if kind == "days" else counted


def _key_figures(content: ReportContent) -> _File:
    columns = (
        _Column("figure", _("Id of the figure"), "text"),
        _Column("label", _("Figure"), "text"),
        _Column("unit", _("What is counted"), "text"),
        _Column("value", _("Value"), "decimal"),
        _Column("previous_label", _("Compared with"), "text"),
        _Column("previous", _("Value then"), "decimal"),
        _Column("target", _("Target"), "decimal"),
        _Column("note", _("Remark"), "text"),
        _Column("definition_version", _("Version of the definition"), "text"),
    )
    rows = tuple(
        (
            *(figure.id, figure.label, figure.unit, figure.value),
            *(figure.previous_label if figure.previous is not None else None, figure.previous, figure.target),
            *(figure.note, figure.definition_version),
        )
        for figure in content.key_figures
    )
    return _File("key_figures.csv", _("Key figures"), columns, rows)


def _definitions(content: ReportContent) -> _File:
    heads = (
        ("figure", _("Id of the figure")),
        ("label", _("Figure")),
        ("definition", _("What counts?")),
        ("rule", _("Rule")),
        ("unit", _("What is counted")),
        ("version", _("Version of the definition")),
    )
    rows = tuple(
        (each.figure_id, each.label, each.sentence, each.rule, each.unit, each.version) for each in content.definitions
    )
    return _File("definitions.csv", _("Definitions"), _of_text(heads), rows)


def _dictionary(files: list[_File]) -> _File:
    conventions = [("*.csv", "*", "", "", "", text) for text in _conventions()]
    described = [
        (file.name, column.id, column.label, column.kind, column.unit, _description(column))
        for file in files
        for column in file.columns
    ]
    heads = (
        ("file", _("File name")),
        ("column", _("Column")),
        ("label", _("Label")),
        ("kind", _("Kind")),
        ("unit", _("What is counted")),
        ("description", _("Description")),
    )
    return _File("data_dictionary.csv", _("Data dictionary"), _of_text(heads), (*conventions, *described))


def _of_text(heads: tuple[tuple[str, str], ...]) -> tuple[_Column, ...]:
    return tuple(_Column(name, label, "text") for name, label in heads)


def _description(column: _Column) -> str:
    said = _kinds()[column.kind]
    return (
        _("%(kind)s, of the number in column %(column)s") % {"kind": said, "column": column.of} if column.of else said
    )


def _conventions() -> tuple[str, ...]:
    return (
        _("UTF-8, comma between the columns, the first row holds the ids of the columns."),
        _("“%(word)s” in a column of numbers: withheld, it is about too few people.")
        % {"word": wording.withheld_word()},
        _("An empty cell: does not apply."),
        _(
            "A text that starts with = + - @, a tab or a return has an apostrophe (') before it, "
            "so that no spreadsheet runs it as a formula."
        ),
    )


def _kinds() -> dict[Kind, str]:
    return {
        "text": _("Text"),
        "count": _("Whole number"),
        "decimal": _("Number, decimals after a point"),
        "percent": _("Share from 0 to 1, decimals after a point"),
        "days": _("Number of days, decimals after a point"),
        "date": _("Date, as 2021-12-31"),
    }


def manifest_of(content: ReportContent) -> dict[str, Any]:
    """What a manifest says of the report itself."""
    return {
        "number": content.number,
        "version": content.version,
        "status": content.status,
        "title": content.title,
        "scope": content.scope,
        "provider": content.provider,
        "payers": list(content.payers),
        "programmes": list(content.programmes),
        "period": {"first_day": content.period_start.isoformat(), "last_day": content.period_end.isoformat()},
        "reference_date": content.reference_date.isoformat(),
        "definitions_version": content.definitions_version,
        "signed_by": content.signed_by,
        "signed_on": content.signed_on.isoformat() if content.signed_on else None,
        "language": content.language,
        "withheld": wording.withheld_word(),
        "content_sha256": content.content_hash,
    }
