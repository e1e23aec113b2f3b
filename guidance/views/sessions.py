"""Logging, reading and changing sessions."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.clock import today
from foundation.encryption import open_file_keys
from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from guidance import actions
from guidance.forms.sessions import EditSessionForm, LogSessionForm, answers_of, new_session_answers
from guidance.models import Session
from guidance.screens import session as screen
from guidance.screens.file import open_file
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant
from trajectories.models import Trajectory


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def log_session(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down a session that was not planned, on one trajectory."""
    rows = screen.knowing_coach(Trajectory.objects.select_related("participant", "programme"), request.user)
    trajectory: Any = fetch(rows, request, Permission.SESSION_LOG, pk=pk)
    settings = screen.form_settings(trajectory, is_named=trajectory.is_named)
    form = LogSessionForm(request.POST or None, initial=new_session_answers(), **settings)
    if form.is_valid():
        try:
            actions.log_session(
                by=request.user,
                trajectory=trajectory,
                session_id=form.cleaned_data["token"],
                meeting=form.meeting(),
                report=form.report(),
                next_meeting=form.next_one(),
            )
            return _after(request, form, trajectory)
        except Refused as refused:
            form.refuse(refused)
    return _show_form(request, form, trajectory)


@require_GET
@requires(Permission.SESSION_LOG)
def log_session_for(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Lead to the form of somebody's only open trajectory; with several, ask which one."""
    file = open_file(request, pk)
    choices = file.open or file.trajectories[:1]
    if len(choices) == 1:
        return redirect("guidance:log_session", choices[0].pk)
    record_read(request, "guidance:log_session_for", [file.person])
    return render(request, "guidance/log_session_for.html", {"person": file.person, "trajectories": choices})


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def edit_session(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a session, or write the report of an appointment. The version before is kept."""
    session: Any = _fetch_session(request, Permission.SESSION_LOG, pk)
    open_file_keys([session.participant_id])
    settings = screen.form_settings(session.trajectory, is_named=session.is_named)
    initial = answers_of(session)
    form = EditSessionForm(request.POST or None, initial=initial, starts_at=session.starts_at, **settings)
    if form.is_valid():
        _keep_texts(request, form, session)
        try:
            actions.edit_session(
                by=request.user,
                session=session,
                version=form.cleaned_data["version"],
                meeting=form.meeting(),
                report=form.report(),
                next_meeting=form.next_one(),
            )
            return _after(request, form, session.trajectory)
        except actions.EditedMeanwhile as edited:
            return _show_both(request, form, edited.session)
        except Refused as refused:
            form.refuse(refused)
    return _show_form(request, form, session.trajectory, session)


@require_GET
@requires(Permission.FILE_READ)
def session(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Read one session, with its earlier versions."""
    found: Any = _fetch_session(request, Permission.FILE_READ, pk)
    open_file_keys([found.participant_id])
    record_read(request, "guidance:session", [found.participant])
    context = screen.page_of(found, is_named=found.is_named)
    open_to_change = Participant.objects.visible_to(request.user, Permission.SESSION_LOG)
    may_edit = open_to_change.filter(pk=found.participant_id).exists()
    return render(request, "guidance/session.html", {**context, "person": found.participant, "may_edit": may_edit})


def _fetch_session(request: StaffRequest, permission: Permission, pk: uuid.UUID) -> Session:
    rows = Session.objects.select_related("participant", "coach", "trajectory__participant", "trajectory__programme")
    rows = screen.knowing_coach(rows.prefetch_related("goals"), request.user)
    found: Session = fetch(rows, request, permission, pk=pk)
    return found


def _show_form(
    request: StaffRequest, form: LogSessionForm, trajectory: Trajectory, session: Session | None = None
) -> HttpResponse:
    open_file_keys([trajectory.participant_id])
    record_read(request, "guidance:log_session", [trajectory.participant])
    context = {
        "form": form,
        "person": trajectory.participant,
        "trajectory": trajectory,
        "session": session,
        "is_written": bool(session and session.note),
        "last_time": screen.last_time(trajectory, before=session),
        "versions": list(screen.earlier_versions(session)) if session and session.version > 1 else [],
    }
    return render(request, "guidance/log_session.html", context)


def _show_both(request: StaffRequest, form: EditSessionForm, session: Session) -> HttpResponse:
    """Somebody else was first: show both texts, and let this person choose what to keep."""
    record_read(request, "guidance:edit_session", [session.participant])
    answers = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "form": form,
        "session": session,
        "person": session.participant,
        "other": screen.changed_by(session),
        "mine": form.cleaned_data,
        "answers": [pair for pair in answers if pair[0] not in {"csrfmiddlewaretoken", "version", "keep", "then"}],
    }
    return render(request, "guidance/edited_meanwhile.html", context, status=409)


def _keep_texts(request: HttpRequest, form: EditSessionForm, session: Session) -> None:
    """After a conflict: put both texts together, or take the other's, as this person chose."""
    keep = request.POST.get("keep")
    for name in ("note", "plan") if keep in {"both", "theirs"} else ():
        mine, theirs = form.cleaned_data[name], getattr(session, name)
        both = "\n\n".join(dict.fromkeys(text for text in (theirs, mine) if text))
        form.cleaned_data[name] = both if keep == "both" else theirs


def _after(request: StaffRequest, form: LogSessionForm, trajectory: Trajectory) -> HttpResponse:
    """Say that it was saved, and go where this person wanted to go."""
    person = trajectory.participant
    saved(request, _("Session with %(name)s saved.") % {"name": person.first_name})
    if form.cleaned_data.get("has_relapse"):
        return redirect("trajectories:relapse", trajectory.pk)
    if request.POST.get("then") == "next":
        following = _not_filled_in_today(request)
        return redirect("guidance:edit_session", following.pk) if following else redirect("guidance:today")
    return redirect("guidance:person", person.pk)


def _not_filled_in_today(request: StaffRequest) -> Session | None:
    """The first appointment of today that still waits for its report."""
    waiting = Session.objects.visible_to(request.user, Permission.SESSION_LOG)
    return waiting.filter(coach=request.user, held_on=today(), attendance="").order_by("starts_at").first()
