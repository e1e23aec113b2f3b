"""What every figure is made of: the question, the records it finds, and how they become a value."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.periods import Period
from reporting.facts.rows import AgreementRow, CoachRow, FlagRow, Person, ProgrammeRow, TrajectoryRow
from reporting.facts.tables import Facts

WHOLE = ""
"""The cell of a figure that is one plain number."""

UNRECORDED = "unrecorded"


class Unit(StrEnum):
    """What a figure counts."""

    PERSONS = "persons"
    TRAJECTORIES = "trajectories"
    EPISODES = "episodes"
    SESSIONS = "sessions"
    HALF_DAYS = "half_days"
    CERTIFICATES = "certificates"
    PLACEMENTS = "placements"
    SLOT_DAYS = "slot_days"
    RECORDS = "records"
    VARIOUS = "various"


class Record(NamedTuple):
    """One line of the list behind a number: what is counted, and whose file it stands in.

    ``id`` is the id of what the figure counts (person, trajectory, session ...); a slot is nobody's.
    ``amount`` is what it adds to a sum or a median: days or minutes.
    """

    id: UUID
    participant_id: UUID | None
    trajectory_id: UUID | None = None
    day: date | None = None
    amount: int = 0


Cells = dict[str, list[Record]]


class ReferenceTooEarly(ValueError):
    """The reference date lies before the period: nothing can be counted yet."""


class OfTrajectory(Protocol):
    """A row that hangs on a trajectory."""

    @property
    def id(self) -> UUID: ...
    @property
    def participant_id(self) -> UUID: ...
    @property
    def trajectory_id(self) -> UUID: ...


class Dated(OfTrajectory, Protocol):
    @property
    def dated_on(self) -> date: ...


Hanging = TypeVar("Hanging", bound=OfTrajectory)
DatedRow = TypeVar("DatedRow", bound=Dated)


class Question:
    """Facts, asked over a period and counted on a reference date.

    A period that is not over is counted up to the reference date; rows dated after that do not
    count. With ``agreement`` only the trajectories of that one agreement are asked about.
    """

    def __init__(self, facts: Facts, period: Period, reference: date, *, agreement: UUID | None = None) -> None:
        if reference < period.start:
            message = _("The reference date (%(reference)s) lies before the period (%(start)s). Choose a later day.")
            raise ReferenceTooEarly(message % {"reference": reference, "start": period.start})
        self.facts, self.reference, self.agreement = facts, reference, agreement
        self.period = period.until(reference)
        self._dated: dict[int, tuple[Any, list[Any]]] = {}  # by table, which it keeps, so that its id stays its own

    def flow_in(self, part: Period) -> "Question":
        """The same question over a part of the period, for who came, went and was there: a month in a chart."""
        asked = Question(self.facts, part, self.reference, agreement=self.agreement)
        if self.facts.coach is None:  # a trajectory that does not run in the period cannot come or go in a part of it
            asked.trajectories = {row.id: row for row in self.running}
        return asked

    @cached_property
    def trajectories(self) -> dict[UUID, TrajectoryRow]:
        """Those in scope that started on the reference date or before, by id."""
        return {row.id: row for row in self.facts.trajectories if self._asked_for(row)}

    def _asked_for(self, row: TrajectoryRow) -> bool:
        if row.started_on > self.reference or self.agreement not in {None, row.agreement_id}:
            return False
        return self.facts.coach is None or self.coach_of(row) == self.facts.coach

    def coach_of(self, row: TrajectoryRow) -> UUID | None:
        """Who coached it on the last day of the period, or on its own last day where that came first."""
        day = max(row.started_on, min(self.period.end, row.ended_on or self.period.end))
        for held in self._coaches.get(row.id, ()):
            if held.starts_on <= day and (held.ends_on is None or day <= held.ends_on):
                return held.staff_member_id
        return None if row.id in self._coaches else row.coach_id

    @cached_property
    def _coaches(self) -> dict[UUID, list[CoachRow]]:
        return grouped(self.facts.coaches, lambda row: row.trajectory_id)

    @cached_property
    def running(self) -> list[TrajectoryRow]:
        """Those that run in the period."""
        start, end = self.period.start, self.period.end
        found = self.trajectories.values()
        return [row for row in found if row.started_on <= end and (row.ended_on is None or row.ended_on >= start)]

    @cached_property
    def stock_start(self) -> list[TrajectoryRow]:
        return [row for row in self.running if row.started_on < self.period.start]

    @cached_property
    def inflow(self) -> list[TrajectoryRow]:
        return [row for row in self.running if row.started_on in self.period]

    @cached_property
    def outflow(self) -> list[TrajectoryRow]:
        return [row for row in self.running if row.ended_on in self.period]

    @cached_property
    def stock_end(self) -> list[TrajectoryRow]:
        return [row for row in self.running if row.ended_on is None or row.ended_on > self.period.end]

    @cached_property
    def participants(self) -> dict[UUID, list[TrajectoryRow]]:
        """The persons with a trajectory that runs in the period, with those trajectories, oldest first."""
        return grouped(sorted(self.running, key=lambda row: row.started_on), lambda row: row.participant_id)

    @cached_property
    def persons(self) -> dict[UUID, Person]:
        return {row.id: row for row in self.facts.persons}

    @cached_property
    def flags(self) -> dict[UUID, list[FlagRow]]:
        return grouped(self.facts.flags, lambda row: row.participant_id)

    @cached_property
    def agreements(self) -> dict[UUID, AgreementRow]:
        return {row.id: row for row in self.facts.agreements}

    @cached_property
    def programmes(self) -> dict[UUID, ProgrammeRow]:
        return {row.id: row for row in self.facts.programmes}

    def known(self, rows: Iterable[DatedRow]) -> list[DatedRow]:
        """Of rows that hang on a trajectory: those in scope, dated on the reference date or before."""
        return [row for row in self.hanging(rows) if row.dated_on <= self.reference]

    def dated(self, rows: Sequence[DatedRow]) -> list[DatedRow]:
        """Of a table of rows that hang on a trajectory: those in scope, dated in the period. Sifted once."""
        if id(rows) not in self._dated:
            start, end = self.period.start, self.period.end
            in_period = [row for row in rows if start <= row.dated_on <= end]
            self._dated[id(rows)] = (rows, self.hanging(in_period))
        return self._dated[id(rows)][1]

    def hanging(self, rows: Iterable[Hanging]) -> list[Hanging]:
        """Those that hang on a trajectory in scope, which need not run in the period."""
        ids = self.trajectories
        return [row for row in rows if row.trajectory_id in ids]

    def days_ago(self, days: int, *, before: date | None = None) -> date:
        """The day so many days before ``before``, or before the reference date."""
        return (before or self.reference) - timedelta(days=days)


@dataclass(frozen=True)
class Definition:
    """One figure of the catalogue: what it is called, what it counts, and how.

    ``sentence`` says it in plain words, ``rule`` exactly. ``version`` goes up when the rule changes:
    two periods counted by different versions are never compared without saying so.
    """

    id: str
    label: str | Promise
    unit: Unit
    sentence: str | Promise
    rule: str | Promise
    find: Callable[[Question], Cells] = field(repr=False)
    value: Callable[[Question, Cells], Any] = field(repr=False)
    version: str = "1"
    is_plain: bool = False
    needs_no_coach: bool = False


@dataclass(frozen=True)
class Figure:
    """A figure, counted: the records behind every cell, and the value that follows from them."""

    definition: Definition
    value: Any
    cells: dict[str, list[Record]]

    @property
    def id(self) -> str:
        return self.definition.id

    @property
    def records(self) -> list[Record]:
        """All records, each once, in the order in which they were found."""
        return list({record.id: record for found in self.cells.values() for record in found}.values())

    def cell(self, name: str = WHOLE) -> list[Record]:
        """The records behind one number of this figure; empty for a value that did not occur."""
        return self.cells.get(name, [])

    def number(self, name: str = WHOLE) -> int:
        """The number that stands in a cell: as many as there are records behind it."""
        return len(self.cell(name))

    def people(self, name: str = WHOLE) -> frozenset[UUID]:
        """The persons behind a cell: what decides whether it may be told to a reader without the files."""
        return frozenset(record.participant_id for record in self.cell(name) if record.participant_id)


Row = TypeVar("Row")
Key = TypeVar("Key")


def grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """The rows under their key, in their own order."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def trajectory_record(row: TrajectoryRow, amount: int = 0) -> Record:
    return Record(row.id, row.participant_id, row.id, row.ended_on or row.started_on, amount)


def trajectory_records(rows: Iterable[TrajectoryRow]) -> list[Record]:
    return [trajectory_record(row) for row in rows]


def dated_record(row: Dated, amount: int = 0) -> Record:
    return Record(row.id, row.participant_id, row.trajectory_id, row.dated_on, amount)


def person_records(rows: Iterable[Dated]) -> list[Record]:
    """One record for each person in these rows, dated by the first of the rows."""
    found: dict[UUID, Record] = {}
    for row in rows:
        known = found.get(row.participant_id)
        if known is None or (known.day is not None and row.dated_on < known.day):
            found[row.participant_id] = Record(row.participant_id, row.participant_id, row.trajectory_id, row.dated_on)
    return list(found.values())


def runner_records(people: Iterable[Sequence[TrajectoryRow]]) -> list[Record]:
    """One record for each person, from the person's trajectories, oldest first; the newest stands in the list."""
    return [Record(own[-1].participant_id, own[-1].participant_id, own[-1].id, own[-1].started_on) for own in people]
