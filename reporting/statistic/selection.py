"""What is delivered of a month for one municipality: provisions that ran at its end or ended in it.

The output of CBS counts these two groups, so both are in. What the public guideline leaves open is a setting per
municipality: ends after the month, and months that ended before and are sent again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from foundation.clock import AMSTERDAM
from foundation.encryption import open_file_keys
from foundation.periods import Period
from organisations.models import StaffMember
from organisations.roles import Permission
from participants.models import Participant
from reporting.models import LaterEnds, StatisticSetting
from trajectories.models import LabourPosition, LegalGround, Provision, State, Trajectory

NEVER_STARTED = (State.PLANNED, State.CANCELLED)


@dataclass(frozen=True)
class Scope:
    """Whose statistic it is: a provider's for a municipality, of these units; and who looks at it."""

    provider_id: UUID
    municipality_id: UUID
    units: frozenset[UUID]
    reader: StaffMember


@dataclass(frozen=True)
class Choices:
    """How the municipality wants it (``StatisticSetting``); without a setting there is no code of who delivers."""

    reporter_code: str = ""
    later_ends: str = LaterEnds.LEAVE_OUT
    months_back: int = 0


@dataclass(frozen=True)
class Somebody:
    """A person as the statistic needs them. Capacity and aim are those that hold on the last day of the month.

    Whoever delivers a month delivers also the lines of files that are shielded or restricted; ``name`` tells then no
    more than the number of the file.
    """

    id: UUID
    name: str
    sort_name: str = ""
    is_open: bool = True
    reference: str = ""
    bsn: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    gender: str = ""
    capacity: str = ""
    aim: str = ""

    @property
    def masked_bsn(self) -> str:
        """The last three digits; the rest is for the file only."""
        return f"••••••{self.bsn[-3:]}" if self.bsn else ""


@dataclass(frozen=True)
class Ran:
    """One provision of somebody, with what the checks ask of its trajectory and of who pays."""

    id: UUID
    person: Somebody
    registration: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    end_reason: str = ""
    description: str = ""
    wage_value: int | None = None
    review_on: date | None = None
    recorded_on: date | None = None
    unit_id: UUID | None = None
    programme: str = ""
    trajectory_id: UUID | None = None
    trajectory_ended_on: date | None = None
    coach_id: UUID | None = None
    has_started: bool = True
    has_decision: bool = False
    has_bsn_ground: bool = False


@dataclass(frozen=True)
class Unrecorded:
    """A trajectory that counts for the statistic and on which no provision ran on the last day of the month."""

    trajectory_id: UUID
    person: Somebody
    programme: str
    started_on: date | None = None
    coach_id: UUID | None = None


@dataclass(frozen=True)
class Month:
    """All there is to deliver of a month, and beside it what else the same people used.

    Attributes:
        lines: the provisions that are delivered, by name of the person.
        around: every provision of these people at this provider, delivered or not.
    """

    period: Period
    municipality_code: str
    choices: Choices
    lines: tuple[Ran, ...] = ()
    around: tuple[Ran, ...] = ()

    @property
    def people(self) -> list[Somebody]:
        return list({line.person.id: line.person for line in self.lines}.values())


def is_delivered(starts_on: date, ends_on: date | None, month: Period, months_back: int = 0) -> bool:
    """Whether a provision belongs to a month: begun, and not ended before its first day (or some months earlier)."""
    return starts_on <= month.end and (ends_on is None or ends_on >= months_before(month, months_back).start)


