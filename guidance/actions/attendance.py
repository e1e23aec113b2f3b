"""Who was there: a crew or day activity, half-day by half-day."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.encryption import open_file_keys
from foundation.refused import Refused
from guidance.answers import Presence
from guidance.models import Group, HalfDayAttendance
from organisations.models import StaffMember
from trajectories.models import Trajectory


@transaction.atomic
def record_half_day(
    *,
    by: StaffMember,
    group: Group,
    on: date,
    half_day: str,
    presences: Mapping[Trajectory, Presence],
) -> list[HalfDayAttendance]:
    """After a half-day a coach says of each participant whether they were there; all of it, or nothing.

    A second time replaces the first; what stood there stays in the history. Who is left out stays unrecorded.
    Raises Refused for a day to come, or on which somebody's trajectory did not run.
    """
    if on > today():
        raise Refused(_("This half-day is still to come. Choose today or an earlier day."))
    for trajectory in presences:
        _check_runs(trajectory, on)
    known = _known(presences, on, half_day)
    open_file_keys(trajectory.participant_id for trajectory in presences)
    written = []
    for trajectory, presence in presences.items():
        row = known.get(trajectory.pk) or _new(trajectory, on, half_day)
        if (row.status, row.remark) != (presence.status, presence.remark):
            row.group, row.status, row.remark = group, presence.status, presence.remark
            row.recorded_by, row.recorded_at = by, timezone.now()
            row.save()
            written.append(row)
    return written


def _known(presences: Mapping[Trajectory, Presence], on: date, half_day: str) -> dict[object, HalfDayAttendance]:
    rows = HalfDayAttendance.objects.select_for_update().filter(
        trajectory__in=list(presences), dated_on=on, half_day=half_day
    )
    return {row.trajectory_id: row for row in rows}


def _new(trajectory: Trajectory, on: date, half_day: str) -> HalfDayAttendance:
    return HalfDayAttendance(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        dated_on=on,
        half_day=half_day,
    )


def _check_runs(trajectory: Trajectory, on: date) -> None:
    if on < trajectory.started_on or (trajectory.ended_on and on > trajectory.ended_on):
        raise Refused(
            _("The trajectory of %(name)s did not run on this day. Leave this person out.")
            % {"name": trajectory.participant.full_name}
        )


@transaction.atomic
def set_group_members(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    group: Group,
    trajectories: Sequence[Trajectory],
) -> Group:
    """Say who is in a crew or day activity from now on. Attendance of before stays."""
    group.trajectories.set(trajectories)
    return group
