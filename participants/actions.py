"""What is changed in somebody's file itself: who they are, and what to mind."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from organisations.models import StaffMember
from participants.models import NetworkContact, Participant

# What somebody may change on the page of details; the number and the provider stay.
DETAILS = (
    "given_names",
    "prefix",
    "surname",
    "birth_year",
    "birth_month",
    "birth_day",
    "gender",
    "language",
    "language_level",
    "home_municipality",
    "benefit",
)


@transaction.atomic
def edit_participant(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    participant: Participant,
    version: int,
    details: dict[str, Any],
) -> Participant:
    """Somebody's details are corrected or completed. What stood there stays in the history of the file.

    Raises Refused when somebody else changed them since this person opened the page.
    """
    row = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if row.version != version:
        raise Refused(
            _("Somebody else changed these details just now. Open the page again and fill in what you want to change.")
        )
    for name in DETAILS:
        setattr(row, name, details[name])
    row.version += 1
    row.save()
    return row


@transaction.atomic
def set_attention(*, by: StaffMember, participant: Participant, text: str) -> Participant:
    """Write what every colleague must know before they meet this person; an empty text takes it away."""
    row = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    row.attention = text
    row.attention_on = today() if text else None
    row.attention_by = by if text else None
    row.version += 1
    row.save()
    return row


@transaction.atomic
def add_contact(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    participant: Participant,
    details: dict[str, str],
) -> NetworkContact:
    """Note another professional, or somebody close to the person: organisation and role, nothing medical."""
    return NetworkContact.objects.create(provider_id=participant.provider_id, participant=participant, **details)


@transaction.atomic
def remove_contact(*, by: StaffMember, contact: NetworkContact) -> None:  # noqa: ARG001
    """Somebody is not around this person any more."""
    contact.delete()
