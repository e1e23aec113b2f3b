"""The privacy officer's page of one person: what they asked, what holds for the file, and who looked in it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import notices, sought
from foundation.clock import today
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, requires
from participants.forms.law import DisclosureForm, ReasonForm, RestrictForm, StatementForm
from participants.law import holding, requesting
from participants.law.looked import events_of, looks
from participants.models import (
    AccessReason,
    Disclosure,
    LegalHold,
    Participant,
    PersonExport,
    PersonRequest,
    Restriction,
    Shield,
    Statement,
)
from participants.views.frame import form_page, people_of, person_of

FOUND, LOOKS = 25, 200


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def find_file(request: StaffRequest) -> HttpResponse:
    """Look somebody up by name or number. Nobody is shown before something is asked."""
    if request.method == "POST":
        asked = sought.seal_words(sought.words_in(request.POST), request.user.pk)
        return redirect(reverse("participants:find_file") + (f"?{sought.SEALED}={asked}" if asked else ""))
    text = sought.words_of(request.GET, request.user.pk)
    people = list(people_of(request).named(text).order_by("sort_name", "pk")[:FOUND]) if text else []
    record_read(request, "participants:find_file", people)
    return render(request, "participants/find_file.html", {"text": text, "people": people})


@require_GET
@requires(Permission.PRIVACY_HANDLE)
def privacy_file(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """All that holds for one file, without what stands in it."""
    person = person_of(request, pk)
    record_read(request, "participants:privacy_file", [person])
    context = {
        "person": person,
        "requests": PersonRequest.objects.filter(participant=person).order_by("-received_on"),
        "exports": PersonExport.objects.filter(participant=person).select_related("asked_by").order_by("-asked_at"),
        "statements": Statement.objects.filter(participant=person),
        "hold": LegalHold.objects.filter(participant=person, ends_on=None).select_related("placed_by").first(),
        "restriction": Restriction.objects.filter(participant=person, ends_on=None).select_related("placed_by").first(),
        "shield": _shield_of(person),
        "reasons": AccessReason.objects.filter(participant=person).select_related("staff_member").order_by("-given_at"),
        "disclosures": Disclosure.objects.filter(participant=person).select_related("recorded_by"),
    }
    return render(request, "participants/privacy_file.html", context)


def _shield_of(person: Participant) -> Shield | None:
    rows = Shield.objects.filter(participant=person, ends_on=None).select_related("placed_by")
    found: Shield | None = rows.prefetch_related("readers__staff_member").first()
    return found


@require_GET
@requires(Permission.LOG_REVIEW)
def who_looked(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Who looked in this file, when and why: by name here, by role on the paper for the person."""
    own = request.user.standing.providers(Permission.LOG_REVIEW)
    person = get_object_or_404(people_of(request).filter(provider__in=own), pk=pk)
    record_read(request, "participants:who_looked", [person], action="log_read")
    events = events_of(person)[: LOOKS + 1]
    context = {
        "person": person,
        "looks": looks(events[:LOOKS], with_names=True),
        "more": len(events) > LOOKS,
        "most": LOOKS,
    }
    return render(request, "participants/who_looked.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def add_statement(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the person's own words beside the file."""
    person = person_of(request, pk)
    form = StatementForm(request.POST or None, initial={"given_on": today()})
    if form.is_valid():
        requesting.add_statement(by=request.user, participant=person, **form.cleaned_data)
        notices.saved(request, _("The words of %(name)s stand with the file.") % {"name": person.first_name})
        return redirect("participants:privacy_file", person.pk)
    lead = _("What is wrong is corrected by a coach in the file itself; what stood there stays in its history.")
    return form_page(request, form, person, _("In the words of %(name)s"), lead=lead)


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def restrict(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Have a file used less for a while."""
    person = person_of(request, pk)
    form = RestrictForm(request.POST or None)
    if form.is_valid():
        try:
            requesting.restrict(by=request.user, participant=person, **form.cleaned_data)
            notices.saved(request, _("The use of the file is restricted."))
            return redirect("participants:privacy_file", person.pk)
        except Refused as refused:
            form.refuse(refused)
    lead = _("Nobody changes the file then, and only the person's own coaches open it.")
    return form_page(request, form, person, _("Restrict the use of the file of %(name)s"), lead=lead)


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def lift_restriction(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Have the file used as before."""
    person = person_of(request, pk)
    for row in Restriction.objects.filter(participant=person, ends_on=None):
        requesting.lift_restriction(by=request.user, restriction=row)
    notices.saved(request, _("The file is used as before."))
    return redirect("participants:privacy_file", person.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def place_hold(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep a file although its term may be over."""
    person = person_of(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            holding.place_hold(by=request.user, participant=person, reason=form.cleaned_data["reason"])
            notices.saved(request, _("The file is not destroyed for now."))
            return redirect("participants:privacy_file", person.pk)
        except Refused as refused:
            form.refuse(refused)
    return form_page(request, form, person, _("Keep the file of %(name)s longer"))


@require_POST
@requires(Permission.PRIVACY_HANDLE)
def lift_hold(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the term of the file hold again."""
    person = person_of(request, pk)
    for row in LegalHold.objects.filter(participant=person, ends_on=None):
        holding.lift_hold(by=request.user, hold=row)
    notices.saved(request, _("The term of the file holds again."))
    return redirect("participants:privacy_file", person.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.PRIVACY_HANDLE)
def add_disclosure(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what was given to somebody outside."""
    person = person_of(request, pk)
    form = DisclosureForm(request.POST or None, initial={"given_on": today()})
    if form.is_valid():
        requesting.record_disclosure(by=request.user, participant=person, **form.cleaned_data)
        notices.saved(request, _("Written down."))
        return redirect("participants:privacy_file", person.pk)
    return form_page(request, form, person, _("What was given of %(name)s to others"))
