"""The details of somebody: who it is, who is around, what to mind."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.encryption import open_file_keys
from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from guidance.forms.people import AttentionForm, ContactForm, EditPersonForm
from guidance.screens.data import data_of
from guidance.screens.file import header_of, open_file
from organisations.access import Permission, StaffRequest, fetch, requires
from participants import actions
from participants.models import NetworkContact, Participant


@require_GET
@requires(Permission.FILE_READ)
def data(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything that is known of somebody; what is not known yet says so."""
    file = open_file(request, pk)
    open_file_keys([file.person.pk])
    record_read(request, "guidance:data", [file.person])
    context = {**header_of(file, request.user, part="data"), **data_of(file)}
    return render(request, "guidance/data.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PARTICIPANT_EDIT)
def edit_participant(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct or complete somebody's details."""
    person = _fetch(request, pk)
    initial = {name: getattr(person, name) for name in (*EditPersonForm.PERSON, "version") if name != "birth"}
    initial["birth"] = (person.birth_year, person.birth_month, person.birth_day)
    form = EditPersonForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.edit_participant(by=request.user, participant=person, version=version, details=form.details())
            saved(request, _("Details of %(name)s saved.") % {"name": person.first_name})
            return redirect("guidance:data", person.pk)
        except Refused as refused:
            form.refuse(refused)
    return _show(request, form, person, _("Details of %(name)s"))


@require_http_methods(["GET", "POST"])
@requires(Permission.PARTICIPANT_EDIT)
def set_attention(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write what every colleague must know."""
    person = _fetch(request, pk)
    open_file_keys([person.pk])
    form = AttentionForm(request.POST or None, initial={"text": person.attention})
    if form.is_valid():
        actions.set_attention(by=request.user, participant=person, text=form.cleaned_data["text"])
        saved(request, _("Note for colleagues saved."))
        return redirect("guidance:person", person.pk)
    return _show(request, form, person, _("Take care with %(name)s"))


@require_http_methods(["GET", "POST"])
@requires(Permission.PARTICIPANT_EDIT)
def add_contact(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note somebody around this person."""
    person = _fetch(request, pk)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        actions.add_contact(by=request.user, participant=person, details=form.cleaned_data)
        saved(request, _("Contact saved."))
        return redirect("guidance:data", person.pk)
    return _show(request, form, person, _("Somebody around %(name)s"))


@require_POST
@requires(Permission.PARTICIPANT_EDIT)
def remove_contact(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody is not around this person any more."""
    person: Participant = fetch(Participant.objects, request, Permission.PARTICIPANT_EDIT, contacts__pk=pk)
    actions.remove_contact(by=request.user, contact=NetworkContact.objects.get(pk=pk))
    saved(request, _("Contact removed."))
    return redirect("guidance:data", person.pk)


def _fetch(request: StaffRequest, pk: uuid.UUID) -> Participant:
    found: Participant = fetch(Participant.objects, request, Permission.PARTICIPANT_EDIT, pk=pk)
    return found


def _show(
    request: StaffRequest, form: EditPersonForm | AttentionForm | ContactForm, person: Participant, title: str
) -> HttpResponse:
    record_read(request, "guidance:data", [person])
    context = {"form": form, "person": person, "title": title % {"name": person.first_name}}
    return render(request, "guidance/data_form.html", context)
