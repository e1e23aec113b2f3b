"""Provisions (voorzieningen), and somebody's work capacity: what the national statistic counts."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from organisations.models import StaffMember
from participants.models import Participant
from trajectories.actions import refusals
from trajectories.models import (
    Aim,
    LabourPosition,
    Programme,
    Provision,
    ProvisionAim,
    ProvisionEnd,
    State,
    Trajectory,
    WorkCapacity,
)
from trajectories.provision_kinds import WIW_AND_ID_CLOSED_ON, WIW_OR_ID

ONE_DAY = timedelta(days=1)
NOT_STARTED = {State.PLANNED, State.CANCELLED}


@transaction.atomic
def add_provision(
    *,
    by: StaffMember,
    trajectory: Trajectory,
    programme: Programme,
    starts_on: date,
    description: str = "",
    wage_value_percent: int | None = None,
    review_on: date | None = None,
) -> Provision:
    """Somebody uses what a programme offers, from a day on. The programme says which kind it is for the statistic.

    Who has no work capacity and aim on record gets "not known yet" and the aim of the trajectory. On a trajectory
    that ended the provision ends with it. Raises Refused.
    """
    _check_kind(programme, starts_on)
    _check_first_day(trajectory, starts_on)
    _check_once(trajectory, programme.provision_type, starts_on)
    _note_position(by=by, trajectory=trajectory, starts_on=starts_on)
    return Provision.objects.create(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        kind=programme.provision_type,
        description=description or programme.name,
        starts_on=starts_on,
        ends_on=trajectory.ended_on,
        end_reason=ProvisionEnd.REAL if trajectory.ended_on else "",
        wage_value_percent=wage_value_percent,
        review_on=review_on,
        recorded_by=by,
    )


def _check_kind(programme: Programme, starts_on: date) -> None:
    if not programme.provision_type:
        raise Refused(
            _("This programme has no kind of provision yet. Ask the functional manager to choose one."),
            field="programme",
        )
    if programme.provision_type == WIW_OR_ID and starts_on >= WIW_AND_ID_CLOSED_ON:
        raise Refused(_("WIW and ID jobs are schemes from before 2004. Choose another programme."), field="programme")


def _check_first_day(trajectory: Trajectory, starts_on: date) -> None:
    if trajectory.state in NOT_STARTED:
        raise Refused(_("Only what somebody really uses counts, and this trajectory never started. Start it first."))
    if starts_on > today():
        raise Refused(str(refusals.in_the_future()), field="starts_on")
    if starts_on < trajectory.started_on:
        raise Refused(str(refusals.before_start(trajectory)), field="starts_on")
    if trajectory.ended_on and starts_on > trajectory.ended_on:
        raise Refused(
            _("This day lies after the end of the trajectory, %(day)s. Choose that day or an earlier one.")
            % {"day": refusals.day(trajectory.ended_on)},
            field="starts_on",
        )


def _check_once(trajectory: Trajectory, kind: str, starts_on: date) -> None:
    if trajectory.provisions.filter(kind=kind, starts_on=starts_on).exists():
        raise Refused(
            _("This provision is recorded from that day already. Change that one, or choose another day."),
            field="starts_on",
        )


def _note_position(*, by: StaffMember, trajectory: Trajectory, starts_on: date) -> None:
    if LabourPosition.objects.filter(participant_id=trajectory.participant_id).exists():
        return
    LabourPosition.objects.create(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        starts_on=starts_on,
        capacity=WorkCapacity.UNKNOWN,
        aim=ProvisionAim.REINTEGRATION if trajectory.aim == Aim.WORK else ProvisionAim.PARTICIPATION,
        recorded_by=by,
    )


CHANGEABLE = ("starts_on", "ends_on", "end_reason", "description", "wage_value_percent", "review_on")


@transaction.atomic
def change_provision(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    provision: Provision,
    version: int,
    details: dict[str, Any],
) -> Provision:
    """A date or word of a provision was wrong and is corrected. The number stays; the kind follows its programme.

    What was sent to the statistic before comes back there as a correction. Raises Refused.
    """
    row = _lock(provision)
    if row.version != version:
        raise Refused(
            _("Somebody else changed this provision just now. Open the page again and fill in what you want to change.")
        )
    _check_first_day(row.trajectory, details["starts_on"])
    _check_end(row.trajectory, details["starts_on"], details["ends_on"], details["end_reason"])
    for name in CHANGEABLE:
        setattr(row, name, details[name])
    return _save(row)


def _check_end(trajectory: Trajectory, starts_on: date, ends_on: date | None, reason: str) -> None:
    if ends_on and ends_on < starts_on:
        raise Refused(_("The last day lies before the first day. Check both dates."), field="ends_on")
    if ends_on and not reason:
        raise Refused(_("Choose why it ended."), field="end_reason")
    if reason and not ends_on:
        raise Refused(
            _("A reason of the end needs a last day. Fill it in, or choose “Still running”."), field="ends_on"
        )
    if trajectory.ended_on and (ends_on is None or ends_on > trajectory.ended_on):
        raise Refused(
            _("The trajectory ended on %(day)s. Choose that day or an earlier one.")
            % {"day": refusals.day(trajectory.ended_on)},
            field="ends_on",
        )


@transaction.atomic
def end_provision(*, by: StaffMember, provision: Provision, on: date, reason: str) -> Provision:
    """Somebody does not use a provision any more. When only the administration changes, it goes on the next day
    under a new number. Raises Refused.
    """
    row = _lock(provision)
    if row.end_reason:
        raise Refused(_("This provision ended already. Change it instead."))
    if on > today():
        raise Refused(str(refusals.in_the_future()), field="on")
    if on < row.starts_on:
        raise Refused(_("The last day lies before the first day. Check both dates."), field="on")
    if row.trajectory.ended_on and (on > row.trajectory.ended_on or reason == ProvisionEnd.ADMINISTRATIVE):
        raise Refused(
            _("The trajectory ended on %(day)s, so the provision ended then at the latest, and really.")
            % {"day": refusals.day(row.trajectory.ended_on)}
        )
    row.ends_on, row.end_reason = on, reason
    _save(row)
    if reason == ProvisionEnd.ADMINISTRATIVE:
        _go_on(row, by=by, starts_on=on + ONE_DAY)
    return row


def _go_on(ended: Provision, *, by: StaffMember, starts_on: date) -> Provision:
    """Let a provision go on under a new number, from the day after."""
    return Provision.objects.create(
        provider_id=ended.provider_id,
        participant_id=ended.participant_id,
        trajectory_id=ended.trajectory_id,
        kind=ended.kind,
        description=ended.description,
        starts_on=starts_on,
        wage_value_percent=ended.wage_value_percent,
        review_on=ended.review_on,
        recorded_by=by,
    )


@transaction.atomic
def remove_provision(*, by: StaffMember, provision: Provision) -> None:  # noqa: ARG001
    """A provision was never used and is taken away. Its number is never used again; the history keeps it."""
    _lock(provision).delete()


@transaction.atomic
def record_position(
    *, by: StaffMember, participant: Participant, starts_on: date, capacity: str, aim: str
) -> LabourPosition:
    """Write somebody's work capacity and the aim of the provisions from a day on, until the next such day.

    Recorded twice from one day: the last one counts. Raises Refused.
    """
    if starts_on > today():
        raise Refused(str(refusals.in_the_future()), field="starts_on")
    position, _is_new = LabourPosition.objects.update_or_create(
        participant=participant,
        starts_on=starts_on,
        defaults={"provider_id": participant.provider_id, "capacity": capacity, "aim": aim, "recorded_by": by},
    )
    return position


def _lock(provision: Provision) -> Provision:
    rows = Provision.objects.select_for_update(of=("self",)).select_related("trajectory")
    return rows.get(pk=provision.pk)


def _save(row: Provision) -> Provision:
    row.version += 1
    row.save()
    return row