def months_before(month: Period, count: int) -> Period:
    """Return the month that lies ``count`` months before this one."""
    serial = month.start.year * 12 + month.start.month - 1 - count
    return Period.month(serial // 12, serial % 12 + 1)


def choices_for(scope: Scope) -> Choices:
    """Read how this provider delivers for this municipality."""
    row = StatisticSetting.objects.filter(provider=scope.provider_id, municipality=scope.municipality_id).first()
    return Choices(row.reporter_code, row.later_ends, row.months_back) if row else Choices()


def provisions_of(scope: Scope) -> QuerySet[Provision]:
    """All provisions in scope, whatever the month."""
    return Provision.objects.filter(
        provider=scope.provider_id,
        trajectory__unit__in=scope.units,
        trajectory__agreement__municipality=scope.municipality_id,
    )


def select(scope: Scope, month: Period, municipality_code: str) -> Month:
    """Read what is delivered of a month: five queries, whatever the number of people."""
    choices = choices_for(scope)
    since = months_before(month, choices.months_back).start
    rows = provisions_of(scope).filter(Q(ends_on=None) | Q(ends_on__gte=since), starts_on__lte=month.end)
    delivered = set(rows.values_list("pk", flat=True))
    people = Provision.objects.filter(pk__in=delivered).values("participant")
    rows = Provision.objects.filter(provider=scope.provider_id, participant__in=people)
    around = list(_with_all(rows).annotate(is_open=open_to(scope.reader)))
    open_file_keys({row.participant_id for row in around})
    known = _people(around, month)
    found = sorted((_ran(row, known[row.participant_id]) for row in around), key=_by_name)
    return Month(
        period=month,
        municipality_code=municipality_code,
        choices=choices,
        lines=tuple(one for one in found if one.id in delivered),
        around=tuple(found),
    )


def open_to(reader: StaffMember, person: str = "participant") -> Exists:
    """Whether the file of the ``person`` of a row is neither shielded nor restricted for who looks."""
    files = Participant.objects.filter(pk=OuterRef(person))
    return Exists(files.open_to(reader, Permission.STATISTIC_EXPORT))


def _with_all(rows: QuerySet[Provision]) -> QuerySet[Provision]:
    return rows.select_related("participant", "trajectory__agreement", "trajectory__programme")


def _by_name(ran: Ran) -> tuple[bool, str, UUID, date, str]:
    return (not ran.person.is_open, ran.person.sort_name, ran.person.id, ran.starts_on, ran.registration)


def _people(rows: Iterable[Any], month: Period) -> dict[UUID, Somebody]:
    known = {row.participant_id: row for row in rows}
    positions = _positions(known, month.end)
    return {key: _somebody(row, positions.get(key)) for key, row in known.items()}


def _positions(people: Mapping[UUID, Any], day: date) -> dict[UUID, LabourPosition]:
    """The position that holds for each person on a day: the newest that began on it or before."""
    rows = LabourPosition.objects.filter(participant__in=list(people), starts_on__lte=day).order_by("starts_on")
    return {row.participant_id: row for row in rows}


def _somebody(row: Any, position: LabourPosition | None, *, with_bsn: bool = True) -> Somebody:
    person = row.participant
    by_number = _("File %(number)s, not open to you") % {"number": person.reference}
    return Somebody(
        id=person.pk,
        name=person.full_name if row.is_open else by_number,
        sort_name=person.sort_name if row.is_open else person.reference,
        is_open=row.is_open,
        reference=person.reference,
        bsn=person.bsn if with_bsn else "",
        birth_year=person.birth_year,
        birth_month=person.birth_month,
        birth_day=person.birth_day,
        gender=person.gender,
        capacity=position.capacity if position else "",
        aim=position.aim if position else "",
    )


def _ran(row: Provision, person: Somebody) -> Ran:
    trajectory = row.trajectory
    return Ran(
        id=row.pk,
        person=person,
        registration=row.registration,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        end_reason=row.end_reason,
        description=row.description,
        wage_value=row.wage_value_percent,
        review_on=row.review_on,
        recorded_on=row.recorded_at.astimezone(AMSTERDAM).date(),
        unit_id=trajectory.unit_id,
        programme=trajectory.programme.name,
        trajectory_id=trajectory.pk,
        trajectory_ended_on=trajectory.ended_on,
        coach_id=trajectory.coach_id,
        has_started=trajectory.state not in NEVER_STARTED,
        has_decision=bool(trajectory.indication_number),
        has_bsn_ground=bool(trajectory.agreement.bsn_ground),
    )


def unrecorded(scope: Scope, month: Period) -> tuple[Unrecorded, ...]:
    """Read the trajectories underway on the last day that probably lack a provision: one query."""
    runs = Provision.objects.filter(Q(ends_on=None) | Q(ends_on__gte=month.end), trajectory=OuterRef("pk"))
    rows = (
        Trajectory.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=month.end),
            provider=scope.provider_id,
            unit__in=scope.units,
            agreement__municipality=scope.municipality_id,
            legal_ground=LegalGround.PARTICIPATIEWET,
            started_on__lte=month.end,
        )
        .exclude(state__in=NEVER_STARTED)
        .exclude(programme__provision_type="")
        .exclude(Exists(runs.filter(starts_on__lte=month.end)))
        .select_related("participant", "programme")
        .annotate(is_open=open_to(scope.reader))
    )
    return tuple(
        Unrecorded(
            row.pk,
            _somebody(row, None, with_bsn=False),
            row.programme.name,
            row.started_on,
            row.coach_id,
        )
        for row in rows
    )
