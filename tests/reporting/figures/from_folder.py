"""Facts made straight from the rows of an import folder, without a database: for tests of the figures alone.

It narrows to a scope as the database does, and gives ids that follow from the references.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from guidance.scoring import SCALES
from reporting.facts import PlainFacts
from reporting.facts.rows import (
    AgreementRow,
    AssessmentRow,
    CertificateRow,
    EventRow,
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

Row = Mapping[str, str]
SPACE = UUID("5f0f7b0c-0000-4000-8000-000000000000")


def key(*parts: object) -> UUID:
    """The id of a row, by what it is known by in the folder."""
    return uuid5(SPACE, "|".join(map(str, parts)))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def certain(text: str) -> date:
    return date.fromisoformat(text)


class Folder:
    """The rows of a folder, by file, and what is looked up in them."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.rows = rows
        self.programme = {row["code"]: row for row in rows["programmes"]}
        self.agreement = {row["code"]: row for row in rows["agreements"]}
        self.person = {row["reference"]: row["participant"] for row in rows["trajectories"]}
        self.reason = {row["code"]: row for row in rows["end_reasons"]}

    def facts(
        self,
        agreements: Collection[str] = (),
        municipalities: Collection[str] = (),
        programmes: Collection[str] = (),
        units: Collection[str] = (),
    ) -> PlainFacts:
        """All facts of a scope given in codes."""

        def pays(code: str) -> bool:
            payer = self.agreement[code]["municipality"]
            return (not agreements or code in agreements) and (not municipalities or payer in municipalities)

        def offers(code: str) -> bool:
            return (not programmes or code in programmes) and (not units or self.programme[code]["unit"] in units)

        payers = [row for row in self.rows["agreements"] if pays(row["code"])]
        paid = {code for row in payers for code in row["programmes"].split("|")}
        narrowed = bool(agreements or municipalities)
        slots = [row for row in self.rows["slots"] if offers(row["programme"])]
        whole = self._facts(
            [row for row in self.rows["trajectories"] if pays(row["agreement"])], payers, self.rows["slots"]
        )
        trajectories = [row for row in self.rows["trajectories"] if pays(row["agreement"]) and offers(row["programme"])]
        open_slots = [row for row in slots if row["programme"] in paid or not narrowed]
        return self._facts(trajectories, payers, open_slots, whole)

    def _facts(
        self,
        trajectories: Sequence[Row],
        agreements: Sequence[Row],
        slots: Sequence[Row],
        whole: PlainFacts | None = None,
    ) -> PlainFacts:
        return PlainFacts(
            trajectories=[self.trajectory(row) for row in trajectories],
            agreements=[self.agreement_row(row) for row in agreements],
            programmes=[self.programme_row(row) for row in self.rows["programmes"]],
            persons=[person(row) for row in self.rows["participants"]],
            events=[self.event(number, row) for number, row in enumerate(self.rows["events"])],
            outcomes=[self.outcome(row) for row in self.rows["outcomes"]],
            sessions=[self.session(row) for row in self.rows["sessions"]],
            half_days=[self.half_day(row) for row in self.rows["attendance"]],
            assessments=assessments(self.rows["assessments"]),
            slots=[slot(row) for row in slots],
            placements=[self.placement(row) for row in self.rows["placements"]],
            certificates=[self.certificate(row) for row in self.rows["certificates"]],
            targets=[
                TargetRow(key("agreement", row["agreement"]), row["figure"], Decimal(row["target"]), None, None)
                for row in self.rows["targets"]
            ],
            whole=whole,
        )

    def of(self, kind: str, row: Row, *known_by: str) -> tuple[UUID, UUID, UUID]:
        """Id, person and trajectory of a row that hangs on a trajectory."""
        trajectory = row["trajectory"]
        own = key(kind, trajectory, *(row[column] for column in known_by))
        return own, key("participant", self.person[trajectory]), key("trajectory", trajectory)

    def trajectory(self, row: Row) -> TrajectoryRow:
        programme = self.programme[row["programme"]]
        reason = row.get("end_reason") or None
        return TrajectoryRow(
            id=key("trajectory", row["reference"]),
            participant_id=key("participant", row["participant"]),
            agreement_id=key("agreement", row["agreement"]),
            programme_id=key("programme", row["programme"]),
            unit_id=key("unit", programme["unit"]),
            coach_id=key("staff", row["coach"]) if row.get("coach") else None,
            started_on=certain(row["started_on"]),
            ended_on=day(row.get("ended_on")),
            referred_on=day(row.get("referred_on")),
            end_reason=reason,
            is_dropout=self.reason[reason]["dropout"] == "yes" if reason else None,
            destination=row.get("destination") or None,
            legal_ground=programme.get("legal_ground", ""),
        )

    def agreement_row(self, row: Row) -> AgreementRow:
        payer = row["municipality"]
        dates = certain(row["starts_on"]), day(row.get("ends_on"))
        return AgreementRow(
            key("agreement", row["code"]), row["code"], key("municipality", payer), payer, payer, *dates, 5
        )

    def programme_row(self, row: Row) -> ProgrammeRow:
        unit = row["unit"]
        return ProgrammeRow(
            key("programme", row["code"]), row["code"], row["name"], key("unit", unit), unit, unit, True
        )

    def event(self, number: int, row: Row) -> EventRow:
        on = certain(row["on"])
        return EventRow(*self.of("event", row, "on", "event"), on, number, row["event"], True, on)

    def outcome(self, row: Row) -> OutcomeRow:
        on = certain(row["on"])
        starts, ended, seen = (day(row.get(f"employment_{what}_on")) for what in ("starts", "ended", "last_seen"))
        return OutcomeRow(*self.of("outcome", row, "on", "kind"), on, row["kind"], starts, ended, seen, True, on)

    def session(self, row: Row) -> SessionRow:
        on = certain(row["on"])
        minutes = int(row["minutes"]) if row.get("minutes") else None
        return SessionRow(*self.of("session", row, "reference"), on, minutes, row["kind"], row["attendance"], True, on)

    def half_day(self, row: Row) -> HalfDayRow:
        return HalfDayRow(*self.of("half_day", row, "on", "half_day"), certain(row["on"]), row["status"])

    def placement(self, row: Row) -> PlacementRow:
        dates = certain(row["from"]), day(row.get("until"))
        return PlacementRow(*self.of("placement", row, "slot", "from"), key("slot", row["slot"]), *dates)

    def certificate(self, row: Row) -> CertificateRow:
        return CertificateRow(*self.of("certificate", row, "name", "on"), certain(row["on"]), row["name"])


def person(row: Row) -> Person:
    year, month, number = (int(part) or None for part in (row.get("date_of_birth") or "0-0-0").split("-"))
    return Person(key("participant", row["reference"]), row["gender"], year, month, number, row.get("benefit", ""))


def slot(row: Row) -> SlotRow:
    programme = key("programme", row["programme"])
    return SlotRow(key("slot", row["code"]), row["code"], programme, certain(row["from"]), day(row.get("until")))


def assessments(rows: Sequence[Row]) -> list[AssessmentRow]:
    """One for each person, instrument, day and moment, with all its answers."""
    found: dict[tuple[str, ...], AssessmentRow] = {}
    for row in rows:
        known_by = (row["participant"], row["instrument"], row["on"], row["moment"])
        person_id = key("participant", row["participant"])
        empty = AssessmentRow(
            key("assessment", *known_by), person_id, row["instrument"], certain(row["on"]), row["moment"], {}
        )
        value = SCALES[row["instrument"]].answer(row["value"])
        assert value is not None
        found.setdefault(known_by, empty).answers[row["dimension"]] = value
    return list(found.values())
