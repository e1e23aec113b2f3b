"""The provisions of somebody, and the work capacity: what the national statistic counts of this person."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.clock import today
from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant
from trajectories import actions
from trajectories.actions.provisions import CHANGEABLE
from trajectories.forms import AddProvisionForm, ChangeProvisionForm, EndProvisionForm, RecordPositionForm
from trajectories.models import Provision, State, Trajectory
from trajectories.provision_kinds import kind_label
from trajectories.workflow import UNDERWAY

NEVER_STARTED = (State.PLANNED, State.CANCELLED)


@require_GET
@requires(Permission.FILE_READ)
def provisions(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """What somebody uses and used, and what is not recorded yet."""
    person: Participant = fetch(Participant.objects, request, Permission.FILE_READ, pk=pk)
    record_read(request, "trajectories:provisions", [person])
    rows = [_row(one) for one in person.provisions.select_related("trajectory__programme").order_by("-starts_on")]
    started = person.trajectories.exclude(state__in=NEVER_STARTED).select_related("programme")
    trajectories = list(started.order_by("-started_on"))
    open_to_change = Participant.objects.visible_to(request.user, Permission.TRAJECTORY_MOVE)
    context = {
        "person": person,
        "rows": rows,
        "trajectories": trajectories,
        "proposals": _proposals(trajectories, rows),
        "positions": list(person.labour_positions.order_by("-starts_on")),
        "may_change": open_to_change.filter(pk=person.pk).exists(),
    }
    return render(request, "trajectories/provisions.html", context)


def _row(provision: Provision) -> dict[str, Any]:
    return {
        "provision": provision,
        "kind": kind_label(provision.kind),
        "programme": provision.trajectory.programme.name,
        "is_running": provision.ends_on is None or provision.ends_on >= today(),
    }


def _proposals(trajectories: list[Trajectory], rows: list[dict[str, Any]]) -> list[Trajectory]:
    """Trajectories underway in a programme that counts for the statistic, of which no provision runs."""
    running = {row["provision"].trajectory_id for row in rows if row["is_running"]}
    return [
        one for one in trajectories if one.state in UNDERWAY and one.programme.provision_type and one.pk not in running
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def add_provision(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Record what somebody uses on a trajectory."""
    rows = Trajectory.objects.select_related("participant", "programme")
    trajectory: Trajectory = fetch(rows, request, Permission.TRAJECTORY_MOVE, pk=pk)
    form = AddProvisionForm(request.POST or None, trajectory=trajectory, member=request.user)
    if form.is_valid():
        try:
            actions.add_provision(by=request.user, trajectory=trajectory, **form.cleaned_data)
            return _done(request, trajectory.participant, _("Provision of %(name)s recorded."))
        except Refused as refused:
            form.refuse(refused)
    return _show(request, form, trajectory.participant, _("A provision of %(name)s"), about=trajectory.programme.name)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def change_provision(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct a provision that was recorded otherwise than it was."""
    provision = _fetch(request, pk)
    names = (*CHANGEABLE, "version")
    form = ChangeProvisionForm(request.POST or None, initial={name: getattr(provision, name) for name in names})
    if form.is_valid():
        details = dict(form.cleaned_data)
        try:
            version = details.pop("version")
            actions.change_provision(by=request.user, provision=provision, version=version, details=details)
            return _done(request, provision.participant, _("Provision of %(name)s changed."))
        except Refused as refused:
            form.refuse(refused)
    title = _("Change a provision of %(name)s")
    return _show(request, form, provision.participant, title, about=_about(provision), remove=provision)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def end_provision(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody does not use it any more, or it goes on under another number."""
    provision = _fetch(request, pk)
    form = EndProvisionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.end_provision(by=request.user, provision=provision, **form.cleaned_data)
            return _done(request, provision.participant, _("End of the provision of %(name)s recorded."))
        except Refused as refused:
            form.refuse(refused)
    return _show(request, form, provision.participant, _("End a provision of %(name)s"), about=_about(provision))


@require_POST
@requires(Permission.TRAJECTORY_MOVE)
def remove_provision(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """It was never used: take it away."""
    provision = _fetch(request, pk)
    actions.remove_provision(by=request.user, provision=provision)
    return _done(request, provision.participant, _("Provision of %(name)s taken away."))


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def record_position(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write what somebody can do in paid work now, and what the provisions are for."""
    person: Participant = fetch(Participant.objects, request, Permission.TRAJECTORY_MOVE, pk=pk)
    now = person.labour_positions.order_by("-starts_on").first()
    form = RecordPositionForm(request.POST or None, initial={"capacity": now.capacity, "aim": now.aim} if now else {})
    if form.is_valid():
        try:
            actions.record_position(by=request.user, participant=person, **form.cleaned_data)
            return _done(request, person, _("Work capacity of %(name)s recorded."))
        except Refused as refused:
            form.refuse(refused)
    about = _("It holds from the day that you fill in, until you record another one.")
    return _show(request, form, person, _("Work capacity of %(name)s"), about=about)


def _fetch(request: StaffRequest, pk: uuid.UUID) -> Provision:
    rows = Provision.objects.select_related("participant", "trajectory__programme")
    found: Provision = fetch(rows, request, Permission.TRAJECTORY_MOVE, pk=pk)
    return found


def _about(provision: Provision) -> str:
    return f"{kind_label(provision.kind)}, {provision.trajectory.programme.name}"


def _done(request: StaffRequest, person: Participant, text: str) -> HttpResponse:
    saved(request, text % {"name": person.first_name})
    return redirect("trajectories:provisions", person.pk)


def _show(
    request: StaffRequest, form: Any, person: Participant, title: str, *, about: str, remove: Provision | None = None
) -> HttpResponse:
    record_read(request, "trajectories:provision", [person])
    context = {
        "form": form,
        "person": person,
        "title": title % {"name": person.first_name},
        "about": about,
        "remove": remove,
    }
    return render(request, "trajectories/provision_form.html", context)
