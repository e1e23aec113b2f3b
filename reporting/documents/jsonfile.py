"""The report as JSON for other systems, after a published schema (static/schemas/report-1.json, docs/report-json.md).

Every number is an object that says which of three it is: a value, withheld with the reason, or not applicable. So no
reader can take a withheld count for nothing. A percentage carries the number it is of. Rows of tables are written one
by one, each on a line of its own.
"""

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from reporting.documents import wording
from reporting.documents.charts import marks_of
from reporting.documents.content import Cell, Chart, KeyFigure, ReportContent, Sentence, Table, Withheld

SCHEMA = "urn:draad:schema:report:1"
"""Names the schema. A change that a reader of this one could not read gets the next number."""


def render_json(content: ReportContent) -> bytes:
    """The JSON of a report. The same content gives the same bytes."""
    stream = io.BytesIO()
    write_json(content, stream)
    return stream.getvalue()


def write_json(content: ReportContent, stream: BinaryIO) -> None:
    """Write the JSON of a report, a row at a time."""
    with wording.speaking(content):
        for piece in _pieces(content):
            stream.write(piece.encode())


def _pieces(content: ReportContent) -> Iterator[str]:
    yield "{\n"
    for name, value in {**_about(content), **_said(content)}.items():
        yield f"{_dumped(name)}: {_dumped(value)},\n"
    yield '"tables": ['
    for number, table in enumerate(content.tables):
        yield ",\n" if number else "\n"
        yield from _table(table, content)
    yield "\n]\n}\n"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _about(content: ReportContent) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "number": content.number,
        "version": content.version,
        "status": content.status,
        "content_sha256": content.content_hash,
        "title": content.title,
        "scope": content.scope,
        "provider": content.provider,
        "payers": list(content.payers),
        "programmes": list(content.programmes),
        "language": content.language,
        "period": {"first_day": content.period_start.isoformat(), "last_day": content.period_end.isoformat()},
        "reference_date": content.reference_date.isoformat(),
        "signed_by": content.signed_by,
        "signed_on": content.signed_on.isoformat() if content.signed_on else None,
        "definitions_version": content.definitions_version,
        "definitions_note": content.definitions_note,
        "withholding": {
            "note": content.small_count_note,
            "reasons": [
                {"reason": reason.value, "word": _word(reason), "text": _reason(reason)} for reason in Withheld
            ],
        },
    }


def _said(content: ReportContent) -> dict[str, Any]:
    return {
        "summary": _texts(content.summary),
        "summary_note": content.summary_note,
        "key_figures": [_key_figure(figure) for figure in content.key_figures],
        "chapters": [
            {"id": chapter.id, "title": chapter.title, "paragraphs": _texts(chapter.paragraphs)}
            for chapter in content.chapters
        ],
        "definitions": [
            {
                "id": each.figure_id,
                "label": each.label,
                "sentence": each.sentence,
                "rule": each.rule,
                "unit": each.unit,
                "version": each.version,
            }
            for each in content.definitions
        ],
        "remarks": list(content.remarks),
        "accountability": _texts(content.accountability),
        "charts": [_chart(chart, content.table(chart.table_id)) for chart in content.charts],
    }


def _texts(sentences: tuple[Sentence, ...]) -> list[str]:
    return [sentence.text for sentence in sentences]


def _key_figure(figure: KeyFigure) -> dict[str, Any]:
    return {
        "id": figure.id,
        "label": figure.label,
        "unit": figure.unit,
        "kind": figure.kind,
        **cell_data(figure.value, figure.n if figure.kind == "percent" else None),
        "previous": {"label": figure.previous_label, **cell_data(figure.previous)},
        "target": cell_data(figure.target),
        "definition": figure.definition,
        "definition_version": figure.definition_version,
        "note": figure.note,
    }


def _chart(chart: Chart, table: Table) -> dict[str, Any]:
    labels = [mark.name for mark in marks_of(chart, table)]
    return {
        "table": chart.table_id,
        "kind": chart.kind,
        "title": chart.title,
        "description": chart.alt,
        "columns": list(chart.series),
        "labels": labels,
    }


def _table(table: Table, content: ReportContent) -> Iterator[str]:
    used = {definition.figure_id for definition in content.definitions} & set(table.figure_ids)
    head = {
        "id": table.id,
        "title": table.title,
        "chapter": table.chapter,
        "unit": table.unit,
        "note": table.note,
        "definitions": [each for each in table.figure_ids if each in used],
        "columns": [
            {"id": column.id, "label": column.label, "kind": column.kind, **({"of": column.of} if column.of else {})}
            for column in table.columns
        ],
    }
    yield f'{_dumped(head)[:-1]}, "rows": ['
    for number, row in enumerate(table.rows):
        yield ",\n" if number else "\n"
        yield _dumped(_row(table, row, is_total=table.has_total and number == len(table.rows) - 1))
    yield "]}"


def _row(table: Table, row: tuple[Cell, ...], *, is_total: bool) -> dict[str, Any]:
    cells = {
        column.id: cell_data(cell, row[table.column_at(column.of)] if column.of else None)
        for column, cell in zip(table.columns[1:], row[1:], strict=True)
    }
    return {"name": row[0], "is_total": is_total, "cells": cells}


def cell_data(cell: Cell, n: Cell = None) -> dict[str, Any]:
    """A cell as an object: {"value": 13}, {"withheld": "too_few", "word": "te weinig"} or {"not_applicable": true}."""
    if isinstance(cell, Withheld):
        return {"withheld": cell.value, "word": _word(cell)}
    if cell is None:
        return {"not_applicable": True}
    value = cell.isoformat() if isinstance(cell, date) else cell
    return {"value": value, "n": n} if isinstance(n, int) else {"value": value}


def _word(reason: Withheld) -> str:
    return {Withheld.TOO_FEW: wording.withheld_word()}[reason]


def _reason(reason: Withheld) -> str:
    return {
        Withheld.TOO_FEW: _(
            "The number exists and is not told: it is about too few people, or would let one work out such a number."
        )
    }[reason]
