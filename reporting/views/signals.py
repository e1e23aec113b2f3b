"""Signals: the worklist, and what somebody answers or mends on it."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.back import way_back
from foundation.clock import today
from foundation.encryption import open_file_keys
from foundation.forms import HouseForm
from foundation.notices import said, saved
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant
from reporting.signals import actions
from reporting.signals.checks import SIGNAL_CHECKS
from reporting.signals.forms import AnswerSignalForm, PassOnSignalForm
from reporting.signals.looking import Look
from reporting.signals.mending import MENDINGS
from reporting.signals.screen import SignalsPage
from reporting.signals.worklist import Worklist, period_of_coach, scope_of_coach
from reporting.views.frame import asked_for, frame, own_choices

PASSED = "passed"
"""What an address says to show only what was passed on."""

# Where the records of a check hang on a person.
RECORDS = {
    "participant": "pk",
    "trajectory": "trajectories__pk",
    "session": "sessions__pk",
    "event": "trajectories__events__pk",
    "outcome": "trajectories__outcomes__pk",
    "placement": "trajectories__placements__pk",
}


@require_GET
@requires(Permission.SIGNALS_READ)
def signals(request: StaffRequest) -> HttpResponse:
    """What is missing, late or due in the files: of a manager's units, or of whom a coach guides."""
    check = request.GET.get("check", "")
    if check and check not in SIGNAL_CHECKS:
        raise Http404
    is_manager = request.user.standing.may(Permission.FIGURES_READ)
    context, worklist, address = _of_units(request, check) if is_manager else _of_coach(request)
    context |= {"check": SIGNAL_CHECKS.get(check), "is_manager": is_manager, "everything_url": address}
    if worklist is not None:
        page = _page(request, worklist, address, check)
        record_read(request, "reporting:signals", page.files)
        open_file_keys(page.answered)
        context |= page.context()
    return render(request, "reporting/signals.html", context)


def _page(request: StaffRequest, worklist: Worklist, address: str, check: str) -> SignalsPage:
    only_passed = request.GET.get(PASSED) == "1"
    if only_passed:
        address = f"{address}{'&' if '?' in address else '?'}{PASSED}=1"
    return SignalsPage(
        worklist,
        member=request.user,
        address=address,
        check=check,
        after=request.GET.get("page", ""),
        only_passed=only_passed,
    )


def _of_units(request: StaffRequest, check: str) -> tuple[dict[str, Any], Worklist | None, str]:
    """With the filters of the overview, so that a number there and the list here are about the same."""
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    context = frame(request, choices, form, asked, check=check)
    if asked is None:
        return context, None, reverse("reporting:signals")
    look = Look(request.user, asked.scope, asked.period, today(), choices.programmes)
    return context, Worklist(look), reverse("reporting:signals") + asked.query()


def _of_coach(request: StaffRequest) -> tuple[dict[str, Any], Worklist | None, str]:
    """Own people and what was passed on; who guides nobody has no signals."""
    scope = scope_of_coach(request.user)
    look = Look(request.user, scope, period_of_coach(), today())
    worklist = Worklist(look, mine=request.user) if scope.participants else None
    return {"form": None}, worklist, reverse("reporting:signals")


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGNALS_READ)
def answer_signal(request: StaffRequest, check: str, pk: uuid.UUID) -> HttpResponse:
    """It is right as it is: say why."""
    person = _fetch(request, check, pk)
    form = AnswerSignalForm(request.POST or None)
    if form.is_valid() and _did(form, actions.answer_signal, by=request.user, **_about(check, pk, person)):
        saved(request, _("Right as it is."), undo_url=_undo(request, check, pk))
        return _back(request)
    return _show(request, form, check, person, _("Right as it is"), _("Save"))


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGNALS_READ)
def pass_on_signal(request: StaffRequest, check: str, pk: uuid.UUID) -> HttpResponse:
    """Ask a coach to look at it."""
    person = _fetch(request, check, pk)
    form = PassOnSignalForm(request.POST or None, coaches=actions.coaches_with(person))
    if form.is_valid() and _did(form, actions.pass_on_signal, by=request.user, **_about(check, pk, person)):
        words = _("Passed on to %(name)s.") % {"name": form.cleaned_data["coach"].name}
        saved(request, words, undo_url=_undo(request, check, pk))
        return _back(request)
    return _show(request, form, check, person, _("Pass on to a coach"), _("Pass on"))


@require_POST
@requires(Permission.SIGNALS_READ)
def reopen_signal(request: StaffRequest, check: str, pk: uuid.UUID) -> HttpResponse:
    """The answer does not hold: the signal is open again."""
    person = _fetch(request, check, pk)
    actions.reopen_signal(by=request.user, **_about(check, pk, person))
    said(request, _("The signal is open again."))
    return _back(request)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAJECTORY_MOVE)
def mend_signal(request: StaffRequest, check: str, pk: uuid.UUID) -> HttpResponse:
    """Fill in what was left blank, or give a place back."""
    mending = MENDINGS.get(check)
    if mending is None:
        raise Http404
    person = _fetch(request, check, pk, Permission.TRAJECTORY_MOVE)
    record = mending.record(person, pk)
    # A form without fields is sent empty.
    form = mending.form(request.POST if request.method == "POST" else None, record)
    if form.is_valid() and _did(form, mending.act, by=request.user, record=record):
        saved(request, str(mending.done))
        return _back(request)
    return _show(request, form, check, person, str(mending.title), str(mending.button))


def _fetch(
    request: StaffRequest, check: str, pk: uuid.UUID, permission: Permission = Permission.SIGNALS_READ
) -> Participant:
    """The person of a record that this check looks at; 404 where there is none in the reader's units."""
    if check not in SIGNAL_CHECKS:
        raise Http404
    people = Participant.objects.visible_to(request.user, permission)
    for about in SIGNAL_CHECKS[check].about:
        if people.filter(**{RECORDS[about]: pk}).exists():
            person: Participant = fetch(Participant.objects, request, permission, **{RECORDS[about]: pk})
            return person
    raise Http404


def _about(check: str, pk: uuid.UUID, person: Participant) -> dict[str, Any]:
    return {"check": check, "record_id": pk, "participant": person}


def _did(form: HouseForm, act: Any, **about: Any) -> bool:
    """Do what the form asks; when it cannot be, the form says why."""
    try:
        act(**about, **form.cleaned_data)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _undo(request: StaffRequest, check: str, pk: uuid.UUID) -> str:
    query = request.GET.urlencode()
    return reverse("reporting:reopen_signal", args=[check, pk]) + (f"?{query}" if query else "")


def _back(request: StaffRequest) -> HttpResponse:
    return HttpResponseRedirect(way_back(request) or reverse("reporting:signals"))


def _show(
    request: StaffRequest, form: HouseForm, check: str, person: Participant, title: str, button: str
) -> HttpResponse:
    record_read(request, "reporting:signals", [person])
    context = {
        "form": form,
        "check": SIGNAL_CHECKS[check],
        "person": person,
        "title": title,
        "button": button,
        "list_label": _("Signals"),
        "back": way_back(request) or reverse("reporting:signals"),
    }
    return render(request, "reporting/signals_form.html", context)
