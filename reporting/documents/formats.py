"""The formats a report is delivered in, each by its name in an address."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.documents.content import ReportContent
from reporting.documents.csvzip import render_csv_zip
from reporting.documents.html import render_html
from reporting.documents.pdf import render_pdf
from reporting.documents.xlsx import render_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how a reader knows it, what it is for, and the function that makes its bytes from the content."""

    id: str
    label: str | Promise
    purpose: str | Promise
    extension: str
    media_type: str
    render: Callable[[ReportContent], bytes]


_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: dict[str, Format] = {
    each.id: each
    for each in (
        Format("pdf", _("PDF"), _("To read and to keep"), "pdf", "application/pdf", render_pdf),
        Format("xlsx", _("Excel (xlsx)"), _("To calculate with"), "xlsx", _XLSX_TYPE, render_xlsx),
        Format("csv", _("CSV (zip)"), _("For other systems"), "zip", "application/zip", render_csv_zip),
        Format("html", _("Web page (html)"), _("To read on a screen"), "html", "text/html; charset=utf-8", render_html),
    )
}


def file_name(content: ReportContent, format_id: str) -> str:
    """AMF-2022-001-v1.pdf: the report's number and version, plain characters only."""
    number = re.sub(r"[^A-Za-z0-9]+", "-", content.number).strip("-") or "report"
    return f"{number}-v{content.version}.{FORMATS[format_id].extension}"
