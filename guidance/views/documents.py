"""The papers in somebody's file: letters, certificates, what was signed."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from foundation.encryption import Unreadable, open_file_keys
from foundation.notices import refused, said, saved
from foundation.once import answer_once
from foundation.reading import record_read
from foundation.received import MOST_BYTES
from foundation.refused import Refused
from foundation.uploads import InMemoryHandler
from guidance import actions
from guidance.forms.documents import AddDocumentForm
from guidance.models import Document
from guidance.screens.documents import documents_of
from guidance.screens.file import header_of, may_change, open_file
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant

MOST_OF_REQUEST = MOST_BYTES + 2**16
"""The paper with the rest of the form."""


@require_GET
@requires(Permission.FILE_READ)
def documents(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The papers in a file."""
    file = open_file(request, pk)
    open_file_keys([file.person.pk])
    record_read(request, "guidance:documents", [file.person])
    may_edit = may_change(file, request.user, Permission.PARTICIPANT_EDIT)
    context = {
        **header_of(file, request.user, part="documents"),
        **documents_of(file.person, may_edit=may_edit),
    }
    return render(request, "guidance/documents.html", context)


@csrf_exempt  # how a file is read must be said before anything asks for the form token; the view within does
@require_http_methods(["GET", "POST"])
@requires(Permission.PARTICIPANT_EDIT)
def add_document(request: StaffRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Put a paper in a file."""
    if request.method == "POST":
        request.upload_handlers = [InMemoryHandler(request, MOST_OF_REQUEST)]
    return _add_document(request, pk)


@csrf_protect
def _add_document(request: StaffRequest, pk: uuid.UUID) -> HttpResponseBase:
    return answer_once(request, lambda: _add_or_show(request, pk))


def _add_or_show(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    people = Participant.objects.select_related("provider")
    person: Participant = fetch(people, request, Permission.PARTICIPANT_EDIT, pk=pk)
    given = [request.POST, request.FILES] if request.method == "POST" else []
    form = AddDocumentForm(person, *given, too_large=_is_too_large(request))
    if form.is_valid():
        try:
            actions.add_document(by=request.user, participant=person, **form.cleaned_data)
            saved(request, _("Added. We look at it first; in a moment it can be opened."))
            return redirect("guidance:documents", person.pk)
        except Refused as no:
            form.refuse(no)
    record_read(request, "guidance:add_document", [person])
    return render(request, "guidance/add_document.html", {"form": form, "person": person})


def _is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > MOST_OF_REQUEST


@require_http_methods(["GET", "POST"])
@requires(Permission.PARTICIPANT_EDIT)
def remove_document(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a paper out of a file, after a question."""
    document = _fetch(request, Permission.PARTICIPANT_EDIT, pk)
    person = document.participant
    if request.method == "POST":
        actions.remove_document(by=request.user, document=document)
        saved(request, _("The document is removed."))
        return redirect("guidance:documents", person.pk)
    record_read(request, "guidance:remove_document", [person])
    return render(request, "guidance/remove_document.html", {"document": document, "person": person})


@require_GET
@requires(Permission.FILE_READ)
def download_document(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a paper along, when it was looked at; always as a file, never as a page."""
    document = _fetch(request, Permission.FILE_READ, pk)
    if not document.may_be_opened:
        said(request, _("This document cannot be opened: it is still being looked at, or it was thrown away."))
        return redirect("guidance:documents", document.participant_id)
    try:
        content = document.read()
    except Unreadable:
        refused(request, _("This document cannot be opened: it is not as it was stored. Tell who keeps the system."))
        return redirect("guidance:documents", document.participant_id)
    record_read(request, "guidance:download_document", [document.participant], action="download")
    return attached(document, content)


def attached(document: Document, content: bytes) -> HttpResponse:
    """The paper as a file to keep. The middleware adds that it may do nothing, and that nobody keeps a copy between."""
    response = HttpResponse(content, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.download_name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _fetch(request: StaffRequest, permission: Permission, pk: uuid.UUID) -> Document:
    rows: Any = Document.objects.select_related("participant")
    found: Document = fetch(rows, request, permission, pk=pk)
    return found
