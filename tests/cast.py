"""The fixed cast of people that tests play with.

Noor coaches in the green unit of the first provider; Bo is her colleague there; Chris coaches in
another unit of that provider; Dina coaches at another provider. Ineke manages the green unit. Omar
reads reports for the municipality that pays, Lotte for another. Fenna keeps the configuration,
Piet guards privacy. Samira is guided in the green unit, Rosa in the other unit, Vera elsewhere.
"""

from dataclasses import dataclass
from typing import Any

from organisations.models import Organisation, StaffMember, Unit
from participants.models import Participant
from tests import factories as make
from trajectories.models import Agreement, Programme, Trajectory


@dataclass
class Cast:
    """Everybody, and what they work on."""

    provider: Organisation
    other_provider: Organisation
    municipality: Organisation
    other_municipality: Organisation
    unit: Unit
    other_unit: Unit
    foreign_unit: Unit
    programme: Programme
    agreement: Agreement
    other_agreement: Agreement
    noor: StaffMember
    bo: StaffMember
    chris: StaffMember
    dina: StaffMember
    ineke: StaffMember
    omar: StaffMember
    lotte: StaffMember
    fenna: StaffMember
    piet: StaffMember
    samira: Participant
    rosa: Participant
    vera: Participant
    trajectory: Trajectory
    other_unit_trajectory: Trajectory
    foreign_trajectory: Trajectory

    @property
    def staff(self) -> dict[str, StaffMember]:
        """The staff by role: one of each that a permission matrix needs."""
        return {
            "coach": self.noor,
            "colleague": self.bo,
            "other_unit_coach": self.chris,
            "foreign_coach": self.dina,
            "manager": self.ineke,
            "officer": self.omar,
            "other_officer": self.lotte,
            "functional_manager": self.fenna,
            "privacy_officer": self.piet,
        }


def make_cast() -> Cast:
    """Make the whole cast in the database."""
    world = _work()
    world |= _staff(world)
    world |= _people(world)
    return Cast(**world)


def _work() -> dict[str, Any]:
    """Providers, payers, units, what they offer and who pays for it."""
    provider, other_provider = (
        make.ProviderFactory(code="GRN", name="Werk & Groen"),
        make.ProviderFactory(code="ELS", name="Elders"),
    )
    municipality = make.MunicipalityFactory(code="0307", name="Amersfoort")
    other_municipality = make.MunicipalityFactory(code="0327", name="Leusden")
    unit = make.UnitFactory(provider=provider, code="GR", name="Groen")
    other_unit = make.UnitFactory(provider=provider, code="GY", name="Grijs")
    programme = make.ProgrammeFactory(unit=unit, code="LWG", name="Leerwerksetting Groen")
    own = make.ProgrammeFactory(unit=other_unit, code="GYS", name="Grijs")
    pays = {"provider": provider, "municipality": municipality}
    return {
        "provider": provider,
        "other_provider": other_provider,
        "municipality": municipality,
        "other_municipality": other_municipality,
        "unit": unit,
        "other_unit": other_unit,
        "foreign_unit": make.UnitFactory(provider=other_provider, code="EL", name="Elders"),
        "programme": programme,
        "agreement": make.AgreementFactory(code="0307-A", programmes=[programme, own], **pays),
        "other_agreement": make.AgreementFactory(
            code="0327-A", provider=provider, municipality=other_municipality, programmes=[programme]
        ),
    }


def _staff(world: dict[str, Any]) -> dict[str, StaffMember]:
    """One of each role, and who must not see what they see."""

    def member(name: str, **role: Any) -> Any:
        return make.StaffMemberFactory(name=name, email=f"{name.split()[0].lower()}@voorbeeld.test", **role)

    return {
        "noor": member("Noor de Wit", coach=world["unit"]),
        "bo": member("Bo Kuiper", coach=world["unit"]),
        "chris": member("Chris Smit", coach=world["other_unit"]),
        "dina": member("Dina Mol", coach=world["foreign_unit"]),
        "ineke": member("Ineke Vos", manager=world["unit"]),
        "omar": member("Omar Idrissi", officer=world["municipality"]),
        "lotte": member("Lotte Bos", officer=world["other_municipality"]),
        "fenna": member("Fenna Kok", functional_manager=world["provider"]),
        "piet": member("Piet Dam", privacy_officer=world["provider"]),
    }


def _people(world: dict[str, Any]) -> dict[str, Any]:
    """Who is guided: one person per corner of the world, each with a running trajectory."""
    provider, municipality = world["provider"], world["municipality"]
    other_programme = world["agreement"].programmes.get(code="GYS")
    foreign_programme = make.ProgrammeFactory(unit=world["foreign_unit"], code="ELD", name="Elders")
    home = {"prefix": "", "home_municipality": municipality}
    samira = make.ParticipantFactory(
        provider=provider, reference="AE-2041", given_names="Samira", surname="Amrani", **{**home, "prefix": "el"}
    )
    rosa = make.ParticipantFactory(provider=provider, given_names="Rosa", surname="Lammers", **home)
    vera = make.ParticipantFactory(provider=world["other_provider"], given_names="Vera", surname="Vreemd", **home)
    return {
        "samira": samira,
        "rosa": rosa,
        "vera": vera,
        "trajectory": make.TrajectoryFactory(
            participant=samira,
            programme=world["programme"],
            agreement=world["agreement"],
            coach=world["noor"],
            reference="T-SAMIRA",
        ),
        "other_unit_trajectory": make.TrajectoryFactory(
            participant=rosa, programme=other_programme, agreement=world["agreement"], coach=world["chris"]
        ),
        "foreign_trajectory": make.TrajectoryFactory(
            participant=vera,
            programme=foreign_programme,
            agreement=make.AgreementFactory(
                provider=world["other_provider"],
                municipality=world["other_municipality"],
                programmes=[foreign_programme],
            ),
            coach=world["dina"],
        ),
    }
