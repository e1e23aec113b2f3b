"""Reports: the list, asking for one, its progress, checking and signing, reading and downloading."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.models import Job, JobState
from foundation.notices import refused, said
from organisations.access import Permission, StaffRequest, fetch, requires
from organisations.models import StaffMember
from reporting import actions
from reporting.documents.content import from_data
from reporting.documents.formats import FORMATS
from reporting.documents.html import document_context
from reporting.forms import MakeReportForm, last_year
from reporting.making import STEPS
from reporting.models import BEING_MADE, Report, ReportFile, ReportPart, ReportState
from trajectories.models import Agreement

MOST_SHOWN = 100


@require_GET
@requires(Permission.REPORT_READ)
def reports(request: StaffRequest) -> HttpResponse:
    """The reports of somebody's units or municipality, newest first."""
    found = Report.objects.visible_to(request.user, Permission.REPORT_READ).select_related("provider", "signed_by")
    rows = [_row(report) for report in found.prefetch_related("parts__agreement__municipality")[:MOST_SHOWN]]
    return render(
        request,
        "reporting/reports.html",
        {
            "to_check": [row for row in rows if row["report"].state == ReportState.DRAFT],
            "being_made": [row for row in rows if row["report"].state in BEING_MADE],
            "signed": [row for row in rows if row["report"].state == ReportState.SIGNED],
            "may_make": request.user.standing.may(Permission.REPORT_MAKE),
        },
    )


def _row(report: Report) -> dict[str, Any]:
    payers = sorted({part.agreement.municipality.name for part in report.parts.all()})
    return {"report": report, "payers": _(" and ").join(payers)}


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_MAKE)
def make_report(request: StaffRequest) -> HttpResponse:
    """Ask for a report; the worker makes it."""
    form = MakeReportForm(request.POST or None, initial=last_year(), agreements=agreements_of(request.user))
    if form.is_valid():
        try:
            report = actions.ask_for_report(
                by=request.user,
                agreements=list(form.cleaned_data["agreements"]),
                period=form.cleaned_data["period"],
                reference_date=form.cleaned_data["reference_date"],
            )
            return redirect("reporting:report", report.pk)
        except ValidationError as error:
            form.add_error("agreements", error)
    return render(request, "reporting/make_report.html", {"form": form})


def agreements_of(member: StaffMember) -> QuerySet[Agreement]:
    """Return the agreements that pay programmes of the units whose reports ``member`` makes."""
    units = member.standing.units(Permission.REPORT_MAKE)
    return (
        Agreement.objects.filter(programmes__unit__in=units).distinct().select_related("municipality").order_by("code")
    )


@require_GET
@requires(Permission.REPORT_READ)
def report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One report: its progress while it is made, the draft to check, or the signed report to read and download."""
    found: Report = fetch(_for_page(), request, Permission.REPORT_READ, pk=pk)
    if found.state in BEING_MADE:
        return render(request, "reporting/report_progress.html", _progress(found))
    return render(request, "reporting/report.html", _reading(request, found))


@require_GET
@requires(Permission.REPORT_MAKE)
def report_progress(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The progress panel alone, asked again every two seconds; when the report is there it points to it."""
    found: Report = fetch(_for_page(), request, Permission.REPORT_MAKE, pk=pk)
    return render(request, "reporting/_progress.html", _progress(found))


def _for_page() -> Any:
    return Report.objects.select_related("provider", "signed_by")


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


def _reading(request: StaffRequest, found: Report) -> dict[str, Any]:
    parts = _own_parts(request, found)
    may_sign = request.user.standing.may(Permission.REPORT_SIGN) and found.state == ReportState.DRAFT
    content = from_data(found.content or {})
    return {
        "report": found,
        "scope": content.scope or found.provider.name,
        "payers": _(" and ").join(content.payers),
        "document": document_context(content),
        "files": _files(found, None),
        "parts": [
            {
                "part": part,
                "document": document_context(from_data(part.content), prefix=f"part-{number}-"),
                "files": _files(found, part),
            }
            for number, part in enumerate(parts, start=1)
        ],
        "may_sign": may_sign,
    }


def _own_parts(request: StaffRequest, found: Report) -> list[ReportPart]:
    """The parts this person may read: a manager all, an officer those the own municipality pays."""
    parts = found.parts.exclude(content=None).select_related("agreement__municipality").order_by("agreement__code")
    if request.user.standing.may(Permission.REPORT_MAKE):
        return list(parts)
    return list(parts.filter(agreement__municipality__in=request.user.standing.municipalities()))


def _files(found: Report, part: ReportPart | None) -> list[dict[str, Any]]:
    stored = {file.format: file for file in found.files.defer("content").filter(part=part)}
    return [
        {"file": stored[format_id], "format": format_, "hash": _in_groups(stored[format_id].sha256)}
        for format_id, format_ in FORMATS.items()
        if format_id in stored
    ]


def _in_groups(digest: str) -> str:
    return " ".join(digest[start : start + 4] for start in range(0, 12, 4))


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_SIGN)
def sign_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask once more before signing, since it can't be undone; then sign."""
    found: Report = fetch(_for_page(), request, Permission.REPORT_SIGN, pk=pk)
    if request.method == "POST":
        try:
            actions.sign_report(by=request.user, report=found)
        except ValidationError as error:
            refused(request, error.messages[0])
        return redirect("reporting:report", found.pk)
    if found.state != ReportState.DRAFT:
        return redirect("reporting:report", found.pk)
    payers = sorted(
        {part.agreement.municipality.name for part in found.parts.select_related("agreement__municipality")}
    )
    return render(request, "reporting/sign_report.html", {"report": found, "payers": _(" and ").join(payers)})


@require_POST
@requires(Permission.REPORT_MAKE)
def discard_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw away a draft, or stop making it."""
    found: Report = fetch(_for_page(), request, Permission.REPORT_MAKE, pk=pk)
    try:
        actions.discard_report(by=request.user, report=found)
    except ValidationError as error:
        refused(request, error.messages[0])
        return redirect("reporting:report", found.pk)
    said(request, _("%(title)s is thrown away.") % {"title": found.title})
    return redirect("reporting:reports")


@require_POST
@requires(Permission.REPORT_MAKE)
def retry_report(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Try again to make a report of which the job gave up."""
    found: Report = fetch(_for_page(), request, Permission.REPORT_MAKE, pk=pk)
    actions.retry_report(by=request.user, report=found)
    return redirect("reporting:report", found.pk)


@require_GET
@requires(Permission.REPORT_READ)
def download_report(request: StaffRequest, pk: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """Send one stored file of a report, after the same check as the page of the report."""
    found: Report = fetch(_for_page(), request, Permission.REPORT_READ, pk=pk)
    files = found.files.filter(part=None) | found.files.filter(part__in=_own_parts(request, found))
    stored: ReportFile | None = files.filter(pk=file).first()
    if stored is None:
        raise Http404
    response = HttpResponse(bytes(stored.content), content_type=FORMATS[stored.format].media_type)
    response["Content-Disposition"] = f'attachment; filename="{stored.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
