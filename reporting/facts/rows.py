"""The rows that figures are counted from: what the database holds, without names or free text.

Every row carries its own id and, where it is about a person, the id of that person's file.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID


class Person(NamedTuple):
    """What is known of a participant for age band, gender and benefit."""

    id: UUID
    gender: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    benefit: str


class FlagRow(NamedTuple):
    """That a participant belongs to a target group, from a day (empty: always) until a day."""

    id: UUID
    participant_id: UUID
    kind: str
    starts_on: date | None
    ends_on: date | None


class AgreementRow(NamedTuple):
    """Who pays for what, and how far small counts are withheld from the payer."""

    id: UUID
    code: str
    municipality_id: UUID
    municipality_code: str
    municipality_name: str
    starts_on: date
    ends_on: date | None
    small_count: int


class ProgrammeRow(NamedTuple):
    """What a unit offers. The ladder is used unless it is switched off."""

    id: UUID
    code: str
    name: str
    unit_id: UUID
    unit_code: str
    unit_name: str
    uses_ladder: bool


class TrajectoryRow(NamedTuple):
    """One participant in one programme under one agreement. A blank code was not recorded."""

    id: UUID
    participant_id: UUID
    agreement_id: UUID
    programme_id: UUID
    unit_id: UUID
    coach_id: UUID | None
    started_on: date
    ended_on: date | None
    referred_on: date | None
    end_reason: str | None
    is_dropout: bool | None
    destination: str | None
    legal_ground: str


class CoachRow(NamedTuple):
    """Who coached a trajectory, from a day until a day."""

    id: UUID
    participant_id: UUID
    trajectory_id: UUID
    staff_member_id: UUID
    starts_on: date
    ends_on: date | None


class EventRow(NamedTuple):
    """An event on the thread of a trajectory that was not undone; ``sequence`` orders within a day."""

    id: UUID
    participant_id: UUID
    trajectory_id: UUID
    dated_on: date
    sequence: int
    kind: str
    is_imported: bool
    recorded_on: date


class OutcomeRow(NamedTuple):
    """What came of a trajectory."""

    id: UUID
    participant_id: UUID
    trajectory_id: UUID
    dated_on: date
    kind: str
    employment_starts_on: date | None
    employment_ended_on: date | None
    employment_last_seen_on: date | None
    is_imported: bool
    recorded_on: date


class SessionRow(NamedTuple):
    """A conversation or contact; a blank attendance was not filled in yet."""

    id: UUID
    participant_id: UUID
    trajectory_id: UUID
    dated_on: date
    minutes: int | None
    kind: str
    attendance: str
    is_imported: bool
    recorded_on: date


class HalfDayRow(NamedTuple):
    """One planned half-day of a trajectory."""

    id: UUID
    participant_id: UUID
    trajectory_id: UUID
    dated_on: date
    status: str


class AssessmentRow(NamedTuple):
    """One person measured with one version of an instrument on one day: the answers as given."""

    id: UUID
    participant_id: UUID
    instrument: str
    dated_on: date
    moment: str
    answers: dict[str, int]


class SlotRow(NamedTuple):
    """A counted place, from its first to its last day."""

    id: UUID
    code: str
    programme_id: UUID
    starts_on: date
    ends_on: date | None


class PlacementRow(NamedTuple):
    """A trajectory in a slot, from its first to its last day."""

    id: UUID
    participant_id: UUID
    trajectory_id: UUID
    slot_id: UUID
    starts_on: date
    ends_on: date | None


class CertificateRow(NamedTuple):
    """A certificate somebody earned."""

    id: UUID
    participant_id: UUID
    trajectory_id: UUID
    dated_on: date
    name: str


class TargetRow(NamedTuple):
    """What an agreement aims at for a figure, from a day until a day (empty: as long as the agreement)."""

    agreement_id: UUID
    figure: str
    target: Decimal
    starts_on: date | None
    ends_on: date | None
