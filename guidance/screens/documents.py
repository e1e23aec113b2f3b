"""The papers in somebody's file, in words."""

from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from guidance.models import Document, DocumentState
from participants.models import Participant


def documents_of(person: Participant, *, may_edit: bool) -> dict[str, Any]:
    """Each paper with what can be done with it: one query, without the papers themselves."""
    rows = Document.objects.filter(participant=person).defer("content").select_related("recorded_by", "certificate")
    return {
        "rows": [_row(row) for row in rows],
        "is_scanned": bool(settings.DRAAD_CLAMAV),
        "may_edit": may_edit,
    }


def _row(row: Document) -> dict[str, Any]:
    return {
        "document": row,
        "size": _size(row.size),
        "is_ready": row.may_be_opened,
        "is_refused": row.state == DocumentState.REFUSED,
        "is_unanswered": row.unanswered_at is not None,
        "certificate": row.certificate.name if row.certificate else "",
    }


def _size(size: int) -> str:
    """How long it takes on a phone: whole kilobytes, and of a large one tenths of megabytes."""
    return filesizeformat(size) if size >= 2**20 else f"{max(1, round(size / 2**10))} KB"
