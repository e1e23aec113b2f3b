"""Somebody new, and a new trajectory for somebody who is there."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.names import fold
from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from guidance.forms.people import PLAN, NewParticipantForm, OfferForm
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant
from trajectories import actions
from trajectories.models import Decision, Referral


@require_http_methods(["GET", "POST"])
@requires(Permission.PARTICIPANT_EDIT)
def new_participant(request: StaffRequest) -> HttpResponse:
    """Sign somebody up. A file with the same name and year of birth is shown first, in case it is the same person."""
    form = NewParticipantForm(request.POST or None, member=request.user)
    if form.is_valid():
        twins = [] if request.POST.get("confirmed") else _twins(request, form)
        if twins:
            return _interrupt(request, form, twins)
        try:
            person = _sign_up(request, form)
            saved(request, _("%(name)s is signed up.") % {"name": person.first_name})
            return redirect("guidance:person", person.pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "guidance/new_participant.html", {"form": form})


@transaction.atomic
def _sign_up(request: StaffRequest, form: NewParticipantForm) -> Participant:
    answers = form.cleaned_data
    provider = form.programme.provider
    person = actions.register_participant(
        by=request.user, provider=provider, person=form.person(), reference=answers["reference"]
    )
    referral = actions.open_referral(
        by=request.user,
        participant=person,
        programme=form.programme,
        agreement=form.agreement,
        referred_on=answers["referred_on"],
        referrer=answers["referrer"],
        question=answers["question"],
    )
    if answers["place"] == PLAN:
        _plan(request, form, person, referral)
    return person


def _plan(request: StaffRequest, form: OfferForm, person: Participant, referral: Referral | None) -> None:
    answers = form.cleaned_data
    actions.plan_trajectory(
        by=request.user,
        participant=person,
        programme=form.programme,
        agreement=form.agreement,
        starts_on=answers["starts_on"],
        planned_end_on=answers["planned_end_on"],
        coach=answers["coach"],
        referral=referral,
    )


def _twins(request: StaffRequest, form: NewParticipantForm) -> list[Any]:
    """Files of this provider with this surname and year of birth; with the year unknown, this first name too."""
    details = form.details()
    named = Participant.objects.filter(
        provider=form.programme.provider, sort_name__startswith=fold(details["surname"])
    ).select_related("home_municipality")
    if details["birth_year"]:
        named = named.filter(birth_year=details["birth_year"])
    else:
        named = named.filter(search_name__startswith=fold(details["given_names"]))
    mine = Participant.objects.visible_to(request.user, Permission.FILE_READ).filter(pk=OuterRef("pk"))
    found = named.annotate(is_mine=Exists(mine)).order_by("sort_name")[:10]
    return [person for person in found if fold(person.surname) == fold(details["surname"])]


def _interrupt(request: StaffRequest, form: NewParticipantForm, twins: list[Any]) -> HttpResponse:
    mine = [person for person in twins if person.is_mine]
    record_read(request, "guidance:new_participant", mine)
    answers = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "form": form,
        "mine": mine,
        "elsewhere": len(twins) - len(mine),
        "answers": [pair for pair in answers if pair[0] != "csrfmiddlewaretoken"],
    }
    return render(request, "guidance/new_participant_twins.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PARTICIPANT_EDIT)
def new_trajectory(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Plan a trajectory for somebody who has a file: who waits for a place, or who returns."""
    person: Participant = fetch(
        Participant.objects.select_related("provider"), request, Permission.PARTICIPANT_EDIT, pk=pk
    )
    form = OfferForm(request.POST or None, member=request.user)
    if form.is_valid():
        try:
            _plan(request, form, person, _open_referral(person, form))
            saved(request, _("A trajectory is planned for %(name)s.") % {"name": person.first_name})
            return redirect("guidance:person", person.pk)
        except Refused as refused:
            form.refuse(refused)
    record_read(request, "guidance:new_trajectory", [person])
    return render(request, "guidance/new_trajectory.html", {"form": form, "person": person})


def _open_referral(person: Participant, form: OfferForm) -> Referral | None:
    """The referral to this programme that waits for a place."""
    waiting = {Decision.NEW, Decision.IN_CONVERSATION, Decision.WAITING}
    rows = person.referrals.filter(programme=form.programme, decision__in=waiting, trajectory=None)
    return rows.order_by("referred_on").last()
