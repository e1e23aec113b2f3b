"""The formats a report is delivered in, each by its name in an address."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.documents.content import ReportContent
from reporting.documents.csvzip import render_csv_zip
from reporting.documents.html import render_html
from reporting.documents.jsonfile import render_json
from reporting.documents.ods import MEDIA_TYPE, render_ods
from reporting.documents.pdf import render_pdf
from reporting.documents.xlsx import render_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how a reader knows it, what it is for, and the function that makes its bytes from the content.

    `render` is None where the content is not enough: see `reporting.exports`. What is not for payers is made of the
    whole report only, and only the provider may see it.
    """

    id: str
    label: str | Promise
    purpose: str | Promise
    extension: str
    media_type: str
    render: Callable[[ReportContent], bytes] | None
    for_payers: bool = True

    def is_made_of(self, part: object | None) -> bool:
        """Whether the whole report (no part), or a payer's own part, is made in this format."""
        return self.for_payers or part is None


XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = "rows"

FORMATS: dict[str, Format] = {
    each.id: each
    for each in (
        Format("pdf", _("PDF"), _("To read and to keep"), "pdf", "application/pdf", render_pdf),
        Format("xlsx", _("Excel (xlsx)"), _("To calculate with"), "xlsx", XLSX_TYPE, render_xlsx),
        Format(
            "ods", _("OpenDocument (ods)"), _("To calculate with, in an open format"), "ods", MEDIA_TYPE, render_ods
        ),
        Format("csv", _("CSV (zip)"), _("For other systems"), "zip", "application/zip", render_csv_zip),
        Format("json", _("JSON"), _("For other systems, in one file"), "json", "application/json", render_json),
        Format("html", _("Web page (html)"), _("To read on a screen"), "html", "text/html; charset=utf-8", render_html),
        Format(ROWS, _("Rows (zip)"), _("To check; for your organisation only"), "zip", "application/zip", None, False),
    )
}


def file_name(content: ReportContent, format_id: str) -> str:
    """AMF-2022-001-v1.pdf: the report's number and version, plain characters only."""
    number = re.sub(r"[^A-Za-z0-9]+", "-", content.number).strip("-") or "report"
    mark = "-rows" if format_id == ROWS else ""
    return f"{number}-v{content.version}{mark}.{FORMATS[format_id].extension}"
