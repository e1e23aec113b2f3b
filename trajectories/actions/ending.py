"""The end of a trajectory, and the contacts after it."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from organisations.models import StaffMember
from trajectories.actions import coaches, refusals
from trajectories.actions.moving import move
from trajectories.actions.outcomes import record_outcome
from trajectories.answers import Ending
from trajectories.models import EventKind, OutcomeKind, ProvisionEnd, Trajectory, TrajectoryEvent
from trajectories.provision_kinds import kind_label
from trajectories.workflow import MoveRefused
from trajectories.working_with import note_units


@transaction.atomic
def end_trajectory(*, by: StaffMember, trajectory: Trajectory, ending: Ending) -> TrajectoryEvent:
    """The trajectory is over: last day, reason, destination and what came of it are written at once.

    The place it held is free from the next day on, so that somebody else can be offered it. The provisions that still
    run really end; one that began after the last day contradicts it. Raises MoveRefused.
    """
    event = move(
        by=by,
        trajectory=trajectory,
        kind=EventKind.ENDED,
        on=ending.on,
        note=ending.note,
        changes={
            "ended_on": ending.on,
            "end_reason": ending.reason,
            "destination": ending.destination,
            "aftercare_until": ending.aftercare_until,
        },
    )
    ended = event.trajectory
    _check_provisions(ended, ending.on)
    _leave_slots(ended, on=ending.on)
    coaches.end(ended, on=ending.on)
    for kind in ending.outcomes:
        record_outcome(by=by, trajectory=ended, kind=kind, on=ending.on, job=ending.job)
    if ending.insight:
        kind = OutcomeKind.HELP_QUESTION_INSIGHT
        record_outcome(by=by, trajectory=ended, kind=kind, on=ending.on, insight=ending.insight)
    note_units([ended.participant_id])
    return event


def _check_provisions(trajectory: Trajectory, last_day: date) -> None:
    """Nobody uses a provision of a trajectory that is over."""
    later = trajectory.provisions.filter(starts_on__gt=last_day).order_by("starts_on").last()
    if later:
        raise MoveRefused(
            _(
                "The provision “%(provision)s” began after this day, on %(day)s. Choose that day or a later one, or"
                " change the provision first."
            )
            % {"provision": later.description or kind_label(later.kind), "day": refusals.day(later.starts_on)},
            field="on",
        )


def _leave_slots(trajectory: Trajectory, *, on: date) -> None:
    """Close what the trajectory held: its places, and the provisions that the national statistic counts."""
    trajectory.placements.filter(starts_on__gt=on).delete()
    still_open = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    trajectory.placements.filter(still_open).update(ends_on=on)
    trajectory.provisions.filter(still_open).update(ends_on=on, end_reason=ProvisionEnd.REAL, version=F("version") + 1)


AFTERCARE_RESULTS = {
    "reached": EventKind.AFTERCARE_REACHED,
    "not_reached": EventKind.AFTERCARE_NOT_REACHED,
    "refused": EventKind.AFTERCARE_REFUSED,
}


@transaction.atomic
def record_aftercare(
    *, by: StaffMember, trajectory: Trajectory, on: date, result: str, note: str = ""
) -> TrajectoryEvent:
    """Somebody asked how it goes after the end: reached, not reached, or the person wants no more contact."""
    event = move(by=by, trajectory=trajectory, kind=AFTERCARE_RESULTS[result], on=on, note=note)
    note_units([event.trajectory.participant_id])
    return event
