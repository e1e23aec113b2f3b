"""`manage.py import_dossiers`: a provider moves in, and moves in again."""

import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from config.imports import FILES
from foundation.imports.running import Counts
from organisations.models import Membership, Organisation, OrganisationKind, Role, StaffMember
from participants.models import Participant, ParticipantUnit, TargetGroupFlag
from tests import factories as make
from tests.support.folders import DATA, NAME, add, edit, load, only, refused
from trajectories.models import Agreement, Programme, Referral, Trajectory, TrajectoryEvent
from trajectories.workflow import replay

pytestmark = pytest.mark.django_db
DOMAIN = ("organisations", "participants", "trajectories", "guidance", "reporting", "foundation")


def command(*words: str) -> tuple[str, str]:
    """Run the command; what it said and what it said of faults and progress."""
    out, err = StringIO(), StringIO()
    call_command("import_dossiers", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small folder, to change."""
    return Path(shutil.copytree(DATA / "small", tmp_path / "small"))


def rows_written() -> dict[str, int]:
    models = [model for label in DOMAIN for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def roles(email: str) -> list[tuple[str, str, str | None]]:
    held = Membership.objects.filter(staff_member__email=email)
    return list(held.values_list("role", "organisation__name", "unit__code"))


def check_states() -> None:
    """Every state is what the events say."""
    for trajectory in Trajectory.objects.select_related("programme"):
        events = TrajectoryEvent.objects.holding().filter(trajectory=trajectory)
        assert trajectory.state == replay(events, has_trial=trajectory.programme.trial_weeks > 0)


def test_the_worked_example_goes_in_and_a_second_time_nothing_changes() -> None:
    first = load(DATA / "example")
    assert first.counts["sessions.csv"] == Counts(921, 0, 0)
    assert set(first.counts) == {path.name for path in (DATA / "example").glob("*.csv")}
    before = rows_written()
    again = load(DATA / "example")
    assert {counts.added + counts.changed for counts in again.counts.values()} == {0}
    assert rows_written() == before
    check_states()


def test_units_work_with_people_from_the_first_referral_or_start_until_the_last_day(folder: Path) -> None:
    load(folder)
    links = ParticipantUnit.objects.order_by("participant__reference", "unit__code")
    assert [str(value) for row in links.values_list("participant__reference", "unit__code") for value in row] == [
        *("P1", "GR"),
        *("P1", "WS"),
        *("P2", "GR"),
        *("P2", "WS"),
        *("P3", "WS"),
    ]
    assert list(links.values_list("starts_on", "ends_on")) == [
        (date(2023, 8, 1), None),
        (date(2023, 1, 2), date(2023, 8, 15)),
        (date(2024, 1, 10), date(2024, 1, 20)),
        (date(2023, 3, 1), date(2023, 9, 15)),
        (date(2023, 5, 1), None),
    ]


def test_the_command_sums_up_per_file_and_a_changed_row_is_changed(folder: Path) -> None:
    command(str(folder), "--provider", NAME)
    edit(folder, "programmes", {"code": "LWG"}, name="Groen en grijs")
    said, _err = command(str(folder))
    counted = {
        line.split(": ")[0]: [int(word) for word in line.split() if word.isdigit()] for line in said.splitlines()
    }
    assert counted["programmes.csv"] == [0, 1, 1]
    assert counted["units.csv"] == [0, 0, 2]
    assert Programme.objects.get(code="LWG").name == "Groen en grijs"


def test_a_dry_run_counts_and_writes_nothing(folder: Path) -> None:
    before = rows_written()
    assert load(folder, dry_run=True).counts["sessions.csv"] == Counts(4, 0, 0)
    assert rows_written() == before


def test_faults_end_with_1_and_are_listed_before_the_last_word(folder: Path) -> None:
    edit(folder, "slots", {"code": "AE-1"}, programme="XX")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_dossiers", str(folder), "--provider", NAME, stdout=out, stderr=err)
    assert caught.value.returncode == 1
    assert err.getvalue().startswith("slots.csv:2:programme: ")
    assert out.getvalue() == ""


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        command(str(tmp_path / "nowhere"), "--provider", NAME)


def test_a_provider_is_made_with_a_code_of_its_own_and_may_be_left_out_while_it_is_the_only_one(folder: Path) -> None:
    with pytest.raises(CommandError):
        command(str(folder))
    load(folder, provider="Vóór de wijk")
    assert load(folder, provider=None).counts["units.csv"] == Counts(0, 0, 2)
    shutil.rmtree(folder)
    folder.mkdir()
    load(folder, provider="Voordeur")
    codes = Organisation.objects.filter(kind=OrganisationKind.PROVIDER).values_list("name", "code")
    assert dict(codes) == {"Vóór de wijk": "VOO", "Voordeur": "VOO2"}
    with pytest.raises(CommandError):
        command(str(folder))


def test_staff_arrive_without_a_password_and_with_their_role(folder: Path) -> None:
    load(folder)
    coach = StaffMember.objects.get(email="coach1@voorbeeld.test")
    assert not coach.has_usable_password()
    assert roles(coach.email) == [("coach", NAME, "WS")]
    assert roles("contract@gemeente.test") == [("municipal_officer", "Leusden", None)]
    assert coach.standing.has_role(Role.COACH)


def test_another_role_changes_the_role_that_an_import_gave(folder: Path) -> None:
    load(folder)
    edit(folder, "staff", {"email": "coach1@voorbeeld.test"}, role="unit_manager", unit="GR")
    assert load(folder).counts["staff.csv"] == Counts(0, 1, 5)
    assert roles("coach1@voorbeeld.test") == [("unit_manager", NAME, "GR")]


def test_an_account_of_another_organisation_is_never_changed(folder: Path) -> None:
    load(folder)
    other = folder.parent / "other"
    other.mkdir()
    (other / "municipalities.csv").write_text("code,name\n0307,Amersfoort\n0327,Leusden\n")
    (other / "staff.csv").write_text(
        "email,name,role,municipality\n"
        "fg@voorbeeld.test,F. Gé,privacy_officer,\n"
        "contract@gemeente.test,Contractmanager Leusden,municipal_officer,0307\n"
    )
    assert refused(other, provider="Elders") == [("staff.csv", 2, "email"), ("staff.csv", 3, "email")]
    (other / "staff.csv").write_text(
        "email,name,role,municipality\ncontract@gemeente.test,Iemand,municipal_officer,0327\n"
    )
    assert refused(other, provider="Elders") == [("staff.csv", 2, "name")]


def test_a_person_keeps_bsn_names_and_birth_date_as_they_are_known(folder: Path) -> None:
    load(folder)
    joelle, jan = Participant.objects.get(reference="P1"), Participant.objects.get(reference="P2")
    assert (joelle.bsn, joelle.sort_name) == ("111222333", "dijk joelle")
    assert (jan.birth_year, jan.birth_month, jan.birth_day) == (1990, None, None)
    assert sorted(joelle.flags.values_list("kind", flat=True)) == ["doelgroepregister", "statushouder"]


def test_two_people_may_change_numbers(folder: Path) -> None:
    load(folder)
    edit(folder, "participants", {"reference": "P1"}, bsn="123456782")
    edit(folder, "participants", {"reference": "P2"}, bsn="111222333")
    assert load(folder).counts["participants.csv"] == Counts(0, 2, 1)
    assert Participant.objects.get(bsn_hash=Participant.objects.get(reference="P1").bsn_hash).bsn == "123456782"


def test_a_bsn_of_somebody_who_is_there_already_is_refused(folder: Path) -> None:
    load(folder)
    only(folder, "participants", "reference,surname,municipality,bsn", "P9,Ander,0307,111222333")
    assert refused(folder) == [("participants.csv", 2, "bsn")]


def test_a_flag_that_is_taken_out_of_a_row_is_taken_from_the_person(folder: Path) -> None:
    load(folder)
    person = Participant.objects.get(reference="P1")
    TargetGroupFlag.objects.create(
        kind="doelgroepregister", provider=person.provider, participant=person, starts_on=date(2024, 1, 1)
    )
    edit(folder, "participants", {"reference": "P1"}, flags="statushouder")
    assert load(folder).counts["participants.csv"] == Counts(0, 1, 2)
    assert sorted(person.flags.values_list("kind", "starts_on__year")) == [
        ("doelgroepregister", 2024),
        ("statushouder", None),
    ]


def test_names_that_a_file_leaves_out_stay_findable(folder: Path) -> None:
    load(folder)
    only(folder, "participants", "reference,surname,municipality", "P1,Dijkstra,0307")
    load(folder)
    person = Participant.objects.get(reference="P1")
    assert (person.search_name, person.sort_name) == ("joelle van dijkstra", "dijkstra joelle")
    assert person.bsn == "111222333"


def test_the_referral_and_the_ground_come_with_the_trajectory(folder: Path) -> None:
    load(folder)
    trajectory = Trajectory.objects.get(reference="T1")
    referral = trajectory.referral
    assert referral is not None
    assert (referral.decision, referral.referrer, referral.question) == ("placed", "wijkteam", "Wil iets doen")
    assert (trajectory.unit.code, trajectory.aim, trajectory.legal_ground) == ("WS", "work", "participatiewet")
    assert Trajectory.objects.get(reference="T2").referral is None
    assert Referral.objects.count() == 4


def test_the_agreement_may_say_another_ground_than_the_programme(folder: Path) -> None:
    load(folder)
    Agreement.objects.filter(code="0327-A").update(legal_ground="wmo", aim="participation")
    add(folder, "trajectories", "T9,P3,AE-D,0327-A,,,,,2023-06-01,,,,,")
    load(folder)
    assert Trajectory.objects.filter(legal_ground="wmo").values_list("reference", flat=True).get() == "T9"


def test_what_a_programme_has_places_for_has_slots(folder: Path) -> None:
    make.ProgrammeFactory(code="ZONDER")
    load(folder)
    assert set(Programme.objects.filter(has_slots=True).values_list("code", flat=True)) == {"AE-D", "LWG"}


def test_the_declared_files_are_the_table_of_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "import.md").read_text()
    for file in FILES:
        line = next(line for line in manual.splitlines() if line.startswith(f"| `{file.file}` |"))
        named = [part.split("`")[0] for part in line.split("|", 2)[2].split("`")[1::2]]
        assert named == [column.name + "*" * column.required for column in file.columns]
