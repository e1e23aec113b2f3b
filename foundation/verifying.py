"""Whether the read log is still what was sealed: every seal reckoned again, and in sentences what differs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from foundation.models import ReadEvent, ReadSeal
from foundation.rows import seeing_everything
from foundation.sealing import (
    AT_ONCE,
    COLUMNS,
    IN_ORDER,
    Digest,
    columns_of,
    digest,
    hash_of,
    not_yet_sealed,
    rows_between,
)

_CLUSTER, _WRITTEN_IN = COLUMNS.index("cluster"), COLUMNS.index("written_in")


@dataclass
class Verdict:
    """What was looked at, and what is wrong: a sentence each.

    ``open_rows`` no seal covers yet, the oldest since ``open_since``: those could still be changed unseen.
    """

    rows: int = 0
    seals: int = 0
    wrong: list[str] = field(default_factory=list)
    open_rows: int = 0
    open_since: datetime | None = None


@dataclass
class _Chain:
    """How far the chain was followed: the seal before, and per cluster the transaction that seals reach up to."""

    kept: dict[int, str]
    previous: ReadSeal | None = None
    reached: dict[int, int] = field(default_factory=dict)


def verify_log(kept: Mapping[int, str] | None = None) -> Verdict:
    """Reckon every seal again, and compare with hashes that were kept elsewhere.

    Args:
        kept: hashes by the number of their seal. With the hash of the newest seal a chain that was reckoned anew is
            found too, and seals that were taken away at the end.
    """
    verdict, chain = Verdict(), _Chain({number: known.lower() for number, known in (kept or {}).items()})
    # Cursors on the server live within a transaction.
    with seeing_everything("a seal covers the rows of every provider, and of nobody"), transaction.atomic():
        for seal in ReadSeal.objects.order_by("number").iterator(chunk_size=AT_ONCE):
            verdict.wrong += _wrong_in_chain(seal, chain)
            verdict.seals += 1
            chain.previous = seal
            chain.reached[seal.cluster] = max(seal.below, chain.reached.get(seal.cluster, 0))
        verdict.wrong += _gone_at_the_end(chain)
        for seal, found in _walk():
            verdict.rows += found.rows
            if found.hash != seal.rows_hash or found.rows != seal.rows:
                # A seal that was changed leads the walk astray: asked apart, each seal answers for itself only.
                verdict.wrong += _wrong_in_rows(seal, _rows_of(seal))
        _count_open(verdict, chain.reached)
    return verdict


def _walk() -> Iterator[tuple[ReadSeal, Digest]]:
    """Each seal with the hash of the rows that it meets on one walk along the log, both in order."""
    rows = columns_of(ReadEvent.objects.order_by(*IN_ORDER))
    row = next(rows, None)
    for seal in ReadSeal.objects.order_by("cluster", "since", "number").iterator(chunk_size=AT_ONCE):
        found = Digest(seal.form)
        while row is not None and _place(row) < (seal.cluster, seal.below):
            if _place(row) >= (seal.cluster, seal.since):
                found.add(row)
            row = next(rows, None)
        yield seal, found


def _rows_of(seal: ReadSeal) -> Digest:
    return digest(rows_between(seal.cluster, seal.since, seal.below), seal.form)


def _place(row: tuple[Any, ...]) -> tuple[int, int]:
    return row[_CLUSTER], row[_WRITTEN_IN]


def _wrong_in_chain(seal: ReadSeal, chain: _Chain) -> Iterable[str]:
    says = {"number": seal.number}
    before = chain.previous.number if chain.previous else 0
    yield from _gone(before + 1, seal.number - 1)
    if seal.number == before + 1:
        if seal.hash != hash_of(seal, chain.previous.hash if chain.previous else ""):
            yield _("Seal %(number)s was changed, or does not follow the seal before it.") % says
        if seal.since != chain.reached.get(seal.cluster, 0):
            yield _("Seal %(number)s does not begin where the seal before it ended.") % says
    if seal.number in chain.kept and seal.hash != chain.kept.pop(seal.number):
        yield _("Seal %(number)s is not the one that was kept elsewhere: the seals up to it were made anew.") % says


def _wrong_in_rows(seal: ReadSeal, found: Digest) -> Iterable[str]:
    says = {
        "number": seal.number,
        "first": seal.first_id,
        "last": seal.last_id,
        "rows": abs(seal.rows - found.rows),
        "sealed": seal.rows,
    }
    if found.rows < seal.rows:
        yield _("Gone from seal %(number)s: %(rows)s of its %(sealed)s rows (%(first)s to %(last)s).") % says
    elif found.rows > seal.rows:
        yield _("Added to what seal %(number)s covers (rows %(first)s to %(last)s), afterwards: %(rows)s rows.") % says
    elif found.hash != seal.rows_hash:
        yield _("One or more of the rows %(first)s to %(last)s were changed, replaced or put in another order "
                "after seal %(number)s.") % says  # fmt: skip


def _gone(first: int, last: int) -> Iterable[str]:
    if first == last:
        yield _("Seal %(number)s is gone.") % {"number": first}
    elif first < last:
        yield _("Seals %(first)s to %(last)s are gone.") % {"first": first, "last": last}


def _gone_at_the_end(chain: _Chain) -> Iterable[str]:
    """What was kept elsewhere and is here no more."""
    last = chain.previous.number if chain.previous else 0
    yield from _gone(last + 1, max([last, *chain.kept]))


def _count_open(verdict: Verdict, reached: Mapping[int, int]) -> None:
    still = not_yet_sealed(dict(reached)).aggregate(rows=Count("pk"), since=Min("read_at"))
    verdict.open_rows, verdict.open_since = still["rows"], still["since"]
