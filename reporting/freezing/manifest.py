"""The manifest of a signed report: what it is about, how it was counted, and the hash of each table and file."""

from typing import Any

from django.db.models import QuerySet

from foundation.clock import AMSTERDAM
from foundation.release import VERSION
from reporting.freezing.canonical import hash_of
from reporting.models import Report, ReportPart

FORMAT = 1
"""Goes up when an older release can no longer read what stands in a manifest."""


def manifest_of(report: Report) -> dict[str, Any]:
    """Return the manifest of ``report`` as it stands: plain JSON data."""
    return {
        "format": FORMAT,
        "time_zone": str(AMSTERDAM),
        "draad": VERSION,
        "provider": report.provider.name,
        **head_of(report),
        "rows": rows_of(report),
        "whole": content_hashes(report.content or {}),
        "parts": {
            str(part.agreement_id): {"agreement": part.agreement.code, **content_hashes(part.content or {})}
            for part in parts_of(report)
        },
        "files": files_of(report),
    }


def head_of(report: Report) -> dict[str, Any]:
    """Return what the report itself says: what it is about, and by which rules it was counted."""
    return {
        "number": report.number,
        "version": report.version,
        "replaces": report.replaces.version if report.replaces else None,
        "reason": report.reason,
        "title": report.title,
        "period": [report.period_from.isoformat(), report.period_until.isoformat()],
        "reference_date": report.reference_date.isoformat(),
        "signed_at": report.signed_at.isoformat() if report.signed_at else None,
        "definitions": report.definitions_version,
        "protection": hash_of(report.protection),
        "figures": hash_of(report.figures),
    }


def parts_of(report: Report) -> QuerySet[ReportPart]:
    """Return the parts of a report that a payer reads by itself."""
    return report.parts.exclude(content=None).select_related("agreement").order_by("agreement__code")


def rows_of(report: Report) -> dict[str, Any]:
    """Return number of rows and hash of each frozen table, as the database says they are."""
    tables = report.frozen_tables.order_by("name").values_list("name", "rows", "sha256")
    return {name: {"rows": rows, "sha256": sha256} for name, rows, sha256 in tables}


def content_hashes(content: dict[str, Any]) -> dict[str, Any]:
    """Return the hash of a content as a whole, and of each of its tables by its number."""
    return {
        "content": content.get("content_hash", ""),
        "tables": {table["id"]: hash_of(table) for table in content.get("tables", [])},
    }


def files_of(report: Report) -> dict[str, Any]:
    """Return size and hash of each file, by its name."""
    files = report.files.order_by("name").values_list("name", "size", "sha256")
    return {name: {"size": size, "sha256": sha256} for name, size, sha256 in files}
