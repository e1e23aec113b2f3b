"""Conversations and contacts: planned, held, written down, changed."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from guidance.answers import Meeting, Report
from guidance.models import Session
from organisations.models import StaffMember
from trajectories.models import Trajectory

LONGEST_BEFORE_START = timedelta(days=30)


class EditedMeanwhile(Exception):
    """Somebody else changed the session since this person opened it; nothing is lost and nothing was written."""

    def __init__(self, session: Session) -> None:
        super().__init__(str(session.pk))
        self.session = session


def log_session(
    *,
    by: StaffMember,
    trajectory: Trajectory,
    session_id: UUID,
    meeting: Meeting,
    report: Report,
    next_meeting: Meeting | None = None,
) -> Session:
    """A coach writes down a session that was not planned, and makes the next appointment.

    Sent twice (same ``session_id``), both stand there once.
    """
    try:
        return _log(by, trajectory, session_id, meeting, report, next_meeting)
    except (Refused, IntegrityError) as error:
        if sent_before := _sent_before(by, trajectory, session_id):
            return sent_before
        if isinstance(error, Refused):
            raise
        raise Refused(_("This form was used for something else. Open a new form and fill it in again.")) from None


@transaction.atomic
def _log(
    by: StaffMember,
    trajectory: Trajectory,
    session_id: UUID,
    meeting: Meeting,
    report: Report,
    next_meeting: Meeting | None,
) -> Session:
    _check_day(trajectory, meeting.held_on)
    if meeting.held_on > today():
        raise Refused(_("This day lies in the future. Choose today, or plan an appointment."), field="held_on")
    session = _new_session(by, trajectory, meeting)
    session.pk = session_id
    _write(session, report)
    session.save(force_insert=True)
    session.goals.add(*report.goals)
    _plan_next(by, trajectory, next_meeting)
    return session


def _sent_before(by: StaffMember, trajectory: Trajectory, session_id: UUID) -> Session | None:
    return Session.objects.filter(pk=session_id, trajectory=trajectory, recorded_by=by).first()


@transaction.atomic
def edit_session(
    *,
    by: StaffMember,
    session: Session,
    version: int,
    meeting: Meeting,
    report: Report,
    next_meeting: Meeting | None = None,
) -> Session:
    """A coach changes or completes a session, planned ones included. The version before stays in its history.

    Raises EditedMeanwhile when ``version`` is not the newest any more, and Refused for a day that cannot be.
    """
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("trajectory", "participant").get(pk=session.pk)
    )
    if session.version != version:
        if _says(session, report):
            return session  # sent twice
        raise EditedMeanwhile(session)
    _check_day(session.trajectory, meeting.held_on)
    if meeting.held_on > today():
        raise Refused(_("This day lies in the future. Fill in on the day whether the person came."), field="held_on")
    if not session.attendance:
        _enter(session, by)
    for name, value in vars(meeting).items():
        setattr(session, name, value)
    _write(session, report)
    session.version += 1
    session.save()
    session.goals.set(report.goals)
    _plan_next(by, session.trajectory, next_meeting)
    return session


def _says(session: Session, report: Report) -> bool:
    return all(getattr(session, name) == getattr(report, name) for name in ("attendance", "note", "plan"))


@transaction.atomic
def plan_appointment(
    *, by: StaffMember, trajectory: Trajectory, meeting: Meeting, coach: StaffMember | None = None
) -> Session:
    """Coach and participant agree to meet: a session of which nobody knows yet whether the person comes."""
    _check_appointment(meeting)
    session = _new_session(by, trajectory, meeting)
    session.coach = coach or by
    session.save(force_insert=True)
    return session


@transaction.atomic
def move_appointment(*, by: StaffMember, session: Session, meeting: Meeting) -> Session:  # noqa: ARG001
    """The appointment is put on another day, time or place. Where it stood before stays in its history."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.attendance:
        raise Refused(_("This appointment is over: it is filled in whether the person came. Plan a new one."))
    _check_appointment(meeting)
    for name, value in vars(meeting).items():
        setattr(session, name, value)
    session.version += 1
    session.save()
    return session


@transaction.atomic
def record_attendance(*, by: StaffMember, session: Session, attendance: str) -> Session:
    """One tap on today's list: the person came, or not. The report can be written later."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.attendance == attendance:
        return session
    if session.attendance:
        raise Refused(_("Attendance is filled in already. Open the session to change it."))
    if session.held_on > today():
        raise Refused(_("This appointment is still to come. Fill in on the day whether the person came."))
    session.attendance = attendance
    _enter(session, by)
    session.version += 1
    session.save()
    return session


@transaction.atomic
def undo_attendance(*, by: StaffMember, session: Session) -> Session:  # noqa: ARG001
    """The tap was a mistake: it is an appointment again. Once there is a report, edit that instead."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.note or session.restricted_note:
        raise Refused(_("There is a report of this session already. Open the session to change it."))
    session.attendance = ""
    session.version += 1
    session.save()
    return session


def _plan_next(by: StaffMember, trajectory: Trajectory, meeting: Meeting | None) -> None:
    if meeting:
        plan_appointment(by=by, trajectory=trajectory, meeting=meeting)


def _new_session(by: StaffMember, trajectory: Trajectory, meeting: Meeting) -> Session:
    return Session(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        coach=by,
        recorded_by=by,
        **vars(meeting),
    )


def _write(session: Session, report: Report) -> None:
    session.attendance = report.attendance
    session.note = report.note
    session.plan = report.plan
    session.life_domains = list(report.life_domains)
    if report.restricted_note is not None:
        session.restricted_note = report.restricted_note


def _enter(session: Session, by: StaffMember) -> None:
    """From this moment the session is known: before, it was only planned."""
    session.recorded_at = timezone.now()
    session.recorded_by = by


def _check_day(trajectory: Trajectory, held_on: date) -> None:
    earliest = trajectory.started_on - LONGEST_BEFORE_START
    if held_on < earliest:
        raise Refused(
            _("This is more than 30 days before the start of the trajectory. Choose %(day)s or a later day.")
            % {"day": date_format(earliest, "j F Y")},
            field="held_on",
        )


def _check_appointment(meeting: Meeting) -> None:
    if meeting.held_on < today():
        raise Refused(_("This day is over. Choose today or a later day, or log a session."), field="held_on")
