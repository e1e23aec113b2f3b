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
    }
    return render(request, "participants/export.html", context)


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def download_export(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it along, to hand it to the person. Only who asked for it."""
    row = _fetch(request, pk)
    kind = request.POST.get("type", "pdf")
    if row.made_at is None or kind not in TYPES:
        return redirect("participants:export", row.pk)
    record_read(request, "participants:download_export", [row.participant], action="download")
    exporting.hand_over(by=request.user, export=row)
    content = exporting.pdf_of(row) if kind == "pdf" else row.json.encode()
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{_("file")}-{row.pk}.{kind}"'
    return response


def _fetch(request: StaffRequest, pk: uuid.UUID) -> PersonExport:
    rows = PersonExport.objects.filter(asked_by=request.user).select_related("participant")
    found: PersonExport = fetch(rows, request, Permission.PRIVACY_HANDLE, pk=pk)
    return found
