"""What happens along the way: starting, the trial, pause and relapse, picking up again, longer, another coach."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from organisations.models import StaffMember
from trajectories.actions import coaches, refusals
from trajectories.actions.moving import move
from trajectories.models import EventKind, State, Trajectory, TrajectoryEvent
from trajectories.workflow import MoveRefused
from trajectories.working_with import note_units


@transaction.atomic
def start_trajectory(
    *, by: StaffMember | None, trajectory: Trajectory, on: date, planned_end_on: date | None = None, note: str = ""
) -> TrajectoryEvent:
    """The person starts, on the day that was planned or on another; the thread begins on that day.

    ``planned_end_on`` replaces the end that was planned. A programme with trial weeks starts with its trial.
    """
    changes = {"started_on": on, "planned_end_on": planned_end_on or trajectory.planned_end_on}
    event = move(by=by, trajectory=trajectory, kind=EventKind.STARTED, on=on, note=note, changes=changes)
    check_paid_for(event.trajectory, on)
    check_length(event.trajectory)
    coaches.start(event.trajectory, on=on)
    note_units([event.trajectory.participant_id])
    return event


def start_due() -> int:
    """Start every planned trajectory whose day has come; the scheduler asks this each morning. Returns how many.

    One whose start was undone waits for a person: somebody knew better than the plan.
    """
    due = Trajectory.objects.filter(state=State.PLANNED, started_on__lte=today())
    started = 0
    for trajectory in list(due.exclude(events__kind=EventKind.STARTED).order_by("started_on")):
        try:
            start_trajectory(by=None, trajectory=trajectory, on=trajectory.started_on)
        except MoveRefused:
            continue  # it stays planned, and the coach's list says that its day has come
        started += 1
    return started


@transaction.atomic
def cancel_trajectory(*, by: StaffMember, trajectory: Trajectory, reason: str) -> TrajectoryEvent:
    """The person never starts: the plan is cancelled with a reason, and no figure counts it."""
    event = move(by=by, trajectory=trajectory, kind=EventKind.CANCELLED, on=today(), note=reason)
    coaches.never_started(event.trajectory)
    event.trajectory.placements.all().delete()
    note_units([event.trajectory.participant_id])
    return event


def pass_trial(*, by: StaffMember, trajectory: Trajectory, on: date, note: str = "") -> TrajectoryEvent:
    """Coach, work supervisor and participant find that the team fits: the trial is over and the trajectory runs."""
    return move(by=by, trajectory=trajectory, kind=EventKind.TRIAL_PASSED, on=on, note=note)


def fail_trial(*, by: StaffMember, trajectory: Trajectory, on: date, note: str = "") -> TrajectoryEvent:
    """They find that the team does not fit. The verdict stands; ending the trajectory is the next step."""
    return move(by=by, trajectory=trajectory, kind=EventKind.TRIAL_FAILED, on=on, note=note)


def pause_trajectory(*, by: StaffMember, trajectory: Trajectory, on: date, note: str = "") -> TrajectoryEvent:
    """The trajectory stands still for a while, for a reason outside it: ill, a holiday, no place."""
    return move(by=by, trajectory=trajectory, kind=EventKind.PAUSED, on=on, note=note)


def record_relapse(*, by: StaffMember, trajectory: Trajectory, on: date, note: str = "") -> TrajectoryEvent:
    """The person fell back. That is part of the way: dated, neutral, and it ends nothing."""
    return move(by=by, trajectory=trajectory, kind=EventKind.RELAPSE, on=on, note=note)


def resume_trajectory(*, by: StaffMember, trajectory: Trajectory, on: date, note: str = "") -> TrajectoryEvent:
    """The thread is picked up again: every open pause and relapse is over."""
    return move(by=by, trajectory=trajectory, kind=EventKind.RESUMED, on=on, note=note)


@transaction.atomic
def extend_trajectory(
    *, by: StaffMember, trajectory: Trajectory, on: date, planned_end_on: date, note: str = ""
) -> TrajectoryEvent:
    """It takes longer than planned: there is a new goal date."""
    event = move(
        by=by,
        trajectory=trajectory,
        kind=EventKind.EXTENDED,
        on=_day_of_change(trajectory, on),
        note=note,
        changes={"planned_end_on": planned_end_on},
    )
    if trajectory.planned_end_on and planned_end_on <= trajectory.planned_end_on:
        raise MoveRefused(
            _("The new goal date is not later than the present one, %(day)s. Choose a later day.")
            % {"day": refusals.day(trajectory.planned_end_on)},
            field="planned_end_on",
        )
    check_length(event.trajectory)
    return event


@transaction.atomic
def change_coach(
    *, by: StaffMember, trajectory: Trajectory, on: date, coach: StaffMember, note: str = ""
) -> TrajectoryEvent:
    """Somebody else coaches from that day on. Figures per coach follow the days of each."""
    on = _day_of_change(trajectory, on)
    event = move(
        by=by,
        trajectory=trajectory,
        kind=EventKind.COACH_CHANGED,
        on=on,
        note=note,
        coach=coach,
        changes={"coach": coach},
    )
    coaches.hand_over(event.trajectory, to=coach, on=on)
    return event


def _day_of_change(trajectory: Trajectory, on: date) -> date:
    """A change of a plan stands on the day of the start: the thread has no earlier day."""
    return max(on, trajectory.started_on) if trajectory.state == State.PLANNED else on


def check_paid_for(trajectory: Trajectory, on: date) -> None:
    """Raise MoveRefused when the agreement does not hold on the day of the start."""
    if not trajectory.agreement.holds_on(on):
        raise MoveRefused(
            _("Agreement %(code)s does not hold on this day. Choose a day within its dates, or another agreement.")
            % {"code": trajectory.agreement.code},
            field="on",
        )


def check_length(trajectory: Trajectory) -> None:
    """Raise MoveRefused when the goal date lies before the start, or later than the programme allows."""
    first, last, weeks = trajectory.started_on, trajectory.planned_end_on, trajectory.programme.longest_weeks
    if last is None:
        return
    if last < first:
        raise MoveRefused(_("The goal date lies before the start. Check both dates."), field="planned_end_on")
    if weeks and last >= first + timedelta(weeks=weeks):
        raise MoveRefused(
            _("This programme lasts %(weeks)s weeks at most. Choose a goal date before %(day)s.")
            % {"weeks": weeks, "day": refusals.day(first + timedelta(weeks=weeks))},
            field="planned_end_on",
        )
