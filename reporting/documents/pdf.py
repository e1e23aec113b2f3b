"""The report as PDF/UA-1: tagged, with bookmarks, one language and fonts inside.

Each document is typeset in a child process of its own, with a time limit. The template reads the report as data, so
nothing that a person typed can be taken for mark-up.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from foundation.typesetting import TIME_LIMIT_SECONDS, PdfError, typeset
from reporting.documents import charts, wording
from reporting.documents.content import Chart, ReportContent, Table
from reporting.documents.layout import laid_out
from reporting.documents.printable import printable

__all__ = ["PdfError", "render_pdf"]

_TEMPLATE = Path(__file__).with_name("report.typ")
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 26"><path fill="none" stroke="#1f4f6b" stroke-width="3" '
    'stroke-linecap="round" stroke-linejoin="round" d="M1.5 23H13.5A6.5 6.5 0 1 1 20 16.5A6.5 6.5 0 0 1 13.5 23M20 '
    '3V18.5C20 21.5 21.5 23 24.5 23H32.5"/></svg>'
)


def render_pdf(content: ReportContent, *, time_limit: float = TIME_LIMIT_SECONDS) -> bytes:
    """The PDF of a report. The same content gives the same bytes.

    Raises PdfError when typst refuses the document, dies, or takes longer than `time_limit` seconds.
    """
    with wording.speaking(content):
        data = printable(_paper(content))
    made = _made_on(content)
    timestamp = int(datetime(made.year, made.month, made.day, tzinfo=UTC).timestamp())
    return typeset(_TEMPLATE, data, timestamp=timestamp, time_limit=time_limit)


def _paper(content: ReportContent) -> dict[str, Any]:
    made = _made_on(content)
    return {
        **laid_out(content, _draw),
        "document-title": f"{content.title}, {content.scope}",
        "mark": _MARK,
        "made": [made.year, made.month, made.day],
        "footer": wording.identity_text(content),
    }


def _draw(chart: Chart, table: Table) -> dict[str, Any]:
    return {"svg": charts.on_paper(chart, table)}


def _made_on(content: ReportContent) -> date:
    """The day in the file's properties: from the content, not from the clock, so that a second copy is the same."""
    return content.signed_on or content.reference_date
