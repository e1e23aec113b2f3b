"""Ending a trajectory: the questions, a check of the answers, and only then the end."""

import uuid

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from guidance import actions
from guidance.forms.ending import EndTrajectoryForm
from guidance.screens.ending import answers_to_check, form_settings
from organisations.access import Permission, StaffRequest, fetch, requires
from trajectories.actions.refusals import cannot_happen
from trajectories.drawing import thread_of, with_happened
from trajectories.models import EventKind, Trajectory, TrajectoryEvent
from trajectories.workflow import may_happen

NOT_ANSWERS = {"csrfmiddlewaretoken", "step"}


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def end_trajectory(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The trajectory is over. Nothing is written before the answers were checked."""
    rows = with_happened(Trajectory.objects.all()).select_related("participant", "programme", "agreement__municipality")
    trajectory: Trajectory = fetch(rows, request, Permission.TRAJECTORY_MOVE, pk=pk)
    form = EndTrajectoryForm(request.POST or None, **form_settings(trajectory))
    step = request.POST.get("step", "")
    if step != "edit" and form.is_valid():
        try:
            event = _end(request, trajectory, form, is_trial=step != "end")
            if step != "end":
                return _show(request, trajectory, form, "guidance/end_trajectory_check.html")
            name = {"name": trajectory.participant.first_name}
            undo_url = reverse("trajectories:undo", args=[event.pk])
            saved(request, _("The trajectory of %(name)s is ended.") % name, undo_url=undo_url)
            return redirect("guidance:person", trajectory.participant_id)
        except Refused as refused:
            form.refuse(refused)
    return _show(request, trajectory, form, "guidance/end_trajectory.html")


def _end(request: StaffRequest, trajectory: Trajectory, form: EndTrajectoryForm, *, is_trial: bool) -> TrajectoryEvent:
    """End it; as a trial everything is checked by doing it, and undone."""
    with transaction.atomic():
        event = actions.end_trajectory(
            by=request.user, trajectory=trajectory, ending=form.ending(), ladder_step=form.ladder_step_given
        )
        transaction.set_rollback(is_trial)
    return event


def _show(request: StaffRequest, trajectory: Trajectory, form: EndTrajectoryForm, template: str) -> HttpResponse:
    record_read(request, "guidance:end_trajectory", [trajectory.participant])
    kind = EventKind.ENDED
    is_check = template.endswith("_check.html")
    context = {
        "form": form,
        "trajectory": trajectory,
        "person": trajectory.participant,
        "thread": thread_of(trajectory),
        "refusal": "" if may_happen(trajectory.state, kind) else str(cannot_happen(trajectory, kind)),
        "checks": answers_to_check(form) if is_check else [],
        "answers": [(k, value) for k, values in request.POST.lists() if k not in NOT_ANSWERS for value in values],
    }
    return render(request, template, context)
