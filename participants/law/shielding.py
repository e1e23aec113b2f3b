"""Keeping colleagues out of a file of somebody they know, and letting one in when it cannot wait."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import mail
from foundation.clock import now, today
from foundation.refused import Refused
from organisations.models import Membership, StaffMember
from organisations.roles import Permission, Role
from participants.models import AccessKind, AccessReason, FileReader, Participant, Shield

EMERGENCY_LASTS = timedelta(hours=3)
SHOWN_DIGITS = 3


@transaction.atomic
def shield_file(
    *, by: StaffMember, participant: Participant, kind: str, reason: str, readers: Iterable[StaffMember]
) -> Shield:
    """From now on a file stands in no list and no search, and opens for its named readers only."""
    try:
        with transaction.atomic():
            made = Shield.objects.create(
                provider_id=participant.provider_id,
                participant=participant,
                kind=kind,
                reason=reason,
                starts_on=today(),
                placed_by=by,
            )
    except IntegrityError:
        raise Refused(_("This file is shielded already.")) from None
    FileReader.objects.bulk_create(
        FileReader(provider_id=made.provider_id, participant=participant, shield=made, staff_member=reader)
        for reader in readers
    )
    return made


@transaction.atomic
def lift_shield(*, by: StaffMember, shield: Shield) -> None:
    """The file stands in the lists of its team again."""
    shield.ends_on, shield.lifted_by = today(), by
    shield.save()


@transaction.atomic
def open_in_emergency(*, by: StaffMember, reference: str, reason: str) -> Participant:
    """A colleague of the team opens a shielded file for three hours, to read; the privacy officer hears of it at once.

    Raises Refused when there is no such file: in the same words whether it is another team's or not there.
    """
    shielded = Exists(Shield.objects.filter(participant=OuterRef("pk"), ends_on=None))
    people = Participant.objects.of_units(by, Permission.FILE_READ).filter(
        shielded, reference__iexact=reference.strip()
    )
    found = people.first()
    if found is None:
        raise Refused(_("There is no shielded file with this number that you can open. Check the number."))
    AccessReason.objects.create(
        provider_id=found.provider_id,
        participant=found,
        staff_member=by,
        kind=AccessKind.EMERGENCY,
        reason=reason,
        given_at=now(),
        ends_at=now() + EMERGENCY_LASTS,
    )
    _tell_privacy_officers(found)
    return found


def _tell_privacy_officers(person: Participant) -> None:
    address = settings.DRAAD_URL + reverse("participants:privacy_file", args=[person.pk])
    body = _("Somebody opened a shielded file with a reason. Look whether it is a good one:\n\n%(address)s")
    officers = Membership.objects.on(today()).filter(role=Role.PRIVACY_OFFICER, organisation=person.provider_id)
    for held in officers.select_related("staff_member"):
        mail.queue(
            to=held.staff_member.email, subject=_("A shielded file was opened"), body=body % {"address": address}
        )


@transaction.atomic
def reveal_bsn(*, by: StaffMember, participant: Participant, reason: str) -> str:
    """Somebody needs a BSN whole, for a reason that is written down. Returns it."""
    AccessReason.objects.create(
        provider_id=participant.provider_id,
        participant=participant,
        staff_member=by,
        kind=AccessKind.BSN,
        reason=reason,
        given_at=now(),
        ends_at=now(),
    )
    return str(participant.bsn)


def masked_bsn(bsn: str) -> str:
    """Return a BSN as the screen shows it: the last three digits."""
    return "•" * 6 + bsn[-SHOWN_DIGITS:] if bsn else ""
