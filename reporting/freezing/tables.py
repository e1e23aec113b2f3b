"""Which tables are frozen with a report, each with the type of its rows and how they are ordered."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from reporting.facts.rows import (
    AgreementRow,
    AssessmentRow,
    CertificateRow,
    CoachRow,
    EventRow,
    FlagRow,
    HalfDayRow,
    OutcomeRow,
    Person,
    PlacementRow,
    ProgrammeRow,
    SessionRow,
    SlotRow,
    TargetRow,
    TrajectoryRow,
)


class PartRow(NamedTuple):
    """Which agreement of the report an agreement among the rows is: its id outside, since it is nobody's."""

    agreement_id: UUID
    key: str


class PaidProgramme(NamedTuple):
    """That an agreement pays for a programme."""

    agreement_id: UUID
    programme_id: UUID


class Word(NamedTuple):
    """What a code was called on the day of freezing (destinations, reasons, outcomes)."""

    list: str
    code: str
    label: str


@dataclass(frozen=True)
class TableKind:
    """One frozen table: its rows, whether others name them, and in which order they stand where the source has none."""

    rows: type
    is_named: bool = False
    by: tuple[str, ...] = ()


TABLES: dict[str, TableKind] = {
    "agreements": TableKind(AgreementRow, is_named=True),
    "parts": TableKind(PartRow),
    "programmes": TableKind(ProgrammeRow, is_named=True),
    "paid_programmes": TableKind(PaidProgramme, by=("agreement_id", "programme_id")),
    "words": TableKind(Word),
    "targets": TableKind(TargetRow, by=("agreement_id", "figure", "starts_on")),
    "trajectories": TableKind(TrajectoryRow, is_named=True),
    "persons": TableKind(Person, is_named=True, by=("id",)),
    "flags": TableKind(FlagRow, by=("participant_id", "kind", "starts_on", "ends_on")),
    "coaches": TableKind(CoachRow, by=("trajectory_id", "starts_on", "ends_on", "staff_member_id")),
    "slots": TableKind(SlotRow, is_named=True),
    "placements": TableKind(PlacementRow),
    "events": TableKind(EventRow, by=("trajectory_id", "dated_on", "sequence", "kind")),
    "outcomes": TableKind(OutcomeRow),
    "sessions": TableKind(SessionRow),
    "half_days": TableKind(HalfDayRow),
    "assessments": TableKind(AssessmentRow),
    "certificates": TableKind(CertificateRow),
}
"""In the order in which they are frozen: who is named stands before who names."""
