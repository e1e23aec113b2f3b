"""The fixed cast of people that tests play with.

Noor coaches in the green unit of the first provider; Bo is her colleague there; Chris coaches in
another unit of that provider; Dina coaches at another provider. Ineke manages the green unit. Omar
reads reports for the municipality that pays, Lotte for another. Fenna keeps the configuration,
Piet guards privacy. Samira is guided in the green unit, Rosa in the other unit, Vera elsewhere.
"""

from dataclasses import dataclass

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
    provider, other_provider = (
        make.ProviderFactory(code="GRN", name="Werk & Groen"),
        make.ProviderFactory(name="Elders"),
    )
    municipality = make.MunicipalityFactory(code="0307", name="Amersfoort")
    other_municipality = make.MunicipalityFactory(code="0327", name="Leusden")
    unit = make.UnitFactory(provider=provider, code="GR", name="Groen")
    other_unit = make.UnitFactory(provider=provider, code="GY", name="Grijs")
    foreign_unit = make.UnitFactory(provider=other_provider, code="EL", name="Elders")
    programme = make.ProgrammeFactory(unit=unit, code="LWG", name="Leerwerksetting Groen", with_trial=False)
    other_programme = make.ProgrammeFactory(unit=other_unit, code="GYS", name="Grijs")
    foreign_programme = make.ProgrammeFactory(unit=foreign_unit, code="ELD", name="Elders")
    agreement = make.AgreementFactory(
        provider=provider, municipality=municipality, code="0307-A", programmes=[programme, other_programme]
    )
    other_agreement = make.AgreementFactory(
        provider=provider, municipality=other_municipality, code="0327-A", programmes=[programme]
    )
    foreign_agreement = make.AgreementFactory(
        provider=other_provider, municipality=other_municipality, programmes=[foreign_programme]
    )
    noor = make.StaffMemberFactory(name="Noor de Wit", email="noor@voorbeeld.test", coach=unit)
    chris = make.StaffMemberFactory(name="Chris Smit", email="chris@voorbeeld.test", coach=other_unit)
    dina = make.StaffMemberFactory(name="Dina Mol", email="dina@voorbeeld.test", coach=foreign_unit)
    samira = make.ParticipantFactory(
        provider=provider,
        reference="AE-2041",
        given_names="Samira",
        prefix="el",
        surname="Amrani",
        home_municipality=municipality,
    )
    rosa = make.ParticipantFactory(
        provider=provider, given_names="Rosa", prefix="", surname="Lammers", home_municipality=municipality
    )
    vera = make.ParticipantFactory(
        provider=other_provider, given_names="Vera", prefix="", surname="Vreemd", home_municipality=other_municipality
    )
    return Cast(
        provider=provider,
        other_provider=other_provider,
        municipality=municipality,
        other_municipality=other_municipality,
        unit=unit,
        other_unit=other_unit,
        foreign_unit=foreign_unit,
        programme=programme,
        agreement=agreement,
        other_agreement=other_agreement,
        noor=noor,
        bo=make.StaffMemberFactory(name="Bo Kuiper", email="bo@voorbeeld.test", coach=unit),
        chris=chris,
        dina=dina,
        ineke=make.StaffMemberFactory(name="Ineke Vos", email="ineke@voorbeeld.test", manager=unit),
        omar=make.StaffMemberFactory(name="Omar Idrissi", email="omar@voorbeeld.test", officer=municipality),
        lotte=make.StaffMemberFactory(name="Lotte Bos", email="lotte@voorbeeld.test", officer=other_municipality),
        fenna=make.StaffMemberFactory(name="Fenna Kok", email="fenna@voorbeeld.test", functional_manager=provider),
        piet=make.StaffMemberFactory(name="Piet Dam", email="piet@voorbeeld.test", privacy_officer=provider),
        samira=samira,
        rosa=rosa,
        vera=vera,
        trajectory=make.TrajectoryFactory(
            participant=samira, programme=programme, agreement=agreement, coach=noor, reference="T-SAMIRA"
        ),
        other_unit_trajectory=make.TrajectoryFactory(
            participant=rosa, programme=other_programme, agreement=agreement, coach=chris
        ),
        foreign_trajectory=make.TrajectoryFactory(
            participant=vera, programme=foreign_programme, agreement=foreign_agreement, coach=dina
        ),
    )
