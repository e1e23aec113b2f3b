"""What a person asks about their own file: written down, answered within a month, and done."""

from calendar import monthrange
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from organisations.models import StaffMember
from participants.law.erasing import erase_file
from participants.law.exporting import ask_export
from participants.models import (
    Disclosure,
    ErasedFile,
    ErasureGround,
    Participant,
    PersonRequest,
    RequestKind,
    RequestState,
    Restriction,
    Statement,
)

ANSWERED_WITHIN_MONTHS = 1
"""AVG art. 12(3): within one month of receipt."""
EXTENDED_BY_MONTHS = 2
"""AVG art. 12(3): two further months where necessary, told to the person within the first."""


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


@transaction.atomic
def record_request(
    *, by: StaffMember, participant: Participant, kind: str, words: str, received_on: date, identity_checked: str
) -> PersonRequest:
    """Somebody asks something about their own file. It is to be answered within a month."""
    return PersonRequest.objects.create(
        provider_id=participant.provider_id,
        participant=participant,
        kind=kind,
        words=words,
        received_on=received_on,
        due_on=months_after(received_on, ANSWERED_WITHIN_MONTHS),
        identity_checked=identity_checked,
        recorded_by=by,
    )


@transaction.atomic
def extend_request(*, by: StaffMember, request: PersonRequest, because: str) -> PersonRequest:  # noqa: ARG001
    """It takes longer, two months at most, once, and the person hears why before the first month is over."""
    row = _open(request)
    if row.extended_because or today() > row.due_on:
        raise Refused(_("A request can be extended once, before its day. Decide on it now."))
    row.due_on = months_after(row.received_on, ANSWERED_WITHIN_MONTHS + EXTENDED_BY_MONTHS)
    row.extended_because = because
    row.save()
    return row


@transaction.atomic
def decide_request(*, by: StaffMember, request: PersonRequest, state: str, decision: str) -> PersonRequest:
    """A named person decides. Whoever may see their file gets it made ready at once; the rest is done by hand."""
    row = _open(request)
    row.state, row.decision, row.decided_on, row.decided_by = state, decision, today(), by
    row.save()
    if state == RequestState.GRANTED and row.kind == RequestKind.ACCESS:
        ask_export(by=by, participant=row.participant, request=row)
    return row


@transaction.atomic
def erase_as_asked(*, by: StaffMember, request: PersonRequest) -> ErasedFile:
    """The file of who asked for it is erased, after that was granted.

    Raises Refused when it was not granted, or while the file is held.
    """
    row = PersonRequest.objects.select_for_update(of=("self",)).select_related("participant").get(pk=request.pk)
    if row.kind != RequestKind.ERASURE or row.state != RequestState.GRANTED:
        raise Refused(_("Grant the request first."))
    left, _counts = erase_file(
        by=by,
        participant=row.participant,
        ground=ErasureGround.REQUEST,
        basis=_("AVG art. 17"),
        asked_on=row.received_on,
    )
    return left


@transaction.atomic
def add_statement(*, by: StaffMember, participant: Participant, words: str, given_on: date) -> Statement:
    """The person's own words are put beside the file: what they say is not right, or how they see it."""
    return Statement.objects.create(
        provider_id=participant.provider_id, participant=participant, words=words, given_on=given_on, recorded_by=by
    )


@transaction.atomic
def restrict(*, by: StaffMember, participant: Participant, ground: str, reason: str) -> Restriction:
    """The file is kept and not used for now: nobody changes it, and only the person's own coaches still open it."""
    try:
        with transaction.atomic():
            return Restriction.objects.create(
                provider_id=participant.provider_id,
                participant=participant,
                ground=ground,
                reason=reason,
                starts_on=today(),
                placed_by=by,
            )
    except IntegrityError:
        raise Refused(_("The use of this file is restricted already.")) from None


@transaction.atomic
def lift_restriction(*, by: StaffMember, restriction: Restriction) -> None:
    """The file is used as before; the person hears that beforehand (AVG art. 18(3))."""
    restriction.ends_on, restriction.lifted_by = today(), by
    restriction.save()


def _open(request: PersonRequest) -> PersonRequest:
    row: PersonRequest = PersonRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != RequestState.OPEN:
        raise Refused(_("Somebody decided on this request already."))
    return row


@transaction.atomic
def record_disclosure(
    *, by: StaffMember, participant: Participant, recipient: str, what: str, ground: str, given_on: date
) -> Disclosure:
    """Something of a file was given to somebody outside."""
    return Disclosure.objects.create(
        provider_id=participant.provider_id,
        participant=participant,
        recipient=recipient,
        what=what,
        ground=ground,
        given_on=given_on,
        recorded_by=by,
    )
