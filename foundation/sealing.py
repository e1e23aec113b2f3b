"""Seals over the read log, so that a change in it is seen, whoever made it.

Each minute one seal covers all rows whose transactions are over and that no seal covers yet. It holds the hash of the
seal before it, so that the last hash stands for the whole log up to there. Someone who owns the database can reckon
the whole chain again; therefore each hash also goes to the log of the process, which can be sent to another machine.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.models import ReadEvent, ReadSeal
from foundation.rows import seeing_everything

log = logging.getLogger(__name__)

# The columns of a row as they are hashed, in this order. A column that comes later goes to the end and makes a new
# form, so that old seals stay what they are: a form is the first so many columns.
COLUMNS = (
    "id",
    "read_at",
    "provider_id",
    "staff_member_id",
    "staff_name",
    "role",
    "organisation_id",
    "organisation_name",
    "action",
    "outcome",
    "what",
    "view_name",
    "object_id",
    "participant_ids",
    "link",
    "results",
    "address",
    "user_agent",
    "session_hash",
    "request_id",
    "typed_hash",
    "written_in",
    "cluster",
)
FORM, FORMS = 1, {1: 23}
# The order of rows within a seal is that of the seals themselves too, so that one walk along the log meets them all.
IN_ORDER = ("cluster", "written_in", "id")
# Below the first transaction that still runs. One in another database of the cluster writes nothing here; where it
# cannot be seen whose a transaction is, it holds the seal back. It is asked after the snapshot: what ended in between
# counts as running.
HORIZON = """
    WITH moment AS (SELECT pg_current_snapshot() AS taken), elsewhere AS (
        SELECT backend_xid::text::bigint AS number FROM pg_stat_activity
        WHERE datname <> current_database() AND backend_xid IS NOT NULL
    )
    SELECT
        (pg_control_system()).system_identifier,
        coalesce(
            (
                SELECT min(running::text::bigint) FROM moment, pg_snapshot_xip(taken) AS running
                WHERE running::text::bigint & 4294967295 NOT IN (SELECT number FROM elsewhere)
            ),
            (SELECT pg_snapshot_xmax(taken)::text::bigint FROM moment)
        )
"""
_ONE_AT_A_TIME = 0x5EA1  # the key of the advisory lock
AT_ONCE = 2000


class Digest:
    """The hash of rows in order, reckoned while they come in: how many, the lowest and the highest id."""

    def __init__(self, form: int = FORM) -> None:
        self.columns = FORMS.get(form, len(COLUMNS))
        self.rows, self.first_id, self.last_id = 0, 0, 0
        self._hash = hashlib.sha256()

    def add(self, row: tuple[Any, ...]) -> None:
        """Take in one row: its COLUMNS."""
        self.first_id = min(self.first_id or row[0], row[0])
        self.last_id = max(self.last_id, row[0])
        self.rows += 1
        self._hash.update(canonical(row[: self.columns]))

    @property
    def hash(self) -> str:
        return self._hash.hexdigest()


def seal_log() -> list[ReadSeal]:
    """Seal what can be sealed and return the new seals: mostly one, none when nothing was written.

    Any number of processes may call it. A row whose transaction still runs, or began after one that still runs,
    waits for a next seal.
    """
    with seeing_everything("a seal covers the rows of every provider, and of nobody"), transaction.atomic():
        seals = _seal_all()
    for seal in seals:
        log.info("seal %s over %s rows of the read log: %s", seal.number, seal.rows, seal.hash)
    return seals


def rows_between(cluster: int, since: int, below: int) -> QuerySet[ReadEvent]:
    """Return the rows that transactions from ``since`` up to (not with) ``below`` wrote in this cluster, in order."""
    return ReadEvent.objects.filter(cluster=cluster, written_in__gte=since, written_in__lt=below).order_by(*IN_ORDER)


def not_yet_sealed(reached: dict[int, int]) -> QuerySet[ReadEvent]:
    """Return the rows that no seal covers, when those of each cluster reach up to these transactions."""
    sealed = Q(pk__in=[])
    for cluster, below in reached.items():
        sealed |= Q(cluster=cluster, written_in__lt=below)
    return ReadEvent.objects.exclude(sealed)


def digest(rows: QuerySet[ReadEvent], form: int = FORM) -> Digest:
    """Hash rows in their order, without holding them in memory."""
    found = Digest(form)
    for row in columns_of(rows):
        found.add(row)
    return found


def columns_of(rows: QuerySet[ReadEvent]) -> Iterator[tuple[Any, ...]]:
    """Go along the COLUMNS of rows, without holding them in memory."""
    return iter(rows.values_list(*COLUMNS).iterator(chunk_size=AT_ONCE))


def canonical(values: Iterable[Any]) -> bytes:
    """Return values as one line of text that is the same on every machine: JSON, times in UTC."""
    return json.dumps(list(values), default=_plain, separators=(",", ":")).encode() + b"\n"


def hash_of(seal: ReadSeal, previous: str) -> str:
    """Return the hash that a seal must have after the seal with hash ``previous``; blank for the first."""
    columns = [field.attname for field in ReadSeal._meta.concrete_fields if field.attname != "hash"]
    return hashlib.sha256(canonical([previous, *(getattr(seal, column) for column in columns)])).hexdigest()


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


def _seal_all() -> list[ReadSeal]:
    cluster, below = _horizon()
    last = ReadSeal.objects.order_by("number").last()
    seals = []
    for each, until in [*_elsewhere(last, cluster), (cluster, below)]:
        if made := _seal(last, each, until):
            last = made
            seals.append(made)
    return seals


def _elsewhere(last: ReadSeal | None, cluster: int) -> list[tuple[int, int]]:
    """What another cluster wrote, when this database came from there as a dump: nothing more comes of it."""
    if last and last.cluster == cluster:
        return []
    others = ReadEvent.objects.exclude(cluster=cluster).order_by().values_list("cluster", flat=True).distinct()
    return [(other, _last_written(other) + 1) for other in sorted(others)]


def _horizon() -> tuple[int, int]:
    """Wait until no other process seals; then this cluster, and the transaction below which all are over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        cursor.execute(HORIZON)
        cluster, below = cursor.fetchone()
    return cluster, below


def _last_written(cluster: int) -> int:
    last = ReadEvent.objects.filter(cluster=cluster).order_by("written_in").values_list("written_in", flat=True).last()
    return last or 0


def _seal(last: ReadSeal | None, cluster: int, below: int) -> ReadSeal | None:
    """Add a seal over what is new of a cluster; None when nothing is."""
    before = ReadSeal.objects.filter(cluster=cluster).order_by("number").last()
    since = before.below if before else 0
    found = digest(rows_between(cluster, since, below))
    if not found.rows:
        return None
    seal = ReadSeal(
        number=last.number + 1 if last else 1,
        sealed_at=timezone.now(),
        form=FORM,
        cluster=cluster,
        since=since,
        below=below,
        rows=found.rows,
        first_id=found.first_id,
        last_id=found.last_id,
        rows_hash=found.hash,
    )
    seal.hash = hash_of(seal, last.hash if last else "")
    seal.save(force_insert=True)
    return seal
