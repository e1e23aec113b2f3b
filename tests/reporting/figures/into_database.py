"""The rows of a folder straight into the tables, quickly: for tests of what is counted, not of the import.

Beside the rows it writes what the product writes by itself (started, ended) and what no figure may see: a cancelled
trajectory with an outcome, and an undone relapse on every trajectory.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from guidance.models import Assessment, HalfDayAttendance, Instrument, InstrumentVersion, Score, Session
from guidance.scoring import SCALES
from organisations.models import Organisation, OrganisationKind, StaffMember, Unit
from participants.models import Participant
from reporting.models import Requirement
from tests.factories import MunicipalityFactory, ProviderFactory
from tests.reporting.figures.from_folder import Row, assessments, certain, day, key
from trajectories.models import (
    Agreement,
    Certificate,
    Destination,
    EndReason,
    EventKind,
    Outcome,
    Placement,
    Programme,
    Referral,
    Slot,
    State,
    Trajectory,
    TrajectoryCoach,
    TrajectoryEvent,
)

Rows = Mapping[str, Sequence[Row]]


class Writer:
    """Writes the rows of one provider's folder."""

    def __init__(self, rows: Rows, provider: Organisation | None = None) -> None:
        self.rows = rows
        self.provider = provider or ProviderFactory(name="Voorbeeld")
        self.person_of = {row["reference"]: key("participant", row["participant"]) for row in rows["trajectories"]}
        self.unit_of = {row["code"]: row["unit"] for row in rows["programmes"]}
        self.ground_of = {row["code"]: row["legal_ground"] for row in rows["programmes"]}

    def write(self) -> Organisation:
        self.organisations()
        self.offer()
        self.people()
        self.courses()
        self.events()
        self.dated()
        self.places()
        self.measured()
        return self.provider

    def organisations(self) -> None:
        mentioned = {row["municipality"] for name in ("participants", "agreements") for row in self.rows[name]}
        names = {row["code"]: row["name"] for row in self.rows["municipalities"]}
        for code in sorted(mentioned | set(names)):
            if not Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, code=code).exists():
                MunicipalityFactory(id=key("municipality", code), code=code, name=names.get(code, code))
        self.make(
            Unit,
            [{"id": key("unit", row["code"]), "code": row["code"], "name": row["name"]} for row in self.rows["units"]],
        )
        StaffMember.objects.bulk_create(
            StaffMember(id=key("staff", row["email"]), email=row["email"], name=row["name"])
            for row in self.rows["staff"]
        )
        self.make(
            Destination,
            [
                {"id": key("destination", row["code"]), **pick(row, "code", "name", "category")}
                for row in self.rows["destinations"]
            ],
        )
        self.make(
            EndReason,
            [
                {
                    "id": key("end_reason", row["code"]),
                    **pick(row, "code", "name"),
                    "is_dropout": row["dropout"] == "yes",
                }
                for row in self.rows["end_reasons"]
            ],
        )

    def offer(self) -> None:
        self.make(
            Programme,
            [
                {"id": key("programme", row["code"]), "unit_id": key("unit", row["unit"])}
                | pick(row, "code", "name", "kind", "aim", "legal_ground")
                for row in self.rows["programmes"]
            ],
        )
        self.make(
            Agreement,
            [
                {
                    "id": key("agreement", row["code"]),
                    "code": row["code"],
                    "municipality_id": key("municipality", row["municipality"]),
                    "starts_on": certain(row["starts_on"]),
                    "ends_on": day(row.get("ends_on")),
                }
                for row in self.rows["agreements"]
            ],
        )
        paying = Agreement.programmes.through
        paying.objects.bulk_create(
            paying(agreement_id=key("agreement", row["code"]), programme_id=key("programme", code))
            for row in self.rows["agreements"]
            for code in row["programmes"].split("|")
        )
        Requirement.objects.bulk_create(
            Requirement(
                agreement_id=key("agreement", row["agreement"]), figure=row["figure"], target=Decimal(row["target"])
            )
            for row in self.rows["targets"]
        )

    def people(self) -> None:
        for row in self.rows["participants"]:
            year, month, number = (int(part) or None for part in (row["date_of_birth"] or "0-0-0").split("-"))
            person = Participant(
                id=key("participant", row["reference"]), provider=self.provider, reference=row["reference"],
                given_names=row.get("given_names", ""), surname=row["surname"], gender=row["gender"],
                birth_year=year, birth_month=month, birth_day=number, benefit=row.get("benefit", ""),
                home_municipality_id=key("municipality", row["municipality"]),
            )  # fmt: skip
            person.save()

    def courses(self) -> None:
        referred = [row for row in self.rows["trajectories"] if row.get("referred_on")]
        self.make(
            Referral,
            [
                {
                    "id": key("referral", row["reference"]),
                    "participant_id": key("participant", row["participant"]),
                    "programme_id": key("programme", row["programme"]),
                    "referred_on": day(row["referred_on"]),
                    "decision": "placed",
                }
                for row in referred
            ],
        )
        self.make(Trajectory, [self.trajectory(row) for row in self.rows["trajectories"]])
        coached = [row for row in self.rows["trajectories"] if row.get("coach")]
        self.make(TrajectoryCoach, [self.coaching(row) for row in coached])
        first = self.rows["trajectories"][0] if self.rows["trajectories"] else None
        if first:
            cancelled = self.trajectory(first) | {"reference": "CANCELLED", "state": State.CANCELLED}
            cancelled |= dict.fromkeys(("ended_on", "end_reason_id", "destination_id", "referral_id"))
            self.make(Trajectory, [cancelled | {"id": key("trajectory", "CANCELLED")}])
            person = cancelled["participant_id"]
            outcome = {"participant_id": person, "dated_on": certain(first["started_on"]), "kind": "paid_work"}
            self.make(Outcome, [outcome | {"trajectory_id": key("trajectory", "CANCELLED"), "is_imported": True}])

    def trajectory(self, row: Row) -> dict[str, Any]:
        ended = day(row.get("ended_on"))
        return {
            "id": key("trajectory", row["reference"]),
            "reference": row["reference"],
            "participant_id": key("participant", row["participant"]),
            "agreement_id": key("agreement", row["agreement"]),
            "programme_id": key("programme", row["programme"]),
            "unit_id": key("unit", self.unit_of[row["programme"]]),
            "coach_id": key("staff", row["coach"]) if row.get("coach") else None,
            "referral_id": key("referral", row["reference"]) if row.get("referred_on") else None,
            "legal_ground": self.ground_of[row["programme"]],
            "aim": "work",
            "started_on": certain(row["started_on"]),
            "ended_on": ended,
            "state": State.ENDED if ended else State.RUNNING,
            "end_reason_id": key("end_reason", row["end_reason"]) if row.get("end_reason") else None,
            "destination_id": key("destination", row["destination"]) if row.get("destination") else None,
        }

    def coaching(self, row: Row) -> dict[str, Any]:
        dates = {"starts_on": certain(row["started_on"]), "ends_on": day(row.get("ended_on"))}
        return self.hanging(row["reference"]) | dates | {"staff_member_id": key("staff", row["coach"])}

    def events(self) -> None:
        happened = defaultdict(list)
        for row in self.rows["events"]:
            happened[row["trajectory"]].append((certain(row["on"]), row["event"]))
        written: list[dict[str, Any]] = []
        for row in self.rows["trajectories"]:
            started, ended = certain(row["started_on"]), day(row.get("ended_on"))
            events = [(started, EventKind.STARTED), *happened[row["reference"]], (started, EventKind.RELAPSE)]
            if ended:
                events.append((ended, EventKind.ENDED))
            for sequence, (on, kind) in enumerate(events, 1):
                written.append(
                    self.hanging(row["reference"])
                    | {
                        "sequence": sequence,
                        "dated_on": on,
                        "kind": kind,
                        "id": key("event", row["reference"], sequence),
                    }
                )
            undone = key("event", row["reference"], len(events) - bool(ended))
            voiding = {"sequence": len(events) + 1, "dated_on": started, "kind": EventKind.VOIDED, "voids_id": undone}
            written.append(self.hanging(row["reference"]) | voiding)
        self.make(TrajectoryEvent, [row | {"is_imported": True} for row in written])

    def dated(self) -> None:
        self.make(
            Outcome,
            [
                self.hanging(row["trajectory"])
                | {"dated_on": certain(row["on"]), "kind": row["kind"], "is_imported": True}
                | {
                    name: day(row.get(name))
                    for name in ("employment_starts_on", "employment_ended_on", "employment_last_seen_on")
                }
                for row in self.rows["outcomes"]
            ],
        )
        self.make(
            Session,
            [
                self.hanging(row["trajectory"])
                | {"held_on": certain(row["on"]), "minutes": int(row["minutes"]) if row["minutes"] else None}
                | {"is_imported": True, **pick(row, "reference", "kind", "attendance")}
                for row in self.rows["sessions"]
            ],
        )
        self.make(
            HalfDayAttendance,
            [
                self.hanging(row["trajectory"]) | {"dated_on": certain(row["on"]), **pick(row, "half_day", "status")}
                for row in self.rows["attendance"]
            ],
        )
        self.make(
            Certificate,
            [
                self.hanging(row["trajectory"]) | {"dated_on": certain(row["on"]), "name": row["name"]}
                for row in self.rows["certificates"]
            ],
        )

    def places(self) -> None:
        self.make(
            Slot,
            [
                {
                    "id": key("slot", row["code"]),
                    "code": row["code"],
                    "programme_id": key("programme", row["programme"]),
                }
                | {"starts_on": certain(row["from"]), "ends_on": day(row.get("until"))}
                for row in self.rows["slots"]
            ],
        )
        self.make(
            Placement,
            [
                self.hanging(row["trajectory"])
                | {
                    "slot_id": key("slot", row["slot"]),
                    "starts_on": certain(row["from"]),
                    "ends_on": day(row.get("until")),
                }
                for row in self.rows["placements"]
            ],
        )

    def measured(self) -> None:
        for slug in SCALES:
            if not InstrumentVersion.objects.filter(slug=slug).exists():
                instrument = Instrument.objects.create(name=slug)
                InstrumentVersion.objects.create(instrument=instrument, slug=slug, name=slug)
        version = dict(InstrumentVersion.objects.values_list("slug", "id"))
        found = assessments(self.rows["assessments"])
        self.make(
            Assessment,
            [
                {"id": row.id, "participant_id": row.participant_id, "version_id": version[row.instrument]}
                | {"dated_on": row.dated_on, "moment": row.moment}
                for row in found
            ],
        )
        self.make(
            Score,
            [
                {"participant_id": row.participant_id, "assessment_id": row.id, "dimension": dimension, "value": value}
                for row in found
                for dimension, value in row.answers.items()
            ],
        )

    def hanging(self, trajectory: str) -> dict[str, Any]:
        return {"trajectory_id": key("trajectory", trajectory), "participant_id": self.person_of[trajectory]}

    def make(self, model: type[Any], values: Sequence[Mapping[str, Any]]) -> None:
        model.objects.bulk_create(model(provider=self.provider, **one) for one in values)


def pick(row: Row, *columns: str) -> dict[str, str]:
    return {column: row[column] for column in columns}
