"""Cohorts: who started in the same quarter, and how many of them had an outcome after so many months.

And programmes beside each other: of who started in each, how many had an outcome within so many months. No figure of
the catalogue: a cohort is followed beyond any period, and a comparison is no number to account for. Never per coach.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from foundation.periods import Period
from reporting.facts.rows import OutcomeRow, TrajectoryRow
from reporting.figures.counting import Cells, Question, Record, grouped, trajectory_record
from reporting.figures.intervals import Interval, newcombe, wilson
from reporting.figures.outcomes import INSIGHT, PAID_WORK

MONTHS = (6, 12, 18, 24)
ANY, OTHER = "any", "other_route"
KINDS = (ANY, PAID_WORK.value, INSIGHT.value, OTHER)
"""Any outcome, paid work, insight into the help question, any of the others."""
STARTED, ENDED, BACK = "started", "ended", "back"
BACK_WITHIN = 12
"""Months after the end in which somebody who starts again came back."""
FEWEST = 20
"""In smaller groups than this one person weighs too much to compare anything."""


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def quarters_of(period: Period) -> list[Period]:
    """The calendar quarters that a period touches, in order."""
    found, day = [], period.start
    while day <= period.end:
        found.append(Period.quarter(day.year, (day.month + 2) // 3))
        day = found[-1].after
    return found


def is_of(kind: str, row: OutcomeRow) -> bool:
    """Whether an outcome is of one of the ``KINDS``."""
    if kind == OTHER:
        return row.kind not in {PAID_WORK, INSIGHT}
    return kind in {ANY, row.kind}


@dataclass(frozen=True)
class Cohort:
    """Who first started in a quarter. ``cells``: ``started``, and per kind and months who had such an outcome.

    A cell that is not there is "not yet": the months have not passed for everybody who may have started in the quarter.
    """

    quarter: Period
    cells: Cells

    @property
    def started(self) -> list[Record]:
        return self.cells[STARTED]

    def reached(self, kind: str, months: int) -> list[Record] | None:
        """Who had an outcome within so many months of the start; None while it is too early to tell."""
        return self.cells.get(f"{kind}.{months}")


class Followed:
    """The people of a question, from their first start in scope, with their outcomes."""

    def __init__(self, rows: Iterable[TrajectoryRow], outcomes: Iterable[OutcomeRow]) -> None:
        ordered = sorted(rows, key=lambda row: (row.started_on, str(row.id)), reverse=True)
        self.first = {row.participant_id: row for row in ordered}
        self.outcomes = grouped(sorted(outcomes, key=lambda row: row.dated_on), lambda row: row.participant_id)

    def started_in(self, period: Period) -> list[TrajectoryRow]:
        """The first trajectories that started in a period: one of each person."""
        return [row for row in self.first.values() if row.started_on in period]

    def reached(self, starts: Iterable[TrajectoryRow], kind: str, months: int) -> list[Record]:
        """Of these people those with such an outcome within so many months; dated by the earliest of them."""
        found = ((row, self._earliest(row, kind, months)) for row in starts)
        return [
            Record(row.participant_id, row.participant_id, outcome.trajectory_id, outcome.dated_on)
            for row, outcome in found
            if outcome
        ]

    def _earliest(self, row: TrajectoryRow, kind: str, months: int) -> OutcomeRow | None:
        last = months_later(row.started_on, months)
        own = self.outcomes.get(row.participant_id, ())
        return next((one for one in own if one.dated_on <= last and is_of(kind, one)), None)


def start_records(starts: Iterable[TrajectoryRow]) -> list[Record]:
    return [Record(row.participant_id, row.participant_id, row.id, row.started_on) for row in starts]


def cohorts(asked: Question, quarters: Iterable[Period]) -> list[Cohort]:
    """The cohorts of these quarters. A person stands in one only: that of the first start in scope.

    Outcomes count from any trajectory in scope, up to so many months after that start. The facts reach from 30 days
    before the first quarter (an outcome may be dated that long before a start) to the reference date.
    """
    people = Followed(asked.trajectories.values(), asked.known(asked.facts.outcomes))
    return [_cohort(people, quarter, asked.reference) for quarter in quarters]


def _cohort(people: Followed, quarter: Period, reference: date) -> Cohort:
    starts = people.started_in(quarter)
    cells = {STARTED: start_records(starts)}
    for months in MONTHS:
        if months_later(quarter.end, months) <= reference:
            cells |= {f"{kind}.{months}": people.reached(starts, kind, months) for kind in KINDS}
    return Cohort(quarter, cells)


@dataclass(frozen=True)
class Ending:
    """The trajectories that ended in a quarter, and those after which the participant started again within a year.

    ``back`` is None while the year has not passed for everything that may have ended in the quarter.
    """

    quarter: Period
    ended: list[Record]
    back: list[Record] | None


def endings(asked: Question, quarters: Iterable[Period]) -> list[Ending]:
    """By the quarter of the end: who started another trajectory in the selection within 12 months after it.

    The first day after the end counts as 1, as in the figure ``re_entries``; a start before the end is no return.
    """
    starts = {
        key: sorted(row.started_on for row in own)
        for key, own in grouped(asked.trajectories.values(), lambda row: row.participant_id).items()
    }
    return [_ending(asked, quarter, starts) for quarter in quarters]


def _ending(asked: Question, quarter: Period, starts: dict[UUID, list[date]]) -> Ending:
    ended = [(row, row.ended_on) for row in asked.trajectories.values() if row.ended_on and row.ended_on in quarter]
    ended = [(row, on) for row, on in ended if on <= asked.reference]
    records = [trajectory_record(row) for row, _on in ended]
    if months_later(quarter.end, BACK_WITHIN) > asked.reference:
        return Ending(quarter, records, None)
    back = []
    for row, on in ended:
        after = next((day for day in starts[row.participant_id] if day > on), None)
        if after and after <= months_later(on, BACK_WITHIN):
            back.append(trajectory_record(row, (after - on).days))
    return Ending(quarter, records, back)


@dataclass(frozen=True)
class Way:
    """One programme: who first started in it and was followed long enough, and who of them had the outcome."""

    programme: UUID
    started: list[Record]
    reached: list[Record]

    @property
    def share(self) -> float | None:
        return len(self.reached) / len(self.started) if self.started else None

    @property
    def interval(self) -> Interval | None:
        """From where to where the share lies, with 95% certainty (Wilson)."""
        return wilson(len(self.reached), len(self.started)) if self.started else None

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(record.id for record in self.started)


def ways(asked: Question, window: Period, kind: str, months: int) -> list[Way]:
    """Per programme who first started in it within ``window`` and so many months before the reference date or earlier.

    Outcomes count from trajectories of that programme. Who was in two programmes stands in both.
    """
    by_programme = grouped(asked.trajectories.values(), lambda row: row.programme_id)
    of_trajectory = asked.trajectories
    outcomes = grouped(asked.known(asked.facts.outcomes), lambda row: of_trajectory[row.trajectory_id].programme_id)
    return [
        _way(programme, Followed(rows, outcomes.get(programme, ())), window, kind, months, asked.reference)
        for programme, rows in by_programme.items()
    ]


def _way(programme: UUID, people: Followed, window: Period, kind: str, months: int, reference: date) -> Way:
    starts = [row for row in people.started_in(window) if months_later(row.started_on, months) <= reference]
    return Way(programme, start_records(starts), people.reached(starts, kind, months))


@dataclass(frozen=True)
class Comparison:
    """Two programmes beside each other, and whether their difference tells anything."""

    one: Way
    other: Way

    @property
    def is_empty(self) -> bool:
        return not (self.one.started and self.other.started)

    @property
    def difference(self) -> float:
        return len(self.one.reached) / len(self.one.started) - len(self.other.reached) / len(self.other.started)

    @cached_property
    def interval(self) -> Interval:
        """From where to where the difference lies, with 95% certainty (Newcombe)."""
        one, other = self.one, self.other
        return newcombe(len(one.reached), len(one.started), len(other.reached), len(other.started))

    @property
    def is_small(self) -> bool:
        """Whether one of the groups is too small to compare."""
        return min(len(self.one.started), len(self.other.started)) < FEWEST

    @property
    def tells(self) -> bool:
        """Whether the difference is more than chance explains, in groups that are large enough."""
        return not self.is_small and not self.interval.holds_zero

    @property
    def in_both(self) -> int:
        """How many people stand in both groups, which the interval does not know of."""
        return len(self.one.people & self.other.people)
