"""Undoing an event: it stays on the thread, a later event says that it does not hold, and why."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from organisations.models import StaffMember
from trajectories.actions import coaches, refusals
from trajectories.actions.moving import TURNING, Course, lock_course, store, write_event
from trajectories.actions.reopening import reopen
from trajectories.models import EventKind, Trajectory, TrajectoryEvent
from trajectories.workflow import AFTERCARE, MoveRefused, replay
from trajectories.working_with import note_units

E = EventKind
CHANGES = frozenset({E.EXTENDED, E.COACH_CHANGED})


@transaction.atomic
def void_event(*, by: StaffMember, event: TrajectoryEvent, reason: str) -> TrajectoryEvent:
    """Something was recorded wrongly. It is undone with a reason, and the trajectory is again where it was before.

    Only the last of its kind can be undone: of what turns the thread the last turn, of longer or another coach the
    last such change. Undoing an end undoes all that the end did: the coach coaches on, provisions run on under their
    own number, the place is held again unless somebody else has it by now, and the outcomes that were told with the
    end are taken away. What was closed or told apart from the end stays, and so does a measurement. Raises MoveRefused.
    """
    course = lock_course(event.trajectory)
    undone = _holding(course, event)
    _check_last(course, undone)
    course.events.remove(undone)
    trajectory = course.trajectory
    changes = _restore(trajectory, undone)
    state = replay(course.events, has_trial=course.has_trial)
    store(trajectory, state, changed=changes)
    made = write_event(by=by, course=course, kind=E.VOIDED, on=today(), note=reason, voids=undone)
    note_units([trajectory.participant_id])
    return made


def _holding(course: Course, event: TrajectoryEvent) -> TrajectoryEvent:
    for known in course.events:
        if known.pk == event.pk:
            return known
    raise MoveRefused(_("This is undone already. Look at the timeline to see what holds."))


def _check_last(course: Course, event: TrajectoryEvent) -> None:
    kinds = _same_kind(EventKind(event.kind))
    last = course.last(kinds)
    if last is not None and last.pk != event.pk:
        raise MoveRefused(
            _("Something happened after this: %(what)s on %(day)s. Undo that first.")
            % {"what": last.get_kind_display().lower(), "day": refusals.day(last.dated_on)}
        )


def _same_kind(kind: EventKind) -> frozenset[EventKind]:
    """The events among which this one must be the last."""
    if kind in AFTERCARE:
        return frozenset({kind})
    return frozenset({kind}) if kind in CHANGES else TURNING | AFTERCARE


def _restore(trajectory: Trajectory, event: TrajectoryEvent) -> dict[str, object]:
    """Give the trajectory back what the event changed. Returns the fields that changed."""
    changes: dict[str, object] = {}
    match event.kind:
        case E.ENDED:
            if trajectory.ended_on:
                reopen(trajectory, ended_on=trajectory.ended_on)
            changes = {"ended_on": None, "end_reason": None, "destination": None, "aftercare_until": None}
            coaches.end(trajectory, on=None)
        case E.EXTENDED:
            changes = {"planned_end_on": _before(trajectory, "planned_end_on")}
        case E.COACH_CHANGED:
            coach = StaffMember.objects.filter(pk=_before(trajectory, "coach")).first()
            coaches.take_back(trajectory, coach=coach)
            changes = {"coach": coach}
    for name, value in changes.items():
        setattr(trajectory, name, value)
    return changes


def _before(trajectory: Trajectory, name: str) -> Any:
    """What the trajectory had in a field before what it has there now, from its change history."""
    versions = trajectory.history.exclude(**{name: getattr(trajectory, name)}).order_by("-pgh_id")  # type: ignore[attr-defined]
    return versions.values_list(name, flat=True).first()
