"""Reading a report: its progress while it is made, the draft, the signed report, and its files."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.models import Job, JobState
from foundation.reading import record_taken
from organisations.access import Permission, StaffRequest, fetch, requires
from reporting import actions
from reporting.documents.content import from_data
from reporting.documents.formats import FORMATS, ROWS
from reporting.documents.html import document_context
from reporting.forms import ReturnReportForm
from reporting.making import STEPS
from reporting.models import BEING_MADE, FOR_PAYERS, Report, ReportFile, ReportPart, ReportState
from reporting.reception import NEEDED, reception_of
from reporting.screens.drafts import draft_context
from reporting.screens.protection import protection_panel
from reporting.tranches import may_sign


@require_GET
@requires(Permission.REPORT_READ)
def report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One report: its progress while it is made, the draft to check, or the signed report to read and download."""
    found: Report = fetch(for_page(), request, Permission.REPORT_READ, pk=pk)
    if found.state in BEING_MADE:
        return render(request, "reporting/report_progress.html", _progress(found))
    return render(request, "reporting/report.html", reading(request, found))


@require_GET
@requires(Permission.REPORT_MAKE)
def report_progress(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The progress panel alone, asked again every two seconds; when the report is there it points to it."""
    found: Report = fetch(for_page(), request, Permission.REPORT_MAKE, pk=pk)
    return render(request, "reporting/_progress.html", _progress(found))


def for_page() -> Any:
    """Reports with all that their pages show."""
    joined = ("provider", "signed_by", "checked_by", "replaced_by", "replaces", "requested_by")
    return Report.objects.select_related(*joined).prefetch_related(*NEEDED, "texts__consent_noted_by")


def _progress(found: Report) -> dict[str, Any]:
    job = actions.job_of(found.pk)
    done = job.steps_done if job and found.state in BEING_MADE else len(STEPS)
    return {
        "report": found,
        "job": job,
        "is_ready": found.state not in BEING_MADE,
        "has_failed": job is not None and job.state == JobState.FAILED,
        "percent": job.percent if job else 0,
        "current": _step_names()[min(done, len(STEPS) - 1)],
        "number": min(done + 1, len(STEPS)),
        "steps": [_step(name, place, done, job) for place, name in enumerate(_step_names())],
    }


def _step(name: str, place: int, done: int, job: Job | None) -> dict[str, str]:
    if place < done:
        return {"name": name, "css": "", "word": _("Done")}
    if place == done and job is not None and job.state == JobState.RUNNING:
        return {"name": name, "css": "is-now", "word": _("Busy")}
    return {"name": name, "css": "is-ahead", "word": _("Still to come")}


def _step_names() -> list[str]:
    names = {
        "freeze": _("Count and freeze the figures"),
        "html": _("Make the web page"),
        "pdf": _("Make the PDF"),
        "xlsx": _("Make the Excel file"),
        "ods": _("Make the OpenDocument file"),
        "csv": _("Make the CSV files"),
        "json": _("Make the JSON file"),
        "rows": _("Keep the rows behind it"),
        "check": _("Check the files"),
    }
    return [names[step] for step in STEPS]


def reading(request: StaffRequest, found: Report, answer: ReturnReportForm | None = None) -> dict[str, Any]:
    """Return what the page of a report shows to this person; ``answer`` when it came back with something wrong."""
    content, standing = from_data(found.content or {}), request.user.standing
    reception = reception_of(found)
    makes = standing.may(Permission.REPORT_MAKE)
    waits = reception.waits_for(request.user)
    context = {
        "report": found,
        "content": content,
        "scope": content.scope or found.provider.name,
        "payers": _(" and ").join(content.payers),
        "document": document_context(content),
        "files": _files(request, found, None),
        "parts": [_part(request, found, part, number) for number, part in enumerate(_own_parts(request, found), 1)],
        "reception": reception,
        "may_make": makes,
        "may_sign": actions.allows(found, "sign") and standing.may(Permission.REPORT_SIGN),
        "is_signer": may_sign(request.user, found),
        "may_answer": waits,
        "may_correct": makes and found.state == ReportState.SIGNED and reception.next_version is None,
        "answer": answer or (ReturnReportForm() if waits else None),
        "protection": protection_panel(found) if makes else None,
    }
    return context | (draft_context(found) if found.state == ReportState.DRAFT else {})


def _part(request: StaffRequest, found: Report, part: ReportPart, number: int) -> dict[str, Any]:
    return {
        "part": part,
        "document": document_context(from_data(part.content), prefix=f"part-{number}-"),
        "files": _files(request, found, part),
    }


def _own_parts(request: StaffRequest, found: Report) -> list[ReportPart]:
    """The parts this person may read: a manager all, an officer those the own municipality pays."""
    parts = found.parts.exclude(content=None).select_related("agreement__municipality").order_by("agreement__code")
    if request.user.standing.may(Permission.REPORT_MAKE):
        return list(parts)
    return list(parts.filter(agreement__municipality__in=request.user.standing.municipalities()))


def _files(request: StaffRequest, found: Report, part: ReportPart | None) -> list[dict[str, Any]]:
    """The stored files, for a payer without the rows. A checked report has none: its texts are not in them yet."""
    if found.state == ReportState.CHECKED:
        return []
    stored = {file.format: file for file in found.files.defer("content").filter(part=part)}
    return [
        {"file": stored[format_id], "format": format_, "hash": _in_groups(stored[format_id].sha256)}
        for format_id, format_ in FORMATS.items()
        if format_id in stored and format_id in _formats_for(request)
    ]


def _formats_for(request: StaffRequest) -> list[str]:
    """The formats this person may have: of the rows behind a report only the provider."""
    return list(FORMATS) if request.user.standing.may(Permission.REPORT_MAKE) else [str(one) for one in FOR_PAYERS]


def own_files(request: StaffRequest, found: Report) -> QuerySet[ReportFile]:
    """Return the stored files of a report that this person may download."""
    files = found.files.filter(part=None) | found.files.filter(part__in=_own_parts(request, found))
    return files.filter(format__in=_formats_for(request)).defer("content")


def _in_groups(digest: str) -> str:
    return " ".join(digest[start : start + 4] for start in range(0, 12, 4))


@require_GET
@requires(Permission.REPORT_READ)
def download_report(request: StaffRequest, pk: uuid.UUID, file: uuid.UUID) -> StreamingHttpResponse:
    """Send one stored file of a report piece by piece, after the same check as the page of the report.

    That somebody took the rows behind it is noted in the read log.
    """
    found: Report = fetch(Report.objects.all(), request, Permission.REPORT_READ, pk=pk)
    stored: ReportFile | None = own_files(request, found).filter(pk=file).first()
    if stored is None:
        raise Http404
    if stored.format == ROWS:
        record_taken(request, f"reporting:download_report {found.number} v{found.version}", found.provider_id)
    response = StreamingHttpResponse(pieces_of(stored), content_type=FORMATS[stored.format].media_type)
    response["Content-Disposition"] = f'attachment; filename="{stored.name}"'
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    return response


PIECE = 512 * 1024


def pieces_of(file: ReportFile) -> Iterator[bytes]:
    """Fetch a stored file from the database piece by piece, so that no file is in memory as a whole.

    A draft that is counted again loses its files: then it ends too early, which the browser sees by the length.
    """
    for start in range(1, file.size + 1, PIECE):
        piece = Substr("content", start, PIECE, output_field=BinaryField())
        found = ReportFile.objects.filter(pk=file.pk).values_list(piece, flat=True).first()
        if found is None:
            return
        yield bytes(found)
