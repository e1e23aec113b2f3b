"""What was delivered before, and what of it would be different now.

CBS puts new begin and end dates that arrive within three months back into the month they belong to. So each of the
three months before is selected again as if it were delivered today, and laid beside what was delivered of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from foundation.periods import Period
from reporting.models import StatisticDelivery
from reporting.statistic.lines import end_of
from reporting.statistic.selection import Month, Scope, is_delivered, months_before, provisions_of

MONTHS_RESTATED = 3
MONTHS_REMEMBERED = 12


@dataclass(frozen=True)
class Sent:
    """What a delivery said of one registration number."""

    kind: str
    starts_on: date
    ends_on: date | None

    def within(self, month: Period) -> "Sent":
        """The same without an end after the month: that one is no correction, and a setting whether it is sent."""
        return self if self.ends_on is None or self.ends_on <= month.end else Sent(self.kind, self.starts_on, None)


class Change(StrEnum):
    """What became of a registration since its month was delivered."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Correction:
    """One registration that a delivery of ``month`` would tell otherwise today; whose it is, is for the screen."""

    month: Period
    registration: str
    change: Change
    before: Sent | None
    now: Sent | None
    participant_id: UUID | None = None


@dataclass(frozen=True)
class Delivered:
    """What was delivered last: per month and unit by registration number, and of each number on its own."""

    by_month: Mapping[date, Mapping[UUID, Mapping[str, Sent]]] = field(default_factory=dict)
    last: Mapping[str, Sent] = field(default_factory=dict)


def remembered(month: Month) -> dict[str, dict[str, list[str]]]:
    """Return what a delivery keeps of a month: per unit and registration number the kind and the dates as sent."""
    kept: dict[str, dict[str, list[str]]] = {}
    for ran in month.lines:
        ends_on = end_of(ran, month)
        row = [ran.kind, ran.starts_on.isoformat(), ends_on.isoformat() if ends_on else ""]
        kept.setdefault(str(ran.unit_id), {})[ran.registration] = row
    return kept


def delivered(scope: Scope, month: Period) -> Delivered:
    """Read what was delivered for these units, of this month and the twelve before. A later delivery replaces."""
    rows = (
        StatisticDelivery.objects.filter(
            provider=scope.provider_id,
            municipality=scope.municipality_id,
            month__range=(months_before(month, MONTHS_REMEMBERED).start, month.start),
        )
        .defer("digests")
        .order_by("made_at")
    )
    by_month: dict[date, dict[UUID, Mapping[str, Sent]]] = {}
    last: dict[str, Sent] = {}
    for row in rows:
        for unit, told in _told(row.lines, scope.units):
            by_month.setdefault(row.month, {})[unit] = told
            last.update(told)
    return Delivered(by_month, last)


def _told(
    lines: Mapping[str, Mapping[str, list[str]]], units: frozenset[UUID]
) -> Iterator[tuple[UUID, dict[str, Sent]]]:
    for unit, rows in lines.items():
        if (unit_id := UUID(unit)) in units:
            yield unit_id, {number: _sent(*row) for number, row in rows.items()}


def _sent(kind: str, starts_on: str, ends_on: str) -> Sent:
    return Sent(kind, date.fromisoformat(starts_on), date.fromisoformat(ends_on) if ends_on else None)


@dataclass(frozen=True)
class _Now:
    """A provision as it is recorded today."""

    registration: str
    sent: Sent
    unit_id: UUID
    participant_id: UUID


def corrections(scope: Scope, month: Period, before: Delivered) -> list[Correction]:
    """Return what the deliveries of the three months before ``month`` would tell otherwise today; oldest month first.

    Two queries. A month of which nothing was delivered has nothing to correct.
    """
    months = [months_before(month, back) for back in range(MONTHS_RESTATED, 0, -1)]
    told = {number for one in months for rows in before.by_month.get(one.start, {}).values() for number in rows}
    if not any(one.start in before.by_month for one in months):
        return []
    now = _recorded(scope, since=months[0].start, until=months[-1].end, numbers=told)
    return [
        correction
        for one in months
        for unit, rows in before.by_month.get(one.start, {}).items()
        for correction in _compare(one, rows, {row.registration: row for row in now if row.unit_id == unit})
    ]


def _recorded(scope: Scope, *, since: date, until: date, numbers: Iterable[str]) -> list[_Now]:
    """Provisions that ran in these months, and those that were delivered and do not run in them any more."""
    found = provisions_of(scope)
    rows = found.filter(starts_on__lte=until).exclude(ends_on__lt=since) | found.filter(registration__in=list(numbers))
    values = rows.values_list("registration", "kind", "starts_on", "ends_on", "trajectory__unit", "participant")
    return [
        _Now(number, Sent(kind, starts_on, ends_on), unit, person)
        for number, kind, starts_on, ends_on, unit, person in values
    ]


def _compare(month: Period, told: Mapping[str, Sent], now: Mapping[str, _Now]) -> Iterator[Correction]:
    """Lay what was told of a month beside what is recorded now; both without what only a setting sends along."""
    then = {number: sent for number, sent in told.items() if is_delivered(sent.starts_on, sent.ends_on, month)}
    today = {number: one for number, one in now.items() if is_delivered(one.sent.starts_on, one.sent.ends_on, month)}
    for number in sorted(then.keys() | today.keys()):
        recorded = now.get(number)
        before = then[number].within(month) if number in then else None
        after = recorded.sent.within(month) if recorded else None
        if before is None:
            change = Change.ADDED
        elif after is None:
            change = Change.GONE
        elif before == after:
            continue
        else:
            change = Change.CHANGED
        yield Correction(month, number, change, before, after, recorded.participant_id if recorded else None)
