"""Keeping files no longer than needed: the terms, the lists of what may go, and what was destroyed."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import notices
from foundation.clock import today
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, fetch, requires
from organisations.models import Organisation
from participants.law import classes
from participants.models import DestructionItem, DestructionList, ItemOutcome, ListState, Participant, RetentionClass
from trajectories import destroying
from trajectories.forms.retention import RetentionClassForm
from trajectories.retention import kept_files

LISTS_SHOWN = 12
COLUMNS = ("code", "name", "process", "results", "years", "source")


@require_GET
@requires(Permission.PRIVACY_HANDLE)
def retention(request: StaffRequest) -> HttpResponse:
    """The terms of each provider, how many files are over theirs, and the lists so far."""
    return render(request, "trajectories/retention.html", {"rows": [_row(own) for own in _providers(request)]})


def _row(provider: Organisation) -> dict[str, Any]:
    kept = kept_files(provider)
    lists = DestructionList.objects.filter(provider=provider).select_related("approved_by").order_by("-made_at")
    newest = list(lists[:LISTS_SHOWN])
    return {
        "provider": provider,
        "classes": list(RetentionClass.objects.filter(provider=provider)),
        "over": len(kept.over(today())),
        "open": len(kept.open),
        "unknown": len(kept.unknown),
        "lists": newest,
        "waits": any(one.state in (ListState.DRAFT, ListState.APPROVED) for one in newest),
    }


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def take_usual_classes(request: StaffRequest) -> HttpResponse:
    """Begin with the usual terms."""
    for provider in _providers(request):
        classes.take_usual_classes(by=request.user, provider=provider)
    notices.saved(request, _("The usual terms are there. Look at each of them."))
    return redirect("trajectories:retention")


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def add_class(request: StaffRequest) -> HttpResponse:
    """Add a term."""
    provider = _providers(request)[0]
    return _class_form(request, RetentionClass(provider=provider), _("New retention term"))


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def edit_class(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a term. Lists that wait are looked at anew before anything is destroyed."""
    row = fetch(RetentionClass.objects, request, Permission.PRIVACY_HANDLE, pk=pk)
    return _class_form(request, row, row.name)


def _class_form(request: StaffRequest, row: RetentionClass, title: str) -> HttpResponse:
    initial = {name: getattr(row, name) for name in COLUMNS}
    form = RetentionClassForm(request.POST or None, initial=initial)
    if form.is_valid():
        for name in COLUMNS:
            setattr(row, name, form.cleaned_data[name])
        try:
            with transaction.atomic():
                row.save()
            notices.saved(request, _("Retention term “%(name)s” saved.") % {"name": row.name})
            return redirect("trajectories:retention")
        except IntegrityError:
            form.add_error("code", _("Another class has this code. Choose another code."))
    return render(request, "trajectories/retention_class.html", {"form": form, "title": title})


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def make_list(request: StaffRequest) -> HttpResponse:
    """Write down which files are over their term today; somebody else approves."""
    made = None
    try:
        for provider in _providers(request):
            made = destroying.make_list(by=request.user, provider=provider) or made
    except Refused as refused:
        notices.refused(request, str(refused))
        return redirect("trajectories:retention")
    if made is None:
        notices.said(request, _("No file is over its term."))
        return redirect("trajectories:retention")
    return redirect("trajectories:destruction_list", made.pk)


@require_GET
@requires(Permission.PRIVACY_HANDLE)
def destruction_list(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One list: what becomes of each file on it, or became."""
    row = _list(request, pk)
    items = list(row.items.order_by("term_ended_on", "pk"))
    people = Participant.objects.in_bulk([item.file_id for item in items])
    record_read(request, "trajectories:destruction_list", people.values())
    outcomes = destroying.outcomes_of(row)
    lines = [
        {"item": item, "person": people.get(item.file_id), "outcome": ItemOutcome(outcomes[item.pk]).label}
        for item in items
    ]
    context = {
        "row": row,
        "lines": lines,
        "going": sum(outcome == ItemOutcome.ERASED for outcome in outcomes.values()),
        "is_draft": row.state == ListState.DRAFT,
        "is_mine": row.made_by_id == request.user.pk,
        "kept": ItemOutcome.KEPT,
    }
    return render(request, "trajectories/destruction_list.html", context)


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def approve_list(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the worker destroy what is on the list."""
    row = _list(request, pk)
    return _done(request, row, lambda: destroying.approve_list(by=request.user, found=row))


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def discard_list(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Destroy nothing of this list."""
    row = _list(request, pk)
    return _done(request, row, lambda: destroying.discard_list(by=request.user, found=row))


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def keep_file(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one file off the list, or put it back."""
    row = fetch(DestructionList.objects, request, Permission.PRIVACY_HANDLE, items__pk=pk)
    item = DestructionItem.objects.select_related("list").get(pk=pk)
    keep = item.outcome != ItemOutcome.KEPT
    return _done(request, row, lambda: destroying.keep_file(by=request.user, item=item, keep=keep))


def _list(request: StaffRequest, pk: uuid.UUID) -> DestructionList:
    rows = DestructionList.objects.select_related("provider", "made_by", "approved_by")
    found: DestructionList = fetch(rows, request, Permission.PRIVACY_HANDLE, pk=pk)
    return found


def _done(request: StaffRequest, row: DestructionList, action: Callable[[], None]) -> HttpResponse:
    try:
        action()
    except Refused as refused:
        notices.refused(request, str(refused))
    return redirect("trajectories:destruction_list", row.pk)


def _providers(request: StaffRequest) -> list[Organisation]:
    own = request.user.standing.providers(Permission.PRIVACY_HANDLE)
    return list(Organisation.objects.filter(pk__in=own).order_by("name"))
