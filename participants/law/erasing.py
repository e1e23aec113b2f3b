"""Erasing a file: everything of the person goes, in history too, and the key of the file with it."""

import json
import uuid
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from foundation.clock import now
from foundation.refused import Refused
from foundation.rows import seeing
from organisations.models import Organisation, StaffMember
from participants.law.ledger import Entry, columns_of
from participants.models import ErasedFile, LegalHold, Participant

Counts = dict[str, int]


@transaction.atomic
def erase_file(
    *, by: StaffMember, participant: Participant, ground: str, basis: str, asked_on: date | None = None
) -> tuple[ErasedFile, Counts]:
    """A file is erased whole; what is left says that it was there and who decided. It cannot be undone.

    Figures of signed reports stay: they hold no person. Raises Refused while the file must be kept.

    Returns:
        what is left of it, and how many rows went, by table.
    """
    row = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if LegalHold.objects.filter(participant=row, ends_on=None).exists():
        raise Refused(_("This file must be kept for now: there is a hold on it. Lift the hold first."))
    left = ErasedFile.objects.create(
        provider_id=row.provider_id,
        file_id=row.pk,
        ground=ground,
        basis=basis,
        decided_by=by,
        decided_by_name=by.name,
        asked_on=asked_on,
        erased_at=now(),
    )
    counts = _erase(row.pk)
    if counts["participants_participant"] != 1:
        raise RuntimeError("The database did not erase the file.")
    return left, counts


@transaction.atomic
def erase_again(entry: Entry) -> bool:
    """Erase a file of which the ledger says that it was erased, and write down that it was.

    Args:
        entry: a line of the ledger.

    Returns:
        whether there was anything of it.
    """
    columns = columns_of(entry)
    if not Organisation.objects.filter(pk=columns["provider_id"]).exists():
        return False  # a database of before this provider came
    with seeing(providers=[columns["provider_id"]]):
        if not ErasedFile.objects.filter(file_id=columns["file_id"]).exists():
            known = [entry["decided_by"]] if entry["decided_by"] else []
            decided_by = StaffMember.objects.filter(pk__in=known).first()
            ErasedFile.objects.create(decided_by=decided_by, **columns)
        return any(_erase(columns["file_id"]).values())


def _erase(file_id: uuid.UUID) -> Counts:
    with connection.cursor() as cursor:
        # What was saved in this transaction is looked at before the rows are gone.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT erase_file(%s)", [file_id])
        found = cursor.fetchone()
    counts: Counts = json.loads(found[0]) if isinstance(found[0], str) else found[0]
    return counts
