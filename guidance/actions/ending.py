"""The end of a trajectory as the coach lives it: with the last measurement."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.refused import Refused
from guidance.actions.measuring import record_assessment
from guidance.models import Moment
from guidance.scoring import LADDER
from organisations.models import StaffMember
from trajectories import actions as trajectories
from trajectories.answers import Ending
from trajectories.models import Trajectory, TrajectoryEvent


@transaction.atomic
def end_trajectory(
    *, by: StaffMember, trajectory: Trajectory, ending: Ending, ladder_step: int | None = None
) -> TrajectoryEvent:
    """The trajectory is over: everything that ``trajectories`` writes, and the ladder measured a last time."""
    event = trajectories.end_trajectory(by=by, trajectory=trajectory, ending=ending)
    _check_attendance(trajectory, ending.on)
    if ladder_step is not None:
        record_assessment(
            by=by,
            participant=trajectory.participant,
            trajectory=trajectory,
            instrument=LADDER,
            on=ending.on,
            moment=Moment.EXIT,
            answers={"step": ladder_step},
        )
    return event


def _check_attendance(trajectory: Trajectory, last_day: date) -> None:
    """Nobody is present on a work day after the last day."""
    later = trajectory.half_days.filter(dated_on__gt=last_day).order_by("dated_on").last()
    if later:
        raise Refused(
            _("There is attendance after this day, on %(day)s. Choose that day or a later one, or correct it first.")
            % {"day": date_format(later.dated_on, "j F Y")},
            field="on",
        )
