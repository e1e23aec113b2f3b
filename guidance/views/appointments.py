"""Planning an appointment, and putting it on another day."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.clock import today
from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from foundation.templatetags.look import long_date
from guidance import actions
from guidance.forms.meetings import MEETING, USUAL_MINUTES, PlanAppointmentForm
from guidance.models import Session, SessionKind
from guidance.screens.file import open_file
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def plan_appointment(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree to meet somebody, on their newest trajectory."""
    file = open_file(request, pk)
    initial = {"held_on": today(), "minutes": USUAL_MINUTES, "kind": SessionKind.INDIVIDUAL}
    form = PlanAppointmentForm(request.POST or None, initial=initial)
    if form.is_valid() and file.main:
        try:
            session = actions.plan_appointment(by=request.user, trajectory=file.main, meeting=form.meeting())
            return _planned(request, session, file.person)
        except Refused as refused:
            form.refuse(refused)
    return _show(request, form, file.person, is_new=True, may_plan=file.main is not None)


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def move_appointment(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put an appointment on another day, time or place."""
    session: Session = fetch(Session.objects.select_related("participant"), request, Permission.SESSION_LOG, pk=pk)
    if session.attendance:
        return redirect("guidance:edit_session", session.pk)
    form = PlanAppointmentForm(request.POST or None, initial={name: getattr(session, name) for name in MEETING})
    if form.is_valid():
        try:
            moved = actions.move_appointment(by=request.user, session=session, meeting=form.meeting())
            return _planned(request, moved, session.participant)
        except Refused as refused:
            form.refuse(refused)
    return _show(request, form, session.participant, is_new=False, may_plan=True)


def _planned(request: StaffRequest, session: Session, person: Participant) -> HttpResponse:
    words = {"name": person.first_name, "day": long_date(session.held_on)}
    saved(request, _("Appointment with %(name)s on %(day)s.") % words)
    return redirect("guidance:person", person.pk)


def _show(
    request: StaffRequest, form: PlanAppointmentForm, person: Participant, *, is_new: bool, may_plan: bool
) -> HttpResponse:
    record_read(request, "guidance:plan_appointment", [person])
    context = {"form": form, "person": person, "is_new": is_new, "may_plan": may_plan}
    return render(request, "guidance/plan_appointment.html", context)
