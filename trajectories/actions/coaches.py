"""Who coached a trajectory from when until when: rows that follow its start, its changes of coach and its end."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from organisations.models import StaffMember
from trajectories.actions import refusals
from trajectories.models import Trajectory, TrajectoryCoach
from trajectories.workflow import MoveRefused

ONE_DAY = timedelta(days=1)


def start(trajectory: Trajectory, *, on: date) -> None:
    """The coach of the plan coaches from the day of the start."""
    rows = list(trajectory.coaches.order_by("starts_on"))
    for row in rows[:-1]:
        row.delete()
    if rows:
        rows[-1].starts_on = on
        rows[-1].save(update_fields=["starts_on"])
    elif trajectory.coach:
        _add(trajectory, trajectory.coach, on)


def never_started(trajectory: Trajectory) -> None:
    """Nobody coached what never started."""
    trajectory.coaches.all().delete()


def hand_over(trajectory: Trajectory, *, to: StaffMember, on: date) -> None:
    """One coach until the day before, another from this day on. Raises MoveRefused for a day of an earlier coach."""
    present = trajectory.coaches.order_by("starts_on").last()
    if present is None:
        _add(trajectory, to, on)
        return
    if on < present.starts_on:
        raise MoveRefused(
            _("The present coach started later, on %(day)s. Choose that day or a later one.")
            % {"day": refusals.day(present.starts_on)},
            field="on",
        )
    if on == present.starts_on:
        present.staff_member = to
        present.save(update_fields=["staff_member"])
        return
    present.ends_on = on - ONE_DAY
    present.save(update_fields=["ends_on"])
    _add(trajectory, to, on)


def take_back(trajectory: Trajectory, *, coach: StaffMember | None) -> None:
    """Undo the last change of coach: ``coach``, who it was before, coaches on."""
    *earlier, last = trajectory.coaches.order_by("starts_on")
    if coach is None:
        last.delete()
    elif earlier and earlier[-1].staff_member_id == coach.pk:
        last.delete()
        earlier[-1].ends_on = None
        earlier[-1].save(update_fields=["ends_on"])
    else:  # both on one day: the row changed hands
        last.staff_member = coach
        last.save(update_fields=["staff_member"])


def end(trajectory: Trajectory, *, on: date | None) -> None:
    """The last coach coached until the last day; None when the ending is undone."""
    last = trajectory.coaches.order_by("starts_on").last()
    if last is not None:
        last.ends_on = on
        last.save(update_fields=["ends_on"])


def _add(trajectory: Trajectory, coach: StaffMember, on: date) -> None:
    TrajectoryCoach.objects.create(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        staff_member=coach,
        starts_on=on,
    )
