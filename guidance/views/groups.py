"""Groups: the list, the attendance of a half-day, and who is in it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.encryption import open_file_keys
from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from guidance import actions
from guidance.forms.groups import REMARK, STATUS, GroupMembersForm, HalfDayForm, name_of
from guidance.models import Group, HalfDay, HalfDayStatus
from guidance.screens import groups as screen
from organisations.access import Permission, StaffRequest, fetch, requires
from trajectories.models import Trajectory


@require_GET
@requires(Permission.TODAY_READ)
def groups(request: StaffRequest) -> HttpResponse:
    """The groups of the team, the own ones first."""
    return render(request, "guidance/groups.html", {"rows": screen.groups_of(request.user)})


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def group_day(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Who was there on a half-day: one tap for each exception, saved all at once."""
    group = _fetch(request, pk)
    sitting = screen.sitting_asked(group, request.GET.get("day", ""), request.GET.get("half", ""))
    members = screen.members_on(group, sitting, request.user)
    known = screen.recorded(members, sitting)
    open_file_keys(row.participant_id for row in known.values())
    form = HalfDayForm(request.POST or None, trajectories=members, initial=_initial(members, known))
    if request.POST.get("fill") in HalfDayStatus.values:
        form.fill_in(request.POST["fill"])
    elif form.is_valid():
        try:
            presences = form.all_cancelled() if "cancelled" in request.POST else form.presences()
            actions.record_half_day(
                by=request.user, group=group, on=sitting.on, half_day=sitting.half_day, presences=presences
            )
            saved(request, _("Attendance of %(group)s saved.") % {"group": group.name})
            return redirect(screen.address(group, sitting.on, sitting.half_day))
        except Refused as refused:
            form.refuse(refused)
    record_read(request, "guidance:group_day", [member.participant for member in members])
    context = {
        "group": group,
        "sitting": sitting,
        "half_day": str(HalfDay(sitting.half_day).label).lower(),
        "form": form,
        "people": screen.people_words(len(members)),
        "in_words": screen.in_words(known, len(members)),
        "is_cancelled": bool(known) and all(row.status == HalfDayStatus.CANCELLED for row in known.values()),
        **screen.neighbours(group, sitting),
    }
    return render(request, "guidance/group_day.html", context)


def _initial(members: list[Trajectory], known: dict[Any, Any]) -> dict[str, str]:
    return {
        name_of(member, part): getattr(known[member.pk], part)
        for member in members
        if member.pk in known
        for part in (STATUS, REMARK)
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def edit_group(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose who is in a group."""
    group: Group = fetch(Group.objects, request, Permission.TRAJECTORY_MOVE, pk=pk)
    people = screen.possible_members(group, request.user)
    present = [str(key) for key in group.trajectories.values_list("pk", flat=True)]
    form = GroupMembersForm(request.POST or None, trajectories=people, initial={"members": present})
    if form.is_valid():
        unseen = group.trajectories.exclude(pk__in=[trajectory.pk for trajectory in people])
        actions.set_group_members(by=request.user, group=group, trajectories=[*form.trajectories(), *unseen])
        saved(request, _("Participants of %(group)s saved.") % {"group": group.name})
        return redirect("guidance:group_day", group.pk)
    record_read(request, "guidance:edit_group", [trajectory.participant for trajectory in people])
    return render(request, "guidance/edit_group.html", {"form": form, "group": group, "has_people": bool(people)})


def _fetch(request: StaffRequest, pk: uuid.UUID) -> Group:
    rows = Group.objects.select_related("coach").prefetch_related("days")
    found: Group = fetch(rows, request, Permission.SESSION_LOG, pk=pk)
    return found
