"""Keeping a file although its term is over, for as long as a complaint, a case or an audit lasts."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from organisations.models import StaffMember
from participants.models import LegalHold, Participant


@transaction.atomic
def place_hold(*, by: StaffMember, participant: Participant, reason: str) -> LegalHold:
    """A file must be kept for now. Raises Refused when it is held already."""
    try:
        with transaction.atomic():
            return LegalHold.objects.create(
                provider_id=participant.provider_id,
                participant=participant,
                reason=reason,
                starts_on=today(),
                placed_by=by,
            )
    except IntegrityError:
        raise Refused(_("This file is held already.")) from None


@transaction.atomic
def lift_hold(*, by: StaffMember, hold: LegalHold) -> None:
    """The reason to keep a file longer is over; its term holds again."""
    hold.ends_on, hold.lifted_by = today(), by
    hold.save()
