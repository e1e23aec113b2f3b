"""A file that is made ready to hand to the person."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.models import Job, JobState
from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.forms.law import ExportForm
from participants.law import exporting
from participants.models import PersonExport
from participants.views.frame import form_page, person_of

TYPES = {"pdf": "application/pdf", "json": "application/json"}


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def ask_export(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Have a file made ready."""
    person = person_of(request, pk)
    form = ExportForm(request.POST or None)
    if form.is_valid():
        made = exporting.ask_export(by=request.user, participant=person, **form.cleaned_data)
        return redirect("participants:export", made.pk)
    return form_page(request, form, person, _("The file of %(name)s on paper"), button=_("Make it ready"))


@require_GET
@requires(Permission.PRIVACY_HANDLE)
def export(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """How far it is; then it can be taken along."""
    row = _fetch(request, pk)
    record_read(request, "participants:export", [row.participant], action="view")
    job = Job.objects.filter(kind=exporting.KIND, subject_id=row.pk).order_by("-created_at").first()
    context = {
        "row": row,
        "person": row.participant,
        "has_failed": bool(job and job.state == JobState.FAILED),
        "types": tuple(TYPES),
        "papers": exporting.papers_of(row) if row.made_at else [],
    }
    return render(request, "participants/export.html", context)


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def download_export(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it along, to hand it to the person. Only who asked for it."""
    row = _fetch(request, pk)
    taken = _taken(row, request.POST.get("type", "pdf")) if row.made_at else None
    if taken is None:
        return redirect("participants:export", row.pk)
    record_read(request, "participants:download_export", [row.participant], action="download")
    exporting.hand_over(by=request.user, export=row)
    name, content_type, content = taken
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _taken(row: PersonExport, kind: str) -> tuple[str, str, bytes] | None:
    """What is taken along: name, type and content. A kind that is no type is the id of a paper."""
    if kind in TYPES:
        content = exporting.pdf_of(row) if kind == "pdf" else row.json.encode()
        return f"{_('file')}-{row.pk}.{kind}", TYPES[kind], content
    paper = next((one for one in exporting.papers_of(row) if str(one.pk) == kind), None)
    return (paper.download_name, paper.content_type, paper.read()) if paper else None


def _fetch(request: StaffRequest, pk: uuid.UUID) -> PersonExport:
    rows = PersonExport.objects.filter(asked_by=request.user).select_related("participant")
    found: PersonExport = fetch(rows, request, Permission.PRIVACY_HANDLE, pk=pk)
    return found
