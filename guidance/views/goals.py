"""The goals of somebody: set, rated, ticked off, closed."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.encryption import open_file_keys
from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from guidance import actions
from guidance.forms.goals import CloseGoalForm, RateGoalForm, SetGoalForm
from guidance.models import Goal, GoalStep
from guidance.screens.file import header_of, open_file
from guidance.screens.goals import goals_of
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant


@require_GET
@requires(Permission.FILE_READ)
def goals(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The goals of somebody in their own words, with steps and ratings."""
    file = open_file(request, pk)
    open_file_keys([file.person.pk])
    record_read(request, "guidance:goals", [file.person])
    context = {**header_of(file, request.user, part="goals"), "rows": goals_of(file.person)}
    return render(request, "guidance/goals.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def set_goal(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down a goal together."""
    person: Participant = fetch(Participant.objects, request, Permission.SESSION_LOG, pk=pk)
    form = SetGoalForm(request.POST or None)
    if form.is_valid():
        actions.set_goal(by=request.user, participant=person, **form.cleaned_data)
        saved(request, _("Goal of %(name)s saved.") % {"name": person.first_name})
        return redirect("guidance:goals", person.pk)
    record_read(request, "guidance:set_goal", [person])
    context = {"form": form, "person": person, "title": _("New goal"), "button": _("Save the goal"), "words": ""}
    return render(request, "guidance/goal_form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def rate_goal(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how far a goal is."""
    goal = _fetch(request, pk)
    form = RateGoalForm(request.POST or None)
    if form.is_valid():
        actions.rate_goal(by=request.user, goal=goal, **form.cleaned_data)
        saved(request, _("Mark saved."))
        return redirect("guidance:goals", goal.participant_id)
    return _show(request, form, goal, _("How far is this goal?"), _("Save the mark"))


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def close_goal(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """A goal is reached, or let go."""
    goal = _fetch(request, pk)
    form = CloseGoalForm(request.POST or None)
    if form.is_valid():
        try:
            actions.close_goal(by=request.user, goal=goal, **form.cleaned_data)
            saved(request, _("Goal closed."))
            return redirect("guidance:goals", goal.participant_id)
        except Refused as refused:
            form.refuse(refused)
    return _show(request, form, goal, _("Close this goal"), _("Close the goal"))


@require_POST
@requires(Permission.SESSION_LOG)
def tick_step(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """A step towards a goal is taken, or was ticked by mistake."""
    goal: Goal = fetch(Goal.objects, request, Permission.SESSION_LOG, steps__pk=pk)
    step = GoalStep.objects.select_related("goal").get(pk=pk)
    actions.tick_step(by=request.user, step=step, is_done=step.done_on is None)
    return redirect("guidance:goals", goal.participant_id)


def _fetch(request: StaffRequest, pk: uuid.UUID) -> Goal:
    goal: Goal = fetch(Goal.objects.select_related("participant"), request, Permission.SESSION_LOG, pk=pk)
    open_file_keys([goal.participant_id])
    return goal


def _show(
    request: StaffRequest, form: RateGoalForm | CloseGoalForm, goal: Goal, title: str, button: str
) -> HttpResponse:
    record_read(request, "guidance:goals", [goal.participant])
    context = {"form": form, "person": goal.participant, "title": title, "button": button, "words": goal.words}
    return render(request, "guidance/goal_form.html", context)
