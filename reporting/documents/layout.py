"""A report's content as plain texts in reading order: what page and paper have in common.

The result is made of dicts, lists and strings only, so the same layout feeds Django's templates and, as JSON, typst.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from reporting.documents import wording
from reporting.documents.charts import hides_something
from reporting.documents.content import (
    ACCOUNTABILITY,
    Chart,
    Column,
    KeyFigure,
    ReportContent,
    Sentence,
    Table,
    Withheld,
)
from reporting.documents.wording import NUMERIC_KINDS, cell_text

Draw = Callable[[Chart, Table], dict[str, Any]]
"""Adds to a chart's layout what its medium needs: the drawing."""


def laid_out(content: ReportContent, draw: Draw) -> dict[str, Any]:
    """The whole report as texts; call it inside `wording.speaking(content)`."""
    return {
        "title": content.title,
        "lead": wording.lead_text(content),
        "provider": content.provider,
        "language": content.language,
        "status": wording.status_text(content),
        "is_signed": content.status == "signed",
        "number": wording.number_text(content),
        "short_hash": wording.short_hash(content),
        "facts": [{"label": label, "value": value} for label, value in wording.facts(content)],
        "summary": [_runs(sentence) for sentence in content.summary],
        "summary_note": content.summary_note,
        "figures": [_figure(figure) for figure in content.key_figures],
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "paragraphs": [_runs(paragraph) for paragraph in chapter.paragraphs],
                "tables": _tables(content, chapter.id, draw),
            }
            for chapter in content.chapters
            if chapter.id != ACCOUNTABILITY
        ],
        "remarks": [part for remark in content.remarks for part in _paragraphs(remark)],
        "definitions": _definitions(content),
        "accountability": _accountability(content, draw),
        "words": _words(content),
    }


def _runs(sentence: Sentence) -> list[dict[str, Any]]:
    return [{"text": part.text, "strong": part.strong} for part in sentence.parts]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _figure(figure: KeyFigure) -> dict[str, Any]:
    return {
        "label": figure.label,
        "unit": figure.unit,
        "value": cell_text(figure.value, figure.kind),
        "withheld": isinstance(figure.value, Withheld),
        "previous": wording.previous_text(figure),
        "target": wording.target_text(figure),
        "definition": figure.definition,
        "version": _("Definition version %(version)s") % {"version": figure.definition_version},
        "note": figure.note,
        "in_days": figure.kind == "days",
    }


def _tables(content: ReportContent, chapter_id: str, draw: Draw) -> list[dict[str, Any]]:
    return [_table(table, content, draw) for table in content.tables_of(chapter_id)]


def _table(table: Table, content: ReportContent, draw: Draw) -> dict[str, Any]:
    rows = [_row(row, table.columns) for row in table.rows]
    return {
        "id": table.id,
        "caption": table_caption(table),
        "unit": table.unit,
        "head": [{"text": column.label, "numeric": column.kind in NUMERIC_KINDS} for column in table.columns],
        "widths": _widths(table),
        "rows": rows[:-1] if table.has_total else rows,
        "total": rows[-1] if table.has_total else [],
        "note": table.note,
        "counts": counts_text(table, content),
        "charts": [_chart(chart, table, draw) for chart in content.charts_of(table.id)],
    }


def _row(row: tuple[Any, ...], columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    return [
        {
            "text": cell_text(cell, column.kind),
            "numeric": column.kind in NUMERIC_KINDS,
            "withheld": isinstance(cell, Withheld),
            "label": column.label,
        }
        for cell, column in zip(row, columns, strict=True)
    ]


def table_caption(table: Table) -> str:
    """Tabel 1. Deelnemers naar leeftijd."""
    return f"{wording.table_number(table.id)}. {table.title}"


def counts_text(table: Table, content: ReportContent) -> str:
    """Under a table: the unit that is counted, and the definitions that were used, with their versions."""
    known = {definition.figure_id: definition for definition in content.definitions}
    used = [
        _("%(label)s (version %(version)s)") % {"label": known[each].label, "version": known[each].version}
        for each in table.figure_ids
        if each in known
    ]
    unit = _("Counted: %(unit)s.") % {"unit": table.unit} if table.unit else ""
    names = _("Definitions: %(names)s.") % {"names": ", ".join(used)} if used else ""
    return " ".join(part for part in (unit, names) if part)


def _widths(table: Table) -> list[int]:
    """How wide the columns are on paper, against each other: by the longest word above and text below."""
    widths = []
    for position, column in enumerate(table.columns):
        word = max((len(word) for word in column.label.split()), default=1)
        longest = max((len(cell_text(row[position], column.kind)) for row in table.rows), default=1)
        widths.append(max(5, min(word, 20) + 1, min(longest, 36) + 1))
    return widths


def _chart(chart: Chart, table: Table, draw: Draw) -> dict[str, Any]:
    hidden = _("× = too few to show") if chart.kind == "paired_columns" and hides_something(chart, table) else ""
    return {"title": chart.title, "alt": chart.alt, "kind": chart.kind, "hidden": hidden, **draw(chart, table)}


def _definitions(content: ReportContent) -> list[dict[str, str]]:
    return [
        {
            "id": definition.figure_id,
            "label": definition.label,
            "sentence": definition.sentence,
            "rule": definition.rule,
            "unit": definition.unit,
            "version": _("Version %(version)s") % {"version": definition.version},
        }
        for definition in content.definitions
    ]


def _accountability(content: ReportContent, draw: Draw) -> dict[str, Any]:
    day, version = wording.day_text(content.reference_date), content.definitions_version
    fixed = [
        _("We counted on %(day)s, the reference date. What was dated later does not count.") % {"day": day},
        _("What was entered after that day does not change this report."),
        _("The figures follow version %(version)s of the definitions.") % {"version": version},
        content.small_count_note,
    ]
    check = [_("The check number is made from the content of this report. Other content gives another number.")]
    own = next((chapter for chapter in content.chapters if chapter.id == ACCOUNTABILITY), None)
    sentences = [*(own.paragraphs if own else ()), *content.accountability]
    return {
        "title": own.title if own else _("Accountability"),
        "paragraphs": [[{"text": text, "strong": False}] for text in fixed if text]
        + [_runs(sentence) for sentence in sentences],
        "check": check if content.content_hash else [],
        "hash": content.content_hash,
        "tables": _tables(content, ACCOUNTABILITY, draw),
    }


def _words(content: ReportContent) -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "in_short": _("In short"),
        "what_counts": _("What counts?"),
        "about": _("About this report"),
        "as_table": _("Show as a table"),
        "remarks": _("Explanation by %(provider)s") % {"provider": content.provider},
        "definitions": _("Terms and definitions"),
        "rule": _("Rule"),
        "unit": _("What is counted"),
        "check": _("Check number"),
        "page": _("Page {page} of {pages}"),
    }
