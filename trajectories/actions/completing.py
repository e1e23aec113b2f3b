"""Completing what was left open in a file: only what is blank is filled in, nothing is written over."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refused import Refused
from organisations.models import StaffMember
from trajectories.models import (
    Destination,
    EndReason,
    Outcome,
    Placement,
    Provision,
    ProvisionEnd,
    Referral,
    Trajectory,
)
from trajectories.models.referral import Decision


@transaction.atomic
def complete_ending(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    trajectory: Trajectory,
    end_reason: EndReason | None = None,
    destination: Destination | None = None,
) -> Trajectory:
    """Somebody says after all why a trajectory stopped, or where the person went."""
    row = Trajectory.objects.select_for_update().get(pk=trajectory.pk)
    if row.ended_on is None:
        raise Refused(_("This trajectory has not ended. End it first."))
    row.end_reason = row.end_reason or end_reason
    row.destination = row.destination or destination
    row.version += 1
    row.save()
    return row


@transaction.atomic
def complete_referral(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    trajectory: Trajectory,
    referred_on: date,
) -> Referral:
    """Somebody finds out on which day a person was referred; a referral that nobody wrote down is made."""
    row = Trajectory.objects.select_for_update(of=("self",)).select_related("referral").get(pk=trajectory.pk)
    if referred_on > row.started_on:
        raise Refused(_("This lies after the start. Choose the first day or an earlier day."), field="referred_on")
    referral = row.referral or Referral(
        provider_id=row.provider_id,
        participant_id=row.participant_id,
        programme_id=row.programme_id,
        agreement_id=row.agreement_id,
        decision=Decision.PLACED,
        decided_on=row.started_on,
    )
    if referral.referred_on is None:
        referral.referred_on = referred_on
        referral.save()
    row.referral = referral
    row.version += 1
    row.save()
    return referral


@transaction.atomic
def complete_job(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    outcome: Outcome,
    starts_on: date,
) -> Outcome:
    """Somebody finds out on which day a job began."""
    row = Outcome.objects.select_for_update().get(pk=outcome.pk)
    known = [day for day in (row.employment_last_seen_on, row.employment_ended_on) if day]
    if known and starts_on > min(known):
        raise Refused(
            _("This lies after the last day that is known of the job. Choose an earlier day."), field="starts_on"
        )
    if row.employment_starts_on is None:
        row.employment_starts_on = starts_on
        row.save()
    return row


@transaction.atomic
def close_provision(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    provision: Provision,
) -> Provision:
    """A provision that was never closed ends on the last day of its trajectory.

    One that began after that day contradicts it and is not ended here. Raises Refused.
    """
    row = Provision.objects.select_for_update(of=("self",)).select_related("trajectory").get(pk=provision.pk)
    last = row.trajectory.ended_on
    if last is None:
        raise Refused(_("The trajectory still runs. End it first."))
    if row.starts_on > last:
        raise Refused(_("This provision began after the trajectory. Change its first day, or take it away."))
    if row.ends_on is None or row.ends_on > last:
        row.ends_on, row.end_reason = last, ProvisionEnd.REAL
        row.version += 1
        row.save()
    return row


@transaction.atomic
def leave_slot(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    placement: Placement,
) -> Placement:
    """A place that was still held is free again: from the day after the trajectory or the place itself ended.

    Who would have come only later never held it: then the row goes; its history stays.
    """
    row = Placement.objects.select_for_update(of=("self",)).select_related("trajectory", "slot").get(pk=placement.pk)
    over = [day for day in (row.trajectory.ended_on, row.slot.ends_on) if day]
    if not over:
        raise Refused(_("The trajectory and the place both go on. End the trajectory first."))
    last = min(over)
    if row.starts_on > last:
        row.delete()
    elif row.ends_on is None or row.ends_on > last:
        row.ends_on = last
        row.save()
    return row
