"""Keys are rotated while people work: a new key comes into the ring beside the old one, what the old one closed is
closed anew in small batches, and only when nothing needs it is the old key taken out.

Each step looks at what there is and does what is missing. So it may be killed anywhere and is begun again with the same
command. A process sees another ring at its next read; what was under way with the ring of before is waited for.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from foundation.encryption import wrap_again
from foundation.keys import KeyRing, key_ring, new_key, replace_key_ring
from foundation.models import FileKey
from foundation.refused import Refused

BATCH = 500
_ONE_AT_A_TIME = 0x5EA2  # the key of the advisory lock
_UNDER_WAY = """
    SELECT held.virtualxid FROM pg_locks held JOIN pg_stat_activity who USING (pid)
    WHERE held.locktype = 'virtualxid' AND held.mode = 'ExclusiveLock' AND held.granted
    AND who.datname = current_database() AND held.pid <> pg_backend_pid()
    AND who.usesysid = (SELECT usesysid FROM pg_stat_activity WHERE pid = pg_backend_pid())
"""


@contextmanager
def rotating() -> Iterator[None]:
    """Rotate alone. Raises Refused while another process rotates."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_AT_A_TIME])
        if cursor.fetchone() != (True,):
            raise Refused(_("The keys are being rotated already."))
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def add_keys() -> KeyRing:
    """Put a new key of each kind into the ring; nothing is closed with the one for files yet. Twice adds once."""
    ring = key_ring()
    keys, lookups = dict(ring.keys), dict(ring.lookups)
    if len(keys) == 1:
        keys[f"k{_number(ring.current) + 1}"] = new_key()
    if len(lookups) == 1:
        lookups[ring.newest + 1] = new_key()
    return _put(KeyRing(ring.current, keys, lookups))


def use_newest_key() -> KeyRing:
    """From now on new file keys are wrapped by the newest key of the ring."""
    ring = key_ring()
    return _put(KeyRing(max(ring.keys, key=_number), ring.keys, ring.lookups))


def take_old_keys_out() -> KeyRing:
    """Keep only the newest key of each kind in the ring. Nothing may need the others any more."""
    ring = key_ring()
    return _put(KeyRing(ring.current, {ring.current: ring.key(ring.current)}, {ring.newest: ring.lookups[ring.newest]}))


def uses_newest_key(ring: KeyRing) -> bool:
    """Whether new file keys are wrapped by the newest key of the ring."""
    return ring.current == max(ring.keys, key=_number)


def is_rotating(ring: KeyRing) -> bool:
    """Whether the ring still holds a key that goes."""
    return len(ring.keys) > 1 or len(ring.lookups) > 1


def wrap_file_keys_again() -> tuple[int, list[UUID]]:
    """Wrap every file key that an older key wraps by the current one, batch by batch.

    Returns how many, and the files whose key opens with no key of the ring: those stay as they are.
    """
    count, closed, after = 0, set[UUID](), UUID(int=0)
    while True:
        with transaction.atomic():
            # Without waiting for who erases a file right now: what is skipped comes in the next round, or is gone.
            old = _wrapped_by_old(closed).filter(file_id__gt=after).select_for_update(skip_locked=True)[:BATCH]
            rows, unopened = wrap_again(old)
            _write(rows)
        count += len(rows)
        closed.update(unopened)
        after = max([row.file_id for row in rows] + unopened, default=UUID(int=0))
        if not rows and not unopened:
            if not _wrapped_by_old(closed).exists():
                return count, sorted(closed)
            time.sleep(0.1)


def _write(rows: list[FileKey]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE foundation_filekey t SET ring_key = %s, wrapped = new.wrapped"
                " FROM unnest(%s::uuid[], %s::bytea[]) AS new (file_id, wrapped) WHERE t.file_id = new.file_id",
                [rows[0].ring_key, [row.file_id for row in rows], [row.wrapped for row in rows]],
            )


def keys_missing() -> list[str]:
    """The ids of keys that wrap a file key and are not in the ring."""
    return sorted(set(FileKey.objects.values_list("ring_key", flat=True).distinct()) - key_ring().keys.keys())


def wait_for_others(*, seconds: float = 600) -> None:
    """Wait until every transaction of the application that is under way now is over: it may have read another ring.

    Raises Refused when one takes longer.
    """
    waiting, until = _under_way(), time.monotonic() + seconds
    while waiting := waiting & _under_way():
        if time.monotonic() > until:
            raise Refused(_("Something has been busy in the database for long. Wait for it, then do this again."))
        time.sleep(0.05)


def _wrapped_by_old(closed: set[UUID]) -> models.QuerySet[FileKey]:
    return FileKey.objects.exclude(ring_key=key_ring().current).exclude(file_id__in=closed).order_by("file_id")


def _under_way() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_UNDER_WAY)
        return {row[0] for row in cursor.fetchall()}


def _number(key_id: str) -> int:
    return int(key_id.removeprefix("k"))


def _put(ring: KeyRing) -> KeyRing:
    if ring != key_ring():
        replace_key_ring(ring)
    return ring
