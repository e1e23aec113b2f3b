"""How somebody gets in: a file, a referral, a trajectory that is planned."""

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from organisations.models import Organisation, StaffMember
from participants.models import Participant
from trajectories.actions.course import check_length, check_paid_for, start_trajectory
from trajectories.answers import Person
from trajectories.models import Agreement, Decision, Programme, Referral, Trajectory, TrajectoryCoach
from trajectories.workflow import MoveRefused, State
from trajectories.working_with import note_units


@transaction.atomic
def register_participant(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    provider: Organisation,
    person: Person,
    reference: str = "",
) -> Participant:
    """Open a file for somebody new. It is seen by a unit once a referral or trajectory links it to that unit.

    Without a reference number the next one of this provider is taken. Raises MoveRefused when the number is in use.
    """
    reference = reference.strip() or next_reference(Participant, provider, "D")
    if Participant.objects.filter(provider=provider, reference=reference).exists():
        raise MoveRefused(
            _("Another participant has number %(number)s. Choose another number, or leave it empty.")
            % {"number": reference},
            field="reference",
        )
    return Participant.objects.create(provider=provider, reference=reference, **vars(person))


@transaction.atomic
def open_referral(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    participant: Participant,
    programme: Programme,
    agreement: Agreement | None = None,
    referred_on: date,
    referrer: str = "",
    question: str = "",
) -> Referral:
    """Somebody is referred, by a municipality or by themselves. The unit of the programme sees the file from now on."""
    if referred_on > today():
        raise MoveRefused(_("The referral lies in the future. Choose today or an earlier day."), field="referred_on")
    referral = Referral.objects.create(
        provider_id=participant.provider_id,
        participant=participant,
        programme=programme,
        agreement=agreement,
        referred_on=referred_on,
        referrer=referrer,
        question=question,
    )
    note_units([participant.pk])
    return referral


@transaction.atomic
def plan_trajectory(
    *,
    by: StaffMember,
    participant: Participant,
    programme: Programme,
    agreement: Agreement,
    starts_on: date,
    planned_end_on: date | None = None,
    coach: StaffMember | None = None,
    referral: Referral | None = None,
    reference: str = "",
) -> Trajectory:
    """Agree on a trajectory: programme, who pays, coach and first day. When that day is here already, it starts.

    From a referral, the referral is placed. Somebody who was here before gets a new trajectory that points back to
    the last one. Without a goal date the programme's norm gives one. Raises MoveRefused.
    """
    _check_programme(participant, programme, agreement)
    _check_referral(participant, referral, starts_on)
    trajectory = Trajectory(
        provider_id=participant.provider_id,
        participant=participant,
        programme=programme,
        agreement=agreement,
        unit_id=programme.unit_id,
        referral=referral,
        previous=_previous(participant, programme, starts_on),
        reference=reference or next_reference(Trajectory, participant.provider, "T"),
        coach=coach,
        legal_ground=agreement.legal_ground or programme.legal_ground,
        aim=agreement.aim or programme.aim,
        state=State.PLANNED,
        started_on=starts_on,
        planned_end_on=planned_end_on or _norm_end(programme, starts_on),
    )
    check_paid_for(trajectory, starts_on)
    check_length(trajectory)
    trajectory.save(force_insert=True)
    _give_coach(trajectory)
    if referral:
        _place(referral, agreement)
    note_units([participant.pk])
    if starts_on <= today():
        start_trajectory(by=by, trajectory=trajectory, on=starts_on)
        trajectory.refresh_from_db()
    return trajectory


def _check_programme(participant: Participant, programme: Programme, agreement: Agreement) -> None:
    if {programme.provider_id, agreement.provider_id} != {participant.provider_id}:
        raise MoveRefused(_("This programme belongs to another organisation. Choose one of your own."), field="offer")
    if not agreement.programmes.filter(pk=programme.pk).exists():
        raise MoveRefused(
            _("Agreement %(code)s does not pay for %(programme)s. Choose another programme or agreement.")
            % {"code": agreement.code, "programme": programme.name},
            field="offer",
        )


def _check_referral(participant: Participant, referral: Referral | None, starts_on: date) -> None:
    if referral is None:
        return
    is_placed = referral.decision == Decision.PLACED or Trajectory.objects.filter(referral=referral).exists()
    if referral.participant_id != participant.pk or is_placed:
        raise MoveRefused(_("This referral led to a trajectory already. Plan without it."), field="referral")
    if referral.referred_on and starts_on < referral.referred_on:
        raise MoveRefused(_("The start lies before the referral. Check both dates."), field="starts_on")


def _previous(participant: Participant, programme: Programme, starts_on: date) -> Trajectory | None:
    """The last trajectory that this unit ended with the person before this one starts."""
    ended = participant.trajectories.filter(unit_id=programme.unit_id, ended_on__lt=starts_on)
    return ended.order_by("ended_on", "started_on").last()


def _norm_end(programme: Programme, starts_on: date) -> date | None:
    return starts_on + timedelta(weeks=programme.norm_weeks, days=-1) if programme.norm_weeks else None


def _give_coach(trajectory: Trajectory) -> None:
    if trajectory.coach:
        TrajectoryCoach.objects.create(
            provider_id=trajectory.provider_id,
            participant_id=trajectory.participant_id,
            trajectory=trajectory,
            staff_member=trajectory.coach,
            starts_on=trajectory.started_on,
        )


def _place(referral: Referral, agreement: Agreement) -> None:
    referral.decision = Decision.PLACED
    referral.decided_on = today()
    referral.agreement = agreement
    referral.save(update_fields=["decision", "decided_on", "agreement"])


def next_reference(model: type[models.Model], provider: Organisation, letter: str) -> str:
    """Return the next free number of this year, like T-2026-0042. Two people at once wait for each other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=provider.pk)
    stem = f"{letter}-{today().year}-"
    rows: models.QuerySet[Any] = model._default_manager.filter(provider=provider, reference__startswith=stem)
    taken = set(rows.values_list("reference", flat=True))
    serial = len(taken) + 1
    while f"{stem}{serial:04}" in taken:
        serial += 1
    return f"{stem}{serial:04}"
