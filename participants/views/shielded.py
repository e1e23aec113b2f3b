"""Shielding a file, opening one in an emergency, and looking at a BSN."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import notices
from foundation.encryption import open_file_keys
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.forms.shielding import EmergencyForm, RevealForm, ShieldForm
from participants.law import shielding
from participants.models import Participant, ProcessingActivity, RetentionClass, Shield
from participants.views.frame import form_page, person_of


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def shield_file(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep colleagues out of a file, but for its named readers."""
    person = person_of(request, pk)
    form = ShieldForm(request.POST or None, person=person)
    if form.is_valid():
        try:
            shielding.shield_file(by=request.user, participant=person, **form.cleaned_data)
            notices.saved(request, _("The file is shielded."))
            return redirect("participants:privacy_file", person.pk)
        except Refused as refused:
            form.refuse(refused)
    return form_page(request, form, person, _("Shield the file of %(name)s"))


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def lift_shield(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the team find the file again."""
    person = person_of(request, pk)
    for row in Shield.objects.filter(participant=person, ends_on=None):
        shielding.lift_shield(by=request.user, shield=row)
    notices.saved(request, _("The file is not shielded any more."))
    return redirect("participants:privacy_file", person.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.FILE_READ)
def emergency(request: StaffRequest) -> HttpResponse:
    """Open a shielded file of the own team for three hours, with a reason."""
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        try:
            found = shielding.open_in_emergency(by=request.user, **form.cleaned_data)
            record_read(request, "participants:emergency", [found], action="view")
            return redirect("guidance:person", found.pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "participants/emergency.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.FILE_READ)
def reveal_bsn(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a BSN whole, once, with a reason. Only where an agreement recorded a legal ground for it."""
    with_ground = Participant.objects.filter(trajectories__agreement__bsn_ground__gt="", bsn__isnull=False).distinct()
    person: Participant = fetch(with_ground, request, Permission.FILE_READ, pk=pk)
    open_file_keys([person.pk])
    form = RevealForm(request.POST or None)
    bsn = ""
    if form.is_valid():
        bsn = shielding.reveal_bsn(by=request.user, participant=person, reason=form.cleaned_data["reason"])
    record_read(request, "participants:reveal_bsn" if bsn else "participants:ask_bsn", [person], action="view")
    return render(request, "participants/reveal_bsn.html", {"form": form, "person": person, "bsn": bsn})


@require_GET
@requires(Permission.FILE_READ)
def notice(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """What is kept of this person, why, who gets it and how long: to print and hand over."""
    person: Participant = fetch(Participant.objects.select_related("provider"), request, Permission.FILE_READ, pk=pk)
    record_read(request, "participants:notice", [person])
    context = {
        "person": person,
        "provider": person.provider,
        "activities": ProcessingActivity.objects.filter(provider=person.provider_id),
        "terms": RetentionClass.objects.filter(provider=person.provider_id),
    }
    return render(request, "participants/notice.html", context)
