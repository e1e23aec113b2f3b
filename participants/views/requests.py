"""What participants ask about their own files, and what was erased."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import notices
from foundation.clock import today
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.forms.law import DecideForm, ExtendForm, RequestForm
from participants.law import requesting
from participants.models import ErasedFile, PersonExport, PersonRequest, RequestKind, RequestState
from participants.views.frame import form_page, person_of

NEWEST = 20


@require_GET
@requires(Permission.PRIVACY_HANDLE)
def requests(request: StaffRequest) -> HttpResponse:
    """The requests that wait, by the day they are to be answered, the last answered ones, and what was erased."""
    rows = PersonRequest.objects.visible_to(request.user, Permission.PRIVACY_HANDLE).select_related("participant")
    waiting = list(rows.filter(state=RequestState.OPEN).order_by("due_on", "pk"))
    answered = list(rows.exclude(state=RequestState.OPEN).order_by("-decided_on", "pk")[:NEWEST])
    record_read(request, "participants:requests", {row.participant for row in [*waiting, *answered]})
    erased = ErasedFile.objects.visible_to(request.user, Permission.PRIVACY_HANDLE).order_by("-erased_at")
    context = {"waiting": waiting, "answered": answered, "erased": erased[:NEWEST], "today": today()}
    return render(request, "participants/requests.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def add_request(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what somebody asks."""
    person = person_of(request, pk)
    form = RequestForm(request.POST or None, initial={"received_on": today()})
    if form.is_valid():
        made = requesting.record_request(by=request.user, participant=person, **form.cleaned_data)
        notices.saved(request, _("Request written down."))
        return redirect("participants:request", made.pk)
    return form_page(request, form, person, _("New request of %(name)s"))


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def request_page(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One request: decide on it, and do what was decided."""
    row = _fetch(request, pk)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            requesting.decide_request(by=request.user, request=row, **form.cleaned_data)
            notices.saved(request, _("Decision written down."))
            return redirect("participants:request", row.pk)
        except Refused as refused:
            form.refuse(refused)
    record_read(request, "participants:request", [row.participant])
    return render(request, "participants/request.html", {"form": form, **_shown(row)})


def _shown(row: PersonRequest) -> dict[str, Any]:
    granted = row.state == RequestState.GRANTED
    return {
        "row": row,
        "person": row.participant,
        "is_open": row.state == RequestState.OPEN,
        "is_late": row.state == RequestState.OPEN and row.due_on < today(),
        "may_extend": row.state == RequestState.OPEN and not row.extended_because and today() <= row.due_on,
        "may_erase": granted and row.kind == RequestKind.ERASURE,
        "next_url": _next(row) if granted else "",
        "exports": PersonExport.objects.filter(request=row).order_by("-asked_at"),
    }


def _next(row: PersonRequest) -> str:
    """Where that is done which was granted."""
    names = {RequestKind.CORRECTION: "participants:add_statement", RequestKind.RESTRICTION: "participants:restrict"}
    name = names.get(RequestKind(row.kind))
    return reverse(name, args=[row.participant_id]) if name else ""


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def extend_request(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take two months more, with a reason."""
    row = _fetch(request, pk)
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        try:
            requesting.extend_request(by=request.user, request=row, because=form.cleaned_data["because"])
            notices.saved(request, _("The request is extended. Tell the person why."))
            return redirect("participants:request", row.pk)
        except Refused as refused:
            form.refuse(refused)
    return form_page(request, form, row.participant, _("Take longer for the request of %(name)s"))


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def erase_as_asked(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Erase the file, as was granted."""
    row = _fetch(request, pk)
    try:
        requesting.erase_as_asked(by=request.user, request=row)
    except Refused as refused:
        notices.refused(request, str(refused))
        return redirect("participants:request", pk)
    notices.said(request, _("The file is erased, with its history and its key."))
    return redirect("participants:requests")


def _fetch(request: StaffRequest, pk: uuid.UUID) -> PersonRequest:
    rows = PersonRequest.objects.select_related("participant", "decided_by", "recorded_by")
    found: PersonRequest = fetch(rows, request, Permission.PRIVACY_HANDLE, pk=pk)
    return found
