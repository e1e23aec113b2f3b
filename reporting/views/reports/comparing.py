"""Whether a file somebody has is one that Draad made: compared by its check number, never stored."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from foundation.hashing import HashedUpload, HashingHandler
from organisations.access import Permission, StaffRequest, fetch, requires
from reporting.forms import CheckFileForm
from reporting.models import Report, ReportFile
from reporting.views.reports.reading import for_page, own_files

MOST_BYTES = 100 * 2**20


@csrf_exempt
@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_READ)
def check_file(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Say whether a file is one of a report, of any version that this person may read, and which."""
    if request.method == "POST":
        request.upload_handlers = [HashingHandler(request, MOST_BYTES)]
    return _check_file(request, pk)


@csrf_protect
def _check_file(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    found: Report = fetch(for_page(), request, Permission.REPORT_READ, pk=pk)
    form = CheckFileForm(request.POST, request.FILES) if request.method == "POST" else CheckFileForm()
    context = {"form": form, "report": found}
    if form.is_valid():
        upload: HashedUpload = form.cleaned_data["file"]
        same = _file_like(request, found, upload)
        context |= {"upload": upload, "same": same, "digest": upload.sha256}
    return render(request, "reporting/check_file.html", context)


def _file_like(request: StaffRequest, found: Report, upload: HashedUpload) -> ReportFile | None:
    """The stored file with this hash, among those of every version that this person may download."""
    versions = Report.objects.visible_to(request.user, Permission.REPORT_READ).filter(
        provider=found.provider_id, number=found.number
    )
    for version in versions.order_by("-version"):
        same = own_files(request, version).filter(sha256=upload.sha256).select_related("report").first()
        if same is not None:
            return same
    return None
