"""Undoing what was recorded on a thread: at once, or later with a reason."""

import uuid
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation import notices
from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, fetch, requires
from trajectories import actions
from trajectories.forms import VoidForm
from trajectories.models import Trajectory, TrajectoryEvent
from trajectories.workflow import MoveRefused

AT_ONCE = timedelta(minutes=15)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def void(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Something was recorded wrongly: undo it with a reason. It stays on the timeline, struck out."""
    event = _fetch(request, pk)
    trajectory = event.trajectory
    form = VoidForm(request.POST or None, trajectory=trajectory)
    if form.is_valid():
        try:
            actions.void_event(by=request.user, event=event, reason=form.cleaned_data["reason"])
            notices.saved(request, _("“%(what)s” is undone.") % {"what": event.get_kind_display()})
            return redirect("guidance:timeline", trajectory.participant_id)
        except MoveRefused as refused:
            form.refuse(refused)
    record_read(request, "trajectories:void", [trajectory.participant])
    context = {"form": form, "event": event, "trajectory": trajectory, "person": trajectory.participant}
    return render(request, "trajectories/void.html", context)


@require_POST
@requires(Permission.TRAJECTORY_MOVE)
def undo(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo from the bar that said that it was saved: only by who recorded it, and only shortly after."""
    event = _fetch(request, pk)
    is_fresh = event.recorded_at > timezone.now() - AT_ONCE and event.recorded_by_id == request.user.pk
    if not is_fresh:
        return redirect("trajectories:void", event.pk)
    try:
        actions.void_event(by=request.user, event=event, reason=_("Undone at once."))
        notices.saved(request, _("“%(what)s” is undone.") % {"what": event.get_kind_display()})
    except MoveRefused as refused:
        notices.refused(request, str(refused))
    return redirect("guidance:person", event.participant_id)


def _fetch(request: StaffRequest, pk: uuid.UUID) -> TrajectoryEvent:
    rows = Trajectory.objects.select_related("participant", "programme")
    trajectory: Trajectory = fetch(rows, request, Permission.TRAJECTORY_MOVE, events__pk=pk)
    event = trajectory.events.get(pk=pk)
    event.trajectory = trajectory
    return event
