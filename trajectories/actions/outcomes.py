"""What came of a trajectory: paid work, insight into the help question, and the rest."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from organisations.models import StaffMember
from participants.models import SupportNeed
from trajectories.actions import refusals
from trajectories.answers import Insight, Job
from trajectories.models import Outcome, OutcomeKind, Trajectory
from trajectories.workflow import MoveRefused

LONGEST_BEFORE_START = timedelta(days=30)


@transaction.atomic
def record_outcome(
    *,
    by: StaffMember,
    trajectory: Trajectory,
    kind: str,
    on: date,
    job: Job | None = None,
    insight: Insight | None = None,
    note: str = "",
) -> Outcome:
    """Something came of it. Insight into the help question is also written at the help question itself.

    Raises MoveRefused when the day cannot be, or when this outcome stands on that day already.
    """
    _check_day(trajectory, kind, on)
    if kind == OutcomeKind.HELP_QUESTION_INSIGHT:
        _note_insight(trajectory, on=on, insight=insight or Insight())
    job = job if job and kind == OutcomeKind.PAID_WORK else Job()
    return Outcome.objects.create(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        kind=kind,
        dated_on=on,
        employer=job.employer,
        hours_per_week=job.hours_per_week,
        contract_form=job.contract_form,
        employment_starts_on=job.starts_on,
        note=note,
        recorded_by=by,
    )


def _check_day(trajectory: Trajectory, kind: str, on: date) -> None:
    if on > today():
        raise refusals.in_the_future()
    if on < (earliest := trajectory.started_on - LONGEST_BEFORE_START):
        raise MoveRefused(
            _("This is more than 30 days before the start of the trajectory. Choose %(day)s or a later day.")
            % {"day": refusals.day(earliest)},
            field="on",
        )
    if trajectory.outcomes.filter(kind=kind, dated_on=on).exists():
        raise MoveRefused(
            _("“%(outcome)s” is recorded on this day already. Choose another day, or leave it out.")
            % {"outcome": OutcomeKind(kind).label},
            field="outcomes",
        )


def _note_insight(trajectory: Trajectory, *, on: date, insight: Insight) -> None:
    """Write on which day the open help question became clear; one that nobody wrote down is made from the referral."""
    needs = SupportNeed.objects.filter(participant_id=trajectory.participant_id, insight_on=None)
    need = needs.order_by("-asked_on").first() or _asked_at_referral(trajectory, on)
    need.insight_on = on
    need.turned_out = insight.turned_out or need.turned_out
    need.help_followed = insight.help_followed or need.help_followed
    need.save()


def _asked_at_referral(trajectory: Trajectory, on: date) -> SupportNeed:
    referral = trajectory.referral
    asked_on = (referral.referred_on if referral else None) or trajectory.started_on
    return SupportNeed(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        asked=referral.question if referral else "",
        asked_on=min(asked_on, on),
    )
