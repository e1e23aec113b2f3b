"""The report as HTML: a body for the officer's page, and one file that needs nothing else."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from reporting.documents import charts, wording
from reporting.documents.content import Chart, ReportContent, Table
from reporting.documents.layout import laid_out

STYLE = Path(__file__).with_name("standalone.css")

_FOOT = "font: 8pt sans-serif; color: #5d564b"

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
    style = STYLE.read_text(encoding="utf-8") + _page_foot(content)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    context = {
        "document": document_context(content),
        "identity": _identity(content),
        "style": mark_safe(style),  # noqa: S308 our own file, and a text in which every sign is a code
        "style_hash": f"sha256-{digest}",
    }
    return render_to_string("reporting/document/standalone.html", context).lstrip().encode()


def _identity(content: ReportContent) -> str:
    with wording.speaking(content):
        return wording.identity_text(content)


def _page_foot(content: ReportContent) -> str:
    """What stands at the foot of each printed page: which report it is, and the number of the page."""
    with wording.speaking(content):
        words = _("Page {page} of {pages}")
    before, between, after = re.split(r"{page}|{pages}", words)
    pages = f"{_css(before)} counter(page) {_css(between)} counter(pages) {_css(after)}"
    return (
        f"@page {{ @bottom-left {{ content: {_css(_identity(content))}; {_FOOT} }} "
        f"@bottom-right {{ content: {pages}; {_FOOT} }} }}\n"
    )


def _css(text: str) -> str:
    """A text between quotes in a stylesheet: whatever is no plain letter or digit as a code."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


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
