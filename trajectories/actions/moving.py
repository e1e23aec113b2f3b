"""The one way in which something happens to a trajectory: lock the row, check, write the event, store the state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from foundation.clock import today
from organisations.models import StaffMember
from trajectories.actions import refusals
from trajectories.models import Trajectory, TrajectoryEvent
from trajectories.workflow import AFTERCARE, EventKind, State, may_happen, next_state

E = EventKind

VERDICTS = frozenset({E.TRIAL_PASSED, E.TRIAL_FAILED})
# These decide how the thread goes on, so they are recorded in the order in which they happened.
TURNING = VERDICTS | {E.STARTED, E.PAUSED, E.RELAPSE, E.RESUMED, E.ENDED, E.CANCELLED}


@dataclass
class Course:
    """A trajectory that nobody else can change now, with what happened on it.

    Attributes:
        trajectory: the locked row, with its programme.
        events: its events that still hold, in order.
        next_sequence: the number of the next event.
    """

    trajectory: Trajectory
    events: list[TrajectoryEvent]
    next_sequence: int

    @property
    def has_trial(self) -> bool:
        return self.trajectory.programme.trial_weeks > 0

    @property
    def verdict(self) -> TrajectoryEvent | None:
        return next((event for event in self.events if event.kind in VERDICTS), None)

    def last(self, kinds: frozenset[EventKind] | None = None) -> TrajectoryEvent | None:
        """The last event that holds, of these kinds (of any, when None)."""
        return next((event for event in reversed(self.events) if kinds is None or event.kind in kinds), None)


def lock_course(trajectory: Trajectory) -> Course:
    """Lock the row of a trajectory until the transaction ends, and read its events."""
    rows = Trajectory.objects.select_for_update(of=("self",)).select_related("programme", "agreement")
    row = rows.get(pk=trajectory.pk)
    events = list(row.events.order_by("dated_on", "sequence"))
    undone = {event.voids_id for event in events}
    return Course(
        trajectory=row,
        events=[event for event in events if event.kind != E.VOIDED and event.pk not in undone],
        next_sequence=max((event.sequence for event in events), default=0) + 1,
    )


@transaction.atomic
def move(
    *,
    by: StaffMember | None,
    trajectory: Trajectory,
    kind: EventKind,
    on: date,
    note: str = "",
    coach: StaffMember | None = None,
    changes: Mapping[str, object] | None = None,
) -> TrajectoryEvent:
    """Let something happen to a trajectory: write the event on its thread and store the state it leads to.

    ``changes`` are fields of the trajectory that change with it. Returns the event; ``event.trajectory`` is the row
    as it is now. Raises MoveRefused when this cannot happen in this state or on this day; then nothing is written.
    """
    course = lock_course(trajectory)
    check(course, kind, on)
    for name, value in (changes or {}).items():
        setattr(course.trajectory, name, value)
    event = write_event(by=by, course=course, kind=kind, on=on, note=note, coach=coach)
    decided = course.verdict is not None or kind in VERDICTS
    state = next_state(course.trajectory.state, kind, has_trial=course.has_trial, trial_decided=decided)
    store(course.trajectory, state, changed=changes or {})
    return event


def check(course: Course, kind: EventKind, on: date) -> None:
    """Raise MoveRefused when an event of this kind cannot happen now, or not on this day."""
    trajectory = course.trajectory
    if not may_happen(trajectory.state, kind):
        raise refusals.cannot_happen(trajectory, kind)
    if kind in VERDICTS and (verdict := course.verdict):
        raise refusals.decided_already(verdict)
    if trajectory.state == State.PLANNED and kind not in {E.STARTED, E.CANCELLED}:
        return  # the plan itself changes; such an event stands on the day of the start
    if on > today():
        raise refusals.in_the_future()
    if on < trajectory.started_on and kind not in {E.STARTED, E.CANCELLED}:
        raise refusals.before_start(trajectory)
    if (blocking := _blocking(course, kind)) and on < blocking.dated_on:
        raise refusals.before_event(blocking)


def _blocking(course: Course, kind: EventKind) -> TrajectoryEvent | None:
    """The event before which this one cannot be dated."""
    if kind == E.ENDED:
        return course.last()
    return course.last(TURNING) if kind in TURNING | AFTERCARE else None


def write_event(
    *,
    by: StaffMember | None,
    course: Course,
    kind: EventKind,
    on: date,
    note: str = "",
    coach: StaffMember | None = None,
    voids: TrajectoryEvent | None = None,
) -> TrajectoryEvent:
    """Add an event to the thread of a locked trajectory, with the next number."""
    trajectory = course.trajectory
    return TrajectoryEvent.objects.create(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        sequence=course.next_sequence,
        dated_on=on,
        kind=kind,
        note=note,
        planned_end_on=trajectory.planned_end_on if kind == E.EXTENDED else None,
        coach=coach,
        voids=voids,
        recorded_by=by,
    )


def store(trajectory: Trajectory, state: State, *, changed: Mapping[str, object]) -> None:
    """Store the state, with the fields that changed with it, as a new version of the trajectory."""
    trajectory.state = state
    trajectory.version += 1
    trajectory.save(update_fields=["state", "version", *changed])
