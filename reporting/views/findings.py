"""What somebody answers to a warning of the statistic, and the one error that has one known mending."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation import notices
from foundation.back import way_back
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant
from reporting.signals.forms import AnswerSignalForm
from reporting.statistic import answers
from reporting.statistic.rules import MISSING
from trajectories.actions.completing import close_provision as close
from trajectories.models import Provision, Trajectory


@require_http_methods(["GET", "POST"])
@requires(Permission.STATISTIC_EXPORT)
def answer_finding(request: StaffRequest, rule: str, pk: uuid.UUID) -> HttpResponse:
    """It is right as it is: say why."""
    person, programme = _fetch(request, rule, pk)
    form = AnswerSignalForm(request.POST or None)
    if form.is_valid() and _did(request, form, rule, pk, person):
        there = reverse("reporting:reopen_finding", args=[rule, pk])
        query = request.GET.urlencode()
        notices.saved(request, _("Right as it is."), undo_url=f"{there}?{query}" if query else there)
        return _back(request)
    record_read(request, "reporting:statistic_checks", [person])
    check = answers.CAN_BE_RIGHT[rule]
    wrong = str(check.wrong) % {"programme": programme} if rule == MISSING.id else str(check.wrong)
    context: dict[str, Any] = {
        "form": form,
        "check": {"label": wrong, "rule": check.todo},
        "person": person,
        "title": _("Right as it is"),
        "button": _("Save"),
        "list_label": _("Statistic (SRG)"),
        "back": way_back(request) or reverse("reporting:statistic_checks"),
    }
    return render(request, "reporting/signals_form.html", context)


def _did(request: StaffRequest, form: AnswerSignalForm, rule: str, pk: uuid.UUID, person: Participant) -> bool:
    try:
        answers.answer_finding(by=request.user, rule=rule, record_id=pk, participant=person, **form.cleaned_data)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


@require_POST
@requires(Permission.STATISTIC_EXPORT)
def reopen_finding(request: StaffRequest, rule: str, pk: uuid.UUID) -> HttpResponse:
    """The answer does not hold: the warning is open again."""
    person, _programme = _fetch(request, rule, pk)
    answers.reopen_finding(by=request.user, rule=rule, record_id=pk, participant=person)
    notices.said(request, _("The warning is open again."))
    return _back(request)


@require_POST
@requires(Permission.TRAJECTORY_MOVE)
def close_provision(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """A provision that outlived its trajectory ends on the last day of the trajectory."""
    provision: Provision = fetch(Provision.objects.all(), request, Permission.TRAJECTORY_MOVE, pk=pk)
    try:
        close(by=request.user, provision=provision)
        notices.said(request, _("The provision ended with its trajectory."))
    except Refused as refused:
        notices.refused(request, str(refused))
    return _back(request)


def _fetch(request: StaffRequest, rule: str, pk: uuid.UUID) -> tuple[Participant, str]:
    """The person of a provision (or of a trajectory without one) in one's own units, and the programme; or 404.

    A file that is not open to who answers is another's to judge.
    """
    if rule not in answers.CAN_BE_RIGHT:
        raise Http404
    units = request.user.standing.units(Permission.STATISTIC_EXPORT)
    about = {"pk": pk} if rule == MISSING.id else {"provisions__pk": pk}
    open_files = Participant.objects.open_to(request.user, Permission.STATISTIC_EXPORT)
    rows = Trajectory.objects.select_related("programme", "participant").filter(
        unit__in=units, participant__in=open_files
    )
    trajectory: Trajectory = fetch(rows, request, Permission.STATISTIC_EXPORT, **about)
    return trajectory.participant, trajectory.programme.name


def _back(request: StaffRequest) -> HttpResponse:
    return HttpResponseRedirect(way_back(request) or reverse("reporting:statistic_checks"))
