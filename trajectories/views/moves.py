"""What is recorded about a trajectory, each on a page of its own."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.notices import saved
from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, fetch, requires
from trajectories import actions
from trajectories.actions.refusals import cannot_happen
from trajectories.drawing import thread_of, with_happened
from trajectories.forms import (
    AftercareForm,
    CancelForm,
    ChangeCoachForm,
    ExtendForm,
    MoveForm,
    StartForm,
    TrajectoryForm,
    TrialForm,
    suggested_extension,
)
from trajectories.models import EventKind, Trajectory, TrajectoryEvent
from trajectories.workflow import MoveRefused, may_happen

Act = Callable[..., TrajectoryEvent]


@dataclass(frozen=True)
class Page:
    """One such page: what it records, in which words, with which form and action."""

    kind: EventKind
    title: str
    lead: str
    button: str
    done: str
    form: type[TrajectoryForm]
    act: Act


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def start(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The person starts; where the programme has places, in one of them."""
    page = Page(
        EventKind.STARTED,
        _("Start the trajectory"),
        _("The thread begins on the first day."),
        _("Start the trajectory"),
        _("%(name)s has started."),
        StartForm,
        _start,
    )
    return _serve(request, pk, page)


def _start(*, slot: Any = None, **answers: Any) -> TrajectoryEvent:
    event = actions.start_trajectory(**answers)
    if slot:
        actions.place_in_slot(by=answers["by"], trajectory=event.trajectory, slot=slot, starts_on=answers["on"])
    return event


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def pause(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The trajectory stands still for a while."""
    page = Page(
        EventKind.PAUSED,
        _("Pause the trajectory"),
        _("It stands still for a while: illness, a holiday, no place. You can pick it up again at any time."),
        _("Pause the trajectory"),
        _("The trajectory of %(name)s is paused."),
        MoveForm,
        actions.pause_trajectory,
    )
    return _serve(request, pk, page)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def relapse(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The person fell back."""
    page = Page(
        EventKind.RELAPSE,
        _("Record a relapse"),
        _("Relapse is part of the way. The trajectory goes on; you pick the thread up again together."),
        _("Record the relapse"),
        _("Relapse of %(name)s recorded."),
        MoveForm,
        actions.record_relapse,
    )
    return _serve(request, pk, page)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def resume(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The thread is picked up again."""
    page = Page(
        EventKind.RESUMED,
        _("Pick the thread up again"),
        _("Every open pause and relapse is over from this day on."),
        _("Record: started again"),
        _("%(name)s has started again."),
        MoveForm,
        actions.resume_trajectory,
    )
    return _serve(request, pk, page)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def trial(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The verdict on the trial. When the team does not fit, ending the trajectory is the next page."""
    page = Page(
        EventKind.TRIAL_PASSED,
        _("Verdict on the trial"),
        _("Coach, work supervisor and participant decide together whether the team fits."),
        _("Record the verdict"),
        _("Verdict on the trial of %(name)s recorded."),
        TrialForm,
        _decide,
    )
    return _serve(request, pk, page)


def _decide(*, verdict: str, **answers: Any) -> TrajectoryEvent:
    act = actions.pass_trial if verdict == EventKind.TRIAL_PASSED else actions.fail_trial
    return act(**answers)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def extend(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """It takes longer than planned."""
    page = Page(
        EventKind.EXTENDED,
        _("Extend the trajectory"),
        _("It takes longer than planned: choose a new goal date."),
        _("Extend the trajectory"),
        _("The trajectory of %(name)s is extended."),
        ExtendForm,
        actions.extend_trajectory,
    )
    return _serve(request, pk, page)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def change_coach(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody else coaches from a day on."""
    page = Page(
        EventKind.COACH_CHANGED,
        _("Change the coach"),
        _("The new coach finds this person in their own list from now on."),
        _("Change the coach"),
        _("%(name)s has another coach."),
        ChangeCoachForm,
        actions.change_coach,
    )
    return _serve(request, pk, page)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def cancel(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The person never starts."""
    page = Page(
        EventKind.CANCELLED,
        _("The trajectory does not go on"),
        _("It never started, so it counts in no figure."),
        _("Cancel the trajectory"),
        _("The trajectory of %(name)s is cancelled."),
        CancelForm,
        actions.cancel_trajectory,
    )
    return _serve(request, pk, page)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def aftercare(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """A contact after the end."""
    page = Page(
        EventKind.AFTERCARE_REACHED,
        _("Record aftercare"),
        _("You asked how it goes after the end of the trajectory."),
        _("Record aftercare"),
        _("Aftercare of %(name)s recorded."),
        AftercareForm,
        actions.record_aftercare,
    )
    return _serve(request, pk, page)


def _serve(request: StaffRequest, pk: uuid.UUID, page: Page) -> HttpResponse:
    """Show the form of a page, or do what it asks; say why when it cannot happen now."""
    trajectory = _fetch(request, pk)
    initial = {"initial": suggested_extension(trajectory)} if page.form is ExtendForm else {}
    form = page.form(request.POST or None, trajectory=trajectory, **initial)
    if form.is_valid():
        try:
            event = page.act(by=request.user, trajectory=trajectory, **form.answers())
            return _done(request, page, event, trajectory)
        except MoveRefused as refused:
            form.refuse(refused)
    record_read(request, f"trajectories:{page.kind}", [trajectory.participant])
    context = {
        "page": page,
        "form": form,
        "trajectory": trajectory,
        "person": trajectory.participant,
        "thread": thread_of(trajectory),
        "refusal": "" if may_happen(trajectory.state, page.kind) else str(cannot_happen(trajectory, page.kind)),
    }
    return render(request, "trajectories/move.html", context)


def _fetch(request: StaffRequest, pk: uuid.UUID) -> Trajectory:
    rows = with_happened(Trajectory.objects.all()).select_related("participant", "programme", "agreement__municipality")
    found: Trajectory = fetch(rows, request, Permission.TRAJECTORY_MOVE, pk=pk)
    return found


def _done(request: StaffRequest, page: Page, event: TrajectoryEvent, trajectory: Trajectory) -> HttpResponse:
    name = {"name": trajectory.participant.first_name}
    saved(request, page.done % name, undo_url=reverse("trajectories:undo", args=[event.pk]))
    if event.kind == EventKind.TRIAL_FAILED:
        return redirect("guidance:end_trajectory", trajectory.pk)
    return redirect("guidance:person", trajectory.participant_id)
