"""What somebody answers to a signal."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from organisations.models import Membership, Role, StaffMember
from participants.models import Participant, ParticipantUnit
from reporting.models import AnswerKind, SignalAnswer
from reporting.signals.checks import SIGNAL_CHECKS


def answer_signal(
    *, by: StaffMember, check: str, record_id: UUID, participant: Participant, reason: str
) -> SignalAnswer:
    """Somebody looked at it and says that it is right as it is, and why. It leaves the list while it stays so."""
    _check_name(check)
    if not reason.strip():
        raise Refused(_("Write why it is right as it is."), field="reason")
    return write_answer(by, check, record_id, participant, kind=AnswerKind.FINE, reason=reason, coach=None)


def pass_on_signal(
    *, by: StaffMember, check: str, record_id: UUID, participant: Participant, coach: StaffMember, reason: str = ""
) -> SignalAnswer:
    """Somebody asks a coach of a unit that works with this person to look at it; it stands first in that list."""
    _check_name(check)
    if not coaches_with(participant).filter(pk=coach.pk).exists():
        raise Refused(_("This coach does not work with this person. Choose another coach."), field="coach")
    return write_answer(by, check, record_id, participant, kind=AnswerKind.PASSED_ON, reason=reason, coach=coach)


@transaction.atomic
def reopen_signal(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    check: str,
    record_id: UUID,
    participant: Participant,
) -> None:
    """The answer was a mistake, or holds no more: the signal is open again. What was answered stays in the history."""
    SignalAnswer.objects.filter(check_name=check, record_id=record_id, participant=participant).delete()


def coaches_with(participant: Participant) -> QuerySet[StaffMember]:
    """Who coaches today in a unit that works with this person, by name."""
    units = ParticipantUnit.objects.filter(participant=participant, ends_on=None).values("unit")
    today_there = Membership.objects.on(today()).filter(unit__in=units, role=Role.COACH)
    return StaffMember.objects.filter(is_active=True, memberships__in=today_there).distinct().order_by("name")


def _check_name(check: str) -> None:
    if check not in SIGNAL_CHECKS:
        raise Refused(_("There is no such check."))


@transaction.atomic
def write_answer(
    by: StaffMember,
    check: str,
    record_id: UUID,
    participant: Participant,
    *,
    kind: AnswerKind,
    reason: str,
    coach: StaffMember | None,
) -> SignalAnswer:
    """Write an answer; a later one takes the place of an earlier, which stays in the history."""
    row = SignalAnswer.objects.select_for_update(of=("self",)).filter(check_name=check, record_id=record_id).first()
    row = row or SignalAnswer(check_name=check, record_id=record_id)
    row.provider_id, row.participant = participant.provider_id, participant
    row.kind, row.reason, row.coach, row.answered_by = kind, reason.strip(), coach, by
    row.save()
    return row
