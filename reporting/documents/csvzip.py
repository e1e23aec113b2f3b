"""The report for other systems: one CSV per table, with a manifest and a data dictionary, in one zip.

UTF-8, comma, a header row of stable column ids, ISO dates, decimals with a point. A withheld count is the word that the
manifest names; an empty cell means that a number does not apply.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reporting.documents import wording
from reporting.documents.content import Cell, Kind, ReportContent, Withheld

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date on each file in the zip: fixed, so that the same content gives the same bytes."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that starts with one of these would be run as a formula by a spreadsheet, so an apostrophe goes before it."""


@dataclass(frozen=True, slots=True)
class _File:
    """One CSV: its name, what it holds, and its columns as (id, label, kind, unit)."""

    name: str
    title: str
    columns: tuple[tuple[str, str, Kind, str], ...]
    rows: tuple[tuple[Cell, ...], ...]


def render_csv_zip(content: ReportContent) -> bytes:
    """The zip of a report. The same content gives the same bytes."""
    with wording.speaking(content):
        files = [_key_figures(content), *_tables(content), _definitions(content)]
        files.append(_dictionary(files))
        written = {file.name: _csv_bytes(file) for file in files}
        manifest = _manifest(content, files, written)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"manifest.json": manifest, **written}.items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return stream.getvalue()


def plain_cell(cell: Cell) -> str:
    """A cell as it stands in the CSV."""
    if isinstance(cell, Withheld):
        return wording.withheld_word()
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
    return str(cell) if isinstance(cell, int) else format(Decimal(repr(cell)), "f")


def _csv_bytes(file: _File) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([plain_cell(column[0]) for column in file.columns])
    writer.writerows([plain_cell(cell) for cell in row] for row in file.rows)
    return text.getvalue().encode()


def _tables(content: ReportContent) -> Iterable[_File]:
    for table in content.tables:
        # The first column holds names of rows: what is counted is said of the others.
        columns = tuple(
            (column.id, column.label, column.kind, "" if column.kind in ("text", "date") else table.unit)
            for column in table.columns
        )
        yield _File(f"{table.id}.csv", table.title, columns, table.rows)


def _key_figures(content: ReportContent) -> _File:
    columns: tuple[tuple[str, str, Kind, str], ...] = (
        ("figure", _("Id of the figure"), "text", ""),
        ("label", _("Figure"), "text", ""),
        ("unit", _("What is counted"), "text", ""),
        ("value", _("Value"), "decimal", ""),
        ("previous_label", _("Compared with"), "text", ""),
        ("previous", _("Value then"), "decimal", ""),
        ("target", _("Target"), "decimal", ""),
        ("note", _("Remark"), "text", ""),
        ("definition_version", _("Version of the definition"), "text", ""),
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
    return _File("definitions.csv", _("Definitions"), tuple((name, label, "text", "") for name, label in heads), rows)


def _dictionary(files: list[_File]) -> _File:
    kinds = _kinds()
    conventions = [("*.csv", "*", "", "", "", text) for text in _conventions()]
    described = [
        (file.name, name, label, kind, unit, kinds[kind]) for file in files for name, label, kind, unit in file.columns
    ]
    heads = (
        ("file", _("File name")),
        ("column", _("Column")),
        ("label", _("Label")),
        ("kind", _("Kind")),
        ("unit", _("What is counted")),
        ("description", _("Description")),
    )
    columns: tuple[tuple[str, str, Kind, str], ...] = tuple((name, label, "text", "") for name, label in heads)
    return _File("data_dictionary.csv", _("Data dictionary"), columns, (*conventions, *described))


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


def _manifest(content: ReportContent, files: list[_File], written: dict[str, bytes]) -> bytes:
    data: dict[str, Any] = {
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
        "files": [
            {
                "name": file.name,
                "title": file.title,
                "rows": len(file.rows),
                "bytes": len(written[file.name]),
                "sha256": hashlib.sha256(written[file.name]).hexdigest(),
            }
            for file in files
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
