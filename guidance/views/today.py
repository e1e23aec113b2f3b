"""Today's list, and the taps on it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation import notices
from foundation.reading import record_read
from foundation.refused import Refused
from guidance import actions
from guidance.models import AttendanceKind, Session
from guidance.screens.today import day_asked, today_of
from organisations.access import Permission, StaffRequest, fetch, requires


@require_GET
@requires(Permission.TODAY_READ)
def today(request: StaffRequest) -> HttpResponse:
    """The day of a coach: who comes, what waits to be filled in, what is due."""
    context = today_of(request.user, day_asked(request.GET.get("day", "")))
    record_read(request, "guidance:today", context.pop("people"))
    return render(request, "guidance/today.html", context)


@require_POST
@requires(Permission.SESSION_LOG)
def record_attendance(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One tap: the person came, or not."""
    session = _fetch(request, pk)
    attendance = request.POST.get("attendance", "")
    if attendance not in AttendanceKind.values:
        notices.refused(request, _("Choose whether %(name)s came.") % {"name": session.participant.first_name})
        return _back(session)
    try:
        session = actions.record_attendance(by=request.user, session=session, attendance=attendance)
    except Refused as refused:
        notices.refused(request, str(refused))
        return _back(session)
    words = {"name": session.participant.first_name, "what": str(session.get_attendance_display()).lower()}
    notices.saved(
        request, _("%(name)s: %(what)s.") % words, undo_url=reverse("guidance:undo_attendance", args=[session.pk])
    )
    return _back(session)


@require_POST
@requires(Permission.SESSION_LOG)
def undo_attendance(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The tap was a mistake."""
    session = _fetch(request, pk)
    try:
        actions.undo_attendance(by=request.user, session=session)
        notices.said(
            request, _("Undone: fill in again whether %(name)s came.") % {"name": session.participant.first_name}
        )
    except Refused as refused:
        notices.refused(request, str(refused))
    return _back(session)


def _fetch(request: StaffRequest, pk: uuid.UUID) -> Session:
    found: Session = fetch(Session.objects.select_related("participant"), request, Permission.SESSION_LOG, pk=pk)
    return found


def _back(session: Session) -> HttpResponse:
    return redirect(f"{reverse('guidance:today')}?day={session.held_on.isoformat()}")
