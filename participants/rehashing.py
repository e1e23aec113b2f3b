"""The keyed hashes by which a BSN is found, while the keys for them are rotated."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from foundation.encryption import Unreadable, file_keys_kept, open_file_keys
from foundation.keys import key_ring
from foundation.rows import seeing
from organisations.models import Organisation
from participants.models import Participant
from participants.models.participant import BSN_HASHES, bsn_hashes

BATCH = 200


def hash_bsns_again(*, every: bool = False) -> tuple[int, list[UUID]]:
    """Give each BSN the hash of every key in the ring, and take away hashes of keys that are not in it.

    Neither the version of a file nor its history changes: nothing of the person did.

    Args:
        every: look at each BSN anew, not only at files where a hash is missing or too many.

    Returns how many files changed, and those whose BSN does not open: they stay as they are.
    """
    changed, closed = 0, list[UUID]()
    for provider in Organisation.objects.filter(kind="provider").order_by("pk"):
        with seeing(providers=[provider.pk]):
            done = _hash_again(provider.pk, every=every)
        changed += done[0]
        closed += done[1]
    return changed, closed


def _hash_again(provider_id: UUID, *, every: bool) -> tuple[int, list[UUID]]:
    changed, closed, after = 0, list[UUID](), UUID(int=0)
    people = Participant.objects.filter(provider=provider_id).exclude(bsn=None)
    people = people if every else people.filter(_is_behind())
    while ids := list(people.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        after = ids[-1]
        seen = set[UUID]()
        # First those that nobody is at. Then, one at a time, the others: who waits for one row holds up nobody.
        for batch, skip in [(ids, True), *(([one], False) for one in ids)]:
            if seen.issuperset(batch):
                continue
            with transaction.atomic(), file_keys_kept():
                found = list(
                    Participant.objects.filter(pk__in=batch)
                    .only("pk", "provider", "bsn", *BSN_HASHES)
                    .select_for_update(skip_locked=skip)
                )
                open_file_keys(person.pk for person in found)
                fresh, unopened = _rehashed(found)
                if fresh:
                    Participant.objects.bulk_update(fresh, BSN_HASHES)
            seen.update(person.pk for person in found)
            changed += len(fresh)
            closed += unopened
    return changed, closed


def _is_behind() -> Q:
    """Where a hash of a key in the ring is missing, or one of a key that is not in it is left."""
    there = {number % 2 for number in key_ring().lookups}
    behind = Q()
    for parity, name in enumerate(BSN_HASHES):
        behind |= Q(**{f"{name}__isnull": parity in there})
    return behind


def _rehashed(batch: Iterable[Participant]) -> tuple[list[Participant], list[UUID]]:
    fresh, closed = [], []
    for person in batch:
        try:
            hashes = bsn_hashes(person.provider_id, person.bsn)
        except Unreadable:
            closed.append(person.pk)
            continue
        if hashes != tuple(_bytes(getattr(person, name)) for name in BSN_HASHES):
            person.bsn_hash_even, person.bsn_hash = hashes
            fresh.append(person)
    return fresh, closed


def _bytes(stored: memoryview | bytes | None) -> bytes | None:
    return None if stored is None else bytes(stored)
