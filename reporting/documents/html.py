"""The report as HTML: a body for the officer's page, and one file that needs nothing else."""

import base64
import hashlib
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from reporting.documents import charts, wording
from reporting.documents.content import Chart, ReportContent, Table
from reporting.documents.layout import laid_out

STYLE = Path(__file__).with_name("standalone.css")

WIDE = 4
"""From so many columns on, a table becomes blocks on a phone."""


def document_context(content: ReportContent, *, prefix: str = "") -> dict[str, Any]:
    """What `reporting/document/body.html` and `about.html` need, under the key "document".

    `prefix` goes before every id in the page, for a page that has ids of its own.
    """
    with wording.speaking(content):
        document = laid_out(content, _Drawer(prefix))
    for tables in (*(chapter["tables"] for chapter in document["chapters"]), document["accountability"]["tables"]):
        for table in tables:
            table["is_wide"] = len(table["head"]) >= WIDE
    for figure, said in zip(content.key_figures, document["figures"], strict=True):
        said["has_target"] = figure.target is not None
    return {**document, "prefix": prefix}


def render_html(content: ReportContent) -> bytes:
    """The report as one HTML file, style included, that loads and runs nothing. The same content, the same bytes."""
    style = STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    context = {
        "document": document_context(content),
        "style": mark_safe(style),  # noqa: S308 our own file
        "style_hash": f"sha256-{digest}",
    }
    return render_to_string("reporting/document/standalone.html", context).lstrip().encode()


class _Drawer:
    """Draws the charts of one page, each with an id of its own."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.drawn = 0

    def __call__(self, chart: Chart, table: Table) -> dict[str, Any]:
        self.drawn += 1
        element_id = f"{self.prefix}chart-{table.id}-{self.drawn}"
        if chart.kind == "bars":
            return {"element_id": element_id, "key": [], "svg": "", "bars": _bars(chart, table)}
        return {
            "element_id": element_id,
            "key": [{"class": name, "label": label} for name, label in charts.key_of(chart, table)],
            "svg": mark_safe(charts.on_page(chart, table, element_id=element_id)),  # noqa: S308 escapes each text
            "bars": [],
        }


def _bars(chart: Chart, table: Table) -> list[dict[str, str]]:
    marks = charts.marks_of(chart, table)
    top = charts.top_of(marks)
    return [
        {
            "name": mark.name,
            "text": mark.texts[0],
            "width": "" if mark.values[0] is None else f"{100 * max(mark.values[0], 0) / top:.2f}",
        }
        for mark in marks
    ]
