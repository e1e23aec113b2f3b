"""What the checks look at: the facts that figures are counted from, and what only a worklist needs to know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from foundation.clock import AMSTERDAM
from foundation.periods import Period
from foundation.together import Rows
from guidance.models import Session
from guidance.models.session import TOOK_PLACE
from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import Participant
from reporting.facts import Scope, load
from reporting.facts.loading import in_scope
from reporting.facts.rows import ProgrammeRow, TrajectoryRow
from reporting.figures import Question, Record
from reporting.figures.quality import CHECKS
from trajectories.models import EventKind, Outcome, Trajectory, TrajectoryEvent
from trajectories.workflow import UNDERWAY

TABLES = (
    "trajectories",
    "programmes",
    "coaches",
    "events",
    "sessions",
    "outcomes",
    "assessments",
    "placements",
    "slots",
)


class OpenRow(NamedTuple):
    """A trajectory that is underway today, with the last contact with its person."""

    id: UUID
    participant_id: UUID
    agreement_id: UUID
    state: str
    started_on: date
    planned_end_on: date | None
    trial_weeks: int
    failed_on: date | None
    contact_on: date | None

    def record(self, day: date) -> Record:
        return Record(self.id, self.participant_id, self.id, day)


class PersonRow(NamedTuple):
    """By what one person is taken for another."""

    id: UUID
    provider_id: UUID
    created_on: date
    sort_name: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None

    @property
    def born(self) -> tuple[int, int, int] | None:
        """The day of birth; None when a part of it is not known."""
        if not (self.birth_year and self.birth_month and self.birth_day):
            return None
        return self.birth_year, self.birth_month, self.birth_day


Asked = QuerySet[Any, tuple[Any, ...]]


def open_asked(scope: Scope, today: date) -> Asked:
    """Ask what is underway in the scope, oldest first."""
    found = Trajectory.objects.filter(in_scope(scope), state__in=UNDERWAY, started_on__lte=today)
    failed = TrajectoryEvent.objects.holding().filter(trajectory=OuterRef("pk"), kind=EventKind.TRIAL_FAILED)
    contacts = Session.objects.filter(participant=OuterRef("participant"), attendance__in=TOOK_PLACE)
    last = contacts.order_by("-held_on").values("held_on")[:1]
    fields = [name for name in OpenRow._fields if name not in {"trial_weeks", "failed_on", "contact_on"}]
    return found.order_by("started_on", "id").values_list(
        *fields, "programme__trial_weeks", Subquery(failed.values("dated_on")[:1]), Subquery(last)
    )


def outcomes_asked(scope: Scope, period: Period) -> Asked:
    """Ask which of the trajectories that ended in the period have an outcome, on whatever day."""
    ended = Trajectory.objects.filter(in_scope(scope), ended_on__range=(period.start, period.end))
    return Outcome.objects.filter(trajectory__in=ended.values("pk")).values_list("trajectory")


def people_asked(member: StaffMember) -> Asked:
    """Ask for everybody whose file this reader may see: somebody may have a second file with a colleague."""
    found = Participant.objects.visible_to(member, Permission.SIGNALS_READ).order_by("created_at", "id")
    made = TruncDate("created_at", tzinfo=AMSTERDAM)
    return found.values_list("id", "provider_id", made, "sort_name", "birth_year", "birth_month", "birth_day")


@dataclass(frozen=True)
class Read:
    """What somebody read already, in one round trip with more: the facts, counted, and the answers to what is asked.

    ``wrong`` has the records of the figure "complete files" by check.
    """

    asked: Question
    wrong: Mapping[str, Sequence[Record]]
    open_rows: Rows
    with_outcome: Rows
    people: Rows


class Look:
    """The files of a scope: over a period for what is dated, and as they are today.

    Each table is read when the first check asks for it, so one check costs less than all.
    """

    def __init__(
        self,
        member: StaffMember,
        scope: Scope,
        period: Period,
        today: date,
        programmes: list[ProgrammeRow] | None = None,
        *,
        read: Read | None = None,
    ) -> None:
        self.member, self.scope, self.today, self._given = member, scope, today, read
        self.is_now = today in period
        if read:
            self.asked = read.asked
        else:
            self._facts = load(scope, period, today, programmes=programmes)
            self.asked = Question(self._facts, period, today)

    def wrong(self, name: str) -> Sequence[Record]:
        """The records that a check of the figure calls wrong."""
        return self._given.wrong[name] if self._given else CHECKS[name](self.asked)["wrong"]

    def read_everything(self) -> None:
        """Read what all checks together look at in one round trip: who asks for all of them comes here first."""
        self._facts.read(*TABLES)

    @cached_property
    def open_rows(self) -> list[OpenRow]:
        """What is underway in the scope, oldest first; narrowed to a coach as the figures are."""
        rows = self._given.open_rows if self._given else open_asked(self.scope, self.today)
        own = self.asked.trajectories
        return [row for row in starmap(OpenRow, rows) if row.id in own]

    @cached_property
    def with_outcome(self) -> set[UUID]:
        """Which of the trajectories that ended in the period have an outcome, on whatever day."""
        rows = self._given.with_outcome if self._given else outcomes_asked(self.scope, self.asked.period)
        return {row[0] for row in rows}

    @cached_property
    def people(self) -> list[PersonRow]:
        """Everybody whose file this reader may see, oldest file first."""
        return list(starmap(PersonRow, self._given.people if self._given else people_asked(self.member)))

    @cached_property
    def newest(self) -> Mapping[UUID, TrajectoryRow]:
        """By person the newest trajectory in scope: who coaches it answers for the file."""
        return {row.participant_id: row for row in sorted(self.asked.trajectories.values(), key=lambda r: r.started_on)}

    def coach_of(self, record: Record) -> UUID | None:
        """Who is to see to a record: the coach of its trajectory, or else of the person's newest one."""
        row = self.asked.trajectories.get(record.trajectory_id) if record.trajectory_id else None
        row = row or (self.newest.get(record.participant_id) if record.participant_id else None)
        return self.asked.coach_of(row) if row else None


def last_days(pairs: Iterable[tuple[UUID, date]]) -> dict[UUID, date]:
    """By id the last day."""
    found: dict[UUID, date] = {}
    for key, day in pairs:
        found[key] = max(day, found.get(key, day))
    return found
