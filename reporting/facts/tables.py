"""Facts: the rows in scope that figures are counted from, wherever they come from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
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


class Facts(Protocol):
    """The rows in scope, each table read when it is first asked for.

    Cancelled trajectories, what hangs on them, and voided events are not among them. Rows may stand
    outside the period, and rows of other trajectories may stand among them (who took a place next):
    a figure takes only what hangs on ``trajectories``. ``coach`` narrows further, by the last day of
    the period, so it is applied when counting.
    """

    @property
    def coach(self) -> UUID | None: ...
    @property
    def trajectories(self) -> Sequence[TrajectoryRow]: ...
    @property
    def agreements(self) -> Sequence[AgreementRow]: ...
    @property
    def programmes(self) -> Sequence[ProgrammeRow]: ...
    @property
    def persons(self) -> Sequence[Person]: ...
    @property
    def flags(self) -> Sequence[FlagRow]: ...
    @property
    def coaches(self) -> Sequence[CoachRow]: ...
    @property
    def events(self) -> Sequence[EventRow]: ...
    @property
    def outcomes(self) -> Sequence[OutcomeRow]: ...
    @property
    def sessions(self) -> Sequence[SessionRow]: ...
    @property
    def half_days(self) -> Sequence[HalfDayRow]: ...
    @property
    def assessments(self) -> Sequence[AssessmentRow]: ...
    @property
    def slots(self) -> Sequence[SlotRow]: ...
    @property
    def placements(self) -> Sequence[PlacementRow]: ...
    @property
    def certificates(self) -> Sequence[CertificateRow]: ...
    @property
    def targets(self) -> Sequence[TargetRow]: ...
    @property
    def whole_agreements(self) -> "Facts":
        """The facts of the agreements in scope, not narrowed to a programme, unit or coach: for targets."""


@dataclass(frozen=True)
class PlainFacts:
    """Facts from plain lists: a frozen snapshot, a part of other facts, or a test."""

    trajectories: Sequence[TrajectoryRow] = ()
    agreements: Sequence[AgreementRow] = ()
    programmes: Sequence[ProgrammeRow] = ()
    persons: Sequence[Person] = ()
    flags: Sequence[FlagRow] = ()
    coaches: Sequence[CoachRow] = ()
    events: Sequence[EventRow] = ()
    outcomes: Sequence[OutcomeRow] = ()
    sessions: Sequence[SessionRow] = ()
    half_days: Sequence[HalfDayRow] = ()
    assessments: Sequence[AssessmentRow] = ()
    slots: Sequence[SlotRow] = ()
    placements: Sequence[PlacementRow] = ()
    certificates: Sequence[CertificateRow] = ()
    targets: Sequence[TargetRow] = ()
    coach: UUID | None = None
    whole: "PlainFacts | None" = None

    @property
    def whole_agreements(self) -> Facts:
        return self.whole or replace(self, coach=None)
