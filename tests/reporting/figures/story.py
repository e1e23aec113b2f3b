"""Facts told as a story, a line each: who started when, what happened, what was counted."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from foundation.periods import Period
from reporting.facts import PlainFacts
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
from reporting.figures import Figure, Question, count

YEAR = Period.year(2023)
LATER = date(2024, 6, 30)


def day(text: str) -> date:
    return date.fromisoformat(text)


@dataclass
class Story:
    """Collects rows; ``count`` asks one figure over 2023, on the last day of June 2024."""

    rows: dict[str, list[Any]] = field(default_factory=dict)
    coach: UUID | None = None

    def add(self, table: str, row: Any) -> Any:
        self.rows.setdefault(table, []).append(row)
        return row

    def agreement(
        self, code: str = "A", starts: str = "2020-01-01", ends: str | None = None, payer: str = "0307"
    ) -> AgreementRow:
        until = day(ends) if ends else None
        row = AgreementRow(uuid4(), code, uuid4(), payer, payer, day(starts), until, 5)
        return self.add("agreements", row)  # type: ignore[no-any-return]

    def programme(self, code: str = "P", *, uses_ladder: bool = True) -> ProgrammeRow:
        row = ProgrammeRow(uuid4(), code, code, uuid4(), "U", "Unit", uses_ladder)
        return self.add("programmes", row)  # type: ignore[no-any-return]

    def person(self, born: str = "1980-05-17", gender: str = "f", benefit: str = "") -> Person:
        year, month, number = (int(part) or None for part in born.split("-"))
        return self.add("persons", Person(uuid4(), gender, year, month, number, benefit))  # type: ignore[no-any-return]

    def trajectory(
        self, started: str, ended: str | None = None, person: Person | None = None, **given: Any
    ) -> TrajectoryRow:
        agreement = (
            given.pop("agreement", None) or next(iter(self.rows.get("agreements", [])), None) or self.agreement()
        )
        programme = (
            given.pop("programme", None) or next(iter(self.rows.get("programmes", [])), None) or self.programme()
        )
        referred = given.pop("referred", None)
        row = TrajectoryRow(
            uuid4(),
            (person or self.person()).id,
            agreement.id,
            programme.id,
            programme.unit_id,
            given.pop("coach_id", None),
            day(started),
            day(ended) if ended else None,
            day(referred) if referred else None,
            given.pop("end_reason", None),
            given.pop("is_dropout", None),
            given.pop("destination", None),
            given.pop("legal_ground", "participatiewet"),
        )
        assert not given
        return self.add("trajectories", row)  # type: ignore[no-any-return]

    def of(self, trajectory: TrajectoryRow) -> tuple[UUID, UUID, UUID]:
        return uuid4(), trajectory.participant_id, trajectory.id

    def event(self, trajectory: TrajectoryRow, on: str, kind: str, entered: str | None = None) -> EventRow:
        sequence = len(self.rows.get("events", [])) + 1
        row = EventRow(*self.of(trajectory), day(on), sequence, kind, entered is None, day(entered or on))
        return self.add("events", row)  # type: ignore[no-any-return]

    def outcome(
        self, trajectory: TrajectoryRow, on: str, kind: str = "paid_work", entered: str | None = None, **work: str
    ) -> OutcomeRow:
        starts, ended, seen = (day(work[name]) if name in work else None for name in ("starts", "ended", "last_seen"))
        row = OutcomeRow(*self.of(trajectory), day(on), kind, starts, ended, seen, entered is None, day(entered or on))
        return self.add("outcomes", row)  # type: ignore[no-any-return]

    def session(
        self,
        trajectory: TrajectoryRow,
        on: str,
        attendance: str = "attended",
        kind: str = "individual",
        minutes: int = 45,
    ) -> SessionRow:
        row = SessionRow(*self.of(trajectory), day(on), minutes, kind, attendance, True, day(on))
        return self.add("sessions", row)  # type: ignore[no-any-return]

    def half_day(self, trajectory: TrajectoryRow, on: str, status: str) -> None:
        self.add("half_days", HalfDayRow(*self.of(trajectory), day(on), status))

    def certificate(self, trajectory: TrajectoryRow, on: str) -> None:
        self.add("certificates", CertificateRow(*self.of(trajectory), day(on), "VCA"))

    def measured(self, person_id: UUID, on: str, instrument: str = "ladder", **answers: int) -> None:
        given = {name.removeprefix("item_"): value for name, value in answers.items()}
        self.add("assessments", AssessmentRow(uuid4(), person_id, instrument, day(on), "interim", given))

    def slot(self, starts: str = "2020-01-01", ends: str | None = None) -> SlotRow:
        row = SlotRow(uuid4(), "S", uuid4(), day(starts), day(ends) if ends else None)
        return self.add("slots", row)  # type: ignore[no-any-return]

    def placed(self, trajectory: TrajectoryRow, slot: SlotRow, starts: str, ends: str | None = None) -> None:
        self.add("placements", PlacementRow(*self.of(trajectory), slot.id, day(starts), day(ends) if ends else None))

    def coached(self, trajectory: TrajectoryRow, coach: UUID, starts: str, ends: str | None = None) -> None:
        self.add("coaches", CoachRow(*self.of(trajectory), coach, day(starts), day(ends) if ends else None))

    def flagged(self, person: Person, kind: str, starts: str | None = None, ends: str | None = None) -> None:
        days = [day(text) if text else None for text in (starts, ends)]
        self.add("flags", FlagRow(uuid4(), person.id, kind, *days))

    def target(
        self, agreement: AgreementRow, figure: str, target: str, starts: str | None = None, ends: str | None = None
    ) -> None:
        days = [day(text) if text else None for text in (starts, ends)]
        self.add("targets", TargetRow(agreement.id, figure, Decimal(target), *days))

    @property
    def facts(self) -> PlainFacts:
        return replace(PlainFacts(**self.rows), coach=self.coach)  # type: ignore[arg-type]  # tables only

    def asked(self, period: Period = YEAR, reference: str | None = None) -> Question:
        return Question(self.facts, period, day(reference) if reference else LATER)

    def figure(self, key: str, period: Period = YEAR, reference: str | None = None) -> Figure:
        return count(self.facts, period, day(reference) if reference else LATER, [key])[key]

    def count(self, key: str, period: Period = YEAR, reference: str | None = None) -> Any:
        return self.figure(key, period, reference).value
