"""Moving in from another system: upload a folder, read what is wrong or what would happen, and confirm."""

import json
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from foundation.models import JobState
from foundation.notices import refused
from foundation.once import answer_once
from foundation.uploads import InMemoryHandler
from organisations import importing
from organisations.access import Permission, StaffRequest, fetch, requires
from organisations.forms import UploadFolderForm
from organisations.models import FolderImport, FolderImportState
from organisations.zips import MOST_BYTES

NEWEST = 10
WAITS = (FolderImportState.CHECKING, FolderImportState.READING)


@csrf_exempt
@require_http_methods(["GET", "POST"])
@requires(Permission.CONFIGURE)
def folder_imports(request: StaffRequest) -> HttpResponseBase:
    """The last uploads, and a form for another."""
    if request.method == "POST":
        request.upload_handlers = [InMemoryHandler(request, MOST_BYTES)]
    return _folder_imports(request)


@csrf_protect
def _folder_imports(request: StaffRequest) -> HttpResponseBase:
    return answer_once(request, lambda: _upload_or_show(request))


def _upload_or_show(request: StaffRequest) -> HttpResponse:
    form = UploadFolderForm(request.user, *([request.POST, request.FILES] if request.method == "POST" else []))
    if form.is_valid():
        file = form.cleaned_data["file"]
        file.seek(0)
        found = importing.upload_folder(
            by=request.user, provider=form.cleaned_data["provider"], name=file.name, content=file.read()
        )
        return redirect("organisations:folder_import", found.pk)
    rows = FolderImport.objects.visible_to(request.user, Permission.CONFIGURE).defer("folder", "found")
    newest = rows.select_related("asked_by", "provider").order_by("-asked_at", "pk")[:NEWEST]
    return render(request, "organisations/folder_imports.html", {"form": form, "rows": newest})


@requires(Permission.CONFIGURE)
def folder_import(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One upload: how far it is, what is wrong with it, or what reading it in would do or did."""
    row = _own(request, pk)
    job = importing.last_job(row) if row.state in WAITS else None
    context: dict[str, Any] = {
        "row": row,
        "found": json.loads(row.found or "{}"),
        "waits": row.state in WAITS,
        "has_failed": bool(job and job.state == JobState.FAILED),
        "is_late": bool(job and job.is_late),
    }
    return render(request, "organisations/folder_import.html", context)


@require_POST
@requires(Permission.CONFIGURE)
def read_folder_in(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Have the worker read it in."""
    return _done(request, importing.read_in, _own(request, pk))


@require_POST
@requires(Permission.CONFIGURE)
def throw_folder_away(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Forget the upload."""
    return _done(request, importing.throw_away, _own(request, pk))


def _own(request: StaffRequest, pk: uuid.UUID) -> FolderImport:
    rows = FolderImport.objects.select_related("asked_by", "provider").defer("folder")
    found: FolderImport = fetch(rows, request, Permission.CONFIGURE, pk=pk)
    return found


def _done(request: StaffRequest, action: Any, row: FolderImport) -> HttpResponse:
    try:
        action(by=request.user, found=row)
    except ValidationError as problem:
        refused(request, problem.messages[0])
    there = FolderImport.objects.filter(pk=row.pk).exists()
    return redirect("organisations:folder_import", row.pk) if there else redirect("organisations:folder_imports")
